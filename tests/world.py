"""The fixed cast of the tests: a centre, two provinces with offices, a commune, and people of each role.

Plain functions make everything through the services, as the house itself would. All names are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nhipcau.records.documents.cards import Card, from_plain
from nhipcau.records.documents.models import Document, Paper
from nhipcau.records.documents.services import confirm, receive_file
from nhipcau.records.foundation import jobs, services
from nhipcau.records.foundation.actors import Actor, act, system
from nhipcau.records.foundation.models import Account, Job, Unit
from nhipcau.records.organisations import services as organisations

TODAY = date(2026, 11, 24)
FOUNDED = date(2020, 1, 1)
PASSWORD = "Cau-tre-qua-song-7"


@dataclass(frozen=True, slots=True)
class World:
    """The cast. ``clerk`` to ``auditor`` work in the office of the first province."""

    centre: Unit
    song_ngan: Unit  # the province in which most tests happen
    doi_que: Unit  # beside it: whatever happens in Sông Ngân is none of its business
    department: Unit  # below Sông Ngân, without registers of its own
    commune: Unit  # below Sông Ngân, with an office of its own
    district: Unit  # ended on 30/06/2025: keeps the effective dates honest
    clerk: Actor
    officer: Actor
    head: Actor
    consolidator: Actor
    administrator: Actor
    auditor: Actor
    neighbour: Actor  # clerk of Đồi Quế
    above: Actor  # clerk of the centre
    below: Actor  # clerk of the commune
    nobody: Account  # may sign in, holds no role


def build() -> World:
    """The whole cast, as it stands on ``TODAY``."""
    by = system(door="system", on=FOUNDED)
    centre = _unit(by, "Hội Giao lưu Nhân dân Trung ương", "centre", None)
    song_ngan = _unit(by, "Hội Giao lưu Nhân dân tỉnh Sông Ngân", "province", centre)
    doi_que = _unit(by, "Hội Giao lưu Nhân dân tỉnh Đồi Quế", "province", centre)
    department = _unit(by, "Ban Hợp tác tỉnh Sông Ngân", "province", song_ngan)
    commune = _unit(by, "Hội Giao lưu Nhân dân xã Bến Trúc", "commune", song_ngan)
    district = _unit(by, "Hội Giao lưu Nhân dân huyện Cồn Sậy", "district", song_ngan)
    organisations.close_unit(by=by, unit=district, closed_on=date(2025, 7, 1), why="district level ended")
    for unit in (centre, song_ngan, doi_que, commune):
        organisations.open_office(by=by, unit=unit, opened_on=FOUNDED)
    nobody = account("vo-vai")
    return World(
        centre=centre,
        song_ngan=song_ngan,
        doi_que=doi_que,
        department=department,
        commune=commune,
        district=district,
        clerk=person("clerk", song_ngan),
        officer=person("officer", department),
        head=person("head", song_ngan),
        consolidator=person("consolidator", song_ngan),
        administrator=person("administrator", song_ngan),
        auditor=person("auditor", song_ngan),
        neighbour=person("clerk", doi_que, username="lang-gieng"),
        above=person("clerk", centre, username="cap-tren"),
        below=person("clerk", commune, username="cap-duoi"),
        nobody=nobody,
    )


def account(username: str) -> Account:
    """An account that holds no role."""
    by = system(door="system", on=FOUNDED)
    return services.create_account(
        by=by, username=username, display_name=f"Vai {username}", password=PASSWORD
    )


def person(role: str, unit: Unit, *, username: str = "", on: date = TODAY) -> Actor:
    """Somebody new who holds a role in a unit, acting on a day."""
    by = system(door="system", on=FOUNDED)
    one = account(username or role)
    services.give_grant(by=by, account=one, role=role, unit=unit, valid_from=FOUNDED)
    return act(one, door="web", on=on)


def received(by: Actor, text: str, *, name: str = "van-ban.txt") -> Paper:
    """A paper that was brought in and read."""
    got = receive_file(by=by, name=name, data=text.encode())
    run_jobs()
    got.paper.refresh_from_db()
    return got.paper


def confirmed(by: Actor, text: str, *, name: str = "van-ban.txt", **changed: Any) -> Document:
    """The first document of a text, brought in, read, and confirmed as read but for ``changed``."""
    paper = received(by, text, name=name)
    return confirm(by=by, paper=paper, part=0, card=card_of(paper, **changed))


def card_of(paper: Paper, part: int = 0, **changed: Any) -> Card:
    """The card that was read from a part of a paper, with some fields given another value."""
    return replace(from_plain(paper.parts.get(index=part).card), **changed)


def run_jobs() -> None:
    """Run every job that waits, as the worker would."""
    for job in Job.objects.filter(state=Job.State.QUEUED).order_by("id"):
        jobs.run_job.func(job.pk)


def _unit(by: Actor, name: str, level: str, parent: Unit | None) -> Unit:
    return organisations.found_unit(by=by, name=name, level=level, founded_on=FOUNDED, parent=parent)
