"""What happens in one office changes no byte of what others are answered: no list, count or export."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client

from nhipcau.records.documents import services
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.models import Job
from nhipcau.records.foundation.services import imports
from tests import world as cast
from tests.access import table
from tests.access.conftest import House
from tests.access.test_addresses import ADDRESSES
from tests.records.told import cite, doc
from tests.web.office import acting, content

#: Words that stand nowhere but in what is planted.
SECRET = "KINHDAO"
SEARCHES = (
    "?q=tham+lang",
    f"?q={SECRET}",
    "?type=Công+điện+kín",
    "?year=1987",
    "?state=registered",
    "?level=ward",
)
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": ?)"[^"]+"|nonce="[^"]+"')
PAPER = doc(
    type="Công điện kín", number=f"77-CV/{SECRET}", date="1987-03-02", issuer="Hội", subject="thầm lặng"
)
CITING = doc(type="Báo cáo", number=f"78-BC/{SECRET}", subject="thầm lặng") + cite(
    type="Công điện kín", number=f"79-CV/{SECRET}"
)
OUTSIDE = ("beside", "above", "elsewhere", "below")


@pytest.fixture
def _planted_later(told: None) -> None:
    """Papers tell their reading themselves."""


def _plant(house: House) -> None:
    """One of everything, in the office of Sông Ngân."""
    clerk, world = acting(house.office.world.clerk), house.office.world
    cast.confirmed(clerk, PAPER, name=f"{SECRET}.txt")
    cast.confirmed(clerk, CITING, name=f"{SECRET}-2.txt")
    cast.received(clerk, PAPER.replace("77-", "80-"), name=f"{SECRET}-3.txt")
    services.receive_file(by=clerk, name=f"{SECRET}-4.txt", data=b"x y z")
    Job.objects.filter(state=Job.State.QUEUED).update(state=Job.State.FAILED)
    services.enter_stub(
        by=clerk, number=f"81-CV/{SECRET}", date=date(2026, 2, 4), issuer_name=SECRET, mark="mật"
    )
    imports.keep_import(
        by=acting(world.administrator),
        register="units",
        needs=Permission.UNIT_MANAGE,
        name=f"{SECRET}.csv",
        data=b"a",
        media_type="text/csv",
        layout={},
    )


def _paths(house: House) -> dict[str, str]:
    """Every page that shows an office its own, and the list with all that one may ask of it."""
    own = {
        door: ADDRESSES[door].path(house.office)
        for door, group in table.doors("address").items()
        # The own account shows a new secret each time.
        if door.startswith("GET")
        and "account" not in door
        and not ADDRESSES[door].record
        and ("beside", "administrator") in group.answers
    }
    for name in ("GET documents:list", "GET documents:export"):
        own |= {f"{name} {asked}": own[name] + asked for asked in SEARCHES}
    return own


def _answers(house: House, roles: tuple[str, ...]) -> dict[tuple[str, str], bytes]:
    """All of it, as each role in each office outside is answered."""
    return {
        (str(asker), door): _seen(house.browsers[str(asker)], path)
        for asker in house.askers
        if asker.place in OUTSIDE and asker.role in roles
        for door, path in _paths(house).items()
    }


def _seen(browser: Client, path: str) -> bytes:
    """An answer without the token of its form; of a workbook its cells."""
    answer: Any = browser.get(path)
    whole = content(answer)
    if whole.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(whole)) as book:
            whole = b"".join(book.read(name) for name in sorted(book.namelist()) if name.startswith("xl/"))
    return str(answer.status_code).encode() + TOKEN.sub(b"", whole)


@pytest.mark.usefixtures("_planted_later")
def test_what_is_brought_into_one_office_changes_no_byte_of_what_others_see(house: House) -> None:
    """Lists, counts, searches, the values of filters, exports, jobs, files that were brought in."""
    before = _answers(house, ("clerk", "administrator"))
    _plant(house)
    after = _answers(house, ("clerk", "administrator"))
    differing = sorted({door for (asker, door), seen in before.items() if seen != after[asker, door]})
    own = _seen(house.browsers["clerk, own"], _paths(house)["GET documents:list"])

    assert SECRET.encode() in own
    assert not differing


@pytest.mark.usefixtures("_planted_later")
def test_the_same_paper_in_two_offices_is_no_double_and_takes_no_number(house: House) -> None:
    """Neither the file nor the document is recognised, and no number of the register is skipped."""
    clerk, neighbour = acting(house.office.world.clerk), acting(house.office.world.neighbour)
    first = cast.confirmed(neighbour, PAPER.replace("77-", "75-"))
    cast.confirmed(clerk, PAPER)
    got = services.receive_file(by=neighbour, name="a.txt", data=PAPER.encode())
    cast.run_jobs()
    got.paper.refresh_from_db()
    second = services.confirm(by=neighbour, paper=got.paper, part=0, card=cast.card_of(got.paper))

    assert not got.is_repeated
    assert first.register_number is not None
    assert second.register_number == first.register_number + 1
