"""How the list of a register is read and walked by a test."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.test import Client
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook

from nhipcau.records.foundation.register import Register
from tests.web.office import content, tree


def place(register: Register, query: str = "", page: str = "list") -> str:
    return reverse(f"{register.slug}:{page}") + query


def rows(page: html.HtmlElement) -> list[str]:
    """The addresses of the records that a page lists, from top to bottom."""
    return [str(address) for address in page.xpath("//table//tbody/tr//th/a/@href")]


def of(register: Register, records: list[Any]) -> list[str]:
    return [reverse(f"{register.slug}:detail", args=[record.public_id]) for record in records]


def newest_first(register: Register, records: list[Any]) -> list[str]:
    """The addresses of all rows in the order of the register's key."""
    key = [tuple(getattr(record, name) for name in register.key) for record in records]
    paired = sorted(zip(key, of(register, records), strict=True), reverse=True)
    return [address for _key, address in paired]


def walk(browser: Client, register: Register, query: str, way: str) -> Iterator[html.HtmlElement]:
    """The pages that follow from a page by its link ``next`` or ``prev``, that page first."""
    seen: list[str] = []
    while query not in seen:
        seen.append(query)
        page = tree(browser.get(place(register, query)))
        yield page
        links = page.xpath(f"//a[@rel='{way}']/@href")
        if not links:
            return
        query = str(links[0])


def sheet(answer: Any) -> list[tuple[Any, ...]]:
    book = load_workbook(BytesIO(content(answer)))
    assert book.active is not None
    return list(book.active.iter_rows(values_only=True))
