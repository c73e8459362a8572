"""Who may do what in the database: as the database itself answers, not as we meant it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from pghistory.models import Event as RowVersion

from nhipcau.site import readiness
from nhipcau.site.database import audit, roles
from nhipcau.site.database.addresses import Addresses
from nhipcau.site.database.rules import table_rules
from tests.conftest import TEMPLATE, TESTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.site.database.embedded import Server

APPEND_ONLY = sorted(
    {
        "foundation_event",
        "foundation_eventvalue",
        "foundation_valuetext",
        "foundation_accountversion",
        "documents_documentversion",
    }
)


@pytest.mark.django_db
def test_the_tests_run_as_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")

        assert cursor.fetchone() == (roles.APP,)


@pytest.fixture
def migrated(django_db_setup: None, database_server: Server) -> Server:
    """The tests' server, with the migrated database."""
    return database_server


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_events_values_and_versions_are_never_changed(migrated: Server, table: str, statement: str) -> None:
    words = (
        statement.replace(" SET id = id", " SET salt = salt") if table.endswith("valuetext") else statement
    )
    words = words.replace("SET id = id", "SET pgh_label = pgh_label") if table.endswith("version") else words

    with (
        psycopg.connect(**migrated.app.to(TESTS).parameters) as database,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied for table"),
    ):
        database.execute(words.format(table).encode())


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "DROP TABLE foundation_unit",
        "ALTER TABLE foundation_unit DISABLE TRIGGER ALL",
        "TRUNCATE foundation_unit CASCADE",
        "DELETE FROM django_migrations",
        "CREATE ROLE other",
        "SET ROLE nhipcau_owner",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_the_application_can_change_rows_and_nothing_else(migrated: Server, statement: str) -> None:
    with (
        psycopg.connect(**migrated.app.to(TESTS).parameters) as database,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.WrongObjectType)),
    ):
        database.execute(statement.encode())


def test_every_version_table_and_the_trail_are_append_only() -> None:
    versions = {model._meta.db_table for model in apps.get_models() if issubclass(model, RowVersion)}

    assert versions
    assert versions | set(APPEND_ONLY) <= table_rules().append_only


def test_the_reader_reads_but_sees_no_password_and_no_session(migrated: Server) -> None:
    with psycopg.connect(**migrated.reader.to(TESTS).parameters, autocommit=True) as database:
        database.execute("SELECT username FROM foundation_account")
        for statement in (
            "SELECT password FROM foundation_account",
            "SELECT * FROM django_session",
            "INSERT INTO foundation_unit DEFAULT VALUES",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                database.execute(statement.encode())


def test_the_audit_finds_nothing_after_granting(migrated: Server) -> None:
    assert audit.excess_of_app(migrated.app.to(TESTS), table_rules()) == []
    assert audit.excess_of_reader(migrated.reader.to(TESTS), table_rules()) == []


@pytest.fixture
def loose(migrated: Server) -> Iterator[Server]:
    """A copy of the migrated database, to give too much away in; the roles are set right afterwards."""
    superuser = migrated.cluster.superuser()
    users = (migrated.app.user, migrated.reader.user)
    roles.make_database(superuser, "loose", owner=migrated.owner.user, users=users, template=TEMPLATE)
    yield migrated
    roles.drop_database(superuser, "loose")
    with psycopg.connect(**superuser.parameters, autocommit=True) as database:
        database.execute("ALTER ROLE nhipcau_app NOCREATEDB")
        database.execute("REVOKE nhipcau_owner FROM nhipcau_app")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("GRANT UPDATE ON foundation_event TO nhipcau_app", "nhipcau_app may UPDATE foundation_event"),
        ("GRANT UPDATE (why) ON foundation_event TO nhipcau_app", "nhipcau_app may UPDATE foundation_event"),
        ("GRANT TRUNCATE ON foundation_unit TO PUBLIC", "nhipcau_app may TRUNCATE foundation_unit"),
        ("GRANT TRIGGER ON foundation_unit TO nhipcau_app", "nhipcau_app may TRIGGER foundation_unit"),
        ("GRANT CREATE ON SCHEMA public TO nhipcau_app", "nhipcau_app may create objects in schema public"),
        ("ALTER TABLE foundation_unit OWNER TO nhipcau_app", "nhipcau_app owns the table foundation_unit"),
        ("ALTER ROLE nhipcau_app CREATEDB", "nhipcau_app may create databases"),
        ("GRANT nhipcau_owner TO nhipcau_app", "nhipcau_app is a member of nhipcau_owner"),
    ],
)
def test_the_audit_tells_what_is_too_much(loose: Server, given: str, told: str) -> None:
    with psycopg.connect(**loose.cluster.superuser("loose").parameters) as database:
        database.execute(given.encode())

    assert told in audit.excess_of_app(loose.app.to("loose"), table_rules())


def test_granting_again_takes_away_what_was_too_much(loose: Server) -> None:
    owner = loose.owner.to("loose")
    with psycopg.connect(**owner.parameters) as database:
        database.execute("GRANT ALL ON foundation_event TO nhipcau_app")

    roles.grant(owner, app=loose.app.user, reader=loose.reader.user, rules=table_rules())

    assert audit.excess_of_app(loose.app.to("loose"), table_rules()) == []


def test_serving_is_refused_as_owner_and_as_superuser(migrated: Server) -> None:
    for login, reason in (
        (migrated.owner.to(TESTS), "nhipcau_owner owns the"),
        (migrated.cluster.superuser(TESTS), "nhipcau_superuser is a superuser"),
    ):
        troubles = readiness.before_migrating(Addresses(login, None, None))

        assert any(trouble.what.startswith(reason) for trouble in troubles)
        assert all("DATABASE_URL" in trouble.cure for trouble in troubles)


def test_serving_is_not_refused_as_the_application(migrated: Server) -> None:
    assert readiness.before_migrating(Addresses(migrated.app.to(TESTS), None, None)) == []


def test_a_database_out_of_reach_is_told_with_its_cure(migrated: Server) -> None:
    login = roles_login = migrated.app.to("nowhere")

    [trouble] = readiness.before_migrating(Addresses(login, None, roles_login))

    assert 'database "nowhere" does not exist' in trouble.what
    assert "DATABASE_URL" in trouble.cure
