"""A reading in the words of the contract fits its schema, which is the shared one."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nhipcau.reading.contract import SCHEMA, as_contract
from nhipcau.reading.findings import (
    Anomaly,
    Assignment,
    Citation,
    Deadline,
    Document,
    Figure,
    Found,
    Header,
    Reading,
    Section,
    Source,
)
from tests.reading.frames import Paper, papers, read

SHARED = Path(__file__).resolve().parents[3] / "shared" / "contracts" / "reading.schema.json"


def schema() -> dict[str, Any]:
    """The schema that the package carries."""
    text = (
        resources.files("nhipcau.reading.schemas").joinpath("reading.schema.json").read_text(encoding="utf-8")
    )
    loaded: dict[str, Any] = json.loads(text)
    return loaded


FULL = Reading(
    Source("thu.txt", "text/plain", 5, "00", pages=1, ocr=True),
    "Số 15",
    (
        Document(
            "party",
            (0, 5),
            Header(issuer=Found("Tỉnh ủy", (0, 2)), recipients=(Found("Các xã", (0, 5)),), urgency="khẩn"),
            sections=(Section((0, 5), 1, "I", None),),
            citations=(Citation((0, 5), "Số 15", "Kế hoạch", "15", None, None, partial=True, refers_to=0),),
            figures=(Figure((0, 5), "33", 33000000.0, "USD", None, "almost", ("2011-01-01", "2021-12-31")),),
            deadlines=(Deadline((0, 5), "x", None, "FREQ=YEARLY"),),
            assignments=(Assignment((0, 5), "đón đoàn", "Sở", ("Văn phòng",), 0),),
            anomalies=(Anomaly("date_conflict", "Hai ngày.", ((0, 2), (3, 5))),),
        ),
    ),
)


def test_every_kind_of_finding_fits_the_schema() -> None:
    """Spans are lists, whole values integers, secrecy null."""
    printed = as_contract(FULL)
    jsonschema.validate(printed, schema())
    document = printed["documents"][0]
    assert printed["schema"] == SCHEMA
    assert document["header"]["secrecy"] is None
    assert document["header"]["number"] is None
    assert document["header"]["issuer"] == {"value": "Tỉnh ủy", "span": [0, 2]}
    assert document["figures"][0]["value"] == 33000000
    assert isinstance(document["figures"][0]["value"], int)
    assert document["figures"][0]["period"] == ["2011-01-01", "2021-12-31"]
    assert document["anomalies"][0]["spans"] == [[0, 2], [3, 5]]


def test_every_key_of_the_schema_is_printed() -> None:
    """Keys that the schema demands of documents and headers are all there, null where nothing was found."""
    definitions = schema()["$defs"]
    document = as_contract(FULL)["documents"][0]
    assert set(definitions["document"]["required"]) == set(document)
    assert set(definitions["document"]["properties"]["header"]["required"]) == set(document["header"])


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
def test_readings_of_papers_fit_the_schema(paper: Paper) -> None:
    """What the reader makes of any paper can be printed."""
    printed = as_contract(read(paper.text))
    jsonschema.validate(printed, schema())
    assert json.loads(json.dumps(printed, ensure_ascii=False)) == printed


def rules(value: Any) -> Any:
    """A schema without its descriptions, whose examples the package rewrites."""
    if isinstance(value, dict):
        return {key: rules(part) for key, part in value.items() if key != "description"}
    return [rules(part) for part in value] if isinstance(value, list) else value


def test_the_carried_schema_is_the_shared_one() -> None:
    """The package forks no schema silently: every rule is the shared one's."""
    if not SHARED.exists():
        pytest.skip("the shared contracts are not beside this checkout")
    assert rules(schema()) == rules(json.loads(SHARED.read_text(encoding="utf-8")))
