"""What somebody who means harm, or a broken tool, sends to the pages."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from nhipcau.records.documents import services
from nhipcau.records.documents.models import Document
from nhipcau.records.foundation.access import Permission
from tests import world as cast
from tests.web.office import Office, acting, content, signed_in

CURSORS: list[Any] = [
    [{}, []],
    [10**30, 1],
    [1.5, 2],
    [True, True],
    [[1], 2],
    [None, None],
    ["\ud800", 1],
    ["2026-02-30", 1],
    ["2026-02-03", 10**30],
    ["2026-02-03", float("inf")],
]


@pytest.mark.parametrize("at", CURSORS, ids=repr)
@pytest.mark.parametrize("back", [True, False])
def test_a_cursor_with_values_that_no_key_has_is_as_good_as_none(clerk: Client, at: Any, back: bool) -> None:
    first = clerk.get(reverse("documents:list"))
    answer = clerk.get(reverse("documents:list"), {"at": _cursor({"at": at, "back": back})})
    assert answer.status_code == 200
    assert [row.pk for row in answer.context["page"].rows] == [row.pk for row in first.context["page"].rows]


def test_a_cursor_nested_without_end_is_as_good_as_none(clerk: Client) -> None:
    at = base64.urlsafe_b64encode(b"[" * 100_000).decode()
    assert clerk.get(reverse("documents:list"), {"at": at}).status_code == 200


@pytest.mark.parametrize("name", ["ke hoach.txt", "kế hoạch số 5.txt", "a\"b'c.txt", "a; filename=b.exe.txt"])
def test_a_file_goes_out_under_the_name_under_which_it_came(office: Office, name: str) -> None:
    person = office.world.clerk
    got = services.receive_file(by=acting(person), name=name, data=f"Kế hoạch {name}".encode())
    cast.run_jobs()
    answer = signed_in(person).get(reverse("documents:file", args=[got.paper.public_id]))
    assert _file_name(answer["Content-Disposition"]) == name


def _cursor(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _file_name(header: str) -> str:
    """The name that a browser takes from the header (RFC 6266)."""
    kind, _sep, rest = header.partition("; ")
    assert kind == "attachment"
    if rest.startswith("filename*=utf-8''"):
        return unquote(rest.removeprefix("filename*=utf-8''"))
    return rest.removeprefix('filename="').removesuffix('"').replace('\\"', '"').replace("\\\\", "\\")


def test_the_page_of_a_citation_does_nothing_where_nothing_was_chosen(office: Office, clerk: Client) -> None:
    """A form without its button makes no document."""
    before = Document.objects.count()
    url = reverse("documents:mention", args=[office.mention.public_id])
    answer = clerk.post(url, {"why": ""}, follow=True)
    assert "Chưa chọn gì." in answer.content.decode()
    assert Document.objects.count() == before


def test_who_sees_no_documents_sees_no_names_of_papers_among_the_jobs(office: Office) -> None:
    """An administrator retries work; its title may be the name of a paper."""
    person = acting(office.world.administrator)
    assert Permission.DOCUMENT_VIEW not in person.permissions
    page = signed_in(office.world.administrator).get(reverse("jobs"))
    assert page.context["jobs"]
    assert office.failed.name not in page.content.decode()
    assert office.failed.name in signed_in(office.world.clerk).get(reverse("jobs")).content.decode()


@pytest.mark.parametrize("name", ["desk", "documents:list", "documents:export", "jobs"])
def test_nothing_of_an_office_stays_in_the_browser_after_signing_out(clerk: Client, name: str) -> None:
    """PCs are shared: neither the browser's cache nor that of the script keeps a page."""
    answer = clerk.get(reverse(name))
    shown = content(answer)
    assert "no-store" in answer["Cache-Control"]
    if not answer.streaming:
        assert '"historyCacheSize": 0' in shown.decode()
