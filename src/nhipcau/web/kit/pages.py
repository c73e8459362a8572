"""The pages of a register: the list and its export. Each is an ordinary view that holds the declaration."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from nhipcau.interchange.outgoing import register_workbook
from nhipcau.records.foundation.listing import listed, page
from nhipcau.records.foundation.register import Register
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.kit.query import chips, open_choices, read_query

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def addresses(register: Register) -> list[URLPattern]:
    """The addresses of the kit's pages, to be included under the register's slug."""
    return [
        path("", require_GET(list_page(register)), name="list"),
        path("export/", require_GET(export(register)), name="export"),
    ]


def list_page(register: Register) -> Any:
    """The list: whole page, or for htmx only what lies under the filters."""

    @signed_in
    def view(request: DeskRequest) -> HttpResponse:
        query = read_query(register, request)
        rows = listed(register, request.acting, search=query.search, filters=query.filters)
        shown = page(
            rows, key=register.key, size=register.page_size, cursor=query.cursor, ascending=query.ascending
        )
        context = {
            "register": register,
            "may_view": register.view in request.acting.permissions,
            "may_export": register.export in request.acting.permissions,
            "query": query,
            "page": shown,
            "chips": chips(register, query),
            "next": query.address(at=shown.next) if shown.next else "",
            "previous": query.address(at=shown.previous) if shown.previous else "",
            "turned": query.address(order="" if query.ascending else "up"),
            "way": register.slug,
        }
        if _is_partial(request):
            answer = render(request, "kit/rows.html", {**context, "is_partial": True})
        else:
            context["reads_along"] = register.policy.lent(request.acting).exists()
            context["choices"] = open_choices(register, request.acting, query)
            answer = render(request, f"{register.slug}/list.html", context)
        # One address, two answers: a browser that goes back must not show the part as the page.
        patch_vary_headers(answer, ["HX-Request", "HX-Boosted"])
        return answer

    return view


def export(register: Register) -> Any:
    """The rows of the list, all pages, as XLSX."""

    @signed_in
    def view(request: DeskRequest) -> FileResponse:
        query = read_query(register, request)
        book = register_workbook(register, by=request.acting, search=query.search, filters=query.filters)
        name = f"{register.slug}-{timezone.localdate():%Y-%m-%d}.xlsx"
        return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)

    return view


def _is_partial(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) and request.headers.get("HX-Boosted") != "true"
