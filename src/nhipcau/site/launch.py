"""What the commands of the site share: the environment of the settings, and migrating."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from nhipcau.site.database.addresses import without_secrets
from nhipcau.site.database.passwords import passwords

if TYPE_CHECKING:
    from nhipcau.site.database.addresses import Addresses
    from nhipcau.site.database.places import Place


class MigrateError(RuntimeError):
    """The database could not be brought to this version; the reason was printed by the process that tried."""


def surroundings(place: Place, addresses: Addresses, **switches: str) -> dict[str, str]:
    """The environment in which settings of `place` are read: the application's database, never the owner's.

    `switches` are further variables, as NHIPCAU_DEMO="1".
    """
    place.make()
    return {
        **without_secrets(),
        **addresses.for_work(),
        "NHIPCAU_DATA": str(place.home),
        "NHIPCAU_PLACE": place.name,
        "NHIPCAU_SECRET_KEY": os.environ.get("NHIPCAU_SECRET_KEY") or passwords(place.secrets)["secret_key"],
        "DJANGO_SETTINGS_MODULE": "nhipcau.site.settings",
        **switches,
    }


def set_up(environment: dict[str, str]) -> None:
    """Make this process one of the application's: settings are read from `environment`."""
    import django

    for name in set(os.environ) - set(environment):
        del os.environ[name]
    os.environ.update(environment)
    django.setup()


def migrate(place: Place, addresses: Addresses) -> None:
    """Migrate as the owner, in a process of its own that ends at once, and grant the two working roles.

    Raises `MigrateError` where the owner's address is not known or the migration fails.
    """
    if addresses.owner is None:
        raise MigrateError("Migrating needs the owner's address in DATABASE_OWNER_URL.")
    environment = surroundings(place, addresses) | {"DATABASE_URL": addresses.owner.url}
    roles = [addresses.app.user, *([addresses.reader.user] if addresses.reader else [])]
    with subprocess.Popen(  # noqa: S603 -- our own module
        [sys.executable, "-m", "nhipcau.site.child", "migrate", *roles],
        env=environment,
        # Kept open until it ends: when we are killed, the pipe closes and it ends too.
        stdin=subprocess.PIPE,
        start_new_session=sys.platform != "win32",
    ) as process:
        status = process.wait()
    if status:
        raise MigrateError("The database was not brought to this version; the reason stands above.")
