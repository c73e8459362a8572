"""What a demo does otherwise than an office: a file in the demo's own folder, which `serve` never reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhipcau.site.database.places import Place

FILE = "demo.json"


def write(place: Place) -> None:
    """Put the file into a demo's folder where it is missing; what stands there already is kept."""
    path = place.root / FILE
    if not path.exists():
        path.write_text(json.dumps({"second_factor": "offered"}) + "\n", "utf-8")


def offers_second_factor(place: Place) -> bool:
    """Whether the demo only offers a second factor, also to whom an office would ask for one."""
    try:
        choices = json.loads((place.root / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(choices, dict) and choices.get("second_factor") == "offered"
