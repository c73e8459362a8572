"""The reads: register list, document page, reading page, cascade, lists that wait, counts, stubs."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from nhipcau.records.documents import selectors
from nhipcau.records.documents.cascade import cascade
from nhipcau.records.documents.models import Document, Relation
from nhipcau.records.documents.register import REGISTER
from nhipcau.records.documents.services import confirm, decide_relation, enter_stub, relate, void
from nhipcau.records.foundation.listing import choices, listed, page
from nhipcau.records.foundation.policies import Forbidden, NotFound
from tests import world as cast
from tests.records.told import cite, doc

pytestmark = pytest.mark.usefixtures("told")


def directive(number: str = "7-CT/HĐGL", day: str = "2026-01-12", subject: str = "Đối ngoại nhân dân") -> str:
    return doc(
        type="Chỉ thị", number=number, date=day, issuer="Hội đồng Giao lưu Trung ương", subject=subject
    )


def plan(
    number: str,
    day: str,
    issuer: str,
    of: str = "7-CT/HĐGL",
    of_day: str = "2026-01-12",
    of_type: str = "Chỉ thị",
) -> str:
    return doc(type="Kế hoạch", number=number, date=day, issuer=issuer, subject=f"thực hiện {of}") + cite(
        relation="implements", type=of_type, number=of, date=of_day
    )


class TestList:
    """The register's list."""

    def test_search_ignores_marks_and_case_and_wants_every_word(self, world: cast.World) -> None:
        wanted = cast.confirmed(world.clerk, directive())
        cast.confirmed(world.clerk, directive("8-CT/HĐGL", subject="Đối ngoại Đảng"))
        assert list(listed(REGISTER, world.clerk, search="doi NGOAI nhan dan")) == [wanted]
        assert list(listed(REGISTER, world.clerk, search="7-ct/hdgl")) == [wanted]
        assert list(listed(REGISTER, world.clerk, search="100%_")) == []

    @pytest.mark.parametrize(
        ("name", "value", "count"),
        [
            ("type", "Chỉ thị", 1),
            ("type", "Nghị định", 0),
            ("issuer", "UBND tỉnh Sông Ngân", 1),
            ("year", "2026", 2),
            ("year", "2025", 0),
            ("year", "nay", 0),
            ("level", "province", 1),
            ("state", "registered", 2),
        ],
    )
    def test_filters_narrow_the_list(self, world: cast.World, name: str, value: str, count: int) -> None:
        cast.confirmed(world.clerk, directive())
        text = doc(
            type="Công văn", number="61/UBND-NV", date="2026-04-20", issuer="UBND tỉnh Sông Ngân", subject="x"
        )
        cast.confirmed(world.clerk, text)
        assert listed(REGISTER, world.clerk, filters={name: value}).count() == count

    def test_choices_are_the_values_within_scope(self, world: cast.World) -> None:
        cast.confirmed(world.clerk, directive())
        cast.confirmed(world.neighbour, directive("9-CT/HĐGL", day="2020-02-02"))
        assert choices(REGISTER, world.clerk, "year") == [("2026", "2026")]
        assert choices(REGISTER, world.clerk, "issuer") == [("Hội đồng Giao lưu Trung ương",) * 2]
        assert choices(REGISTER, world.clerk, "level")[0][0] == "centre"

    @pytest.mark.parametrize("ascending", [False, True])
    def test_paging_walks_every_row_once_there_and_back(self, world: cast.World, ascending: bool) -> None:
        days = [
            "2026-01-01",
            "2026-01-01",
            "2026-01-02",
            "2026-01-03",
            "2026-01-03",
            "2026-01-03",
            "2026-01-09",
        ]
        for number, day in enumerate(days):
            cast.confirmed(world.clerk, directive(f"{number + 1}-CT/HĐGL", day))
        rows = listed(REGISTER, world.clerk)
        seen, pages = [], []
        cursor = ""
        while True:
            shown = page(rows, key=REGISTER.key, size=3, cursor=cursor, ascending=ascending)
            pages.append(shown)
            seen += [row.date for row in shown.rows]
            if not (cursor := shown.next):
                break
        assert seen == sorted(seen, reverse=not ascending)
        assert [len(shown.rows) for shown in pages] == [3, 3, 1]
        assert pages[0].previous == ""
        back = page(rows, key=REGISTER.key, size=3, cursor=pages[2].previous, ascending=ascending)
        assert back.rows == pages[1].rows
        assert (
            page(rows, key=REGISTER.key, size=3, cursor=back.previous, ascending=ascending).rows
            == pages[0].rows
        )

    def test_a_row_that_comes_in_meanwhile_shifts_nothing(self, world: cast.World) -> None:
        for number in range(1, 5):
            cast.confirmed(world.clerk, directive(f"{number}-CT/HĐGL", f"2026-01-0{number}"))
        first = page(listed(REGISTER, world.clerk), key=REGISTER.key, size=2)
        cast.confirmed(world.clerk, directive("9-CT/HĐGL", "2026-01-30"))
        second = page(listed(REGISTER, world.clerk), key=REGISTER.key, size=2, cursor=first.next)
        assert [row.number_key for row in second.rows] == ["2-ct/hdgl", "1-ct/hdgl"]

    @pytest.mark.parametrize("cursor", ["x", "e30", "eyJhdCI6IFtdLCAiYmFjayI6IGZhbHNlfQ", "é"])
    def test_a_cursor_that_was_tampered_with_is_as_good_as_none(self, world: cast.World, cursor: str) -> None:
        cast.confirmed(world.clerk, directive())
        assert len(page(listed(REGISTER, world.clerk), key=REGISTER.key, size=5, cursor=cursor).rows) == 1

    def test_nothing_of_another_office_is_listed_counted_or_found(self, world: cast.World) -> None:
        document = cast.confirmed(world.clerk, directive())
        for stranger in (world.neighbour, world.above, world.below, world.administrator):
            assert not listed(REGISTER, stranger, search="doi ngoai").exists()
            assert selectors.counts(by=stranger, on=cast.TODAY)["documents_registered"] == 0
            with pytest.raises(NotFound):
                selectors.document(by=stranger, public_id=document.public_id)

    def test_a_list_costs_one_query_however_many_rows(
        self, world: cast.World, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(1, 8):
            cast.confirmed(world.clerk, directive(f"{number}-CT/HĐGL"))
        with django_assert_num_queries(1):
            shown = page(listed(REGISTER, world.clerk), key=REGISTER.key, size=25)
            for row in shown.rows:
                [getattr(row, column.name) for column in REGISTER.columns]


class TestPages:
    """One document, one paper, and the lists that wait."""

    def test_the_page_of_a_document_shows_both_directions(self, world: cast.World) -> None:
        cast.confirmed(world.clerk, plan("38/KH-HGL", "2026-03-27", "Hội tỉnh Sông Ngân"))
        known = Document.objects.get(state=Document.State.KNOWN)
        paper = cast.received(world.clerk, directive(), name="chi-thi.txt")
        source = confirm(by=world.clerk, paper=paper, part=0, card=cast.card_of(paper), same_as=known)
        assert source == known
        shown = selectors.document_page(by=world.officer, public_id=source.public_id)
        assert [cited.document.number for cited in shown.cited_by] == ["38/KH-HGL"]
        assert [edge.relation for edge in shown.derivations] == ["implements"]
        assert shown.parts[0].paper.name == "chi-thi.txt"
        other = selectors.document_page(by=world.officer, public_id=shown.cited_by[0].document.public_id)
        assert [cited.document for cited in other.cites] == [source]

    @pytest.mark.parametrize("address", ["x", "00000000-0000-0000-0000-000000000000", ""])
    def test_an_address_that_is_none_is_not_found(self, world: cast.World, address: str) -> None:
        with pytest.raises(NotFound):
            selectors.document(by=world.clerk, public_id=address)

    def test_the_reading_page_knows_the_double_and_the_unplaced_issuer(self, world: cast.World) -> None:
        first = cast.confirmed(world.clerk, directive())
        paper = cast.received(world.clerk, directive() + "\nbản khác", name="b.txt")
        shown = selectors.part_page(by=world.clerk, paper=paper, index=0)
        assert shown is not None
        assert [likeness.document for likeness in shown.twins] == [first]
        assert not shown.is_unplaced
        bare = cast.received(world.clerk, doc(type="Chỉ thị", number="3-CT/TU", issuer="Tỉnh ủy"))
        bare_page = selectors.part_page(by=world.clerk, paper=bare, index=0)
        assert bare_page is not None
        assert bare_page.is_unplaced
        assert selectors.part_page(by=world.clerk, paper=paper, index=7) is None
        assert selectors.part_page(by=world.neighbour, paper=paper, index=0) is None

    def test_what_waits_is_listed_and_counted(self, world: cast.World) -> None:
        cast.confirmed(
            world.clerk, plan("38/KH-HGL", "2026-03-27", "Hội tỉnh") + cite(type="Quyết định", number="5")
        )
        cast.received(world.clerk, directive("9-CT/HĐGL"))
        counts = selectors.counts(by=world.head, on=cast.TODAY)
        assert (counts["papers_read"], counts["papers_confirmed"]) == (1, 1)
        assert (counts["documents_registered"], counts["documents_known"]) == (1, 1)
        assert (counts["edges_proposed"], counts["mentions_waiting"]) == (1, 1)
        assert [mention.number for mention in selectors.open_mentions(by=world.head)] == ["5"]
        assert [paper.state for paper in selectors.papers(by=world.head, state="read")] == ["read"]


class TestCascade:
    """Everything that derives from a document."""

    def test_it_goes_down_the_levels_by_date_with_the_days_between(self, world: cast.World) -> None:
        root = cast.confirmed(world.clerk, directive())
        cast.confirmed(world.clerk, plan("24-CTr/TU", "2026-03-06", "Tỉnh ủy Sông Ngân"))
        cast.confirmed(
            world.clerk,
            plan(
                "5/KH-UBND",
                "2026-04-10",
                "UBND xã Bến Trúc",
                of="24-CTr/TU",
                of_day="2026-03-06",
                of_type="Kế hoạch",
            ),
        )
        shown = cascade(by=world.head, document=root)
        levels = [(level, [node.document.number for node in nodes]) for level, nodes in shown.by_level()]
        assert levels == [("centre", ["7-CT/HĐGL"]), ("province", ["24-CTr/TU"]), ("commune", ["5/KH-UBND"])]
        assert [(edge.derived.number, edge.days) for edge in shown.edges] == [
            ("24-CTr/TU", 53),
            ("5/KH-UBND", 35),
        ]
        assert [(node.steps, node.days) for node in shown.nodes] == [(0, 0), (1, 53), (2, 88)]

    def test_predecessors_stand_one_step_above(self, world: cast.World) -> None:
        root = cast.confirmed(
            world.clerk,
            directive() + cite(relation="replaces", type="Chỉ thị", number="1-CT/HĐGL", date="2020-02-02"),
        )
        shown = cascade(by=world.clerk, document=root)
        assert {node.document.number: node.steps for node in shown.nodes} == {"1-CT/HĐGL": -1, "7-CT/HĐGL": 0}

    def test_rejected_edges_and_void_documents_are_left_out(self, world: cast.World) -> None:
        root = cast.confirmed(world.clerk, directive())
        one = cast.confirmed(world.clerk, plan("1/KH-HGL", "2026-02-01", "Hội tỉnh"))
        two = cast.confirmed(world.clerk, plan("2/KH-HGL", "2026-02-02", "Hội tỉnh"))
        decide_relation(by=world.clerk, relation=Relation.objects.get(derived=one), accept=False)
        void(by=world.clerk, document=two, why="nhầm")
        assert [node.document for node in cascade(by=world.clerk, document=root).nodes] == [root]

    def test_a_ring_of_edges_ends(self, world: cast.World) -> None:
        one = cast.confirmed(world.clerk, directive("1-CT/HĐGL"))
        two = cast.confirmed(world.clerk, directive("2-CT/HĐGL"))
        relate(by=world.clerk, derived=one, source=two, relation="basis", reason="x")
        relate(by=world.clerk, derived=two, source=one, relation="basis", reason="x")
        shown = cascade(by=world.clerk, document=one)
        assert (len(shown.nodes), len(shown.edges), shown.is_cut) == (2, 2, False)

    def test_it_costs_the_same_number_of_queries_however_wide(
        self, world: cast.World, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        root = cast.confirmed(world.clerk, directive())
        for number in range(1, 9):
            cast.confirmed(world.clerk, plan(f"{number}/KH-HGL", "2026-02-01", f"Hội tỉnh {number}"))
        with django_assert_max_num_queries(5):
            shown = cascade(by=world.clerk, document=root)
        assert len(shown.nodes) == 9

    def test_a_cascade_of_another_office_is_not_found(self, world: cast.World) -> None:
        root = cast.confirmed(world.clerk, directive())
        with pytest.raises(NotFound):
            cascade(by=world.neighbour, document=root)


class TestStubs:
    """What may be kept of a marked paper."""

    def test_a_stub_keeps_four_facts(self, world: cast.World) -> None:
        stub = enter_stub(
            by=world.clerk, number="3-CV/VD", date=date(2026, 2, 2), issuer_name="Bộ Ví dụ", mark="tối mật"
        )
        assert list(selectors.stubs(by=world.head)) == [stub]
        assert not selectors.stubs(by=world.neighbour).exists()
        assert not Document.objects.exists()

    def test_another_word_is_no_mark(self, world: cast.World) -> None:
        with pytest.raises(ValidationError):
            enter_stub(by=world.clerk, number="3", date=date(2026, 2, 2), issuer_name="Bộ", mark="kín")

    def test_who_may_not_enter_a_stub_is_told_so(self, world: cast.World) -> None:
        with pytest.raises(Forbidden):
            enter_stub(by=world.officer, number="3", date=date(2026, 2, 2), issuer_name="Bộ", mark="mật")
