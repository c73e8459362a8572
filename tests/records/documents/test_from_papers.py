"""From papers to cascade with the reader as it is: the five real papers, and our own samples."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from nhipcau.records.documents.cascade import Cascade, cascade
from nhipcau.records.documents.models import Document, Part, Relation
from nhipcau.records.documents.services import SameIdentity, confirm, receive_file
from nhipcau.records.documents.titles import LONGEST
from nhipcau.records.foundation.actors import Actor
from nhipcau.site import __file__ as site
from tests import world as cast

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
SAMPLES = Path(site).parent / "samples"


def take(by: Actor, folder: Path, *, backwards: bool = False) -> None:
    """Bring in every paper of a folder and confirm each document as it was read."""
    for path in sorted(folder.glob("*.txt"), reverse=backwards):
        paper = receive_file(by=by, name=path.name, data=path.read_bytes()).paper
        cast.run_jobs()
        paper.refresh_from_db()
        for part in paper.parts.all():
            card = cast.card_of(paper, part.index)
            try:
                confirm(by=by, paper=paper, part=part.index, card=card)
            except SameIdentity as asked:
                same = asked.likenesses[0].document
                confirm(by=by, paper=paper, part=part.index, card=card, same_as=same)


def edges(by: Actor) -> set[tuple[str, str, str, str]]:
    return {
        (name(edge.derived), name(edge.source), edge.relation, edge.strength)
        for edge in Relation.objects.filter(office=by.office)
    }


def name(document: Document) -> str:
    return document.number or document.kind if document.kind == Document.Kind.NEWS else str(document)


def numbers(shown: Cascade) -> list[str]:
    return [node.document.number for node in shown.nodes if node.document.number]


@pytest.mark.skipif(not SEEDS.exists(), reason="the five real papers are not beside this checkout")
class TestSeeds:
    """The papers around one directive."""

    def test_they_hang_together_under_their_directive(self, world: cast.World) -> None:
        take(world.clerk, SEEDS)
        assert edges(world.clerk) == {
            ("Công văn 189-CV/BTG", "Công văn 495-CV/BTGTU", "basis", "printed"),
            ("Đề cương", "Công văn 189-CV/BTG", "attached_to", "printed"),
            ("Chỉ thị 12-CT/TW", "Quyết định 34-QĐ/TW", "succeeds", "inferred"),
            ("Chỉ thị 12-CT/TW", "Chỉ thị 44-CT/TW", "succeeds", "inferred"),
            ("Chỉ thị 12-CT/TW", "Chỉ thị 04-CT/TW", "succeeds", "inferred"),
            ("Hướng dẫn 01-HD/BĐNTW", "Chỉ thị 12-CT/TW", "guides", "inferred"),
            ("Chỉ thị 24-CT/TU", "Chỉ thị 12-CT/TW", "implements", "inferred"),
            ("news", "Chỉ thị 24-CT/TU", "reports", "printed"),
            ("news", "Chỉ thị 12-CT/TW", "reports", "printed"),
        }

    def test_every_paper_is_confirmed_as_it_was_read(self, world: cast.World) -> None:
        """Also the report that prints no title: its first sentence is proposed, its reading keeps none."""
        take(world.clerk, SEEDS)
        assert not Part.objects.exclude(state=Part.State.CONFIRMED).exists()
        untitled = [
            part
            for part in Part.objects.select_related("paper", "document")
            if part.paper.reading and part.paper.reading["documents"][part.index]["header"]["subject"] is None
        ]
        assert len(untitled) == 1
        assert untitled[0].document is not None
        assert untitled[0].document.subject.startswith("Ban Bí thư vừa có Chỉ thị")
        assert len(untitled[0].document.subject) <= LONGEST + 1

    def test_what_a_paper_does_not_place_is_asked(self, world: cast.World) -> None:
        take(world.clerk, SEEDS)
        asked = {edge.derived.number for edge in Relation.objects.exclude(ask="")}
        assert "24-CT/TU" in asked
        assert Document.objects.get(number="24-CT/TU").issuer is None

    def test_the_cascade_goes_from_the_centre_down_with_predecessors_above(self, world: cast.World) -> None:
        take(world.clerk, SEEDS)
        directive = Document.objects.get(number="12-CT/TW")
        shown = cascade(by=world.head, document=directive)
        assert numbers(shown) == [
            "34-QĐ/TW", "44-CT/TW", "04-CT/TW", "12-CT/TW", "01-HD/BĐNTW", "24-CT/TU",
        ]  # fmt: skip
        days = {node.document.number: node.days for node in shown.nodes}
        assert (days["01-HD/BĐNTW"], days["24-CT/TU"]) == (103, 126)

    def test_the_order_in_which_papers_come_changes_no_edge(self, world: cast.World) -> None:
        take(world.clerk, SEEDS)
        take(world.neighbour, SEEDS, backwards=True)
        assert edges(world.clerk) == edges(world.neighbour)


class TestSamples:
    """The papers that the project ships for its demo."""

    def test_the_sample_papers_make_one_cascade(self, world: cast.World) -> None:
        take(world.clerk, SAMPLES)
        directive = Document.objects.get(number="07-CT/HĐGL")
        shown = cascade(by=world.head, document=directive)
        assert {"02-HD/BTKHĐ", "24-CTr/TU", "61/KH-UBND", "38/KH-LHHN"} <= set(numbers(shown))
        assert Document.objects.filter(state=Document.State.REGISTERED).count() == 7
        outline = Document.objects.get(state=Document.State.ATTACHED)
        assert outline.attached_to == Document.objects.get(number="31-CV/BXDĐ")

    def test_a_card_of_a_sample_can_be_emptied_only_so_far(self, world: cast.World) -> None:
        path = min(SAMPLES.glob("*.txt"))
        paper = receive_file(by=world.clerk, name=path.name, data=path.read_bytes()).paper
        cast.run_jobs()
        with pytest.raises(ValidationError):
            confirm(by=world.clerk, paper=paper, part=0, card=cast.card_of(paper, type_name=""))
