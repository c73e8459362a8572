"""Each floor stands on those below it, in imports and in foreign keys, and says so in its own words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.floor_rules.tree import PACKAGE, ROOT, modules, name, syntax

#: The areas of the records floor, low to high; an area may point at itself and at those before it.
AREAS = ("foundation", "organisations", "documents")


def test_imports_keep_the_contracts() -> None:
    linter = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run(
        [linter, "--config", ".importlinter", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-3000:]


def test_the_order_of_areas_is_that_of_the_contract() -> None:
    contract = (ROOT / ".importlinter").read_text()
    section = contract.split("[importlinter:contract:areas]")[1].split("[importlinter:", 1)[0]
    listed = section.split("layers =")[1].split()

    assert tuple(reversed(listed)) == AREAS


def relations() -> list[tuple[str, str, str]]:
    """Every foreign key of our models: owner's area, its name, target's area; written as string or not."""
    return [
        (model._meta.app_label, f"{model.__name__}.{field.name}", field.related_model._meta.app_label)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in AREAS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and isinstance(field.related_model, type)
    ]


def test_foreign_keys_point_down() -> None:
    found = relations()

    assert found
    upward = [row for row in found if row[2] in AREAS and AREAS.index(row[2]) > AREAS.index(row[0])]
    assert not upward


def test_no_foreign_key_points_at_the_web() -> None:
    assert [row for row in relations() if row[2] == "web"] == []


def packages() -> list[Path]:
    """Every package, except the folders that Django makes for migrations and template tags."""
    return [
        path
        for path in modules()
        if path.name == "__init__.py" and path.parent.name not in {"migrations", "templatetags"}
    ]


@pytest.mark.parametrize("path", packages(), ids=name)
def test_every_package_says_what_is_here_what_it_may_import_and_where_to_go(path: Path) -> None:
    said = ast.get_docstring(syntax(path)) or ""

    sentences = re.findall(r"[.!?:](?=\s|$|`)", said)
    assert len(sentences) >= 3, f"{name(path)}: three sentences are asked for"
    assert re.search(r"\bimports?\b", said, re.IGNORECASE), f"{name(path)} does not say what it may import"


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {path.parent for path in modules()} | {PACKAGE}

    assert [name(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
