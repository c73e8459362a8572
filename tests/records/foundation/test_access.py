"""Who acts, and who may: roles, grants by day and unit, scope, and the two answers of a refusal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from nhipcau.records.documents.models import Document
from nhipcau.records.foundation import services
from nhipcau.records.foundation.access import ROLES, SYSTEM, Permission, permissions_of
from nhipcau.records.foundation.actors import NoGrantError, act, office_of, posts, system
from nhipcau.records.foundation.models import Account, Event, Grant
from nhipcau.records.foundation.policies import (
    ACCOUNTS,
    EVENTS,
    GRANTS,
    Forbidden,
    NotFound,
    OwnedPolicy,
)
from tests import world as cast
from tests.records.told import doc

WRITES = {
    Permission.PAPER_RECEIVE,
    Permission.DOCUMENT_CONFIRM,
    Permission.DOCUMENT_CORRECT,
    Permission.DOCUMENT_VOID,
    Permission.DOCUMENT_MERGE,
    Permission.MENTION_LINK,
    Permission.RELATION_DECIDE,
    Permission.STUB_ENTER,
    Permission.UNIT_MANAGE,
    Permission.ACCOUNT_MANAGE,
    Permission.GRANT_GIVE,
    Permission.JOB_RETRY,
}


class TestRoles:
    """The two screens of authority."""

    def test_every_permission_is_held_by_some_role(self) -> None:
        assert permissions_of(tuple(ROLES)) == set(Permission)

    def test_the_auditor_and_the_consolidator_write_nothing(self) -> None:
        assert not (permissions_of(("auditor", "consolidator")) & WRITES)

    def test_neither_the_administrator_nor_the_system_sees_documents(self) -> None:
        for role in ("administrator", SYSTEM.code):
            assert Permission.DOCUMENT_VIEW not in permissions_of((role,))

    def test_an_unknown_code_gives_nothing(self) -> None:
        assert permissions_of(("emperor",)) == frozenset()

    def test_every_role_has_its_sentence(self) -> None:
        assert all(str(role.sentence).endswith(".") for role in [*ROLES.values(), SYSTEM])


class TestActing:
    """The actor of an account on a day."""

    def test_a_department_acts_in_the_office_above_it(self, world: cast.World) -> None:
        assert world.officer.unit == world.department
        assert world.officer.office == world.clerk.office

    def test_an_office_that_is_closed_keeps_no_registers(self, world: cast.World) -> None:
        assert office_of(world.commune, on=cast.FOUNDED - timedelta(days=1)) is None
        office = office_of(world.commune, on=cast.TODAY)
        assert office is not None
        assert office.unit == world.commune

    def test_who_holds_no_role_cannot_act(self, world: cast.World) -> None:
        with pytest.raises(NoGrantError):
            act(world.nobody, door="web", on=cast.TODAY)

    def test_a_grant_holds_from_its_first_day_until_before_its_last(self, world: cast.World) -> None:
        by = system(door="system", on=cast.TODAY)
        start, end = date(2026, 1, 1), date(2026, 2, 1)
        services.give_grant(
            by=by, account=world.nobody, role="clerk", unit=world.doi_que, valid_from=start, valid_to=end
        )
        assert act(world.nobody, door="web", on=start).roles == ("clerk",)
        assert act(world.nobody, door="web", on=end - timedelta(days=1)).unit == world.doi_que
        for day in (start - timedelta(days=1), end):
            with pytest.raises(NoGrantError):
                act(world.nobody, door="web", on=day)

    def test_several_roles_in_one_unit_are_held_together_and_others_apart(self, world: cast.World) -> None:
        by = system(door="system", on=cast.TODAY)
        for role, unit in (("clerk", world.doi_que), ("head", world.doi_que), ("officer", world.commune)):
            services.give_grant(by=by, account=world.nobody, role=role, unit=unit, valid_from=cast.FOUNDED)
        assert act(world.nobody, door="web", on=cast.TODAY).role == "clerk+head"
        assert act(world.nobody, door="web", on=cast.TODAY, unit=world.commune).roles == ("officer",)
        held = posts(world.nobody, on=cast.TODAY)
        assert [(post.unit, post.roles) for post in held] == [
            (world.doi_que, ("clerk", "head")),
            (world.commune, ("officer",)),
        ]
        with pytest.raises(NoGrantError):
            act(world.nobody, door="web", on=cast.TODAY, unit=world.centre)

    def test_an_account_that_may_not_sign_in_cannot_act(self, world: cast.World) -> None:
        account = world.clerk.account
        assert account is not None
        services.set_active(by=world.administrator, account=account, is_active=False, why="nghỉ việc")
        account.refresh_from_db()
        with pytest.raises(NoGrantError):
            act(account, door="web", on=cast.TODAY)


@pytest.mark.usefixtures("told")
class TestScope:
    """Which rows there are."""

    def test_a_higher_office_sees_below_only_where_the_kind_says_so(self, world: cast.World) -> None:
        document = cast.confirmed(world.below, doc(type="Công văn", number="1-CV/VP", subject="x"))
        usual = OwnedPolicy(Document, view=Permission.DOCUMENT_VIEW)
        from_above = OwnedPolicy(Document, view=Permission.DOCUMENT_VIEW, below="SB-01")
        assert not usual.scope(world.clerk).exists()
        assert list(from_above.scope(world.clerk)) == [document]
        assert list(from_above.scope(world.above)) == [document]
        assert not from_above.scope(world.neighbour).exists()

    def test_outside_scope_wins_over_not_allowed(self, world: cast.World) -> None:
        """A record of another office answers as if it did not exist, whatever the role."""
        document = cast.confirmed(world.clerk, doc(type="Công văn", number="1-CV/VP", subject="x"))
        policy = OwnedPolicy(Document, view=Permission.DOCUMENT_VIEW)
        with pytest.raises(NotFound):
            policy.require(world.neighbour, Permission.GRANT_GIVE, document)
        with pytest.raises(Forbidden):
            policy.require(world.clerk, Permission.GRANT_GIVE, document)
        policy.require(world.clerk, Permission.DOCUMENT_VIEW, document)
        assert policy.allows(world.clerk, Permission.DOCUMENT_VIEW, document)
        assert not policy.allows(world.neighbour, Permission.DOCUMENT_VIEW, document)

    def test_accounts_and_grants_are_seen_at_and_below_the_own_unit(self, world: cast.World) -> None:
        seen = {account.username for account in ACCOUNTS.scope(world.administrator)}
        assert {"clerk", "officer", "cap-duoi"} <= seen
        assert not seen & {"lang-gieng", "cap-tren", "vo-vai"}
        assert {grant.account.username for grant in GRANTS.scope(world.administrator)} == seen
        assert ACCOUNTS.scope(system(door="cli", on=cast.TODAY)).count() == Account.objects.count()

    def test_the_trail_is_seen_by_who_may_and_of_the_own_office_only(self, world: cast.World) -> None:
        cast.confirmed(world.clerk, doc(type="Công văn", number="1-CV/VP", subject="x"))
        assert {event.verb for event in EVENTS.scope(world.head)} == {"receive", "read", "confirm"}
        assert not EVENTS.scope(world.clerk).exists()
        assert not EVENTS.scope(cast.person("head", world.doi_que, username="truong-dq")).exists()


class TestGrants:
    """Accounts and grants are made by who may, with one event each."""

    def test_a_grant_beyond_the_giver_s_own_unit_is_refused(self, world: cast.World) -> None:
        for unit in (world.centre, world.doi_que):
            with pytest.raises(NotFound):
                services.give_grant(
                    by=world.administrator,
                    account=world.nobody,
                    role="clerk",
                    unit=unit,
                    valid_from=cast.TODAY,
                )
        assert not Grant.objects.filter(account=world.nobody).exists()

    @pytest.mark.parametrize(
        ("role", "start", "end"),
        [
            ("emperor", cast.TODAY, None),
            ("clerk", cast.TODAY, cast.TODAY),
            ("clerk", cast.TODAY, cast.FOUNDED),
        ],
    )
    def test_a_grant_that_cannot_be_is_refused(
        self, world: cast.World, role: str, start: date, end: date | None
    ) -> None:
        with pytest.raises(ValidationError):
            services.give_grant(
                by=world.administrator,
                account=world.nobody,
                role=role,
                unit=world.commune,
                valid_from=start,
                valid_to=end,
            )

    def test_the_same_grant_twice_on_one_day_is_refused(self, world: cast.World) -> None:
        account = world.clerk.account
        assert account is not None
        with pytest.raises(ValidationError):
            services.give_grant(
                by=world.administrator,
                account=account,
                role="clerk",
                unit=world.song_ngan,
                valid_from=cast.TODAY,
            )

    def test_a_grant_is_ended_not_deleted(self, world: cast.World) -> None:
        before = Event.objects.count()
        grant = Grant.objects.get(account=world.clerk.account)
        ended = services.end_grant(
            by=world.administrator, grant=grant, valid_to=cast.TODAY, why="chuyển việc"
        )
        assert ended.valid_to == cast.TODAY
        with pytest.raises(ValidationError):
            services.end_grant(by=world.administrator, grant=grant, valid_to=cast.FOUNDED)
        assert Event.objects.count() == before + 1

    def test_a_password_is_changed_by_its_owner_or_who_manages_accounts(self, world: cast.World) -> None:
        account = world.clerk.account
        assert account is not None
        changed = services.change_password(by=world.clerk, account=account, password="Song-dai-bien-rong-9")
        assert changed.check_password("Song-dai-bien-rong-9")
        services.change_password(by=world.administrator, account=account, password="Nui-cao-truong-son-9")
        with pytest.raises(NotFound):
            services.change_password(by=world.officer, account=account, password="Khong-duoc-dau-9")

    def test_no_event_and_no_version_ever_holds_a_password(self, world: cast.World) -> None:
        account = world.clerk.account
        assert account is not None
        services.change_password(by=world.clerk, account=account, password="Song-dai-bien-rong-9")
        event = Event.objects.latest("id")
        assert not event.values_kept.exists()
        version = Account._meta.get_field("version").related_model
        assert "password" not in {field.name for field in version._meta.get_fields()}

    def test_a_weak_password_and_a_taken_name_are_refused(self, world: cast.World) -> None:
        by = world.administrator
        with pytest.raises(ValidationError):
            services.create_account(by=by, username="moi", display_name="Mới", password="123")
        with pytest.raises(ValidationError):
            services.create_account(by=by, username="clerk", display_name="Mới", password=cast.PASSWORD)
        with pytest.raises(Forbidden):
            services.create_account(
                by=world.clerk, username="moi", display_name="Mới", password=cast.PASSWORD
            )
