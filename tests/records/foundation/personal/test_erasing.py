"""Erasing: what goes, what stays and says so, and that nobody but the owner's function can do it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from nhipcau.records.foundation import services
from nhipcau.records.foundation.models import Account, Event, EventValue, ValueText
from nhipcau.records.foundation.personal import outside, replaying
from nhipcau.records.foundation.personal.services import erase
from nhipcau.records.foundation.policies import Forbidden
from tests import world as cast

ARTICLE = "Luật mẫu, Điều 1"
NAME = "Người Rời Đi"
_CALL = "SELECT foundation_erase(%s, %s, %s, %s, %s, '', NULL, '', '', NULL, NULL, 'web')"


@pytest.fixture(autouse=True)
def _own_outside(tmp_path: Path, settings: Any) -> None:
    settings.NHIPCAU_ERASURES = tmp_path / "outside" / "erasures.jsonl"
    settings.NHIPCAU_SEALS = tmp_path / "outside" / "seals.jsonl"
    settings.NHIPCAU_SEAL_KEY = tmp_path / "seal.key"


@pytest.fixture
def leaver(world: cast.World) -> Account:
    """Somebody who worked in the office, renamed once, and was switched off."""
    return left(world)


def left(world: cast.World) -> Account:
    by = world.administrator
    account = services.create_account(
        by=by, username="nguoi-roi-di", display_name=NAME, password=cast.PASSWORD, email="roi@example.vn"
    )
    services.give_grant(by=by, account=account, role="clerk", unit=world.song_ngan, valid_from=by.on)
    services.set_active(by=by, account=account, is_active=False, why="nghỉ việc")
    return Account.objects.get(pk=account.pk)


def everywhere(words: str) -> list[str]:
    """The tables in whose rows the words stand, but for events: they keep names as they were."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s LIMIT 1', [f"%{words}%"])  # noqa: S608
            if cursor.fetchone():
                found.append(table)
    return sorted(set(found) - {"foundation_event"})


def test_name_and_address_go_from_the_record_its_versions_and_the_trail(
    world: cast.World, leaver: Account
) -> None:
    before = everywhere(NAME)
    assert {"foundation_account", "foundation_accountversion", "foundation_valuetext"} <= set(before)

    erase(by=world.administrator, account=leaver, article=ARTICLE, why="người này yêu cầu")

    assert (everywhere(NAME), everywhere("roi@example.vn"), everywhere("nguoi-roi-di")) == ([], [], [])
    leaver.refresh_from_db()
    assert leaver.display_name == "[đã xoá]"
    assert leaver.username.startswith("da-xoa-")


def test_the_event_names_who_erased_what_under_which_article(world: cast.World, leaver: Account) -> None:
    event = erase(by=world.administrator, account=leaver, article=ARTICLE, why="người này yêu cầu")

    values: dict[str, Any] = {row.field: row.text.value for row in event.values_kept.select_related("text")}
    assert (event.verb, event.record, event.why) == ("erase", leaver.public_id, "người này yêu cầu")
    assert event.account_name == "Vai administrator"
    assert values["article"] == ARTICLE
    assert values["fields"] == ["display_name", "email", "username"]
    assert values["erased"] == sorted(values["erased"])
    assert not ValueText.objects.filter(pk__in=values["erased"]).exists()
    assert EventValue.objects.filter(pk__in=values["erased"]).count() == len(values["erased"]) > 3


def test_the_digests_that_the_database_writes_are_those_of_the_services(
    world: cast.World, leaver: Account
) -> None:
    from nhipcau.records.foundation import events

    event = erase(by=world.administrator, account=leaver, article='Luật "mẫu"\t\\', why="yêu cầu")

    for row in event.values_kept.select_related("text"):
        assert row.digest == events.digest(row.text.salt, row.text.value), row.field


def test_others_keep_what_is_theirs(world: cast.World, leaver: Account) -> None:
    kept = ValueText.objects.filter(value="Vai clerk").count()

    erase(by=world.administrator, account=leaver, article=ARTICLE, why="yêu cầu")

    assert ValueText.objects.filter(value="Vai clerk").count() == kept > 0
    assert everywhere("Vai clerk")


def test_a_second_time_there_is_nothing_left(world: cast.World, leaver: Account) -> None:
    erase(by=world.administrator, account=leaver, article=ARTICLE, why="yêu cầu")
    before = Event.objects.count()

    with pytest.raises(ValidationError):
        erase(by=world.administrator, account=leaver, article=ARTICLE, why="yêu cầu")
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("article", "why"), [("", "yêu cầu"), ("  ", "yêu cầu"), (ARTICLE, ""), (ARTICLE, " x ")]
)
def test_without_article_or_reason_nothing_goes(
    world: cast.World, leaver: Account, article: str, why: str
) -> None:
    with pytest.raises(ValidationError):
        erase(by=world.administrator, account=leaver, article=article, why=why)
    assert everywhere(NAME)


def test_who_still_works_here_is_not_erased(world: cast.World) -> None:
    assert world.officer.account is not None
    with pytest.raises(ValidationError):
        erase(by=world.administrator, account=world.officer.account, article=ARTICLE, why="yêu cầu")


def test_only_who_manages_accounts_may(world: cast.World, leaver: Account) -> None:
    with pytest.raises(Forbidden):
        erase(by=world.auditor, account=leaver, article=ARTICLE, why="yêu cầu")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("account", ["password"]),
        ("account", []),
        ("account", ["display_name", "is_active"]),
        ("document", ["subject"]),
        ("x'; DROP TABLE foundation_event; --", ["display_name"]),
    ],
)
def test_the_function_itself_refuses_what_holds_no_personal_data(
    world: cast.World, leaver: Account, kind: str, fields: list[str]
) -> None:
    """Whoever stole the application's password can call it, too."""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CALL, [kind, leaver.public_id, fields, ARTICLE, "yêu cầu"])
    assert everywhere(NAME)


def test_a_record_that_is_not_there_cannot_be_erased(world: cast.World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CALL, ["account", uuid4(), ["display_name"], ARTICLE, "yêu cầu"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_accountversion SET display_name = ''",
        "DELETE FROM foundation_accountversion",
        "DELETE FROM foundation_valuetext",
        "UPDATE foundation_valuetext SET value = '1'",
        "UPDATE foundation_personalfield SET kind = 'document'",
        "INSERT INTO foundation_retention (code, months, source) VALUES ('x', 0, '')",
        "DELETE FROM foundation_accesslog",
        "SELECT foundation_keep_value(1, 'x', '1')",
    ],
)
def test_the_application_itself_can_do_none_of_it(world: cast.World, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL nhipcau.erasing = 'on'")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)


def test_no_setting_silences_the_keeping_of_versions(world: cast.World) -> None:
    """The library's switch is closed: a stolen password of the application changes no row unseen."""
    versions = Account._meta.get_field("version").related_model._default_manager
    before = versions.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'foundation_account'::regclass")
        names = ",".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + names + "}"])
        cursor.execute("SELECT set_config('nhipcau.erasing', 'on', true)")

    Account.objects.filter(pk=world.nobody.pk).update(display_name="Khác")

    assert versions.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_forgets_again_and_the_trail_stays_whole() -> None:
    """The line beside the database outlives it; erased values are told as erased, not as missing."""
    from nhipcau.site import sealing

    world = cast.build()
    account = left(world)
    sealing.seal()
    erase(by=world.administrator, account=account, article=ARTICLE, why="người này yêu cầu")
    sealing.seal()
    report, _key = sealing.verify()
    assert report.is_whole, report.faults
    assert [(one.code, one.facts["article"]) for one in report.notices] == [("erased", ARTICLE)]
    assert ARTICLE in str(report.notices[0])

    line = json.loads(Path(settings.NHIPCAU_ERASURES).read_text("utf-8"))
    assert (line["record"], line["fields"]) == (str(account.public_id), ["display_name", "email", "username"])
    assert NAME not in Path(settings.NHIPCAU_ERASURES).read_text("utf-8")
    assert replaying.replay() == 0

    # As after a restore: another erasure that this database does not know.
    other = services.create_account(
        by=world.administrator, username="nguoi-khac", display_name="Người Khác Nữa", password=cast.PASSWORD
    )
    forgotten = {**line, "event": str(uuid4()), "record": str(other.public_id)}
    with Path(settings.NHIPCAU_ERASURES).open("a", encoding="utf-8") as file:
        file.write(json.dumps(forgotten) + "\n{broken off")
    assert [one["record"] for one in outside.forgotten()] == [str(other.public_id)]

    assert replaying.replay() == 1
    assert everywhere("Người Khác Nữa") == []
    assert replaying.replay() == 0
    assert len(Path(settings.NHIPCAU_ERASURES).read_text("utf-8").splitlines()) == 4
