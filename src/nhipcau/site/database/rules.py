"""Which tables of this site are events, versions, sessions: found from the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.sessions.models import Session
from pghistory.models import Event as RowVersion

from nhipcau.site.database.roles import TableRules

if TYPE_CHECKING:
    from django.db.models import Model

#: Models whose rows, once written, nobody changes: what was done, with which values, and who was refused.
TRAIL = (
    "foundation.Event",
    "foundation.EventValue",
    "foundation.ValueText",
    "foundation.Refusal",
    "foundation.Seal",
    "foundation.Attempt",
)
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
            {MIGRATIONS, *(model._meta.db_table for model in models if _is_django_own(model))}
        ),
        hidden=frozenset({Session._meta.db_table, CACHE, *_tables(KEYS)}),
        hidden_columns={
            account._meta.db_table: frozenset({"password"}),
            invitation._meta.db_table: frozenset({"token_digest"}),
        },
    )


def _tables(labels: tuple[str, ...]) -> list[str]:
    return [apps.get_model(label)._meta.db_table for label in labels]


def _is_django_own(model: type[Model]) -> bool:
    return model._meta.app_label in {"auth", "contenttypes"}
