"""The page of a unit: what it is on a day, its life as a line of time, its boundaries of other days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nhipcau.records.foundation.access import ROLES, Permission
from nhipcau.records.foundation.models import Office, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import GRANTS, UNITS
from nhipcau.records.organisations import selectors as reads
from nhipcau.records.organisations.models import UnitVersion
from nhipcau.records.organisations.selectors import becoming, telling
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.pages.unit_days import BEFORE, SINCE, Asked, asked, quick, read
from nhipcau.web.pages.units import census, level_of

#: Units directly below that stand on the page; the tree shows all.
BELOW = 40
PEOPLE = 50


@require_GET
@signed_in
def unit(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """One unit as of a day."""
    row = UNITS.fetch(request.acting, public_id)
    by, said = request.acting, asked(request, request.acting.on)
    life = telling.life(by=by, unit=row)
    version, shown = life.on(said.day), life.nearest(said.day)
    context = {
        "unit": row,
        "said": said,
        "quick": quick(said),
        "version": version,
        "shown": shown,
        "life": life,
        "path": reads.path_nodes(by=by, unit=row, on=said.day, hierarchy=said.hierarchy)[:-1],
        "boundaries": _boundaries(request, row, shown, said),
        "instead": _instead(request, row, shown, said) if version is None else [],
        "focal_points": reads.focal_points(by=by, unit=row, on=said.day),
        "census": census(becoming.census(by=by, on=said.day, below=row, hierarchy=said.hierarchy)),
        "office": Office.objects.filter(unit=row).first(),
        "people": _people(request, row, said.day),
        "may": Permission.UNIT_MANAGE in by.permissions,
        "way": "units",
        **level_of(request, said, row, limit=BELOW),
    }
    return render(request, "units/unit.html", context)


def _boundaries(
    request: DeskRequest, row: Unit, shown: UnitVersion | None, said: Asked
) -> dict[str, Any] | None:
    """The unit in the boundaries of another day: of the one asked, else of the other side of 01/07/2025."""
    if shown is None:
        return None
    start = _living(shown, said.day)
    words = request.GET.get("sang", "").strip()[:40]
    end = read(words) or (BEFORE if start >= SINCE else said.today)
    found = reads.translate(by=request.acting, units=[row], start=start, end=end)
    return {
        "start": start,
        "end": end,
        "wrong": words if words and read(words) is None else "",
        "is_lost": bool(found.lost),
        "rows": _landed(found, said.on(end)),
    }


def _instead(request: DeskRequest, row: Unit, shown: UnitVersion | None, said: Asked) -> list[dict[str, Any]]:
    """Who stands on the day asked where the unit, which does not exist then, stood or will stand."""
    if shown is None:
        return []
    start = _living(shown, said.day)
    return _landed(reads.translate(by=request.acting, units=[row], start=start, end=said.day), said)


def _landed(found: reads.Translation, said: Asked) -> list[dict[str, Any]]:
    """Of each landing how much of the older unit it is, and the steps that led there."""
    return [
        {
            "landing": landing,
            "extent": landing.pieces[0].extent,
            "steps": landing.pieces[0].paths[0] if landing.pieces[0].paths else (),
            "said": said,
        }
        for landing in found.landings
    ]


def _living(version: UnitVersion, day: date) -> date:
    """The day asked, or the day nearest to it on which the version holds."""
    if day < version.valid_from:
        return version.valid_from
    if version.valid_to is not None and day >= version.valid_to:
        return version.valid_to - timedelta(days=1)
    return day


def _people(request: DeskRequest, row: Unit, day: date) -> list[tuple[Any, Any]] | None:
    """Who holds which role in the unit on a day; ``None`` for whom people are no business."""
    if Permission.ACCOUNT_VIEW not in request.acting.permissions:
        return None
    grants = GRANTS.scope(request.acting).filter(in_force(day), unit=row).select_related("account")
    return [(one, ROLES[one.role].name) for one in grants.order_by("account__display_name")[:PEOPLE]]
