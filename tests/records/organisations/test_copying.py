"""Many rows at once are the same rows: every value, every row version, every check of the database."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations.models import Change, UnitVersion
from nhipcau.records.organisations.services.copying import copy_in
from nhipcau.records.organisations.services.drafting import Basis, Draft, Facts
from nhipcau.records.organisations.services.loading import analyze

pytestmark = pytest.mark.django_db
DAY = date(2021, 3, 1)
#: Names that a text on its way could mangle.
NAMES = ("Xã Đắk Lắk", "Ấp 3\t(tạm)", "Tổ “Một”\\n", "Phố\nHai", "\\N", "")


def drafted(names: tuple[str, ...] = NAMES) -> Draft:
    """A unit, an act and a version of each name, none of them saved."""
    draft = Draft()
    for name in names:
        facts = Facts(name, Unit.Level.COMMUNE)
        unit = draft.unit(facts)
        change = draft.act(Change.Kind.FOUND, unit, DAY, Basis(legal="15/NQ-HĐND", decided_on=DAY))
        change.ended = {"versions": [[1, None, name]]}
        draft.version(change, unit, facts)
    draft.versions[0].valid_to = date(2024, 1, 1)
    return draft


def plain(row: models.Model) -> dict[str, object]:
    """A row as it stands in the database, without what differs from one writing to the next."""
    fresh = type(row)._default_manager.get(pk=row.pk)
    own = {"id", "public_id", "entered_at", "unit_id", "opened_by_id"}
    return {field.attname: getattr(fresh, field.attname) for field in fresh._meta.concrete_fields
            if field.attname not in own}  # fmt: skip


def test_rows_stand_as_if_they_had_been_saved_one_by_one() -> None:
    copied, saved = drafted(), drafted()
    for rows in (copied.units, copied.changes, copied.versions):
        copy_in(rows)
    for row in (*saved.units, *saved.changes, *saved.versions):
        for name in ("unit", "opened_by"):
            if hasattr(row, name):
                setattr(row, name, getattr(row, name))
        row.save()

    for mine, theirs in (
        *zip(copied.units, saved.units, strict=True),
        *zip(copied.changes, saved.changes, strict=True),
        *zip(copied.versions, saved.versions, strict=True),
    ):
        assert plain(mine) == plain(theirs)
    for version in UnitVersion.objects.filter(unit__in=copied.units).select_related("unit", "opened_by"):
        assert (version.unit.name, version.opened_by.unit_id) == (version.name, version.unit_id)
    assert Change.objects.filter(entered_at__isnull=True).count() == 0


def test_each_row_has_its_row_version() -> None:
    """The triggers see a row that is copied as they see any other."""
    units = drafted().units
    copy_in(units)

    versions = apps.get_model("foundation", "UnitVersion")._default_manager
    kept = versions.filter(id__in=[unit.pk for unit in units])
    assert sorted(kept.values_list("name", flat=True)) == sorted(NAMES)


def test_a_copied_row_is_changed_by_saving_it_not_doubled() -> None:
    [unit] = drafted(("Một",)).units
    copy_in([unit])
    unit.name = "Hai"
    unit.save()

    assert list(Unit.objects.filter(public_id=unit.public_id).values_list("name", flat=True)) == ["Hai"]


def test_what_may_not_stand_is_refused_with_all_that_came_beside_it() -> None:
    units = drafted(("Một", "Hai")).units
    units[1].public_id = units[0].public_id
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in(units)

    assert not Unit.objects.filter(public_id=units[0].public_id).exists()


def test_a_row_that_points_nowhere_is_refused() -> None:
    change = Change(kind="found", in_force_on=DAY, public_id=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in([change])


def test_after_a_load_the_planner_knows_how_many_units_there_are() -> None:
    copy_in(drafted().units)
    analyze()

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'foundation_unit'::regclass")
        assert cursor.fetchone() == (Unit.objects.count(),)
