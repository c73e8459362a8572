"""Which tables of this site are events, versions, sessions: found from the models."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.sessions.models import Session
from pghistory.models import Event as RowVersion

from nhipcau.records.foundation.references import kinds
from nhipcau.records.foundation.rules import number, rule
from nhipcau.site import environment
from nhipcau.site.database.roles import TableRules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

#: Models whose rows, once written, nobody changes: what was done, with which values, and who was refused.
TRAIL = (
    "foundation.Event",
    "foundation.EventValue",
    "foundation.ValueText",
    "foundation.Refusal",
    "foundation.Seal",
    "foundation.Attempt",
    "foundation.AccessLog",
)
#: What the owner lays down, and the application only reads.
LAID_DOWN = ("foundation.PersonalField", "foundation.Retention")
#: Models of others whose rows hold what signs somebody in.
KEYS = (
    "foundation.FormerPassword",
    "mfa.Authenticator",
    "usersessions.UserSession",
    "socialaccount.SocialApp",
    "socialaccount.SocialToken",
    "account.EmailConfirmation",
)
#: The table of the shared cache, which has no model.
CACHE = "foundation_cache"
#: What is kept, its rule, the rule that is the least, and the setting by which an office says otherwise.
RETENTIONS = (
    ("access_log", "RT-01", "IS-07", "NHIPCAU_ACCESS_LOG_MONTHS"),
    ("attempts", "RT-03", "IS-07", "NHIPCAU_ATTEMPTS_MONTHS"),
    ("events", "RT-02", "RT-02", ""),
)
#: Written while migrating only.
MIGRATIONS = "django_migrations"


def table_rules() -> TableRules:
    """The rules for every table that the installed models have."""
    models = apps.get_models(include_auto_created=True)
    versions = [model for model in models if issubclass(model, RowVersion)]
    trail = [apps.get_model(label) for label in TRAIL]
    account = apps.get_model("foundation.Account")
    invitation = apps.get_model("foundation.Invitation")
    return TableRules(
        append_only=frozenset(model._meta.db_table for model in (*versions, *trail)),
        read_only=frozenset(
            {
                MIGRATIONS,
                *_tables(LAID_DOWN),
                *(model._meta.db_table for model in models if _is_django_own(model)),
            }
        ),
        hidden=frozenset({Session._meta.db_table, CACHE, *_tables(KEYS)}),
        hidden_columns={
            account._meta.db_table: frozenset({"password"}),
            invitation._meta.db_table: frozenset({"token_digest"}),
        },
        personal=tuple(personal_fields()),
        retention=tuple(retentions()),
    )


def personal_fields() -> Iterator[tuple[str, str, str, str, str]]:
    """What the kinds of record declare as data of persons, with the tables that hold them."""
    for kind in kinds():
        table = kind.model._meta.db_table
        for field, marker in kind.personal:
            versions = kind.model._meta.get_field("version").related_model
            if versions is None:
                continue
            tracked = {one.name for one in versions._meta.get_fields()}
            yield kind.code, field, table, versions._meta.db_table if field in tracked else "", marker


def retentions() -> Iterator[tuple[str, int, str]]:
    """How many months what is kept: the rule in force today, or the office's choice not under the law."""
    today = date.today()  # noqa: DTZ011 (the day of the machine that migrates)
    for code, rule_code, floor_code, setting in RETENTIONS:
        found = rule(rule_code, on=today)
        if found is None or found.number is None:
            continue
        least = number(floor_code, on=today) or 0
        months = environment.number(setting, found.number, lowest=least) if setting else found.number
        yield code, months, found.source if months == found.number else setting


def _tables(labels: tuple[str, ...]) -> list[str]:
    return [apps.get_model(label)._meta.db_table for label in labels]


def _is_django_own(model: type[Model]) -> bool:
    return model._meta.app_label in {"auth", "contenttypes"}
