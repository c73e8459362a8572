"""Merging two records of one document, and taking it back exactly."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from nhipcau.records.documents.cards import as_plain, card_of
from nhipcau.records.documents.models import Candidate, Document, Mention, Part, Relation
from nhipcau.records.documents.services import merge, undo_merge
from nhipcau.records.foundation.models import Event
from nhipcau.records.foundation.policies import Forbidden, NotFound
from tests import world as cast
from tests.records.told import cite, doc

pytestmark = pytest.mark.usefixtures("told")

SOURCE = cite(relation="basis", type="Luật", number="7/2025/QH15", date="2025-06-01")


@pytest.fixture
def pair(world: cast.World) -> tuple[Document, Document]:
    """A registered directive and a known one that is the same, cited under a misprinted day."""
    kept = cast.confirmed(
        world.clerk,
        doc(type="Chỉ thị", number="7-CT/HĐGL", date="2026-01-12", issuer="Hội đồng", subject="giao lưu")
        + SOURCE,
    )
    cast.confirmed(
        world.clerk,
        doc(type="Kế hoạch", number="1/KH-HGL", date="2026-03-01", subject="x")
        + cite(
            relation="implements",
            type="Chỉ thị",
            number="7-CT/HĐGL",
            date="2026-01-21",
            issuer="Hội đồng Giao lưu",
        )
        + SOURCE,
    )
    return kept, Document.objects.get(state=Document.State.KNOWN, number="7-CT/HĐGL")


def picture() -> dict[str, list[Any]]:
    """Everything that merging may touch, as it stands."""
    return {
        "documents": [
            (d.pk, d.state, as_plain(card_of(d)), d.folded) for d in Document.objects.order_by("pk")
        ],
        "parts": list(Part.objects.order_by("pk").values_list("pk", "document")),
        "mentions": list(Mention.objects.order_by("pk").values_list("pk", "document", "state")),
        "candidates": list(Candidate.objects.order_by("pk").values_list("pk", "document", "state", "rank")),
        "edges": list(Relation.objects.order_by("pk").values_list("pk", "derived", "source", "state")),
    }


def test_merging_moves_what_points_at_the_one_to_the_other(
    world: cast.World, pair: tuple[Document, Document]
) -> None:
    kept, folded = pair
    before = Event.objects.count()
    merge(by=world.clerk, kept=kept, folded=folded, why="in nhầm ngày")
    folded.refresh_from_db()
    assert folded.state == Document.State.VOID
    assert Mention.objects.filter(document=kept).count() == 1
    assert Relation.objects.get(relation="implements").source == kept
    assert Event.objects.count() == before + 1


def test_undoing_a_merge_restores_everything_exactly(
    world: cast.World, pair: tuple[Document, Document]
) -> None:
    kept, folded = pair
    before = picture()
    done = merge(by=world.clerk, kept=kept, folded=folded)
    assert picture() != before
    undo_merge(by=world.clerk, done=done, why="hai văn bản khác nhau")
    assert picture() == before


def test_empty_fields_are_filled_and_emptied_again(world: cast.World) -> None:
    kept = cast.confirmed(world.clerk, doc(type="Chỉ thị", number="7-CT/HĐGL", subject="giao lưu"))
    other = cast.confirmed(
        world.clerk, doc(type="Chỉ thị", number="7-CT/HĐGL", date="2026-01-12", subject="b", place="Hà Nội")
    )
    done = merge(by=world.clerk, kept=kept, folded=other)
    kept.refresh_from_db()
    assert (kept.place, str(kept.date), kept.subject) == ("Hà Nội", "2026-01-12", "giao lưu")
    undo_merge(by=world.clerk, done=done)
    kept.refresh_from_db()
    assert (kept.place, kept.date) == ("", None)


def test_what_was_changed_since_the_merge_is_not_undone(
    world: cast.World, pair: tuple[Document, Document]
) -> None:
    kept, folded = pair
    done = merge(by=world.clerk, kept=kept, folded=folded)
    Mention.objects.filter(document=kept).update(document=None, state=Mention.State.OPEN)
    undo_merge(by=world.clerk, done=done)
    assert not Mention.objects.filter(document=folded).exists()


def test_edges_that_both_have_stand_once(world: cast.World) -> None:
    twins = [
        cast.confirmed(
            world.clerk, doc(type="Kế hoạch", number=f"{n}/KH-HGL", date="2026-03-01", subject="x") + SOURCE
        )
        for n in (1, 2)
    ]
    before = picture()
    done = merge(by=world.clerk, kept=twins[0], folded=twins[1])
    assert Relation.objects.filter(derived=twins[0]).count() == 1
    undo_merge(by=world.clerk, done=done)
    assert picture() == before


def test_merges_are_undone_from_the_last(world: cast.World) -> None:
    a, b, c = (
        cast.confirmed(
            world.clerk, doc(type="Kế hoạch", number=f"{n}/KH-HGL", date="2026-03-01", subject="x")
        )
        for n in (1, 2, 3)
    )
    inner = merge(by=world.clerk, kept=b, folded=a)
    outer = merge(by=world.clerk, kept=c, folded=b)
    with pytest.raises(ValidationError):
        undo_merge(by=world.clerk, done=inner)
    undo_merge(by=world.clerk, done=outer)
    undo_merge(by=world.clerk, done=inner)
    with pytest.raises(ValidationError):
        undo_merge(by=world.clerk, done=inner)


def test_what_cannot_be_merged_is_said(world: cast.World, pair: tuple[Document, Document]) -> None:
    kept, folded = pair
    with pytest.raises(ValidationError):
        merge(by=world.clerk, kept=kept, folded=kept)
    with pytest.raises(ValidationError):
        merge(by=world.clerk, kept=folded, folded=kept)
    merge(by=world.clerk, kept=kept, folded=folded)
    with pytest.raises(ValidationError):
        merge(by=world.clerk, kept=kept, folded=folded)


def test_only_the_register_s_clerk_merges_and_only_within_the_office(
    world: cast.World, pair: tuple[Document, Document]
) -> None:
    kept, folded = pair
    with pytest.raises(Forbidden):
        merge(by=world.officer, kept=kept, folded=folded)
    with pytest.raises(NotFound):
        merge(by=world.neighbour, kept=kept, folded=folded)
    done = merge(by=world.clerk, kept=kept, folded=folded)
    with pytest.raises(NotFound):
        undo_merge(by=world.neighbour, done=done)
