"""Every kind of record that can be referred to: who may follow a reference to the office's own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from nhipcau.records.foundation.models import Event
from nhipcau.records.foundation.personal.services import enter_request
from nhipcau.records.foundation.references import kinds, refer, resolve, shown_title
from nhipcau.records.foundation.selectors import history
from nhipcau.records.organisations.models import Change
from nhipcau.records.organisations.services import set_focal_point
from tests.access import table
from tests.access.conftest import House
from tests.web.office import acting

DOORS = table.doors("kind")


def _records(house: House) -> dict[str, Any]:
    """One record of the office for each kind."""
    office, world = house.office, house.office.world
    by = acting(world.administrator)
    return {
        "document": office.directive,
        "paper": office.confirmed,
        "mention": office.mention,
        "relation": office.relation,
        "merge": office.merge,
        "stub": office.stub,
        "job": office.job,
        "import": office.taken,
        "account": office.person,
        "grant": office.grant,
        "person_request": enter_request(by=by, account=office.person, ask="see"),
        "unit": world.department,
        "unit_change": Change.objects.filter(unit=world.department)[0],
        "focal_point": set_focal_point(
            by=by, subject="aid", unit=world.commune, holder=world.department, on=date(2026, 1, 12)
        ),
    }


def test_every_kind_stands_in_the_table() -> None:
    there = {kind.code for kind in kinds()}
    missing, gone = sorted(there - set(DOORS)), sorted(set(DOORS) - there)

    assert not missing, f"say in tests/access/table.toml who may see: {', '.join(missing)}"
    assert not gone, f"take out of tests/access/table.toml what no longer exists: {', '.join(gone)}"


@pytest.mark.parametrize("door", DOORS)
def test_a_reference_leads_on_and_tells_its_title_only_to_whom_the_table_names(
    house: House, door: str
) -> None:
    record, group = _records(house)[door], DOORS[door]
    reference = refer(record)
    wrong = []
    for asker in house.askers:
        may = group.answer(asker.place, asker.role) == table.YES
        with translation.override("en"):
            is_told = shown_title(asker.actor, reference) != "record outside your scope"
        if (resolve(asker.actor, reference) is not None, is_told) != (may, may):
            wrong.append(f"{asker}: {is_told}, but the table says {may}")
    assert not wrong, "; ".join(wrong)


@pytest.mark.parametrize("door", DOORS)
def test_its_history_is_told_to_the_same(house: House, door: str) -> None:
    record, group = _records(house)[door], DOORS[door]
    is_there = Event.objects.filter(kind=door, record=record.public_id).exists()
    wrong = []
    for asker in house.askers:
        may = group.answer(asker.place, asker.role) == table.YES and is_there
        if bool(history(by=asker.actor, record=record)) != may:
            wrong.append(f"{asker}: the table says {may}")
    assert not wrong, "; ".join(wrong)
