"""The offices of a demo in their tree, and their people: invented bodies, posts instead of persons.

Only the passwords are kept, in the demo's private folder, so that a second start can print them again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.utils import timezone

from nhipcau.records.foundation import services
from nhipcau.records.foundation.access import ROLES
from nhipcau.records.foundation.actors import Actor, system
from nhipcau.records.foundation.attempts import is_unused
from nhipcau.records.foundation.models import Account, Unit
from nhipcau.records.foundation.passwords import made_password
from nhipcau.records.organisations import services as organisations

FOUNDED = date(2020, 1, 1)
#: The sign-in name of each role; in the offices beside the main one, with the office's own ending.
USERNAMES = {
    "clerk": "vanthu",
    "officer": "chuyenvien",
    "head": "lanhdao",
    "consolidator": "tonghop",
    "administrator": "quantri",
    "auditor": "kiemtra",
}
#: Who brings in the sample papers.
CLERK = USERNAMES["clerk"]


@dataclass(frozen=True, slots=True)
class Body:
    """A unit of the example tree; it keeps registers where somebody works there."""

    name: str
    short_name: str
    level: str
    #: The name of the unit above it, which stands before it in the list.
    above: str = ""
    #: What its sign-in names end with.
    ending: str = ""
    roles: tuple[str, ...] = ()


_CENTRE = "Hội đồng Giao lưu nhân dân Trung ương"
_PROVINCE = "Tỉnh Sông Ngân"
_COMMUNE = "Xã Bến Trúc"
#: From the top down; the office with the papers is the one whose sign-in names have no ending.
BODIES = (
    Body(_CENTRE, "HĐGL", "centre", "", ".tw", ("clerk", "officer", "head", "consolidator", "auditor")),
    Body(_PROVINCE, "Sông Ngân", "province", _CENTRE),
    Body(_COMMUNE, "Bến Trúc", "commune", _PROVINCE),
    Body(
        "Liên hiệp các tổ chức hữu nghị tỉnh Sông Ngân",
        "LHHN tỉnh Sông Ngân",
        "province",
        _PROVINCE,
        roles=tuple(USERNAMES),
    ),
    Body(
        "Sở Ngoại vụ tỉnh Sông Ngân",
        "SNgV tỉnh Sông Ngân",
        "province",
        _PROVINCE,
        ".so",
        ("clerk", "head", "consolidator"),
    ),
    Body(
        "Ủy ban nhân dân xã Bến Trúc",
        "UBND xã Bến Trúc",
        "commune",
        _COMMUNE,
        ".xa",
        ("clerk", "head", "administrator"),
    ),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in to the demo."""

    office: str
    role: str
    username: str
    password: str


def offices() -> list[Unit]:
    """Found what is missing of the tree and open its offices; the units that keep registers, in order."""
    by = system(door="system", on=timezone.localdate())
    names = [body.name for body in BODIES]
    units = {unit.name: unit for unit in Unit.objects.filter(name__in=names)}
    for body in BODIES:
        if body.name not in units:
            units[body.name] = organisations.found_unit(
                by=by,
                name=body.name,
                short_name=body.short_name,
                level=body.level,
                founded_on=FOUNDED,
                parent=units.get(body.above),
            )
    staffed = [units[body.name] for body in BODIES if body.roles]
    for unit in staffed:
        organisations.open_office(by=by, unit=unit, opened_on=FOUNDED)
    return staffed


def people(units: Sequence[Unit]) -> tuple[Person, ...]:
    """The accounts of these offices, each with one role, the main office's first; safe to run again."""
    by = system(door="system", on=timezone.localdate())
    there = {unit.name: unit for unit in units}
    staff = _staff()
    found = {
        row.username: row for row in Account.objects.filter(username__in=[one.username for one in staff])
    }
    for person in staff:
        _account(by, person, there[person.office], found.get(person.username))
    return staff


def table(staff: Sequence[Person]) -> list[str]:
    """Who signs in where, as lines: under each office role, sign-in name and password."""
    names = {person: str(ROLES[person.role].name) for person in staff}
    roles = max(map(len, names.values()))
    signins = max(len(person.username) for person in staff)
    lines = []
    for office, those in groupby(staff, key=lambda person: person.office):
        lines.append(f"  {office}")
        lines += [
            f"    {names[person]:{roles}}  {person.username:{signins}}  {person.password}" for person in those
        ]
    return lines


def _staff() -> tuple[Person, ...]:
    bodies = sorted((body for body in BODIES if body.roles), key=lambda body: bool(body.ending))
    posts = [(body.name, role, USERNAMES[role] + body.ending) for body in bodies for role in body.roles]
    passwords = _passwords([username for _office, _role, username in posts])
    return tuple(Person(office, role, name, passwords[name]) for office, role, name in posts)


def _account(by: Actor, person: Person, unit: Unit, found: Account | None) -> None:
    """Make the account with its role where it is missing; wake the one that nobody used for long."""
    if found is None:
        account = services.create_account(
            by=by,
            username=person.username,
            display_name=f"{ROLES[person.role].name} {unit.short_name}",
            password=person.password,
        )
        services.give_grant(by=by, account=account, role=person.role, unit=unit, valid_from=FOUNDED)
    elif is_unused(found):
        services.set_active(by=by, account=found, is_active=True, why="demo started again")


def _passwords(usernames: Sequence[str]) -> dict[str, str]:
    """One password for each person of the demo; kept from an earlier start, made for who is new."""
    path = settings.NHIPCAU_PLACE.files.parent / "demo-passwords.json"
    kept: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if missing := [username for username in usernames if username not in kept]:
        kept |= {username: made_password() for username in missing}
        whole = path.with_suffix(".new")
        with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(kept, file)
        whole.replace(path)
    return kept
