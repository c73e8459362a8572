"""A unit reads the records in which it has a role, and no more; who gave it takes it back at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from nhipcau.records.documents import selectors
from nhipcau.records.documents import services as documents
from nhipcau.records.documents.models import Document
from nhipcau.records.documents.policies import DOCUMENTS, MENTIONS, PAPERS, RELATIONS_POLICY
from nhipcau.records.documents.register import REGISTER
from nhipcau.records.foundation import services
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.listing import listed
from nhipcau.records.foundation.models import Event, UnitRole
from nhipcau.records.foundation.policies import SEES_ROLES_BELOW, Forbidden, NotFound
from nhipcau.records.foundation.references import refer
from nhipcau.records.foundation.rules import rule
from nhipcau.records.foundation.selectors import history, readers
from tests import world as cast
from tests.records.told import doc

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared as they stand in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def document(world: cast.World) -> Document:
    """A document of Sông Ngân that cites another."""
    text = doc(type="Công văn", number="7-CV/VP", subject="Về việc tiếp đoàn")
    return cast.confirmed(world.clerk, text)


def share(world: cast.World, document: Document, **given: object) -> UnitRole:
    """Đồi Quế reads along, as the head of Sông Ngân wants it."""
    chosen = {"unit": world.doi_que, "why": "phối hợp tiếp đoàn", **given}
    return services.share_record(by=world.head, record=document, **chosen)  # type: ignore[arg-type]


def later(by: Actor, days: int) -> Actor:
    """The same person some days later."""
    return replace(by, on=by.on + days * DAY)


def worker(world: cast.World, document: Document, unit: str, role: str) -> UnitRole:
    """A unit with a role in the work of a record, from yesterday on."""
    return UnitRole.objects.create(
        record=refer(document),
        office=document.office,
        unit=getattr(world, unit),
        role=role,
        valid_from=cast.TODAY - DAY,
    )


@pytest.mark.usefixtures("told")
class TestCoordination:
    """Explicit, dated, revocable."""

    def test_a_unit_that_was_let_in_reads_the_card_and_nothing_around_it(
        self, world: cast.World, document: Document
    ) -> None:
        share(world, document)

        assert list(DOCUMENTS.scope(world.neighbour)) == [document]
        page = selectors.document_page(by=world.neighbour, public_id=document.public_id)
        assert (page.parts, page.cites, page.open_mentions, page.derivations) == ([], [], [], [])
        for policy in (PAPERS, MENTIONS, RELATIONS_POLICY):
            assert not policy.scope(world.neighbour).exists()
        assert history(by=world.neighbour, record=document) == []

    def test_it_stays_out_of_the_own_registers_and_counts(
        self, world: cast.World, document: Document
    ) -> None:
        before = selectors.counts(by=world.neighbour, on=cast.TODAY)
        share(world, document)

        assert not listed(REGISTER, world.neighbour).exists()
        assert selectors.counts(by=world.neighbour, on=cast.TODAY) == before
        assert list(listed(REGISTER, world.neighbour, filters={"of": "others"})) == [document]
        assert not listed(REGISTER, world.neighbour, filters={"of": "x"}).exists()
        assert not listed(REGISTER, world.clerk, filters={"of": "others"}).exists()

    def test_registers_ask_by_the_office_alone(self, world: cast.World) -> None:
        """However many roles there are, a list of the own office does not look at them."""
        assert "unitrole" not in str(DOCUMENTS.kept(world.clerk).query)
        assert "unitrole" in str(DOCUMENTS.scope(world.clerk).query)

    def test_reading_is_not_changing(self, world: cast.World, document: Document) -> None:
        share(world, document)

        with pytest.raises(Forbidden):
            documents.void(by=world.neighbour, document=document, why="thử")
        assert not DOCUMENTS.allows(world.neighbour, Permission.DOCUMENT_VOID, document)
        assert DOCUMENTS.allows(world.clerk, Permission.DOCUMENT_VOID, document)

    def test_who_reads_along_lets_nobody_else_in(self, world: cast.World, document: Document) -> None:
        share(world, document)
        head = cast.person("head", world.doi_que, username="thu-truong")

        with pytest.raises(Forbidden):
            services.share_record(by=head, record=document, unit=world.commune)

    def test_it_holds_from_today_until_before_the_day(self, world: cast.World, document: Document) -> None:
        share(world, document, valid_to=cast.TODAY + 2 * DAY)

        seen = [DOCUMENTS.scope(later(world.neighbour, days)).exists() for days in (-1, 0, 1, 2)]
        assert seen == [False, True, True, False]

    def test_it_is_taken_back_at_once(self, world: cast.World, document: Document) -> None:
        shared = share(world, document)
        services.end_sharing(by=world.head, shared=shared, why="xong việc")

        assert not DOCUMENTS.scope(world.neighbour).exists()
        assert not DOCUMENTS.scope(later(world.neighbour, 9)).exists()
        assert readers(by=world.head, record=document) == []
        with pytest.raises(ValidationError):
            services.end_sharing(by=world.head, shared=shared)

    def test_after_it_was_taken_back_it_can_be_given_again(
        self, world: cast.World, document: Document
    ) -> None:
        services.end_sharing(by=world.head, shared=share(world, document))
        share(world, document)

        assert DOCUMENTS.scope(world.neighbour).exists()

    def test_both_stand_in_the_history_of_the_record(self, world: cast.World, document: Document) -> None:
        services.end_sharing(by=world.head, shared=share(world, document), why="xong việc")

        told = Event.objects.filter(record=document.public_id).order_by("-id")[:2]
        assert [(event.verb, event.why) for event in told] == [
            ("end_share", "xong việc"),
            ("share", "phối hợp tiếp đoàn"),
        ]

    @pytest.mark.parametrize("role", ["clerk", "officer", "consolidator", "auditor"])
    def test_only_the_head_decides(self, world: cast.World, document: Document, role: str) -> None:
        with pytest.raises(Forbidden):
            services.share_record(by=getattr(world, role), record=document, unit=world.doi_que)

    def test_outside_the_office_there_is_nothing_to_share_or_to_end(
        self, world: cast.World, document: Document
    ) -> None:
        shared = share(world, document)
        stranger = cast.person("head", world.commune, username="thu-truong-xa")

        with pytest.raises(NotFound):
            services.share_record(by=stranger, record=document, unit=world.doi_que)
        with pytest.raises(NotFound):
            services.end_sharing(by=stranger, shared=shared)

    @pytest.mark.parametrize("unit", ["song_ngan", "department"])
    def test_the_own_office_needs_no_letting_in(
        self, world: cast.World, document: Document, unit: str
    ) -> None:
        with pytest.raises(ValidationError, match="reads it anyway"):
            share(world, document, unit=getattr(world, unit))

    def test_a_unit_in_which_nobody_works_is_not_let_in(self, world: cast.World, document: Document) -> None:
        with pytest.raises(ValidationError, match="Nobody of"):
            share(world, document, unit=world.district)

    def test_nobody_is_let_in_twice(self, world: cast.World, document: Document) -> None:
        share(world, document)

        with pytest.raises(ValidationError, match="already"):
            share(world, document)

    def test_a_day_that_has_passed_is_refused(self, world: cast.World, document: Document) -> None:
        with pytest.raises(ValidationError, match="after today"):
            share(world, document, valid_to=cast.TODAY)


@pytest.mark.usefixtures("told")
class TestRolesInTheWork:
    """A record with roles of units is seen by each that has one, and above as the dated rule says."""

    @pytest.mark.parametrize("role", ["lead", "joint", "host", "participant"])
    def test_a_unit_with_a_role_reads_the_record(
        self, world: cast.World, document: Document, role: str
    ) -> None:
        worker(world, document, "doi_que", role)

        assert list(DOCUMENTS.lent(world.neighbour)) == [document]
        assert not DOCUMENTS.scope(world.below).exists()

    def test_the_office_above_sees_in_what_a_unit_below_has_a_role(
        self, world: cast.World, document: Document
    ) -> None:
        worker(world, document, "doi_que", "host")

        assert list(DOCUMENTS.scope(world.above)) == [document]

    def test_not_before_the_rule_is_in_force(self, world: cast.World, document: Document) -> None:
        worker(world, document, "doi_que", "host")
        UnitRole.objects.update(valid_from=cast.FOUNDED)
        since = rule(SEES_ROLES_BELOW, on=cast.TODAY)
        assert since is not None

        eve, first = since.in_force_from - DAY, since.in_force_from
        assert not DOCUMENTS.scope(replace(world.above, on=eve)).exists()
        assert DOCUMENTS.scope(replace(world.above, on=first)).exists()
        assert DOCUMENTS.scope(replace(world.neighbour, on=eve)).exists()

    def test_being_let_in_is_meant_for_the_unit_alone(self, world: cast.World, document: Document) -> None:
        share(world, document)

        assert not DOCUMENTS.scope(world.above).exists()
