"""How often each page asks the database: never more often because there is more, and as was written down.

The counts stand in ``query_counts.json``, so that a rise is seen and explained in the change that brings it.
``NHIPCAU_WRITE_QUERY_COUNTS=1`` writes them anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhipcau.records.documents.models import Paper
from tests.web.addresses import PAGES, PIECES
from tests.web.growing import grow
from tests.web.office import Office, content

COUNTS = Path(__file__).parent / "query_counts.json"
FEW, MANY = 3, 30


def paths(office: Office) -> dict[str, str]:
    """Each page that a clerk opens; what searches is asked to."""
    found = {address.name: address.path(office) for address in (*PAGES, *PIECES)}
    found["documents:list"] += "?q=doi&type=Kế+hoạch"
    found["documents:mention"] += "?q=doi ngoai"
    return found


def count(browser: Client, path: str) -> int:
    """How many queries a page needs. A first visit may fill what is looked up once a process."""
    content(browser.get(path))
    with CaptureQueriesContext(connection) as asked:
        content(browser.get(path))
    return len(asked)


@pytest.mark.parametrize("page", [address.name for address in (*PAGES, *PIECES)])
def test_a_page_asks_no_more_often_when_there_is_more(office: Office, clerk: Client, page: str) -> None:
    """Three of everything, then thirty: as many queries, and as many as were written down."""
    grow(office, range(FEW))
    few = count(clerk, _path(office, page))
    grow(office, range(FEW, MANY))
    many = count(clerk, _path(office, page))
    _write(page, few)

    assert many <= few
    assert few == json.loads(COUNTS.read_text("utf-8"))[page]


def _path(office: Office, page: str) -> str:
    path = paths(office)[page]
    if page == "documents:progress":
        papers = Paper.objects.filter(office=office.directive.office).order_by("id")
        path += "?" + "&".join(f"paper={paper.public_id}" for paper in (papers[0], papers.reverse()[0]))
    return path


def _write(page: str, queries: int) -> None:
    if os.environ.get("NHIPCAU_WRITE_QUERY_COUNTS"):
        known = json.loads(COUNTS.read_text("utf-8")) if COUNTS.exists() else {}
        written = json.dumps(dict(sorted({**known, page: queries}.items())), indent=2, ensure_ascii=False)
        COUNTS.write_text(written + "\n", "utf-8")


def test_every_count_is_of_a_page_that_there_is() -> None:
    assert set(json.loads(COUNTS.read_text("utf-8"))) == {address.name for address in (*PAGES, *PIECES)}
