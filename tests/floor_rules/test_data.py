"""Knowledge is data that proves itself, and every row's past is kept."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from pghistory.models import Event as RowVersion

from tests.floor_rules.tree import PACKAGE, SHARED, name, needs_shared

TABLES = sorted((PACKAGE / "reading" / "tables").glob("*.csv"))
AREAS = {"foundation", "organisations", "documents"}
#: Models without row versions, and why none are missing.
WITHOUT_VERSIONS = {
    "foundation.Event": "nobody changes it",
    "foundation.EventValue": "nobody changes it",
    "foundation.ValueText": "nobody changes it",
    "foundation.Refusal": "nobody changes it",
    "foundation.Attempt": "nobody changes it",
    "foundation.FormerPassword": "a version of a hash could never be wiped",
    "foundation.Seal": "nobody changes it",
    "foundation.AccessLog": "nobody changes it",
    "foundation.PersonalField": "laid down by the owner from the declarations",
    "foundation.Retention": "laid down by the owner from the rules",
}


@pytest.mark.parametrize("path", TABLES, ids=name)
def test_every_row_of_knowledge_has_an_example(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))

    assert rows
    assert [row for row in rows if not (row.get("example") or "").strip()] == []


@needs_shared
@pytest.mark.parametrize("schema", ["reading.schema.json", "comparison.schema.json"])
def test_the_copies_of_the_contracts_are_the_contracts(schema: str) -> None:
    """In all but the sentences, whose examples are our own: they named real papers."""
    copy = json.loads((PACKAGE / "reading" / "schemas" / schema).read_text("utf-8"))
    contract = json.loads((SHARED / "contracts" / schema).read_text("utf-8"))

    assert without_sentences(copy) == without_sentences(contract)


def without_sentences(schema: Any) -> Any:
    """A schema without the descriptions of its parts."""
    if isinstance(schema, dict):
        return {
            key: without_sentences(value)
            for key, value in schema.items()
            if not (key == "description" and isinstance(value, str))
        }
    return [without_sentences(value) for value in schema] if isinstance(schema, list) else schema


def kept() -> list[str]:
    """Labels of our models whose rows change."""
    return [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in AREAS
        and not issubclass(model, RowVersion)
        and model._meta.label not in WITHOUT_VERSIONS
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("label", kept())
def test_the_database_keeps_every_state_of_every_row(label: str) -> None:
    table = apps.get_model(label)._meta.db_table

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgtype & 28, pg_get_triggerdef(oid) FROM pg_trigger "
            "WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'",
            [table],
        )
        events = {int(row[0]) for row in cursor.fetchall()}

    # 4 is insert, 8 delete, 16 update in the catalogue of triggers.
    assert {4, 8, 16} <= {bit for mask in events for bit in (4, 8, 16) if mask & bit}


def test_the_models_without_versions_exist() -> None:
    labels = {model._meta.label for model in apps.get_models()}

    assert set(WITHOUT_VERSIONS) <= labels
