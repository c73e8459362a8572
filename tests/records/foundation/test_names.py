"""What is told of people of other offices: not that they exist, where, or what they are called."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from nhipcau.records.foundation import services
from nhipcau.records.foundation.models import Account, Event
from nhipcau.records.foundation.selectors import history
from nhipcau.records.foundation.services.naming import TAKEN, proposed
from nhipcau.records.foundation.strangers import units_of_strangers
from nhipcau.records.organisations import services as organisations
from nhipcau.records.organisations.services import Basis
from nhipcau.web.history import lines
from tests import world as cast


def refusal(world: cast.World, username: str) -> str:
    """What who administers Sông Ngân is told about a name."""
    with pytest.raises(ValidationError) as raised:
        services.invite(
            by=world.administrator,
            username=username,
            display_name="Mới",
            role="clerk",
            unit=world.song_ngan,
            valid_from=cast.TODAY,
        )
    (error,) = raised.value.error_dict["username"]
    assert error.code == TAKEN
    return str(raised.value.messages[0])


class TestSignInNames:
    """One list for the whole house, of which nobody learns more than that a name is not to be had."""

    def test_the_refusal_is_the_same_wherever_the_name_is_in_use(self, world: cast.World) -> None:
        told = {
            refusal(world, username).replace(username, "…")
            for username in ("clerk", "lang-gieng", "cap-tren", "vo-vai")
        }

        assert len(told) == 1
        assert "Đồi Quế" not in told.pop()

    def test_the_name_proposed_is_free_and_of_the_giver_s_unit(self, world: cast.World) -> None:
        first = proposed("lang-gieng", world.song_ngan)
        Account.objects.create(username=first, display_name="x")
        second = proposed("lang-gieng", world.song_ngan)

        assert first == "lang-gieng.songngan"
        assert second not in ("", first)
        assert not Account.objects.filter(username=second).exists()

    def test_nothing_is_left_of_a_refused_invitation(self, world: cast.World) -> None:
        before = (Account.objects.count(), Event.objects.count())
        refusal(world, "lang-gieng")

        assert (Account.objects.count(), Event.objects.count()) == before


class TestHistories:
    """Shared units are seen by all; who of another office wrote on them is not."""

    @pytest.fixture
    def renamed(self, world: cast.World) -> str:
        """A unit that was renamed by who administers Sông Ngân; the name of that person."""
        organisations.rename_unit(
            by=world.administrator,
            unit=world.department,
            on=date(2026, 5, 4),
            name="Ban Hợp tác và Dự án",
            basis=Basis(legal="12/QĐ-HGL"),
        )
        account = world.administrator.account
        assert account is not None
        return account.display_name

    def test_colleagues_and_who_stands_above_read_the_name(self, world: cast.World, renamed: str) -> None:
        for reader in (world.clerk, world.officer, world.above):
            assert renamed in lines(by=reader, record=world.department)[0].sentence

    def test_others_read_unit_and_role(self, world: cast.World, renamed: str) -> None:
        for reader in (world.neighbour, world.below):
            told = lines(by=reader, record=world.department)[0].sentence
            assert renamed not in told
            assert world.song_ngan.name in told
            assert "Quản trị" in told

    def test_what_the_product_did_and_what_one_did_oneself_stays(self, world: cast.World) -> None:
        events = [event for event, _changes in history(by=world.neighbour, record=world.department)]

        assert units_of_strangers(by=world.neighbour, events=events) == {}

    def test_who_is_asked_for_nothing_costs_no_question(
        self, world: cast.World, django_assert_num_queries: object
    ) -> None:
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert units_of_strangers(by=world.clerk, events=[]) == {}
