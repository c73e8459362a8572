"""Several people at once: numbers without holes, one copy of a file, nothing half done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from nhipcau.records.documents.cards import Card
from nhipcau.records.documents.models import Document, Mention, Paper, Series
from nhipcau.records.documents.services import SameIdentity, confirm, make_known, receive_file
from nhipcau.records.foundation.models import Attachment, Event
from tests import world as cast
from tests.records.told import cite, doc

pytestmark = [pytest.mark.usefixtures("told"), pytest.mark.django_db(transaction=True)]


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run all calls at the same moment, each in its own connection; what they give back or raise."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            gate.wait()
            return call()
        except Exception as error:  # noqa: BLE001 (handed to the test)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def text(number: int) -> str:
    return doc(type="Công văn", number=f"{number}-CV/VP", date="2026-03-02", subject="mời họp")


def test_numbers_of_a_register_have_no_hole_when_many_confirm_at_once() -> None:
    world = cast.build()
    papers = [cast.received(world.clerk, text(number)) for number in range(1, 9)]
    # Every second one fails after its number was taken: the number must come back.
    broken = {paper.pk for paper in papers[::2]}

    def confirming(paper: Paper) -> Callable[[], object]:
        card = cast.card_of(paper, type_name="" if paper.pk in broken else "Công văn")
        return lambda: confirm(by=world.clerk, paper=paper, part=0, card=card)

    at_once(*(confirming(paper) for paper in papers))
    numbers = [row.register_number for row in Document.objects.order_by("register_number")]
    assert numbers == [1, 2, 3, 4]
    assert Series.objects.get().next == 5


def test_a_number_taken_by_what_fails_afterwards_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    world = cast.build()
    paper = cast.received(world.clerk, text(1))
    card = cast.card_of(paper)
    with monkeypatch.context() as patch:
        patch.setattr("nhipcau.records.documents.services.registering.propose", _break)
        with pytest.raises(RuntimeError):
            confirm(by=world.clerk, paper=paper, part=0, card=card)
    assert not Document.objects.exists()
    assert paper.parts.get().document is None
    assert confirm(by=world.clerk, paper=paper, part=0, card=cast.card_of(paper)).register_number == 1


def test_the_same_paper_confirmed_twice_at_once_takes_one_number() -> None:
    world = cast.build()
    paper = cast.received(world.clerk, text(1))
    card = cast.card_of(paper)
    results = at_once(*(lambda: confirm(by=world.clerk, paper=paper, part=0, card=card) for _ in range(3)))
    assert sum(isinstance(result, Document) for result in results) == 1
    assert Document.objects.get().register_number == 1


def test_the_same_file_brought_twice_at_once_is_kept_once() -> None:
    world = cast.build()
    data = text(1).encode()
    before = Event.objects.count()
    results = at_once(*(lambda: receive_file(by=world.clerk, name="a.txt", data=data) for _ in range(4)))
    assert not [result for result in results if isinstance(result, Exception)]
    assert (Attachment.objects.count(), Paper.objects.count()) == (1, 1)
    assert Event.objects.count() == before + 1


def _break(_document: Document) -> None:
    raise RuntimeError


def test_two_files_of_one_document_confirmed_at_once_are_asked_about() -> None:
    """Whoever comes second is asked whether it is the same: no identity stands twice without a word."""
    world = cast.build()
    papers = [cast.received(world.clerk, text(1) + f"\nbản {copy}") for copy in range(4)]
    cards = [cast.card_of(paper) for paper in papers]

    def confirming(paper: Paper, card: Card) -> Callable[[], object]:
        return lambda: confirm(by=world.clerk, paper=paper, part=0, card=card)

    results = at_once(*(confirming(paper, card) for paper, card in zip(papers, cards, strict=True)))
    assert sum(isinstance(result, Document) for result in results) == 1
    assert sum(isinstance(result, SameIdentity) for result in results) == 3
    assert Document.objects.get().register_number == 1


def test_a_missing_document_that_two_papers_cite_is_made_known_once_by_two_at_once() -> None:
    world = cast.build()
    vague = [doc(type="Báo cáo", number=f"{n}-BC/HGL") + cite(type="Luật", number="3-LT/HĐ") for n in (1, 2)]
    for words in vague:
        cast.confirmed(world.clerk, words)
    mentions = list(Mention.objects.filter(document=None).order_by("id"))
    assert len(mentions) == 2

    def keeping(mention: Mention) -> Callable[[], object]:
        return lambda: make_known(by=world.clerk, mention=mention, day=date(2026, 1, 5))

    results = at_once(*(keeping(mention) for mention in mentions))
    assert sum(isinstance(result, Document) for result in results) == 1
    assert sum(isinstance(result, ValidationError) for result in results) == 1
    assert Document.objects.filter(state=Document.State.KNOWN).count() == 1
