"""The unprivileged account that runs the database server when the product itself runs as root."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nhipcau.site.database.places import is_root

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Taken in this order: the office's choice, an account of the product's own, the one every Unix has.
CANDIDATES = ("nhipcau", "nobody")


class NoAccountError(RuntimeError):
    """There is no account that the server could run as."""


@dataclass(frozen=True)
class Account:
    """An account of this system, by name and numbers."""

    name: str
    uid: int
    gid: int

    def own(self, path: Path) -> None:
        """Give a file or folder that we made to this account."""
        os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(cluster: Path, environ: Mapping[str, str] = os.environ) -> Account | None:
    """Who runs the server of `cluster`: the owner of its data, else the first candidate; None = ourselves."""
    if not is_root():
        return None
    if cluster.exists() and cluster.stat().st_uid != 0:
        return _by_uid(cluster.stat().st_uid)
    named = environ.get("NHIPCAU_ACCOUNT", "").strip()
    for name in (named,) if named else CANDIDATES:
        found = _by_name(name)
        if found and found.uid != 0:
            return found
    raise NoAccountError(
        f"PostgreSQL does not run as root, and there is no account {named or ' or '.join(CANDIDATES)}: "
        "create one (useradd --system nhipcau) or name one in NHIPCAU_ACCOUNT."
    )


def run_as(account: Account | None) -> dict[str, Any]:
    """Arguments of `subprocess` that make a child run as `account`, in its own files' privacy."""
    if sys.platform == "win32":
        return {}
    identity = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    return {**identity, "umask": 0o077}


def _by_name(name: str) -> Account | None:
    import pwd

    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _by_uid(uid: int) -> Account:
    import pwd

    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise NoAccountError(
            f"the database belongs to account number {uid}, which this system does not know"
        ) from error
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
