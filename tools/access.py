"""Writes docs/access.md from the tables of permissions and roles: `.venv/bin/python -m tools.access`."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "access.md"
TABLE = ROOT / "tests" / "access" / "table.toml"
YES, NO = "●", ""
SECTIONS = {"address": "Addresses", "service": "Services", "kind": "Kinds of record, referred to"}
PLACES_SAY = """\
Written from `tests/access/table.toml`, against which the build holds every address, every service and every
kind of record, for each role in each place; what is new and not in the table fails the build. Places are
where the record lies, seen from who asks: of the *own* office; of the own office, asked from a *department*
below it; of an office *below*, *beside* or *above*; of an office *elsewhere*, in another tree; *everywhere*
is all of them. “Told” is a refusal with its reason (403). Who is in neither column gets the answer of an
address that does not exist, byte for byte; nobody signed in is sent to sign in."""
INTRODUCTION = """\
Written by `tools/access.py` from `records/foundation/access.py`; not by hand. The same table stands in
the product under “Cán bộ và vai trò”. A permission says what may be done; on which rows is the scope of
the policy: the own office, and below it what a rule names. Outside scope everything answers like an
address that does not exist."""


def text() -> str:
    """The page as it must be; Django must be set up."""
    from django.utils import translation

    from nhipcau.records.foundation.access import ROLES, SENTENCES, Permission

    with translation.override("en"):
        english = {role.code: (str(role.name), str(role.sentence)) for role in ROLES.values()}
        may = {permission: str(SENTENCES[permission]) for permission in Permission}
    with translation.override("vi"):
        vietnamese = {role.code: str(role.name) for role in ROLES.values()}
    roles = [
        f"| `{role.code}` | {english[role.code][0]} | {vietnamese[role.code]} | {english[role.code][1]} "
        f"| {YES if role.needs_second_factor else NO} |"
        for role in ROLES.values()
    ]
    rows = [
        f"| `{permission}` | {may[permission]} | "
        + " | ".join(YES if permission in role.permissions else NO for role in ROLES.values())
        + " |"
        for permission in Permission
    ]
    heads = " | ".join(english[role.code][0] for role in ROLES.values())
    return "\n".join(
        [
            "# Who may do what",
            "",
            INTRODUCTION,
            "",
            "## Roles",
            "",
            "| code | role | in Vietnamese | what its holder does | second factor |",
            "|---|---|---|---|---|",
            *roles,
            "",
            "## Permissions",
            "",
            f"| code | may | {heads} |",
            "|---|---|" + "---|" * len(ROLES),
            *rows,
            "",
            "## Places",
            "",
            PLACES_SAY,
            "",
            *places(),
        ]
    )


def places() -> list[str]:
    """What each role sees in each place, as tables: one for addresses, one for services, one for kinds."""
    told = tomllib.loads(TABLE.read_text("utf-8"))
    lines = []
    for section, title in SECTIONS.items():
        lines += [f"### {title}", "", "| what | which | may | is told why not |", "|---|---|---|---|"]
        lines += [_row(group) for group in told[section]]
        lines += [""]
    return lines


def _row(group: dict[str, Any]) -> str:
    doors = ", ".join(f"`{door}`" for door in group["doors"])
    return f"| {group['title']} | {doors} | {_who(group, 'yes')} | {_who(group, 'told')} |"


def _who(group: dict[str, Any], answer: str) -> str:
    """Roles and places of one answer; who may is not told, however widely the refusal is worded."""
    told = group.get(answer, {}).items()
    rest = "all others" if answer == "told" else "all"
    return "; ".join(f"{rest if roles == 'all' else roles} ({where})" for where, roles in told) or "—"


def main() -> int:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.site.settings")
    import django

    django.setup()
    PAGE.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
