"""Django's own admin on the same rows, doing less: no rights, no day but one, no history, no census.

It is spared what would make it slow without need: related rows come with one query, nothing is counted twice,
nobody's rights are asked, and only looking is allowed, so that no form with twenty thousand choices is drawn.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from nhipcau.records.documents.models import Document
from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations.models import ParentLink, Succession, UnitCode, UnitVersion

#: Django's own stack of middleware, as ``startproject`` writes it.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


class Site(admin.AdminSite):
    """Lets in whoever is signed in."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever is signed in."""
        return request.user.is_authenticated

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Without the list of applications at the side: our accounts have no rights of Django's to ask."""
        return {**super().each_context(request), "available_apps": []}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:  # noqa: ARG002
        """None."""
        return []


class Looking:
    """Everybody looks, nobody writes."""

    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 (Django's)
        """Everybody."""
        return True

    def _nobody(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 (the same)
        return False

    has_add_permission = has_change_permission = has_delete_permission = _nobody

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:  # noqa: ARG002
        """Every address of the bench."""
        return True


class _Rows(Looking, admin.TabularInline[Any, Any]):
    extra = 0
    near: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what its columns show."""
        return super().get_queryset(request).select_related(*self.near)


class Versions(_Rows):
    """What a unit was called."""

    model, near = UnitVersion, ("opened_by__unit", "closed_by__unit")
    fields = ("name", "type", "level", "valid_from", "valid_to", "opened_by")


class Places(_Rows):
    """Below which units it stood."""

    model, fk_name, near = ParentLink, "unit", ("parent", "opened_by__unit")
    fields = ("parent", "hierarchy", "valid_from", "valid_to")


class Codes(_Rows):
    """Its codes."""

    model, near = UnitCode, ("opened_by__unit",)
    fields = ("code_list", "list_version", "code", "valid_from", "valid_to")


class Sources(_Rows):
    """From whom it took over."""

    model, fk_name, near = Succession, "successor", ("predecessor", "change__unit")
    fields = ("predecessor", "kind", "in_force_on", "extent")


class UnitAdmin(Looking, admin.ModelAdmin[Unit]):
    """A unit with the rows that our page tells its life from."""

    list_display = ("name", "level", "pillar")
    inlines = (Versions, Places, Codes, Sources)
    search_fields = ("folded__contains",)
    ordering = ("name", "id")
    list_per_page = 200


class VersionAdmin(Looking, admin.ModelAdmin[UnitVersion]):
    """Units as they were: the list below a unit, and the search for a picker."""

    list_display = ("name", "type", "level", "unit", "valid_from")
    list_select_related = ("unit",)
    search_fields = ("folded",)
    ordering = ("sort_key", "unit_id")
    list_per_page = 200


class DocumentAdmin(Looking, admin.ModelAdmin[Document]):
    """Documents, with the columns and the order of our list."""

    list_display = (
        "register_label", "number", "date", "type_name", "subject", "issuer_name", "level", "state",
    )  # fmt: skip
    list_select_related = ("attached_to",)
    list_display_links = ("number",)
    ordering = ("-placed_on", "-line", "-id")


def site(rows: int) -> Site:
    """The admin, with lists of documents as long as ours."""
    found = Site("peer")
    found.register(Unit, UnitAdmin)
    found.register(UnitVersion, VersionAdmin)
    found.register(Document, type("DocumentAdmin", (DocumentAdmin,), {"list_per_page": rows}))
    return found
