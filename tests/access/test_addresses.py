"""Every address, for every role in every place: what ``table.toml`` says, no more."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from nhipcau.web import urls
from tests.access import table
from tests.access.conftest import House
from tests.access.people import Asker
from tests.web.addresses import EVERY, Address
from tests.web.office import content, tree, words
from tests.web.test_addresses import NO_SUCH, names

DOORS = table.doors("address")
ADDRESSES = {str(address): address for address in EVERY}
METHODS = ("GET", "POST")
Answer = tuple[int, bytes, dict[str, str]]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Refusals are what these tests are about: Django need not write a line for each."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def test_every_address_stands_in_the_table(house: House) -> None:
    """A new page is shut to everybody until somebody has written down to whom it is open."""
    there = {f"{method} {name}" for name in sorted(set(names(urls.urlpatterns))) for method in _methods(name)}
    missing = sorted(there - set(DOORS) - set(table.left_out("address")))
    gone = sorted({*DOORS, *table.left_out("address")} - there)

    assert not missing, f"say in tests/access/table.toml who may: {', '.join(missing)}"
    assert not gone, f"take out of tests/access/table.toml what no longer exists: {', '.join(gone)}"


def test_each_address_of_the_table_can_be_visited() -> None:
    missing = sorted(set(DOORS) - set(ADDRESSES))
    assert not missing, f"say in tests/web/addresses.py how one visits: {', '.join(missing)}"


@pytest.mark.parametrize("door", DOORS)
def test_each_role_gets_the_answer_of_the_table_in_each_place(house: House, door: str) -> None:
    address, group = ADDRESSES[door], DOORS[door]
    path = address.path(house.office)
    wrong = []
    for asker in house.askers:
        got = _told(house, asker, _visited(house, asker, address, path))
        wanted = group.answer(asker.place, asker.role)
        if got != wanted:
            wrong.append(f"{asker}: {got}, but the table says {wanted}")
    assert not wrong, f"{door}: " + "; ".join(wrong)


@pytest.mark.parametrize("door", DOORS)
def test_who_is_not_signed_in_or_holds_no_role_gets_nothing(house: House, door: str) -> None:
    address = ADDRESSES[door]
    path = address.path(house.office)
    stranger, idle = Client(), Client(headers={"accept-language": "vi"})
    idle.force_login(house.office.world.nobody)
    sent_away, refused = address.visit(stranger, path), address.visit(idle, path)

    assert sent_away.status_code == 302
    assert sent_away.headers["Location"].startswith(reverse("sign-in"))
    assert refused.status_code == 403
    assert "quản trị" in words(tree(refused).find(".//main"))


def _visited(house: House, asker: Asker, address: Address, path: str) -> Any:
    """The answer; what was done by asking is taken back, also in the browser."""
    browser = house.browsers[str(asker)]
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    with transaction.atomic():
        answer = _sent(house, browser, address, path)
        answer.whole = content(answer)
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.load(cookies)
    return answer


def _sent(house: House, browser: Client, address: Address, path: str) -> Any:
    """Visit an address, with what it needs to come as far as the service."""
    if str(address) == "POST documents:receive":
        return browser.post(path, {"files": SimpleUploadedFile("a.txt", "Một tờ giấy.".encode())})
    if str(address) == "POST documents:merge":
        return browser.post(path, {"other": str(house.office.twin.public_id)})
    if str(address) == "POST documents:mention":
        return browser.post(path, {"document": str(house.office.directive.public_id)})
    return address.visit(browser, path)


def _told(house: House, asker: Asker, answer: Any) -> str:
    """Which of the three answers it was; a fourth is told as it is."""
    if answer.status_code == 404:
        return table.HIDDEN if _whole(answer) == _nothing(house, asker) else "a 404 that differs"
    if answer.status_code == 403:
        reason = words(tree(answer).find(".//main"))
        return table.TOLD if "không" in reason.lower() else f"403 without a reason ({reason})"
    return table.YES if answer.status_code < 500 else f"{answer.status_code}"


_KNOWN: dict[str, Answer] = {}


def _nothing(house: House, asker: Asker) -> Answer:
    """What an address that leads nowhere answers to somebody."""
    if str(asker) not in _KNOWN:
        answer = house.browsers[str(asker)].get("/khong-co/")
        answer.whole = content(answer)  # type: ignore[attr-defined]
        _KNOWN[str(asker)] = _whole(answer)
    return _KNOWN[str(asker)]


def _whole(answer: Any) -> Answer:
    return answer.status_code, answer.whole, dict(answer.headers)


def _methods(name: str) -> list[str]:
    """The methods that an address takes: those that are not answered with 405."""
    path = _some_path(name)
    asked = {method: getattr(Client(), method.lower())(path).status_code for method in METHODS}
    return [method for method, status in asked.items() if status != 405]


def _some_path(name: str) -> str:
    """Any address of this name."""
    given: list[list[Any]] = [[], [NO_SUCH], [NO_SUCH, 0], ["units"], [1]]
    for arguments in given:
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(f"no path for {name}: add its arguments here")
