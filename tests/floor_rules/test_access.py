"""All authority stands on two screens, in words, and the page about it is the table itself."""

from __future__ import annotations

import pytest
from django.utils import translation
from tools import access as page

from nhipcau.records.foundation.access import ROLES, SENTENCES, Permission
from tests.access import table


def test_every_permission_has_its_sentence_in_both_languages() -> None:
    assert set(SENTENCES) == set(Permission)
    for sentence in SENTENCES.values():
        with translation.override("vi"):
            vietnamese = str(sentence)
        with translation.override("en"):
            assert str(sentence).endswith(".")
            assert vietnamese.endswith(".")
            assert str(sentence) != vietnamese


def test_the_page_of_docs_is_what_the_tables_say() -> None:
    """Write it anew with ``.venv/bin/python -m tools.access``."""
    assert page.PAGE.read_text("utf-8") == page.text()


@pytest.mark.parametrize("permission", Permission)
def test_each_permission_stands_in_the_page_with_a_mark_for_each_role(permission: Permission) -> None:
    row = next(line for line in page.text().splitlines() if line.startswith(f"| `{permission}` |"))
    marks = [cell.strip() for cell in row.split("|")[3:-1]]

    assert marks == [page.YES if permission in role.permissions else "" for role in ROLES.values()]


def test_who_approves_or_administers_needs_a_second_factor() -> None:
    assert {role.code for role in ROLES.values() if role.needs_second_factor} == {"head", "administrator"}


def test_the_page_shows_every_door_of_the_table_that_the_build_holds() -> None:
    """Addresses, services and kinds of ``tests/access/table.toml``, each with who may from which place."""
    shown = page.text().partition("## Places")[2]
    for group in table.groups():
        row = next(
            line for line in shown.splitlines() if line.startswith(f"| {group.title} | `{group.doors[0]}`")
        )
        roles = {role for (_place, role), answer in group.answers.items() if answer == table.YES}
        named = row.split("|")[3]
        assert all(f"`{door}`" in row for door in group.doors)
        assert named.strip().startswith("all") or {role for role in ROLES if role in named} == roles
