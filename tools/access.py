"""Writes docs/access.md from the tables of permissions and roles: `.venv/bin/python -m tools.access`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "access.md"
YES, NO = "●", ""
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
        ]
    )


def main() -> int:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.site.settings")
    import django

    django.setup()
    PAGE.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
