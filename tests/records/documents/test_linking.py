"""Mentions and the documents they may mean: ranked with reasons, decided by a person, never run together."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from nhipcau.records.documents.models import Candidate, Document, Mention, Relation
from nhipcau.records.documents.services import (
    link_mention,
    make_known,
    merge,
    reject_candidate,
    unlink_mention,
)
from nhipcau.records.foundation.models import Event
from nhipcau.records.foundation.policies import Forbidden, NotFound
from tests import world as cast
from tests.records.told import cite, doc

pytestmark = pytest.mark.usefixtures("told")


def directive(day: str) -> str:
    return doc(
        type="Chỉ thị", number="12-CT/HĐGL", date=day, issuer="Hội đồng Giao lưu", subject=f"ngày {day}"
    )


def report(*citations: str, day: str = "2023-05-01") -> str:
    return doc(type="Báo cáo", number="8-BC/HGL", date=day, subject="kết quả") + "".join(citations)


def year(candidate: Candidate) -> int:
    assert candidate.document.date is not None
    return candidate.document.date.year


def test_candidates_are_ranked_by_the_reasons_that_speak_for_them(world: cast.World) -> None:
    """Without a date, the directive of the paper's own term comes first, one later than the paper last."""
    for day in ("2007-03-20", "2022-01-05", "2026-02-02"):
        cast.confirmed(world.clerk, directive(day))
    cast.confirmed(world.clerk, report(cite(type="Chỉ thị", number="12-CT/HĐGL")))
    ranked = [(year(c), c.reasons) for c in Mention.objects.get().candidates.order_by("rank")]
    assert [year for year, _reasons in ranked] == [2022, 2007, 2026]
    assert ranked[0][1] == ["number", "type", "term"]
    assert "after" in ranked[2][1]


def test_a_date_that_differs_is_a_reason_against_and_never_links_by_itself(world: cast.World) -> None:
    """A misprinted year is the office's most usual slip: the right paper is proposed, and nothing is made."""
    cast.confirmed(world.clerk, directive("2021-08-12"))
    cast.confirmed(world.clerk, report(cite(type="Chỉ thị", number="12-CT/HĐGL", date="2022-08-12")))
    mention = Mention.objects.get()
    known = Document.objects.get(state=Document.State.KNOWN)
    assert known.date == date(2022, 8, 12)
    reasons = {year(candidate): candidate.reasons for candidate in mention.candidates.all()}
    assert reasons[2021] == ["number", "type", "date_differs", "term"]


def test_a_certain_mention_is_linked_when_the_paper_is_confirmed(world: cast.World) -> None:
    source = cast.confirmed(world.clerk, directive("2022-01-05"))
    cast.confirmed(
        world.clerk,
        report(cite(type="Chỉ thị", number="12-CT/HĐGL", date="2022-01-05", issuer="Hội đồng Giao lưu")),
    )
    assert Mention.objects.get().document == source


def test_places_that_repeat_a_full_mention_follow_it(world: cast.World) -> None:
    full = cite(type="Chỉ thị", number="12-CT/HĐGL", date="2022-01-05")
    short = cite(type="Chỉ thị", number="12", partial="1", repeats="0")
    cast.confirmed(world.clerk, report(full, short))
    assert {str(mention.document) for mention in Mention.objects.all()} == {"Chỉ thị 12-CT/HĐGL"}
    assert Document.objects.count() == 2


def test_a_document_that_comes_later_is_proposed_to_the_mentions_that_wait(world: cast.World) -> None:
    cast.confirmed(world.clerk, report(cite(type="Chỉ thị", number="12", partial="1")))
    assert Mention.objects.get().state == Mention.State.OPEN
    later = cast.confirmed(world.clerk, directive("2022-01-05"))
    mention = Mention.objects.get()
    assert mention.state == Mention.State.PROPOSED
    assert (mention.candidates.get().document, mention.candidates.get().reasons[0]) == (later, "short_number")


def test_candidates_are_already_there_before_the_paper_is_confirmed(world: cast.World) -> None:
    source = cast.confirmed(world.clerk, directive("2022-01-05"))
    cast.received(world.clerk, report(cite(type="Chỉ thị", number="12-CT/HĐGL")))
    assert Candidate.objects.get().document == source


def test_confirming_a_candidate_links_and_proposes_the_edge_that_the_words_tell(world: cast.World) -> None:
    source = cast.confirmed(world.clerk, directive("2022-01-05"))
    derived = cast.confirmed(
        world.clerk, report(cite(relation="implements", type="Chỉ thị", number="12-CT/HĐGL"))
    )
    before = Event.objects.count()
    mention = link_mention(by=world.officer, mention=Mention.objects.get(), document=source)
    assert (mention.state, mention.document) == (Mention.State.LINKED, source)
    assert Candidate.objects.get().state == Candidate.State.CONFIRMED
    edge = Relation.objects.get()
    assert (edge.derived, edge.source, edge.span_start) == (derived, source, mention.span_start)
    assert Event.objects.count() == before + 1


def test_a_rejected_candidate_stays_rejected_and_the_mention_waits(world: cast.World) -> None:
    cast.confirmed(world.clerk, directive("2022-01-05"))
    cast.confirmed(world.clerk, report(cite(type="Chỉ thị", number="12-CT/HĐGL")))
    reject_candidate(by=world.clerk, candidate=Candidate.objects.get(), why="của nhiệm kỳ khác")
    assert Mention.objects.get().state == Mention.State.OPEN
    cast.confirmed(world.clerk, directive("2026-02-02"))
    states = {year(c): c.state for c in Candidate.objects.all()}
    assert states == {2022: Candidate.State.REJECTED, 2026: Candidate.State.PROPOSED}


def test_a_link_can_be_taken_back(world: cast.World) -> None:
    source = cast.confirmed(world.clerk, directive("2022-01-05"))
    cast.confirmed(world.clerk, report(cite(type="Chỉ thị", number="12-CT/HĐGL")))
    link_mention(by=world.clerk, mention=Mention.objects.get(), document=source)
    mention = unlink_mention(by=world.clerk, mention=Mention.objects.get(), why="bấm nhầm")
    assert (mention.document, mention.state) == (None, Mention.State.PROPOSED)


def test_a_missing_document_is_made_where_a_person_gives_the_day(world: cast.World) -> None:
    cast.confirmed(world.clerk, report(cite(relation="basis", type="Chỉ thị", number="12-CT/HĐGL")))
    mention = Mention.objects.get()
    known = make_known(by=world.clerk, mention=mention, day=date(2022, 1, 5))
    mention.refresh_from_db()
    assert (known.state, known.date, mention.document) == (Document.State.KNOWN, date(2022, 1, 5), known)
    assert mention.date is None, "the mention keeps what is printed"
    assert Relation.objects.get().source == known


def test_a_number_without_symbol_makes_no_document_even_by_hand(world: cast.World) -> None:
    cast.confirmed(world.clerk, report(cite(type="Chỉ thị", number="12", partial="1")))
    with pytest.raises(ValidationError):
        make_known(by=world.clerk, mention=Mention.objects.get(), day=date(2022, 1, 5))


def test_a_document_does_not_cite_itself(world: cast.World) -> None:
    own = cast.confirmed(world.clerk, directive("2022-01-05") + cite(type="Chỉ thị", number="12-CT/HĐGL"))
    mention = Mention.objects.get()
    assert not mention.candidates.exists()
    with pytest.raises(ValidationError):
        link_mention(by=world.clerk, mention=mention, document=own)


def test_nothing_of_another_office_is_ever_proposed(world: cast.World) -> None:
    cast.confirmed(world.neighbour, directive("2022-01-05"))
    cast.confirmed(world.clerk, report(cite(type="Chỉ thị", number="12-CT/HĐGL")))
    assert not Candidate.objects.exists()


def test_linking_asks_for_both_records_and_for_the_right(world: cast.World) -> None:
    foreign = cast.confirmed(world.neighbour, directive("2022-01-05"))
    ours = cast.confirmed(world.clerk, directive("2022-01-05"))
    cast.confirmed(world.clerk, report(cite(type="Chỉ thị", number="12-CT/HĐGL")))
    mention = Mention.objects.get()
    with pytest.raises(NotFound):
        link_mention(by=world.clerk, mention=mention, document=foreign)
    with pytest.raises(NotFound):
        link_mention(by=world.neighbour, mention=mention, document=foreign)
    with pytest.raises(Forbidden):
        link_mention(by=world.auditor, mention=mention, document=ours)


def test_within_one_paper_a_number_without_date_means_the_document_named_in_full(world: cast.World) -> None:
    full = cite(type="Chỉ thị", number="12-CT/HĐGL", date="2022-01-05")
    bare = cite(type="Chỉ thị", number="12-CT/HĐGL")
    short = cite(type="Chỉ thị", number="12", partial="1")
    other = cite(type="Kết luận", number="12", partial="1")
    cast.confirmed(world.clerk, report(bare, full, short, other))
    linked = [bool(mention.document) for mention in Mention.objects.order_by("index")]
    assert linked == [True, True, True, False]


def test_a_number_that_the_paper_itself_gives_two_dates_is_asked(world: cast.World) -> None:
    first = cite(type="Chỉ thị", number="12-CT/HĐGL", date="2012-07-14")
    second = cite(type="Chỉ thị", number="12-CT/HĐGL", date="2022-01-05")
    bare = cite(type="Chỉ thị", number="12-CT/HĐGL")
    cast.confirmed(world.clerk, report(first, second, bare))
    assert Mention.objects.get(index=2).state == Mention.State.PROPOSED


@pytest.mark.parametrize(
    ("number", "level"),
    [("5-CT/TW", "centre"), ("5-CT/TU", "province"), ("5-CT/HĐGL", "")],
)
def test_the_level_of_a_known_document_is_told_by_its_symbol_where_no_issuer_is(
    world: cast.World, number: str, level: str
) -> None:
    cast.confirmed(world.clerk, report(cite(type="Chỉ thị", number=number, date="2022-01-05")))
    assert Document.objects.get(state=Document.State.KNOWN).level == level


def test_an_issuer_may_be_named_with_its_parent(world: cast.World) -> None:
    source = cast.confirmed(
        world.clerk,
        doc(
            type="Công văn",
            number="31-CV/BXD",
            date="2026-05-18",
            issuer="Ban Xây dựng",
            parent_issuer="Đảng ủy xã Bến Trúc",
            subject="x",
        ),
    )
    named = cite(
        type="Công văn", number="31-CV/BXD", date="2026-05-18", issuer="Ban Xây dựng Đảng ủy xã Bến Trúc"
    )
    cast.confirmed(world.clerk, report(named))
    assert Mention.objects.get().document == source


def test_a_document_that_was_merged_meanwhile_is_not_linked(world: cast.World) -> None:
    """Two people at once: the page of one still offers what the other has just folded away."""
    kept, gone = (cast.confirmed(world.clerk, directive(day)) for day in ("2022-01-05", "2022-01-06"))
    cast.confirmed(world.clerk, report(cite(type="Chỉ thị", number="12-CT/HĐGL")))
    mention = Mention.objects.get()
    merge(by=world.clerk, kept=kept, folded=gone)
    with pytest.raises(ValidationError):
        link_mention(by=world.clerk, mention=mention, document=gone)
    assert link_mention(by=world.clerk, mention=mention, document=kept).document == kept
