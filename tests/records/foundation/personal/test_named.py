"""Names that official papers print: found for their person, no search facet, not erased with the account."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nhipcau.records.documents.models import Document
from nhipcau.records.documents.register import REGISTER
from nhipcau.records.foundation import services
from nhipcau.records.foundation.listing import listed
from nhipcau.records.foundation.models import Account
from nhipcau.records.foundation.personal.named import named
from nhipcau.records.foundation.personal.services import erase
from nhipcau.records.foundation.personal.sheet import copy, sheet
from tests import world as cast
from tests.records.told import doc

pytestmark = pytest.mark.usefixtures("told")


@pytest.fixture
def author(world: cast.World) -> Account:
    """An officer whose name two papers print as author: one of the own office, one of another."""
    account = world.officer.account
    assert account is not None
    for by, subject in ((world.clerk, "Giao lưu bên sông"), (world.neighbour, "Giao lưu bên đồi")):
        text = doc(type="Bài báo", number="", subject=subject)
        cast.confirmed(by, text, author_name=account.display_name.upper(), type_name="Bài báo")
    return account


def test_the_sheet_finds_it_in_the_own_office_only(world: cast.World, author: Account) -> None:
    (found,) = sheet(by=world.officer, public_id=author.public_id).named

    assert found.count == 1
    assert [record.subject for record in found.records] == ["Giao lưu bên sông"]  # type: ignore[attr-defined]
    told = copy(by=world.officer, public_id=author.public_id)["named_in"]
    assert [one["count"] for one in told] == [1]


def test_who_reads_no_documents_is_told_how_many(world: cast.World, author: Account) -> None:
    (found,) = named(by=world.administrator, account=author)

    assert (found.count, found.records) == (1, [])


def test_nobody_is_found_by_another_name_or_a_part_of_it(world: cast.World, author: Account) -> None:
    other = world.clerk.account
    assert other is not None
    assert named(by=world.clerk, account=other) == []
    author.display_name = author.display_name.split()[0]
    assert named(by=world.clerk, account=author) == []


def test_the_search_of_the_register_does_not_know_authors(world: cast.World, author: Account) -> None:
    assert listed(REGISTER, world.clerk, search="ben song").exists()
    assert not listed(REGISTER, world.clerk, search=author.display_name).exists()


def test_erasing_the_account_alters_no_official_paper(
    world: cast.World, author: Account, tmp_path: Path, settings: Any
) -> None:
    settings.NHIPCAU_ERASURES = tmp_path / "erasures.jsonl"
    name = author.display_name
    services.set_active(by=world.administrator, account=author, is_active=False, why="nghỉ việc")
    erase(by=world.administrator, account=author, article="Luật mẫu, Điều 1", why="người này yêu cầu")
    author.refresh_from_db()

    assert author.display_name != name
    assert Document.objects.filter(author_name__iexact=name).count() == 2
