"""The page of a unit: what it is on a day, its life as a line of time, its boundaries of other days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nhipcau.records.foundation.access import ROLES, Permission
from nhipcau.records.foundation.actors import office_of
from nhipcau.records.foundation.models import Office, Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.foundation.policies import GRANTS, UNITS, Forbidden
from nhipcau.records.organisations import selectors as reads
from nhipcau.records.organisations import services
from nhipcau.records.organisations.models import UnitVersion
from nhipcau.records.organisations.policies import require_reach
from nhipcau.records.organisations.selectors import becoming, telling
from nhipcau.records.organisations.selectors.telling import Life
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.pages.unit_days import BEFORE, SINCE, Asked, asked, quick, read
from nhipcau.web.pages.units import census, level_of

#: Units directly below that stand on the page; the tree shows all.
BELOW = 40
PEOPLE = 50


@dataclass(frozen=True, slots=True)
class Shifted:
    """Where a unit is on another day; a part of it went nowhere; it is where the units below it went."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    is_lost: bool = False
    is_dissolved: bool = False


@require_GET
@signed_in
def unit(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """One unit as of a day."""
    row = UNITS.fetch(request.acting, public_id)
    by, said = request.acting, asked(request, request.acting.on)
    life = telling.life(by=by, unit=row)
    version, shown = life.on(said.day), life.nearest(said.day)
    path = reads.path_nodes(by=by, unit=row, on=said.day, hierarchy=said.hierarchy)[:-1]
    duties = reads.duties(by=by, unit=row, on=said.day, above=[one.unit for one in reversed(path)])
    why_not = _why_not(request, row)
    context = {
        "unit": row,
        "said": said,
        "quick": quick(said),
        "version": version,
        "shown": shown,
        "life": life,
        "path": path,
        "boundaries": _boundaries(request, row, life, said),
        "instead": _instead(request, row, life, said) if version is None else Shifted(),
        "named": [one for one in duties if one.point],
        "unnamed": [one for one in duties if not one.point],
        "census": census(becoming.census(by=by, on=said.day, below=row, hierarchy=said.hierarchy)),
        "office": Office.objects.filter(unit=row).first(),
        "keeper": office_of(row, on=said.day) if version else None,
        "people": _people(request, row, said.day),
        "may": why_not is None,
        "why_not": why_not,
        "last": services.last_change(row) if why_not is None else None,
        "way": "units",
        **level_of(request, said, row, limit=BELOW),
    }
    return render(request, "units/unit.html", context)


def _why_not(request: DeskRequest, row: Unit) -> str | None:
    """Why the actor may not change the unit: empty for whom units are no business; ``None``: he may."""
    if Permission.UNIT_MANAGE not in request.acting.permissions:
        return ""
    try:
        require_reach(request.acting, row)
    except Forbidden as error:
        return str(error)
    return None


def _boundaries(request: DeskRequest, row: Unit, life: Life, said: Asked) -> dict[str, Any] | None:
    """The unit in the boundaries of another day: of the one asked, else of the other side of 01/07/2025."""
    shown = life.nearest(said.day)
    if shown is None:
        return None
    start = _living(shown, said.day)
    words = request.GET.get("sang", "").strip()[:40]
    end = read(words) or (BEFORE if start >= SINCE else said.today)
    shifted = _shifted(request, row, life, start, said.on(end))
    wrong = words if words and read(words) is None else ""
    return {"start": start, "end": end, "wrong": wrong, "shifted": shifted}


def _instead(request: DeskRequest, row: Unit, life: Life, said: Asked) -> Shifted:
    """Who stands on the day asked where the unit, which does not exist then, stood or will stand."""
    shown = life.nearest(said.day)
    return Shifted() if shown is None else _shifted(request, row, life, _living(shown, said.day), said)


def _shifted(request: DeskRequest, row: Unit, life: Life, start: date, said: Asked) -> Shifted:
    """The unit of one day on another: of each landing how much of the older unit it is, and the steps."""
    version = life.on(said.day)
    if life.is_alone and version is not None:
        # It took over from nobody and nobody from it: it is itself.
        return Shifted([{"unit": row, "name": version.name, "extent": "whole", "steps": (), "said": said}])
    found = reads.translate(by=request.acting, units=[row], start=start, end=said.day)
    rows = [
        {
            "unit": landing.unit,
            "name": landing.version.name,
            "extent": landing.pieces[0].extent,
            "steps": landing.pieces[0].paths[0] if landing.pieces[0].paths else (),
            "said": said,
        }
        for landing in found.landings
    ]
    return Shifted(rows, bool(found.lost), bool(found.dissolved))


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
