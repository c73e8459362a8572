"""Edges: proposed from what is printed, confirmed or rejected, added by hand."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from nhipcau.records.documents.models import Document, Mention, Relation
from nhipcau.records.documents.services import decide_all, decide_relation, propose_relations, relate
from nhipcau.records.foundation.models import Event
from nhipcau.records.foundation.policies import Forbidden, NotFound
from nhipcau.records.foundation.selectors import history
from tests import world as cast
from tests.records.told import cite, doc

pytestmark = pytest.mark.usefixtures("told")

PLAN = doc(type="Kế hoạch", number="38/KH-HGL", date="2026-03-27", subject="x") + cite(
    relation="implements", type="Chỉ thị", number="7-CT/HĐGL", date="2026-01-12"
)


@pytest.fixture
def edge(world: cast.World) -> Relation:
    """A proposed edge from a plan to the directive that it implements."""
    cast.confirmed(world.clerk, PLAN)
    return Relation.objects.get()


def test_a_printed_edge_keeps_the_words_and_their_place(edge: Relation) -> None:
    assert edge.part is not None
    assert edge.part.paper.reading is not None
    assert edge.part.paper.reading["text"][edge.span_start : edge.span_end].strip() == edge.reason


def test_an_edge_is_confirmed_or_rejected_with_one_event(world: cast.World, edge: Relation) -> None:
    before = Event.objects.count()
    row = decide_relation(by=world.officer, relation=edge, accept=True)
    assert (row.state, row.decided_by) == (Relation.State.CONFIRMED, world.officer.account)
    row = decide_relation(by=world.head, relation=edge, accept=False, why="chỉ nhắc tên")
    assert Event.objects.count() == before + 2
    _event, changes = history(by=world.head, record=edge)[0]
    assert [(change.old, change.new) for change in changes] == [("confirmed", "rejected")]


def test_all_edges_of_a_document_are_decided_in_one_step(world: cast.World, edge: Relation) -> None:
    assert decide_all(by=world.clerk, document=edge.source, accept=True) == 1
    edge.refresh_from_db()
    assert edge.state == Relation.State.CONFIRMED
    assert decide_all(by=world.clerk, document=edge.source, accept=False) == 0


def test_an_edge_is_proposed_and_confirmed_by_hand_in_one_step(world: cast.World, edge: Relation) -> None:
    news = cast.confirmed(world.clerk, doc(kind="news", type="Tin", subject="quán triệt Chỉ thị"))
    made = relate(
        by=world.officer, derived=news, source=edge.source, relation="reports", reason="tin về hội nghị"
    )
    assert (made.state, made.strength) == (Relation.State.CONFIRMED, Relation.Strength.INFERRED)
    again = relate(by=world.officer, derived=news, source=edge.source, relation="reports", reason="lần nữa")
    assert again == made


@pytest.mark.parametrize("relation", ["", "loves"])
def test_an_unknown_relation_is_refused(world: cast.World, edge: Relation, relation: str) -> None:
    with pytest.raises(ValidationError):
        relate(by=world.clerk, derived=edge.derived, source=edge.source, relation=relation, reason="x")


def test_a_document_does_not_derive_from_itself(world: cast.World, edge: Relation) -> None:
    with pytest.raises(ValidationError):
        relate(by=world.clerk, derived=edge.derived, source=edge.derived, relation="basis", reason="x")


def test_a_decided_edge_is_not_proposed_again(world: cast.World, edge: Relation) -> None:
    decide_relation(by=world.clerk, relation=edge, accept=False)
    assert propose_relations(by=world.clerk, document=edge.derived) == []
    edge.refresh_from_db()
    assert edge.state == Relation.State.REJECTED


def test_edges_are_decided_within_the_office_by_who_may(world: cast.World, edge: Relation) -> None:
    with pytest.raises(NotFound):
        decide_relation(by=world.neighbour, relation=edge, accept=True)
    with pytest.raises(Forbidden):
        decide_relation(by=world.auditor, relation=edge, accept=True)
    foreign = cast.confirmed(world.neighbour, doc(type="Công văn", number="1-CV/VP", subject="x"))
    with pytest.raises(NotFound):
        relate(by=world.clerk, derived=edge.derived, source=foreign, relation="basis", reason="x")
    assert Document.objects.filter(office=world.clerk.office).count() == 2


def test_who_confirms_the_edge_confirms_the_link_with_it(world: cast.World) -> None:
    """The mention names no issuer: the edge goes to the one likely document, and one step settles both."""
    source = cast.confirmed(
        world.clerk,
        doc(type="Chỉ thị", number="7-CT/HĐGL", date="2026-01-12", issuer="Hội đồng", subject="x"),
    )
    cast.confirmed(world.clerk, PLAN)
    mention, edge = Mention.objects.get(), Relation.objects.get()
    assert (mention.state, edge.source) == (Mention.State.PROPOSED, source)
    decide_relation(by=world.clerk, relation=edge, accept=True)
    mention.refresh_from_db()
    assert (mention.state, mention.document) == (Mention.State.LINKED, source)


def test_a_rejected_edge_leaves_the_mention_waiting(world: cast.World) -> None:
    cast.confirmed(
        world.clerk,
        doc(type="Chỉ thị", number="7-CT/HĐGL", date="2026-01-12", issuer="Hội đồng", subject="x"),
    )
    cast.confirmed(world.clerk, PLAN)
    decide_relation(by=world.clerk, relation=Relation.objects.get(), accept=False)
    assert Mention.objects.get().state == Mention.State.PROPOSED


def test_one_pair_of_documents_has_one_edge_whatever_the_paper_says_of_it(world: cast.World) -> None:
    says = [
        cite(relation=relation, type="Chỉ thị", number="7-CT/HĐGL", date="2026-01-12")
        for relation in ("basis", "mentions", "guides")
    ]
    cast.confirmed(
        world.clerk, doc(type="Hướng dẫn", number="2-HD/HGL", date="2026-02-06", subject="x") + "".join(says)
    )
    assert Relation.objects.count() == 1


def test_edges_of_a_whole_cascade_are_decided_all_or_none(world: cast.World, edge: Relation) -> None:
    """Where one of those named cannot be decided, none is, and the trail holds no word of it."""
    other = Relation.objects.create(
        office=edge.office,
        derived=edge.source,
        source=edge.derived,
        relation="basis",
        strength=Relation.Strength.INFERRED,
        reason="x",
    )
    gone = Relation(pk=other.pk + 1000, office=edge.office, derived=edge.derived, source=edge.source)
    before = Event.objects.count()
    with pytest.raises(NotFound):
        decide_all(by=world.clerk, document=edge.source, accept=True, relations=[edge, other, gone])
    edge.refresh_from_db()
    assert edge.state == Relation.State.PROPOSED
    assert Event.objects.count() == before

    assert decide_all(by=world.clerk, document=edge.source, accept=True, relations=[edge, other]) == 2
    assert Event.objects.count() == before + 1


def test_what_somebody_decided_meanwhile_stays_as_it_was_decided(world: cast.World, edge: Relation) -> None:
    decide_relation(by=world.head, relation=edge, accept=False)
    assert decide_all(by=world.clerk, document=edge.source, accept=True, relations=[edge]) == 0
    edge.refresh_from_db()
    assert edge.state == Relation.State.REJECTED


def test_the_trail_names_the_documents_of_the_edges_that_were_decided(
    world: cast.World, edge: Relation
) -> None:
    """A clerk reads numbers and symbols there, not the keys of rows."""
    decide_all(by=world.clerk, document=edge.source, accept=True)
    _event, (change,) = history(by=world.clerk, record=edge.source)[0]
    assert [told["title"] for told in change.new] == [f"{edge.derived} → {edge.source}"]


def test_edges_of_one_pair_are_decided_together_with_one_event(world: cast.World, edge: Relation) -> None:
    like = Relation.objects.create(
        office=edge.office,
        derived=edge.derived,
        source=edge.source,
        relation="basis",
        strength=Relation.Strength.INFERRED,
        reason="x",
    )
    before = Event.objects.count()
    decide_relation(by=world.clerk, relation=edge, accept=True, like=[like])
    like.refresh_from_db()
    assert like.state == Relation.State.CONFIRMED
    assert Event.objects.count() == before + 1
