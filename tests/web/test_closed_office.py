"""An office that was closed: its records are read on by who worked there, and changed by nobody."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from nhipcau.records.documents import services as documents
from nhipcau.records.documents.policies import DOCUMENTS
from nhipcau.records.foundation.policies import Forbidden
from nhipcau.records.organisations import services
from tests.records.organisations.building import us
from tests.web.office import DIRECTIVE, Office, acting, signed_in, tree, words

CLOSED = date(2026, 3, 1)


@pytest.fixture
def closed(office: Office) -> Office:
    """The office of Sông Ngân without registers of its own; that of the centre stands above it."""
    services.close_office(by=us(), office=office.world.song_ngan.office, on=CLOSED, why="sắp xếp lại")
    return office


def main(browser: Client, path: str) -> str:
    return words(tree(browser.get(path)).find(".//main"))


def test_who_works_there_reads_on(closed: Office) -> None:
    browser = signed_in(closed.world.clerk)

    assert DIRECTIVE in main(browser, f"/van-ban/{closed.directive.public_id}/")
    assert DIRECTIVE in main(browser, "/van-ban/?of=others")


def test_it_stands_in_no_list_of_the_office_above(closed: Office) -> None:
    """The clerk now enters into the registers above; old records are not there, none above sees them."""
    assert DIRECTIVE not in main(signed_in(closed.world.clerk), "/van-ban/")
    above = acting(closed.world.above)

    assert not DOCUMENTS.scope(above).filter(pk=closed.directive.pk).exists()


def test_nobody_changes_it(closed: Office) -> None:
    with pytest.raises(Forbidden):
        documents.void(by=acting(closed.world.clerk), document=closed.directive, why="thử")
    answer = signed_in(closed.world.clerk).post(f"/van-ban/{closed.directive.public_id}/huy/", {"why": "thử"})

    assert answer.status_code in {403, 404}


def test_its_people_are_told_on_the_desk(closed: Office) -> None:
    said = main(signed_in(closed.world.clerk), "/")

    assert f"Sổ của “{closed.world.song_ngan.name}” đã đóng ngày 01/03/2026" in said
    assert f"Văn bản mới vào sổ của “{closed.world.centre.name}”" in said


def test_who_works_in_an_open_office_is_told_nothing(office: Office) -> None:
    assert "đã đóng" not in main(signed_in(office.world.clerk), "/")


def test_where_nothing_stands_above_the_desk_says_whom_to_ask(office: Office) -> None:
    services.close_office(by=us(), office=office.world.centre.office, on=CLOSED)

    assert "hãy hỏi người quản trị" in main(signed_in(office.world.above), "/")


def test_a_unit_that_comes_below_later_reads_nothing_of_it(closed: Office) -> None:
    """A department of the neighbour that is moved there after the day did not work there."""
    world = closed.world
    services.move_unit(by=us(), unit=world.doi_que, parent=world.song_ngan, on=date(2026, 4, 1))

    assert not DOCUMENTS.scope(acting(world.neighbour)).filter(pk=closed.directive.pk).exists()


def test_it_goes_on_from_the_day_on_which_it_was_closed(closed: Office) -> None:
    services.open_office(by=us(), unit=closed.world.song_ngan, opened_on=CLOSED, why="đóng nhầm")
    clerk = acting(closed.world.clerk)

    assert clerk.closed == ()
    assert DOCUMENTS.kept(clerk).filter(pk=closed.directive.pk).exists()
