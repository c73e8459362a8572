"""Confirming: the register's numbers, documents that were known, and the question whether two are one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from nhipcau.records.documents.cards import Card, card_of
from nhipcau.records.documents.models import Document, Mention, Paper, Part, Relation, Series
from nhipcau.records.documents.services import SameIdentity, confirm, correct, save_card, set_aside, void
from nhipcau.records.foundation.access import SENTENCES, Permission
from nhipcau.records.foundation.models import Event
from nhipcau.records.foundation.policies import Forbidden, NotFound
from nhipcau.records.foundation.selectors import history
from tests import world as cast
from tests.records.told import cite, doc

pytestmark = pytest.mark.usefixtures("told")

DIRECTIVE = doc(
    type="Chỉ thị",
    number="07-CT/HĐGL",
    date="2026-01-12",
    issuer="Hội đồng Giao lưu Nhân dân",
    subject="về tăng cường giao lưu nhân dân",
)
PLAN = doc(
    type="Kế hoạch",
    number="38/KH-HGL",
    date="2026-03-27",
    issuer="Hội Giao lưu Nhân dân tỉnh Sông Ngân",
    subject="thực hiện Chỉ thị 07-CT/HĐGL",
) + cite(
    relation="implements",
    type="Chỉ thị",
    number="07-CT/HĐGL",
    date="2026-01-12",
    issuer="Hội đồng Giao lưu Nhân dân",
)


def test_a_confirmed_document_stands_in_the_register_under_the_next_number_of_the_year(
    world: cast.World,
) -> None:
    first = cast.confirmed(world.clerk, DIRECTIVE)
    second = cast.confirmed(world.clerk, doc(type="Công văn", number="9-CV/VP", subject="mời họp"))
    assert (first.register_label, second.register_label) == ("1/2026", "2/2026")
    assert first.state == Document.State.REGISTERED
    assert (first.number, first.date, first.level) == ("07-CT/HĐGL", date(2026, 1, 12), "")


def test_each_office_counts_for_itself(world: cast.World) -> None:
    ours = cast.confirmed(world.clerk, DIRECTIVE)
    theirs = cast.confirmed(world.neighbour, DIRECTIVE)
    assert ours.register_label == theirs.register_label == "1/2026"
    assert ours.pk != theirs.pk


def test_a_year_begins_with_one(world: cast.World) -> None:
    cast.confirmed(world.clerk, DIRECTIVE)
    later = replace(world.clerk, on=date(2027, 1, 4))
    assert cast.confirmed(later, PLAN).register_label == "1/2027"


def test_confirming_writes_one_event_with_old_and_new_values(world: cast.World) -> None:
    paper = cast.received(world.clerk, DIRECTIVE)
    before = Event.objects.count()
    document = confirm(by=world.clerk, paper=paper, part=0, card=cast.card_of(paper, place="Hà Nội"))
    assert Event.objects.count() == before + 1
    event, changes = history(by=world.clerk, record=document)[0]
    told = {change.field: (change.old, change.new) for change in changes}
    assert (event.verb, event.role, event.door) == ("confirm", "clerk", "web")
    assert told["number"] == (None, "07-CT/HĐGL")
    assert told["place"] == (None, "Hà Nội")
    assert told["register_number"] == (None, "1/2026")


def test_a_part_is_confirmed_only_once(world: cast.World) -> None:
    paper = cast.received(world.clerk, DIRECTIVE)
    card = cast.card_of(paper)
    confirm(by=world.clerk, paper=paper, part=0, card=card)
    with pytest.raises(ValidationError):
        confirm(by=world.clerk, paper=paper, part=0, card=card, is_different=True)


def test_a_card_that_names_nothing_is_refused_and_takes_no_number(world: cast.World) -> None:
    paper = cast.received(world.clerk, DIRECTIVE)
    with pytest.raises(ValidationError):
        confirm(by=world.clerk, paper=paper, part=0, card=Card(type_name="Chỉ thị"))
    assert not Series.objects.exists()
    assert cast.received(world.clerk, DIRECTIVE).state == Paper.State.READ


def test_what_a_paper_cites_with_type_number_and_date_becomes_known_but_missing(world: cast.World) -> None:
    plan = cast.confirmed(world.clerk, PLAN)
    known = Document.objects.get(state=Document.State.KNOWN)
    assert (known.type_name, known.number, known.date) == ("Chỉ thị", "07-CT/HĐGL", date(2026, 1, 12))
    assert known.register_label == ""
    edge = Relation.objects.get()
    assert (edge.derived, edge.source, edge.relation) == (plan, known, "implements")
    assert (edge.strength, edge.state) == (Relation.Strength.PRINTED, Relation.State.PROPOSED)


@pytest.mark.parametrize(
    "citation",
    [
        cite(type="Chỉ thị", number="07", date="2026-01-12", partial="1"),  # no symbol
        cite(type="Chỉ thị", number="07-CT/HĐGL"),  # no date
        cite(type="Nghị quyết", date="2026-01-12"),  # no number
    ],
)
def test_a_mention_that_says_less_waits_in_the_list_and_makes_no_document(
    world: cast.World, citation: str
) -> None:
    cast.confirmed(world.clerk, doc(type="Công văn", number="9-CV/VP", subject="mời họp") + citation)
    assert Document.objects.count() == 1
    assert Mention.objects.get().state == Mention.State.OPEN


def test_a_later_upload_fills_the_document_that_was_known(world: cast.World) -> None:
    cast.confirmed(world.clerk, PLAN)
    known = Document.objects.get(state=Document.State.KNOWN)
    directive = cast.confirmed(world.clerk, DIRECTIVE, name="chi-thi.txt")
    assert directive.pk == known.pk
    assert (directive.state, directive.subject) == (
        Document.State.REGISTERED,
        "về tăng cường giao lưu nhân dân",
    )
    assert directive.register_label == "2/2026"


def test_the_same_identity_is_asked_and_both_answers_hold(world: cast.World) -> None:
    first = cast.confirmed(world.clerk, DIRECTIVE)
    again = cast.received(world.clerk, DIRECTIVE + "\nbản chụp khác", name="khac.txt")
    card = cast.card_of(again)
    with pytest.raises(SameIdentity) as asked:
        confirm(by=world.clerk, paper=again, part=0, card=card)
    assert [likeness.document for likeness in asked.value.likenesses] == [first]
    assert confirm(by=world.clerk, paper=again, part=0, card=card, same_as=first).pk == first.pk
    third = cast.received(world.clerk, DIRECTIVE + "\nmột văn bản khác hẳn", name="ba.txt")
    other = confirm(by=world.clerk, paper=third, part=0, card=card, is_different=True)
    assert other.register_label == "2/2026"
    assert first.parts.count() == 2


def test_one_number_with_three_dates_is_three_documents(world: cast.World) -> None:
    """Numbers begin anew in each term: the number with its symbol does not identify a document."""
    days = ("2007-03-20", "2017-03-20", "2022-03-20")
    made = [
        cast.confirmed(world.clerk, doc(type="Chỉ thị", number="05-CT/TW", date=day, subject=day))
        for day in days
    ]
    assert len({document.pk for document in made}) == 3
    cast.confirmed(
        world.clerk,
        doc(type="Báo cáo", number="8-BC/HGL", subject="x") + cite(type="Chỉ thị", number="05-CT/TW"),
    )
    mention = Mention.objects.get()
    assert mention.state == Mention.State.PROPOSED
    assert mention.candidates.count() == 3


def test_an_issuer_that_names_no_place_is_asked_not_guessed(world: cast.World) -> None:
    """Two provinces may give one number on one day; a paper that says only "Tỉnh ủy" may mean either."""
    directive = doc(
        type="Chỉ thị", number="11-CT/TU", date="2026-05-11", issuer="Tỉnh ủy Sông Ngân", subject="a"
    )
    placed = cast.confirmed(world.clerk, directive)
    bare = doc(type="Công văn", number="4-CV/VP", subject="b") + cite(
        type="Chỉ thị", number="11-CT/TU", date="2026-05-11", issuer="Tỉnh ủy"
    )
    cast.confirmed(world.clerk, bare)
    mention = Mention.objects.get()
    assert mention.state == Mention.State.PROPOSED
    assert mention.candidates.get().document == placed
    assert not Document.objects.filter(state=Document.State.KNOWN).exists()


def test_another_province_with_the_same_number_and_day_is_another_document(world: cast.World) -> None:
    cast.confirmed(
        world.clerk,
        doc(type="Chỉ thị", number="11-CT/TU", date="2026-05-11", issuer="Tỉnh ủy Sông Ngân", subject="a"),
    )
    other = cast.confirmed(
        world.clerk,
        doc(type="Chỉ thị", number="11-CT/TU", date="2026-05-11", issuer="Tỉnh ủy Đồi Quế", subject="b"),
    )
    assert other.register_label == "2/2026"


def test_a_dispatch_and_its_outline_are_two_documents_and_one_is_attached(world: cast.World) -> None:
    text = doc(
        type="Công văn",
        number="21-CV/BTG",
        date="2026-06-28",
        issuer="Ban Tuyên giáo",
        subject="sao gửi đề cương",
    ) + (
        doc(type="Đề cương", subject="tuyên truyền Chỉ thị", author="Ban Tuyên giáo Tỉnh ủy")
        + cite(
            relation="attached_to",
            type="Công văn",
            number="21-CV/BTG",
            date="2026-06-28",
            issuer="Ban Tuyên giáo Thị ủy",
        )
    )
    paper = cast.received(world.clerk, text)
    dispatch = confirm(by=world.clerk, paper=paper, part=0, card=cast.card_of(paper, 0))
    paper.refresh_from_db()
    assert paper.state == Paper.State.READ
    outline = confirm(by=world.clerk, paper=paper, part=1, card=cast.card_of(paper, 1))
    paper.refresh_from_db()
    assert paper.state == Paper.State.CONFIRMED
    edge = Relation.objects.get()
    assert (edge.derived, edge.source, edge.relation) == (outline, dispatch, "attached_to")


def test_a_draft_card_is_kept_and_a_cover_sheet_is_set_aside(world: cast.World) -> None:
    paper = cast.received(world.clerk, DIRECTIVE + doc(subject="phiếu trình"))
    save_card(by=world.clerk, paper=paper, part=0, card=cast.card_of(paper, 0, place="Bến Trúc"))
    assert cast.card_of(paper, 0).place == "Bến Trúc"
    assert set_aside(by=world.clerk, paper=paper, part=1, why="phiếu trình").state == Part.State.SET_ASIDE
    assert paper.parts.get(index=0).state == Part.State.PROPOSED


def test_a_correction_keeps_the_number_and_tells_what_was_before(world: cast.World) -> None:
    document = cast.confirmed(world.clerk, DIRECTIVE)
    card = replace(card_of(document), date=date(2026, 1, 21))
    corrected = correct(by=world.clerk, document=document, card=card, why="đọc nhầm ngày")
    assert corrected.register_label == "1/2026"
    event, changes = history(by=world.clerk, record=document)[0]
    assert event.why == "đọc nhầm ngày"
    assert [(change.field, change.old, change.new) for change in changes] == [
        ("date", "2026-01-12", "2026-01-21")
    ]


def test_a_correction_into_the_identity_of_another_document_is_asked(world: cast.World) -> None:
    first = cast.confirmed(world.clerk, DIRECTIVE)
    second = cast.confirmed(world.clerk, DIRECTIVE.replace("07-CT", "70-CT"))
    with pytest.raises(SameIdentity):
        correct(by=world.clerk, document=second, card=card_of(first))


def test_a_void_document_keeps_its_number_and_needs_a_reason(world: cast.World) -> None:
    document = cast.confirmed(world.clerk, DIRECTIVE)
    with pytest.raises(ValidationError):
        void(by=world.clerk, document=document, why=" ")
    assert void(by=world.clerk, document=document, why="vào sổ nhầm").register_label == "1/2026"
    assert cast.confirmed(world.clerk, PLAN).register_label == "2/2026"


def test_a_void_document_is_not_corrected(world: cast.World) -> None:
    """Neither is one that somebody merged while its form stood open."""
    document = cast.confirmed(world.clerk, DIRECTIVE)
    void(by=world.clerk, document=document, why="vào sổ nhầm")
    with pytest.raises(ValidationError):
        correct(by=world.clerk, document=document, card=replace(card_of(document), place="Huế"))


def test_only_who_may_confirm_confirms_and_the_reason_is_told(world: cast.World) -> None:
    paper = cast.received(world.officer, DIRECTIVE)
    card = cast.card_of(paper)
    with pytest.raises(Forbidden, match=re.escape(str(SENTENCES[Permission.DOCUMENT_CONFIRM]))):
        confirm(by=world.officer, paper=paper, part=0, card=card)
    for stranger in (world.neighbour, world.above, world.below, world.administrator):
        with pytest.raises(NotFound):
            confirm(by=stranger, paper=paper, part=0, card=card)
