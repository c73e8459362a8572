"""What is wrong with an installation, each trouble with its cure: asked by `check` and before serving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg

from nhipcau.site.database import audit

if TYPE_CHECKING:
    from nhipcau.site.database.addresses import Addresses

_APART = (
    "Name the application's own login in DATABASE_URL (docs/install.md shows how to make the three roles)."
)
_GRANT = "Run `nhipcau migrate` with DATABASE_OWNER_URL set: it takes what is too much away."


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong, and what to do about it; both are whole sentences."""

    what: str
    cure: str


def before_migrating(addresses: Addresses) -> list[Trouble]:
    """Whether the database can be reached, and the application's role is one of its own."""
    try:
        excess = audit.rights_of_standing(addresses.app)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        return [Trouble(f"The database cannot be reached: {reason}.", "Check DATABASE_URL and the server.")]
    if addresses.server is not None:
        # Our own server: what is too much there is taken away by migrating, which comes next.
        return []
    powers = [words for words in excess if "superuser" in words or " owns " in words or "member of" in words]
    return [Trouble(f"{words}, so it will not serve.", _APART) for words in powers]


def before_serving(addresses: Addresses) -> list[Trouble]:
    """Needs the settings: whether the roles may do no more than they need, and nothing of a demo is here."""
    return [*_missing_migrations(), *_too_much(addresses), *_demo_accounts(), *_seals()]


def of_settings() -> list[Trouble]:
    """Needs the settings: what Django's own checks find, in its words."""
    from django.core import checks

    return [
        Trouble(f"{message.msg} ({message.id})", message.hint or "See Django's documentation of this check.")
        for message in checks.run_checks()
        if message.level >= checks.WARNING and not message.is_silenced()
    ]


def _missing_migrations() -> list[Trouble]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not missing:
        return []
    return [
        Trouble(
            f"The database is {missing} migrations behind this version.",
            "Run `nhipcau migrate` with DATABASE_OWNER_URL set.",
        )
    ]


def _too_much(addresses: Addresses) -> list[Trouble]:
    from nhipcau.site.database.rules import table_rules

    rules = table_rules()
    found = audit.excess_of_app(addresses.app, rules)
    if addresses.reader is not None:
        found += audit.excess_of_reader(addresses.reader, rules)
    return [Trouble(f"{words}: more than it needs.", _GRANT) for words in found]


def _seals() -> list[Trouble]:
    """Whether the trail can be sealed here, and has been."""
    from django.db import ProgrammingError

    from nhipcau.site import sealing

    try:
        return [Trouble(what, cure) for what, cure in sealing.troubles()]
    except ProgrammingError:  # not migrated yet, which is told already
        return []


def _demo_accounts() -> list[Trouble]:
    from django.contrib.auth import get_user_model
    from django.db import ProgrammingError

    from nhipcau.site.hashers import DemoArgon2PasswordHasher

    mark = f"{DemoArgon2PasswordHasher.algorithm}$"
    try:
        found = get_user_model()._default_manager.filter(password__startswith=mark).exists()
    except ProgrammingError:  # not migrated yet, which is told already
        return []
    if not found:
        return []
    return [
        Trouble(
            "This database holds accounts of a demo.",
            "Serve an office from a database of its own; sample data are not carried over.",
        )
    ]
