"""The trail: one event a write, digests that prove values, append-only rows, listeners, row versions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from pghistory.models import Event as RowVersion

from nhipcau.records.documents.models import Document
from nhipcau.records.foundation import events, references
from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.models import Event, EventValue, Reference, Refusal, Unit, ValueText
from nhipcau.records.foundation.models.personal import AccessLog, PersonalField, Retention
from nhipcau.records.foundation.models.signing import Attempt, FormerPassword
from nhipcau.records.foundation.models.trail import Seal
from nhipcau.records.foundation.selectors import history, trail
from nhipcau.records.foundation.services import refuse
from nhipcau.records.organisations.services import found_unit
from tests import world as cast
from tests.records.told import doc

# Append-only themselves: a version of what is never changed would say nothing.
WITHOUT_VERSIONS: set[type[models.Model]] = {Event, EventValue, ValueText, Refusal, Seal, Attempt, AccessLog}
# Written by the owner alone, from declarations and rules.
WITHOUT_VERSIONS |= {PersonalField, Retention, FormerPassword}
OURS = ("foundation", "organisations", "documents")


def our_models() -> list[type[models.Model]]:
    return [
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not issubclass(model, RowVersion)
    ]


def versions_of(model: type[models.Model]) -> Any:
    return model._meta.get_field("version").related_model


class TestVersions:
    """Every state of every row is kept by the database itself."""

    @pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
    def test_every_model_has_versions_kept_by_triggers(self, db: None, model: type[models.Model]) -> None:
        if model in WITHOUT_VERSIONS:
            assert not [field for field in model._meta.get_fields() if field.name == "version"]
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
                [model._meta.db_table],
            )
            names = " ".join(row[0] for row in cursor.fetchall())
        assert all(verb in names for verb in ("insert_insert", "update_update", "delete_delete"))

    def test_a_row_changed_behind_the_services_still_leaves_its_version(self, world: cast.World) -> None:
        Unit.objects.filter(pk=world.commune.pk).update(short_name="BT")
        states = versions_of(Unit).objects.filter(pgh_obj_id=world.commune.pk).order_by("pgh_id")
        assert [(row.pgh_label, row.short_name) for row in states] == [("insert", ""), ("update", "BT")]

    @pytest.mark.parametrize("verb", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
    def test_a_version_is_neither_changed_nor_deleted(self, world: cast.World, verb: str) -> None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(verb.format(versions_of(Unit)._meta.db_table))


class TestEvents:
    """What an event keeps, and that nothing bends it."""

    def test_an_event_outside_a_transaction_is_refused(
        self, world: cast.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loose = SimpleNamespace(in_atomic_block=False)
        monkeypatch.setattr(
            events,
            "transaction",
            SimpleNamespace(
                get_connection=lambda: loose,
                TransactionManagementError=transaction.TransactionManagementError,
            ),
        )
        with pytest.raises(transaction.TransactionManagementError):
            events.record(by=world.clerk, verb="x", record=world.commune)

    def test_each_value_has_a_salted_digest_and_stands_beside_it(self, world: cast.World) -> None:
        by = system(door="system", on=cast.TODAY)
        found_unit(by=by, name="Xã Mới", level="commune", founded_on=cast.TODAY)
        value = EventValue.objects.get(event=Event.objects.latest("id"), field="name")
        assert (value.side, value.text.value) == ("new", "Xã Mới")
        assert value.digest == events.digest(value.text.salt, value.text.value)
        assert len(value.text.salt) == 32

    def test_equal_values_have_different_digests(self, world: cast.World) -> None:
        """Or an erased value could be guessed from another event."""
        by = system(door="system", on=cast.TODAY)
        for _turn in range(2):
            found_unit(by=by, name="Xã Mới", level="commune", founded_on=cast.TODAY)
        rows = EventValue.objects.filter(field="name", text__value="Xã Mới")
        assert len({row.digest for row in rows}) == 2

    @pytest.mark.parametrize("model", [Event, EventValue, ValueText, Refusal, Seal, AccessLog])
    @pytest.mark.parametrize("verb", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
    def test_the_application_cannot_change_the_trail(
        self, world: cast.World, model: type[models.Model], verb: str
    ) -> None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(verb.format(model._meta.db_table, model._meta.pk.column))

    def test_a_listener_runs_in_the_transaction_of_the_event(self, world: cast.World) -> None:
        heard: list[str] = []

        def listener(event: Event, record: models.Model) -> None:
            heard.append(f"{event.verb} {record}")
            raise RuntimeError

        events.listen(listener)
        try:
            by = system(door="system", on=cast.TODAY)
            with pytest.raises(RuntimeError), transaction.atomic():
                found_unit(by=by, name="Xã Mới", level="commune", founded_on=cast.TODAY)
        finally:
            events.unlisten(listener)
        assert heard == ["found Xã Mới"]
        assert not Unit.objects.filter(name="Xã Mới").exists()

    def test_a_refusal_is_one_line_and_no_event(self, world: cast.World) -> None:
        before = Event.objects.count()
        refuse(by=world.clerk, mark="mật")
        assert (Refusal.objects.count(), Event.objects.count()) == (1, before)


@pytest.mark.usefixtures("told")
class TestHistory:
    """What pages show of the trail."""

    def test_the_history_of_a_record_is_told_newest_first(self, world: cast.World) -> None:
        document = cast.confirmed(world.clerk, doc(type="Công văn", number="1-CV/VP", subject="x"))
        told = history(by=world.officer, record=document)
        assert [event.verb for event, _changes in told] == ["confirm"]
        assert history(by=world.neighbour, record=document) == []

    def test_a_value_that_was_erased_is_told_as_nothing(self, world: cast.World) -> None:
        document = cast.confirmed(world.clerk, doc(type="Công văn", number="1-CV/VP", subject="x"))
        event = Event.objects.latest("id")
        EventValue.objects.create(event=event, field="note", side="new", digest="0" * 64)
        changes = {change.field: change.new for change in history(by=world.clerk, record=document)[0][1]}
        assert changes["note"] is None
        assert changes["subject"] == "x"

    def test_the_trail_names_people_and_units_as_they_were(self, world: cast.World) -> None:
        cast.confirmed(world.clerk, doc(type="Công văn", number="1-CV/VP", subject="x"))
        event = trail(by=world.head).first()
        assert event is not None
        assert (event.account_name, event.unit_id) == ("Vai clerk", world.song_ngan.public_id)


@pytest.mark.usefixtures("told")
class TestReferences:
    """A reference shows its title only to whom the policy of its kind lets see the record."""

    def test_a_title_is_shown_within_scope_only(self, world: cast.World) -> None:
        document = cast.confirmed(world.clerk, doc(type="Công văn", number="1-CV/VP", subject="x"))
        reference = references.refer(document)
        assert references.shown_title(world.head, reference) == "Công văn 1-CV/VP"
        assert references.resolve(world.head, reference) == document
        assert "1-CV/VP" not in references.shown_title(world.neighbour, reference)
        assert references.resolve(world.neighbour, reference) is None

    def test_a_title_stays_as_it_stood(self, world: cast.World) -> None:
        document = cast.confirmed(world.clerk, doc(type="Công văn", number="1-CV/VP", subject="x"))
        references.refer(document)
        Document.objects.filter(pk=document.pk).update(number="2-CV/VP")
        document.refresh_from_db()
        assert references.refer(document).title == "Công văn 1-CV/VP"
        assert Reference.objects.count() == 2  # the paper's job refers to its paper

    def test_a_kind_that_nobody_registered_resolves_to_nothing(self, world: cast.World) -> None:
        lost = Reference(kind="spaceship", record=world.centre.public_id, title="x")
        assert references.resolve(world.clerk, lost) is None

    def test_every_kind_can_be_fetched_by_its_public_id(self, world: cast.World) -> None:
        for kind in references.kinds():
            assert kind.policy is not None
            assert {field.name for field in kind.model._meta.get_fields()} >= {"public_id"}

    def test_a_second_kind_under_one_code_is_a_fault(self, world: cast.World) -> None:
        kind = references.kind_named("unit")
        with pytest.raises(ValueError, match="twice"):
            references.register(references.Kind("unit", Document, kind.policy))
        references.register(kind)
