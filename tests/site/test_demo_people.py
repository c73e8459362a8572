"""The people of a demo: somebody of each role, in offices that stand in one tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.test import override_settings
from tools.house import people_of

from nhipcau.records.foundation.access import ROLES
from nhipcau.records.foundation.models import Account, Ancestor, Event, Grant, Office
from nhipcau.site import demo_people
from nhipcau.site.database.places import Place
from nhipcau.site.demo_people import Person, offices, people, table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(tmp_path: Path) -> Iterator[None]:
    """A folder of the demo's own, in which its passwords are kept."""
    place = Place(tmp_path, "demo")
    place.root.mkdir()
    with override_settings(NHIPCAU_PLACE=place):
        yield


def test_each_role_is_there_and_works_in_its_office() -> None:
    staff = people(offices())

    main = [person.role for person in staff if person.office == staff[0].office]
    assert sorted(main) == sorted(ROLES)
    for person in staff:
        grant = Grant.objects.get(account__username=person.username)
        assert (grant.role, grant.unit.name) == (person.role, person.office)
    assert {person.office for person in staff} == {office.unit.name for office in Office.objects.all()}


def test_the_office_above_all_others_stands_above_them() -> None:
    offices()
    levels = set(Office.objects.values_list("unit__level", flat=True))
    centre = Office.objects.get(unit__level="centre").unit
    below = Ancestor.objects.filter(ancestor=centre, depth__gt=0).values("unit")

    assert levels == {"centre", "province", "commune"}
    assert Office.objects.filter(unit__in=below).count() == Office.objects.count() - 1


def test_everybody_can_sign_in_with_what_is_printed() -> None:
    printed = people_of("\n".join(table(people(offices()))))

    assert set(printed) == {account.username for account in Account.objects.all()}
    for name in ("tonghop", "kiemtra", "vanthu.xa"):
        assert authenticate(username=name, password=printed[name]) is not None


def test_a_second_start_writes_nothing_and_prints_the_same() -> None:
    first = people(offices())
    events = Event.objects.count()

    assert people(offices()) == first
    assert Event.objects.count() == events


def test_who_is_missing_in_a_demo_of_an_earlier_version_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its people keep their passwords, its office its papers."""
    early = tuple(body for body in demo_people.BODIES if not body.ending)
    with monkeypatch.context() as earlier:
        earlier.setattr(demo_people, "BODIES", (replace(early[-1], above="", roles=("clerk", "head")),))
        before = {person.username: person.password for person in people(offices())}
    after = {person.username: person.password for person in people(offices())}

    assert set(before) == {"vanthu", "lanhdao"}
    assert before.items() <= after.items()
    assert len(after) == sum(len(body.roles) for body in demo_people.BODIES)


def test_passwords_are_for_the_owner_of_the_folder_only(tmp_path: Path) -> None:
    people(offices())

    [kept] = tmp_path.glob("demo/demo-passwords*")
    assert kept.stat().st_mode & 0o077 == 0


def test_the_table_stands_in_columns() -> None:
    """Offices once, and under each its people, so that an eye runs down the passwords."""
    staff = (
        Person("Sở Một", "clerk", "vanthu", "x" * 18),
        Person("Sở Một", "consolidator", "th", "y" * 18),
        Person("Sở Hai", "head", "lanhdao.hai", "z" * 18),
    )

    one, first, second, two, third = table(staff)
    assert (one, two) == ("  Sở Một", "  Sở Hai")
    assert first.index("x" * 18) == second.index("y" * 18) == third.index("z" * 18)
    assert first.index("vanthu") == second.index("th ") == third.index("lanhdao.hai")
