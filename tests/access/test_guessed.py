"""Who guesses the id of another office's record gets, byte for byte, what an id that there is not gets.

One test a door: addresses, fields of forms, words in queries, ids in files, contents of files. What is
taken out before the bytes are compared: the token of the form, and the id that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from nhipcau.records.documents import services
from nhipcau.records.documents.models import Candidate, Mention, Part
from tests import world as cast
from tests.access import table
from tests.access.conftest import House
from tests.access.test_addresses import ADDRESSES, DOORS
from tests.access.test_no_route import OUTSIDE, TOKEN
from tests.interchange.incoming.sheets import saved, workbook
from tests.web.addresses import Address
from tests.web.office import acting, content

pytestmark = pytest.mark.django_db

NO_SUCH = UUID("6a0ac0de-0000-4000-8000-00000000abcd")
UUIDS = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
#: What a passkey is to sign is new each time.
CHALLENGE = re.compile(rb'data-options="[^"]*"')
Answers = list[tuple[Any, ...]]
#: Doors whose address names a record that is not shared reference.
NAMED = [str(one) for one in ADDRESSES.values() if one.record and one.record != "unit"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An outsider who works: the clerk of Đồi Quế, its administrator, and what stands there."""

    house: House
    clerk: Client
    administrator: Client
    own: dict[str, str]


@pytest.fixture
def neighbour(house: House) -> Neighbour:
    """Đồi Quế, with a document, a paper that waits, a citation and an edge of its own."""
    office, by = house.office, acting(house.office.world.neighbour)
    second = cast.received(by, "Bản chép tay của một thông báo khác.", name="rieng.txt")
    mention = Mention.objects.filter(office=by.office, part__state=Part.State.CONFIRMED)[0]
    known = services.make_known(by=by, mention=mention) if mention.document is None else mention.document
    edge = services.relate(
        by=by, derived=office.foreign, source=known, relation="implements", reason="theo đó"
    )
    records = {
        "document": office.foreign,
        "paper": second,
        "mention": mention,
        "relation": edge,
    }
    ids = {name: str(row.public_id) for name, row in records.items()}
    return Neighbour(house, house.browsers["clerk, beside"], house.browsers["administrator, beside"], ids)


def seen(browser: Client, ask: Callable[[Client], Any], *ids: Any) -> tuple[Any, ...]:
    """The answer with where it leads and what is told there, without token and ids; all is taken back."""
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    told: list[Any] = []
    with transaction.atomic():
        answer = ask(browser)
        told.append(_whole(answer, ids))
        while answer.status_code in (301, 302, 303):
            answer = browser.get(answer.headers["Location"])
            told.append(_whole(answer, ids))
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.load(cookies)
    return tuple(told)


def _whole(answer: Any, ids: tuple[Any, ...]) -> Any:
    body = CHALLENGE.sub(b"", TOKEN.sub(b"", content(answer)))
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    whole = repr((answer.status_code, sorted(headers.items()))).encode() + body
    for one in ids:
        whole = whole.replace(str(one).encode(), b"(id)")
    return whole


@pytest.mark.parametrize("door", NAMED)
def test_an_address_with_a_guessed_id_answers_as_one_that_leads_nowhere(house: House, door: str) -> None:
    """Every address that names a record, for every role in every office outside its reach."""
    address, group = ADDRESSES[door], DOORS[door]
    real = getattr(house.office, address.record).public_id
    differing = [
        str(asker)
        for asker in house.askers
        if asker.place in OUTSIDE and group.answer(asker.place, asker.role) == table.HIDDEN
        if _asked(house, str(asker), address, real) != _asked(house, str(asker), address, NO_SUCH)
    ]
    assert not differing


def _asked(house: House, asker: str, address: Address, public_id: UUID) -> Any:
    path = address.path_of(public_id)
    return seen(house.browsers[asker], lambda browser: address.visit(browser, path), public_id)


#: Where the id of a document, paper, citation ... is sent along to a page of the own office: name of the
#: address, the own record in it, the field, and the guessed record of Sông Ngân.
FIELDS: dict[str, tuple[str, str, str, str]] = {
    "the record to merge": ("documents:merge", "document", "other", "directive"),
    "the document that a citation means": ("documents:mention", "mention", "document", "directive"),
    "a likely document to be put aside": ("documents:mention", "mention", "reject", "candidate"),
    "an edge decided together with the own": ("documents:decide", "relation", "other", "relation"),
    "the root of the cascade to go back to": ("documents:decide", "relation", "root", "directive"),
    "the same document in the register": ("documents:confirm", "paper", "same", "directive"),
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_guessed_id_in_a_form_is_answered_as_one_that_there_is_not(
    neighbour: Neighbour, field: str
) -> None:
    name, own, key, guessed = FIELDS[field]
    arguments = [neighbour.own[own], *([0] if own == "paper" else [])]
    path, real = reverse(name, args=arguments), _guessed(neighbour.house, guessed)
    card = {"type_name": "Thông báo", "number": "3/TB-DQ", "decision": "confirm"}

    def post(public_id: Any) -> Any:
        return seen(neighbour.clerk, lambda one: one.post(path, {**card, key: str(public_id)}), public_id)

    assert post(real) == post(NO_SUCH)


def _guessed(house: House, name: str) -> UUID:
    if name == "candidate":
        return Candidate.objects.filter(office=house.office.directive.office)[0].public_id
    found: UUID = getattr(house.office, name).public_id
    return found


def test_the_progress_of_papers_is_told_of_the_own_papers_only(neighbour: Neighbour) -> None:
    def progress(*ids: Any) -> Any:
        query = "&".join(f"paper={one}" for one in ids)
        path = f"{reverse('documents:progress')}?{query}"
        return seen(neighbour.clerk, lambda one: one.get(path), *ids)

    own, paper = neighbour.own["paper"], neighbour.house.office.confirmed.public_id
    assert progress(paper) == progress(NO_SUCH)
    assert progress(own, paper) == progress(own, NO_SUCH)


@pytest.mark.parametrize("act", ["answered", "extended", "done"])
def test_a_request_of_a_person_in_another_office_is_not_found(neighbour: Neighbour, act: str) -> None:
    from nhipcau.records.foundation.personal.services import enter_request

    office = neighbour.house.office
    by = acting(office.world.administrator)
    real = enter_request(by=by, account=office.person, ask="see").public_id
    theirs = acting(office.world.neighbour).account
    assert theirs is not None
    path = reverse("person-data-act", args=[theirs.public_id])

    def post(public_id: Any) -> Any:
        data = {"act": act, "request": str(public_id), "why": "x"}
        return seen(neighbour.administrator, lambda one: one.post(path, data), public_id)

    assert post(real) == post(NO_SUCH)


def test_sessions_and_factors_of_others_are_not_counted(neighbour: Neighbour) -> None:
    """Both are named by numbers, which one can count up: those of others end nothing and tell nothing."""
    from allauth.mfa.models import Authenticator

    theirs = neighbour.house.office.world.administrator.account
    factor = Authenticator.objects.filter(user=theirs)[0].pk

    def ends(number: int) -> Any:
        path = reverse("account-sessions-end")
        return seen(neighbour.clerk, lambda one: one.post(path, {"session": str(number)}))

    def removes(number: int) -> Any:
        path = reverse("account-factor-remove", args=[number])
        return seen(neighbour.administrator, lambda one: one.post(path, {"password": cast.PASSWORD}))

    assert ends(1) == ends(10**9)
    assert removes(factor) == removes(10**9)


def _upload(browser: Client, name: str, data: bytes, *, field: str = "files", path: str) -> Any:
    def post(one: Client) -> Any:
        return one.post(path, {field: SimpleUploadedFile(name, data)})

    # Each file that comes in gets an id of its own.
    return tuple(UUIDS.sub(b"(id)", told) for told in seen(browser, post))


def test_a_file_that_another_office_has_is_answered_as_one_that_nobody_has(neighbour: Neighbour) -> None:
    """That a file is already here is told of the own office only, by its content."""
    by = acting(neighbour.house.office.world.clerk)
    there, nowhere = (f"Bản chép tay thứ {word} của một thông báo.".encode() for word in ("tám", "bảy"))
    services.receive_file(by=by, name="kin.txt", data=there)
    path = reverse("documents:receive")
    answers = [_upload(neighbour.clerk, "a.txt", data, path=path) for data in (there, nowhere)]
    again = [_upload(neighbour.house.browsers["clerk, own"], "a.txt", there, path=path)]

    assert answers[0] == answers[1]
    assert answers[0] != again[0]


def test_a_table_with_the_id_of_anothers_record_is_answered_as_with_no_such_id(neighbour: Neighbour) -> None:
    """The preview, its errors and the file of its outcome: also where the same file is there already."""
    office = neighbour.house.office
    path = reverse("imports", args=["units"])
    answers: Answers = []
    for public_id in (office.directive.public_id, office.person.public_id, office.taken.public_id, NO_SUCH):
        data = saved(workbook([["Mã bản ghi", "Tên"], [str(public_id), "Tổ Một"]]))
        answers.append(_previewed(neighbour.administrator, path, data, public_id))
    assert all(answer == answers[-1] for answer in answers)


def _previewed(browser: Client, path: str, data: bytes, public_id: UUID) -> tuple[Any, ...]:
    told = []
    with transaction.atomic():
        answer: Any = browser.post(path, {"file": SimpleUploadedFile("a.xlsx", data)})
        cast.run_jobs()
        page = answer.headers["Location"]
        taken = page.strip("/").split("/")[-1]
        told.append(_whole(browser.get(page), (public_id,)))
        told.append(_cells(browser.get(reverse("import-outcome", args=[taken])), public_id))
        transaction.set_rollback(True)
    return tuple(UUIDS.sub(b"(id)", re.sub(rb"\d\d:\d\d", b"", one)) for one in told)


def _cells(answer: Any, public_id: UUID) -> bytes:
    from tests.interchange.incoming.sheets import table as cells

    return repr(cells(content(answer))).replace(str(public_id), "(id)").encode()


def test_a_card_like_that_of_another_offices_document_is_no_double(neighbour: Neighbour) -> None:
    """Confirming asks about likely doubles of the own office only, and says nothing of others."""
    office = neighbour.house.office
    path = reverse("documents:confirm", args=[neighbour.own["paper"], 0])
    like = office.doubled
    card = {
        "type_name": like.type_name,
        "number": like.number,
        "date": f"{like.date:%d/%m/%Y}",
        "issuer_name": like.issuer_name,
        "subject": "Lịch trực hè",
    }
    other = {**card, "number": "97/TB-HGL"}

    def post(data: dict[str, str]) -> Any:
        found = seen(neighbour.clerk, lambda one: one.post(path, data), data["number"])
        return tuple(UUIDS.sub(b"(id)", told) for told in found)

    assert post(card) == post(other)


def test_a_register_number_of_another_office_leaves_no_hole(neighbour: Neighbour) -> None:
    """What the page says of the next number is the same before and after others take theirs."""
    path = reverse("documents:part", args=[neighbour.own["paper"], 0])
    before = seen(neighbour.clerk, lambda one: one.get(path))
    cast.confirmed(
        acting(neighbour.house.office.world.clerk), "Thông báo\nSố: 98/TB-HGL", type_name="Thông báo"
    )
    assert seen(neighbour.clerk, lambda one: one.get(path)) == before


def test_a_role_is_given_in_no_unit_of_another_office(neighbour: Neighbour) -> None:
    """Units are for all to see; in the picker of roles those of others are as if there were none."""
    world = neighbour.house.office.world
    data = {
        "display_name": "Vai mới",
        "username": "vai-moi",
        "role": "clerk",
        "valid_from": f"{date(2026, 11, 2):%d/%m/%Y}",
    }

    def invite(unit: UUID) -> Any:
        named = {**data, "unit": str(unit), "unit_words": ""}
        return seen(neighbour.administrator, lambda one: one.post(reverse("invite"), named), unit)

    assert invite(world.department.public_id) == invite(NO_SUCH)
