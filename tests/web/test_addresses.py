"""Who gets in: each address of the house, for everybody who may come along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver

from nhipcau.web import urls
from tests.web.addresses import ACTS, ADMINISTRATION, EVERY, OPEN, OWN_ACTS, PAGES, PIECES, Address
from tests.web.office import Office, content, signed_in, tree, words

NO_SUCH = UUID("00000000-0000-4000-8000-000000000000")
#: Units are the same for all offices; who may change them is asked below.
RECORDS = [address for address in EVERY if address.record and address.record != "unit"]
KEPT_FROM_ADMINISTRATORS = [one for one in RECORDS if one.record not in {"job", "person", "grant", "taken"}]


def names(patterns: list[Any], space: str = "") -> Iterator[str]:
    """The full names of all addresses below these patterns."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_of_the_house_is_tried_here() -> None:
    """A new page cannot be forgotten: who adds one adds a line to ``addresses.py``."""
    assert {address.name for address in EVERY} | OPEN == set(names(urls.urlpatterns))


@pytest.mark.parametrize("address", EVERY, ids=str)
def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back(
    office: Office, client: Client, address: Address
) -> None:
    path = address.path(office)
    answer = address.visit(client, path)
    target, _mark, query = answer.headers["Location"].partition("?")

    assert (answer.status_code, target) == (302, "/dang-nhap/")
    assert QueryDict(query)["next"] == path


@pytest.mark.parametrize("address", [*PAGES, *PIECES], ids=str)
def test_a_clerk_sees_it(office: Office, clerk: Client, address: Address) -> None:
    answer = address.visit(clerk, address.path(office))
    content(answer)

    assert answer.status_code == 200


@pytest.mark.parametrize("address", ADMINISTRATION, ids=str)
def test_an_administrator_sees_it(office: Office, address: Address) -> None:
    answer = address.visit(signed_in(office.world.administrator), address.path(office))
    content(answer)

    assert answer.status_code == 200


@pytest.mark.parametrize("address", [*ACTS, *OWN_ACTS], ids=str)
def test_a_button_needs_to_be_pressed(office: Office, clerk: Client, address: Address) -> None:
    """An address that changes something changes nothing when it is only visited."""
    answer = clerk.get(address.path(office))
    is_form_too = address.name in {
        "documents:receive",
        "documents:stubs",
        "documents:correct",
        "documents:mention",
        "account-password",
        "account-telephone",
    }

    assert answer.status_code == (200 if is_form_too else 405)


@pytest.mark.parametrize("address", RECORDS, ids=str)
@pytest.mark.parametrize("person", ["neighbour", "above", "below"])
def test_another_office_s_record_and_no_record_get_the_same_answer(
    office: Office, address: Address, person: str
) -> None:
    """Byte for byte, headers too: nobody learns that it exists."""
    browser = signed_in(getattr(office.world, person))
    other = address.visit(browser, address.path(office))
    nothing = address.visit(browser, address.path_of(NO_SUCH))

    assert other.status_code == 404
    assert (other.content, other.headers) == (nothing.content, nothing.headers)


@pytest.mark.parametrize("address", KEPT_FROM_ADMINISTRATORS, ids=str)
def test_a_role_that_views_no_documents_gets_that_answer_too(office: Office, address: Address) -> None:
    browser = signed_in(office.world.administrator)
    own = address.visit(browser, address.path(office))
    nothing = address.visit(browser, address.path_of(NO_SUCH))

    assert own.status_code == 404
    assert (own.content, own.headers) == (nothing.content, nothing.headers)


@pytest.mark.parametrize("path", ["/khong-co/", "/van-ban/khong-phai-ma/", "/van-ban/giay/1/"])
def test_an_address_that_leads_nowhere_says_the_same(office: Office, clerk: Client, path: str) -> None:
    assert clerk.get(path).content == clerk.get(f"/van-ban/{NO_SUCH}/").content


@pytest.mark.parametrize("index", [7, 2**31, 10**30])
def test_a_part_that_a_paper_does_not_hold_is_not_there(office: Office, clerk: Client, index: int) -> None:
    paper = office.confirmed.public_id
    seen = clerk.get(f"/van-ban/giay/{paper}/{index}/").status_code
    sent = clerk.post(f"/van-ban/giay/{paper}/{index}/xac-nhan/").status_code

    assert (seen, sent) == (404, 404)


@pytest.mark.parametrize("address", [one for one in EVERY if one.refused], ids=str)
def test_who_sees_it_but_may_not_is_told_why(office: Office, address: Address) -> None:
    browser = signed_in(getattr(office.world, address.refused))
    data = dict(address.data)
    if address.name == "documents:merge":
        data["other"] = str(office.twin.public_id)
    if address.name == "documents:mention":
        data = {"document": str(office.directive.public_id)}
    path = address.path(office)
    answer = browser.get(path) if address.method == "GET" else _post(browser, path, address.name, data)

    assert answer.status_code == 403
    assert "không" in words(tree(answer).find(".//main"))


def _post(browser: Client, path: str, name: str, data: dict[str, str]) -> Any:
    if name != "documents:receive":
        return browser.post(path, data)
    from django.core.files.uploadedfile import SimpleUploadedFile

    return browser.post(path, {"files": SimpleUploadedFile("a.txt", b"Mot to giay.")})


@pytest.mark.parametrize("address", EVERY, ids=str)
def test_who_holds_no_role_today_is_told_so(office: Office, address: Address) -> None:
    browser = Client()
    browser.force_login(office.world.nobody)
    answer = address.visit(browser, address.path(office))

    assert answer.status_code == 403
    assert "quản trị" in words(tree(answer).find(".//main"))


def test_what_was_not_sent_from_our_own_page_is_refused(office: Office) -> None:
    """A form of another site cannot act for who is signed in here."""
    browser = Client(enforce_csrf_checks=True)
    assert office.world.clerk.account is not None
    browser.force_login(office.world.clerk.account)
    answer = browser.post(f"/van-ban/{office.directive.public_id}/huy/", {"why": "ghi trùng"})
    office.directive.refresh_from_db()

    assert answer.status_code == 403
    assert office.directive.state == "registered"
