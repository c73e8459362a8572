"""What every register promises, tried on each: a new register brings its data, not its tests."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from openpyxl import load_workbook

from nhipcau.interchange.registers import DRAWN
from nhipcau.records.foundation.listing import choices
from nhipcau.records.foundation.register import Register
from tests.web.factories import FACTORIES
from tests.web.lists import newest_first, of, place, rows, sheet, walk
from tests.web.office import Office, acting, content, signed_in, tree, words

MANY = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
pytestmark = pytest.mark.parametrize("register", DRAWN, ids=lambda register: register.slug)


@pytest.fixture
def clerk(office: Office) -> Client:
    """The clerk of the commune, whose office has no rows but those that a test makes."""
    return signed_in(office.world.below)


@pytest.fixture
def made(office: Office, register: Register) -> list[Any]:
    """Sixty rows of the clerk's office, in the order in which they were made."""
    return FACTORIES[register.slug].make(acting(office.world.below), range(MANY))


def test_there_are_data_for_it(register: Register) -> None:
    """A register without data here would promise nothing."""
    assert register.slug in FACTORIES


@pytest.mark.parametrize("page", ["list", "export"])
def test_nobody_sees_it_without_signing_in(office: Office, register: Register, page: str) -> None:
    answer = Client().get(place(register, page=page))

    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/dang-nhap/")


def test_only_the_own_office_s_rows_are_listed_found_counted_and_taken_out(
    office: Office, clerk: Client, made: list[Any], register: Register
) -> None:
    other = signed_in(office.world.neighbour)
    addresses = set(of(register, made))
    search = f"?q={FACTORIES[register.slug].search(3)}"
    own_choices = choices(register, acting(office.world.below), register.filters[0].name)

    assert rows(tree(clerk.get(place(register, search))))
    assert not addresses & set(rows(tree(other.get(place(register)))))
    assert not rows(tree(other.get(place(register, search))))
    assert len(sheet(other.get(place(register, search, "export")))) == 1
    assert choices(register, acting(office.world.neighbour), register.filters[0].name) != own_choices


def test_a_part_of_the_page_is_sent_where_only_a_part_is_asked_for(
    clerk: Client, made: list[Any], register: Register
) -> None:
    whole = clerk.get(place(register))
    part = clerk.get(place(register), headers={"hx-request": "true"})
    boosted = clerk.get(place(register), headers={"hx-request": "true", "hx-boosted": "true"})

    assert len(part.content) < len(whole.content)
    assert not {"<html", "<header", "<main", "<footer"} & set(_heads(part.content.decode()))
    assert rows(html.fragment_fromstring(part.content.decode(), create_parent=True)) == rows(tree(whole))
    assert tree(boosted).xpath("//header")


def test_what_stands_around_the_rows_follows_the_search(
    clerk: Client, made: list[Any], register: Register
) -> None:
    """Who types, then exports, adds a condition or takes one away, keeps what was typed."""
    wanted = register.filters[-1].name
    value = str(getattr(made[0], register.filters[-1].field))
    given = {"q": FACTORIES[register.slug].search(5), wanted: value}
    whole = tree(clerk.get(place(register), given))
    part = clerk.get(place(register), given, headers={"hx-request": "true"})
    swapped = html.fragment_fromstring(part.content.decode(), create_parent=True).xpath(".//*[@hx-swap-oob]")

    assert {one.get("id") for one in swapped} == {"export", "searched", "chip-1"}
    for one in swapped:
        (same,) = whole.xpath(f"//*[@id='{one.get('id')}']")
        assert (one.get("href"), one.get("value")) == (same.get("href"), same.get("value"))


def test_a_browser_keeps_the_part_apart_from_the_page(clerk: Client, register: Register) -> None:
    """Going back shows the page, though its address was last asked for by the search."""
    assert "HX-Request" in clerk.get(place(register)).headers["Vary"]


def _heads(text: str) -> list[str]:
    return [
        piece.split()[0].split(">")[0]
        for piece in text.replace("<", "\n<").split("\n")
        if piece.startswith("<")
    ]


def test_search_needs_no_marks_no_case_and_no_order(
    clerk: Client, made: list[Any], register: Register
) -> None:
    asked = FACTORIES[register.slug].search(41)
    turned = " ".join(reversed(asked.split()))
    found = [rows(tree(clerk.get(place(register, f"?q={words}")))) for words in (asked, turned)]

    assert found == [of(register, [made[41]])] * 2


@pytest.mark.parametrize("query", ["khong-co-gi-nhu-the", "%", "_", "\\", "'; --", "a" * 5000, "\N{SNOWMAN}"])
def test_a_search_that_finds_nothing_says_so_and_offers_a_way_out(
    clerk: Client, made: list[Any], register: Register, query: str
) -> None:
    page = tree(clerk.get(place(register), {"q": query}))

    assert not rows(page)
    assert page.xpath("//*[@class='empty']//a[@href='?']")


def test_each_filter_narrows_shows_a_chip_and_can_be_taken_away(
    office: Office, clerk: Client, made: list[Any], register: Register
) -> None:
    whole = newest_first(register, made)
    for wanted in register.filters:
        value = choices(register, acting(office.world.below), wanted.name)[0][0]
        page = tree(clerk.get(place(register), {wanted.name: value}))
        (chip,) = page.xpath("//*[@class='chip']")
        without = str(chip.xpath(".//a/@href")[0])
        left = {
            address
            for one in walk(clerk, register, f"?{wanted.name}={value}", "next")
            for address in rows(one)
        }

        assert str(wanted.heading) in words(chip)
        assert left == {address for address in whole if address in left}
        assert len(left) == len(sheet(clerk.get(place(register, f"?{wanted.name}={value}", "export")))) - 1
        assert rows(tree(clerk.get(place(register, without)))) == whole[: register.page_size]


def test_filters_and_search_hold_together_and_paging_keeps_them(
    office: Office, clerk: Client, made: list[Any], register: Register
) -> None:
    """Every value of the first filter, walked to its end, gives each row once."""
    name = register.filters[0].name
    met: list[str] = []
    for value, _label in choices(register, acting(office.world.below), name):
        for page in walk(clerk, register, f"?q=0&{name}={value}", "next"):
            met += rows(page)
            assert page.xpath("//input[@type='search'][@name='q']")[-1].value == "0"

    assert len(met) == len(set(met))
    assert set(met) == set(of(register, made))


def test_a_filter_that_cannot_be_gives_no_rows_and_an_unknown_one_is_left_aside(
    clerk: Client, made: list[Any], register: Register
) -> None:
    for wanted in register.filters:
        assert not rows(tree(clerk.get(place(register), {wanted.name: "khong-the-co"})))

    assert rows(tree(clerk.get(place(register), {"la": "khong-the-co"})))


def test_paging_forward_meets_every_row_once_and_back_the_same_pages(
    clerk: Client, made: list[Any], register: Register
) -> None:
    forward = list(walk(clerk, register, "", "next"))
    pages = [rows(page) for page in forward]
    (back,) = forward[-1].xpath("//a[@rel='prev']/@href")
    returning = [rows(page) for page in walk(clerk, register, str(back), "prev")]

    assert [address for page in pages for address in page] == newest_first(register, made)
    assert len(pages) == -(-MANY // register.page_size)
    assert returning == pages[-2::-1]
    assert not forward[0].xpath("//a[@rel='prev']")


def test_the_other_order_is_the_same_rows_from_the_end(
    clerk: Client, made: list[Any], register: Register
) -> None:
    turned = [address for page in walk(clerk, register, "?order=up", "next") for address in rows(page)]

    assert turned == newest_first(register, made)[::-1]


def test_rows_that_come_in_meanwhile_shift_nothing(
    office: Office, clerk: Client, made: list[Any], register: Register
) -> None:
    first, second = list(walk(clerk, register, "", "next"))[:2]
    (link,) = first.xpath("//a[@rel='next']/@href")
    FACTORIES[register.slug].make(acting(office.world.below), range(900, 905))

    assert rows(tree(clerk.get(place(register, str(link))))) == rows(second)


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "bnVsbA", "W10", "eyJhdCI6W10sImJhY2siOnRydWV9", "%00", "ă", "=" * 9]
)
def test_a_cursor_that_somebody_made_up_shows_the_first_page(
    clerk: Client, made: list[Any], register: Register, cursor: str
) -> None:
    answer = clerk.get(place(register), {"at": cursor})

    assert rows(tree(answer)) == newest_first(register, made)[: register.page_size]


def test_the_export_holds_every_row_that_matches_and_not_only_a_page(
    clerk: Client, made: list[Any], register: Register
) -> None:
    answer = clerk.get(place(register, page="export"))
    table = sheet(answer)
    found = sheet(clerk.get(place(register, f"?q={FACTORIES[register.slug].search(7)}", "export")))

    assert answer.headers["Content-Type"] == XLSX
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{register.slug}-')
    assert list(table[0]) == [str(column.heading) for column in register.columns]
    assert len(table) == MANY + 1
    assert FACTORIES[register.slug].named(7) in found[1]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example";"y")', "\t=1"]
)
def test_no_cell_of_an_export_is_run_as_a_formula(
    office: Office, clerk: Client, register: Register, text: str
) -> None:
    FACTORIES[register.slug].dangerous(acting(office.world.below), text)
    book = load_workbook(BytesIO(content(clerk.get(place(register, page="export")))))
    assert book.active is not None
    cells = [cell for row in book.active.iter_rows() for cell in row]

    assert [cell.value for cell in cells if isinstance(cell.value, str) and text.strip() in cell.value]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_as_many_queries_for_sixty_rows_as_for_three(
    office: Office, clerk: Client, register: Register
) -> None:
    """The list, its answer to htmx and the export ask the database no more often when there is more."""
    maker, by = FACTORIES[register.slug].make, acting(office.world.below)
    counts = []
    for batch in (range(3), range(3, MANY)):
        maker(by, batch)
        counts.append([_queries(clerk, place(register, page=page)) for page in ("list", "export")])

    assert counts[0] == counts[1]


def _queries(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        content(browser.get(path))
    return len(asked)


def test_each_row_opens(clerk: Client, made: list[Any], register: Register) -> None:
    first, last = rows(tree(clerk.get(place(register))))[:: register.page_size - 1]

    assert [clerk.get(address).status_code for address in (first, last)] == [200, 200]


def test_an_empty_register_says_so(clerk: Client, register: Register) -> None:
    page = tree(clerk.get(place(register)))

    assert words(page.xpath("//*[@class='empty']")[0])
    assert not page.xpath("//table")


def test_it_stands_in_the_menu_and_knows_that_it_is_open(clerk: Client, register: Register) -> None:
    (entry,) = tree(clerk.get(place(register))).xpath("//nav//a[@aria-current='page']")

    assert (entry.get("href"), words(entry)) == (place(register), str(register.title))
