"""What came attached in the file of its dispatch stands in the register under it, without a number."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from nhipcau.records.documents import selectors
from nhipcau.records.documents.cards import card_of
from nhipcau.records.documents.cascade import cascade
from nhipcau.records.documents.models import Document, Paper, Relation, Series
from nhipcau.records.documents.register import REGISTER
from nhipcau.records.documents.services import (
    SameIdentity,
    confirm,
    correct,
    merge,
    receive_file,
    set_aside,
    undo_merge,
    void,
)
from nhipcau.records.foundation.listing import listed, page
from nhipcau.records.foundation.models import Event
from nhipcau.records.foundation.selectors import history
from tests import world as cast
from tests.records.told import cite, doc

pytestmark = pytest.mark.usefixtures("told")

DISPATCH = doc(
    type="Công văn",
    number="21-CV/BTG",
    date="2026-06-28",
    issuer="Ban Tuyên giáo",
    subject="sao gửi đề cương",
)
BINDING = cite(relation="attached_to", type="Công văn", number="21-CV/BTG", date="2026-06-28")
OUTLINE = doc(type="Đề cương", subject="tuyên truyền", author="Ban Tuyên giáo Tỉnh ủy") + BINDING
LETTER = doc(type="Công văn", number="9-CV/VP", date="2026-03-02", subject="mời họp")


def confirm_all(world: cast.World, paper: Paper) -> list[Document]:
    """Every document of a paper, confirmed in their order as they were read."""
    return [
        confirm(by=world.clerk, paper=paper, part=part.index, card=cast.card_of(paper, part.index))
        for part in paper.parts.order_by("index")
    ]


@pytest.fixture
def both(world: cast.World) -> tuple[Document, Document]:
    """A dispatch, and the outline that came in the same file."""
    dispatch, outline = confirm_all(world, cast.received(world.clerk, DISPATCH + OUTLINE))
    return dispatch, outline


class TestConfirmed:
    """What becomes of it when a clerk confirms it."""

    def test_it_takes_no_number_and_shows_that_of_its_dispatch(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        dispatch, outline = both
        assert (outline.state, outline.attached_to) == (Document.State.ATTACHED, dispatch)
        assert (outline.register_year, outline.register_number) == (None, None)
        assert dispatch.register_label == outline.register_label == "1/2026"
        assert cast.confirmed(world.clerk, LETTER).register_label == "2/2026"

    def test_the_trail_tells_with_what_it_came_and_no_number(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        dispatch, outline = both
        event, changes = history(by=world.clerk, record=outline)[0]
        told = {change.field: change.new for change in changes}
        assert event.verb == "confirm"
        assert told["attached_to"] == {"id": str(dispatch.public_id), "title": "Công văn 21-CV/BTG"}
        assert "register_number" not in told

    def test_its_dispatch_must_be_confirmed_first(self, world: cast.World) -> None:
        paper = cast.received(world.clerk, DISPATCH + OUTLINE)
        before = Event.objects.count()
        with pytest.raises(ValidationError):
            confirm(by=world.clerk, paper=paper, part=1, card=cast.card_of(paper, 1))
        assert Event.objects.count() == before
        assert not Document.objects.exists()
        dispatch = confirm(by=world.clerk, paper=paper, part=0, card=cast.card_of(paper, 0))
        outline = confirm(by=world.clerk, paper=paper, part=1, card=cast.card_of(paper, 1))
        assert outline.attached_to == dispatch

    def test_a_dispatch_of_another_member_of_the_same_container_counts(self, world: cast.World) -> None:
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as archive:
            archive.writestr("1-cong-van.txt", DISPATCH)
            archive.writestr("2-de-cuong.txt", OUTLINE)
        receive_file(by=world.clerk, name="goi.zip", data=box.getvalue())
        cast.run_jobs()
        dispatch, outline = (
            confirm_all(world, paper)[0] for paper in Paper.objects.exclude(state="failed").order_by("member")
        )
        assert outline.attached_to == dispatch

    def test_a_binding_without_a_number_means_the_numbered_document_before_it(
        self, world: cast.World
    ) -> None:
        vague = doc(type="Phụ lục", subject="danh mục") + cite(
            relation="attached_to", type="Công văn", partial="1"
        )
        dispatch, annex = confirm_all(world, cast.received(world.clerk, DISPATCH + vague))
        assert annex.attached_to == dispatch

    def test_an_outline_again_in_another_file_is_another_copy(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        again = cast.received(world.clerk, DISPATCH + OUTLINE + "bản khác", name="khac.txt")
        with pytest.raises(SameIdentity) as asked:
            confirm(by=world.clerk, paper=again, part=1, card=cast.card_of(again, 1))
        assert [likeness.document for likeness in asked.value.likenesses] == [both[1]]
        confirm(by=world.clerk, paper=again, part=1, card=cast.card_of(again, 1), same_as=both[1])
        assert both[1].parts.count() == 2
        assert Series.objects.get().next == 2


class TestByItself:
    """What is not attached, although it may look so, takes a number of its own."""

    def test_what_is_attached_to_a_paper_that_is_not_in_the_file(self, world: cast.World) -> None:
        outline = cast.confirmed(world.clerk, OUTLINE)
        assert (outline.state, outline.register_label) == (Document.State.REGISTERED, "1/2026")

    def test_what_bears_a_number_of_its_own(self, world: cast.World) -> None:
        plan = doc(type="Kế hoạch", number="3-KH/BTG", date="2026-06-28", subject="x") + BINDING
        _dispatch, made = confirm_all(world, cast.received(world.clerk, DISPATCH + plan))
        assert (made.state, made.register_label) == (Document.State.REGISTERED, "2/2026")

    def test_what_a_clerk_gives_a_number_on_its_card(self, world: cast.World) -> None:
        paper = cast.received(world.clerk, DISPATCH + OUTLINE)
        confirm(by=world.clerk, paper=paper, part=0, card=cast.card_of(paper, 0))
        made = confirm(by=world.clerk, paper=paper, part=1, card=cast.card_of(paper, 1, number="22-ĐC/BTG"))
        assert made.register_label == "2/2026"

    def test_what_only_stands_in_the_same_file(self, world: cast.World) -> None:
        second = doc(type="Thông báo", subject="lịch họp")
        _dispatch, made = confirm_all(world, cast.received(world.clerk, DISPATCH + second))
        assert made.register_label == "2/2026"

    @pytest.mark.parametrize("fate", ["set aside", "void"])
    def test_what_came_with_a_dispatch_that_does_not_stand_in_the_register(
        self, world: cast.World, fate: str
    ) -> None:
        paper = cast.received(world.clerk, DISPATCH + OUTLINE)
        if fate == "void":
            dispatch = confirm(by=world.clerk, paper=paper, part=0, card=cast.card_of(paper, 0))
            void(by=world.clerk, document=dispatch, why="nhầm")
        else:
            set_aside(by=world.clerk, paper=paper, part=0, why="bìa")
        made = confirm(by=world.clerk, paper=paper, part=1, card=cast.card_of(paper, 1))
        assert made.state == Document.State.REGISTERED
        assert made.register_number is not None


class TestInTheRegister:
    """How the register, the cascade and the desk show it."""

    @pytest.mark.parametrize("ascending", [False, True])
    def test_it_stands_beside_its_dispatch_whatever_else_has_the_same_day(
        self, world: cast.World, ascending: bool
    ) -> None:
        """Newest first right under it, oldest first right above it."""
        cast.confirmed(world.clerk, doc(type="Tin", date="2026-06-28", subject="trước"))
        confirm_all(world, cast.received(world.clerk, DISPATCH + OUTLINE))
        cast.confirmed(world.clerk, doc(type="Tin", date="2026-06-28", subject="sau"))
        rows = listed(REGISTER, world.clerk)
        shown = page(rows, key=REGISTER.key, size=9, ascending=ascending).rows
        subjects = [row.subject for row in shown]
        newest_first = ["sau", "sao gửi đề cương", "tuyên truyền", "trước"]
        assert subjects == (newest_first[::-1] if ascending else newest_first)

    def test_pages_that_part_it_from_its_dispatch_lose_neither(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        rows = listed(REGISTER, world.clerk)
        first = page(rows, key=REGISTER.key, size=1)
        second = page(rows, key=REGISTER.key, size=1, cursor=first.next)
        assert [*first.rows, *second.rows] == list(both)
        assert second.next == ""

    def test_it_is_found_by_its_state_and_counted_by_itself(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        assert list(listed(REGISTER, world.clerk, filters={"state": "attached"})) == [both[1]]
        counts = selectors.counts(by=world.head, on=cast.TODAY)
        assert (counts["documents_registered"], counts["documents_attached"]) == (1, 1)

    def test_it_hangs_under_its_dispatch_in_the_cascade(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        dispatch, outline = both
        edge = Relation.objects.get()
        assert (edge.derived, edge.source, edge.relation) == (outline, dispatch, "attached_to")
        shown = cascade(by=world.head, document=dispatch)
        assert {node.document: node.steps for node in shown.nodes} == {dispatch: 0, outline: 1}


class TestLater:
    """What happens to it when its dispatch, or it, is corrected, merged or voided."""

    def test_it_follows_the_day_of_its_dispatch(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        dispatch, outline = both
        correct(by=world.clerk, document=dispatch, card=replace(card_of(dispatch), date=date(2026, 7, 1)))
        outline.refresh_from_db()
        assert (outline.date, outline.placed_on) == (None, date(2026, 7, 1))

    def test_correcting_it_leaves_it_where_it_stands(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        dispatch, outline = both
        card = replace(card_of(outline), date=date(2025, 1, 1), place="Bến Trúc")
        row = correct(by=world.clerk, document=outline, card=card)
        assert (row.state, row.attached_to, row.placed_on) == ("attached", dispatch, dispatch.placed_on)

    def test_it_goes_over_with_its_dispatch_and_comes_back(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        dispatch, outline = both
        other = cast.confirmed(world.clerk, LETTER)
        done = merge(by=world.clerk, kept=other, folded=dispatch)
        outline.refresh_from_db()
        assert (outline.attached_to, outline.placed_on) == (other, other.placed_on)
        assert outline.register_label == "2/2026"
        undo_merge(by=world.clerk, done=done)
        outline.refresh_from_db()
        assert (outline.attached_to, outline.placed_on) == (dispatch, dispatch.placed_on)

    def test_what_has_a_number_is_not_folded_into_what_has_none(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        letter = cast.confirmed(world.clerk, LETTER)
        with pytest.raises(ValidationError):
            merge(by=world.clerk, kept=both[1], folded=letter)
        done = merge(by=world.clerk, kept=letter, folded=both[1])
        undo_merge(by=world.clerk, done=done)
        both[1].refresh_from_db()
        assert both[1].state == Document.State.ATTACHED

    def test_it_can_be_voided_and_the_series_has_no_hole(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        void(by=world.clerk, document=both[1], why="gửi nhầm")
        assert cast.confirmed(world.clerk, LETTER).register_label == "2/2026"


class TestTheDatabase:
    """What no way of writing can get past."""

    @pytest.mark.parametrize(
        ("constraint", "values"),
        [
            ("document_attached_has_no_number", {"register_year": 2026, "register_number": 9}),
            ("document_attached_has_no_number", {"state": "draft"}),
            ("document_attached_has_dispatch", {"attached_to": None}),
        ],
    )
    def test_an_attached_document_has_a_dispatch_and_no_number(
        self, world: cast.World, both: tuple[Document, Document], constraint: str, values: dict[str, object]
    ) -> None:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Document.objects.filter(pk=both[1].pk).update(**values)

    def test_no_document_is_attached_to_itself(
        self, world: cast.World, both: tuple[Document, Document]
    ) -> None:
        with pytest.raises(IntegrityError, match="document_attached_to_another"), transaction.atomic():
            Document.objects.filter(pk=both[1].pk).update(attached_to=both[1].pk)
