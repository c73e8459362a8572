"""The tree of units on a day that can be moved, the search among all of them, and what a picker asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from nhipcau.reading.text import fold
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.listing import page
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.policies import UNITS, offices_below
from nhipcau.records.organisations import selectors as reads
from nhipcau.records.organisations.models import UnitVersion
from nhipcau.records.organisations.selectors import becoming, comparing
from nhipcau.records.organisations.selectors.comparing import Level, Twig
from nhipcau.web.acting import DeskRequest, signed_in
from nhipcau.web.pages.unit_days import HIERARCHIES, Asked, asked, quick
from nhipcau.web.pages.unit_picker import OWN

#: Rows of one level that are sent at once; the rest is one click away.
LEVEL = 200
FOUND = 30
CHOICES = 12
FARTHEST = 100_000
LONGEST = 200
LEVELS = {
    Unit.Level.CENTRE: gettext_lazy("%(n)s central"),
    Unit.Level.PROVINCE: gettext_lazy("%(n)s provincial"),
    Unit.Level.DISTRICT: gettext_lazy("%(n)s district"),
    Unit.Level.COMMUNE: gettext_lazy("%(n)s commune"),
    Unit.Level.GRASSROOTS: gettext_lazy("%(n)s grassroots"),
}
OTHER_TYPES = gettext_lazy("other")


@require_GET
@signed_in
def tree(request: DeskRequest) -> HttpResponse:
    """The tree, or the part of it below one unit, a level at a time."""
    UNITS.require(request.acting, Permission.UNIT_VIEW)
    said = asked(request, request.acting.on)
    root = _root(request)
    start = _start(request)
    above = _path(request, root, said)
    context = {
        **level_of(request, said, root, start),
        "said": said,
        "root": root,
        "root_version": above[-1] if above else None,
        "above": above[:-1],
        "quick": quick(said),
        "around": _around(request, said),
        "hierarchies": [(words, replace(said, hierarchy=str(name))) for name, words in HIERARCHIES.items()],
        "census": census(
            becoming.census(by=request.acting, on=said.day, below=root, hierarchy=said.hierarchy)
        ),
        "may": Permission.UNIT_MANAGE in request.acting.permissions,
        "way": "units",
    }
    context["sides"] = None if root else _sides(context["level"])
    return render(request, "units/tree.html", context)


@require_GET
@signed_in
def branch(request: DeskRequest, public_id: UUID) -> HttpResponse:
    """What stands directly below a unit: a piece of the tree, asked for when it is opened."""
    unit = UNITS.fetch(request.acting, public_id)
    said = asked(request, request.acting.on)
    context = level_of(request, said, unit, _start(request))
    level: Level = context["level"]
    context |= {"said": said, "twigs": level.twigs, "others": level.others}
    answer = render(request, "units/level.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@require_GET
@signed_in
def search(request: DeskRequest) -> HttpResponse:
    """All units by the words of any name, on a day or of all days; each with what it is now."""
    UNITS.require(request.acting, Permission.UNIT_VIEW)
    said = asked(request, request.acting.on)
    words, level = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("cap", "")
    always = "ngay" not in request.GET or request.GET.get("ngay") == ""
    level = level if level in Unit.Level.values else ""
    rows = _found(request, words, None if always else said, level)
    shown = page(rows, key=("sort_key", "id"), size=FOUND, cursor=request.GET.get("at", ""), ascending=True)
    kept = {"q": words, "cap": level, "ngay": "" if always else f"{said.day:%d/%m/%Y}"}
    context = {
        "said": said,
        "words": words,
        "always": always,
        "level": level,
        "levels": Unit.Level.choices,
        "rows": told(request, shown.rows),
        "next": _kept(said, kept, shown.next),
        "previous": _kept(said, kept, shown.previous),
        "way": "units",
    }
    return render(request, "units/search.html", context)


@require_GET
@signed_in
def choices(request: DeskRequest) -> HttpResponse:
    """What a picker offers for the words typed so far: the options of its list."""
    UNITS.require(request.acting, Permission.UNIT_VIEW)
    said = asked(request, request.acting.on)
    words = request.GET.get("q", "").strip()[:LONGEST]
    within = offices_below(request.acting) if request.GET.get("trong") == OWN else None
    by, most = request.acting, 3 * CHOICES
    found = reads.picker(by=by, words=words, on=said.day, within=within, limit=most) if words else []
    # Who has just these words comes before who has longer ones: Thừa before Thuận.
    typed = f" {fold(words)} "
    found = sorted(found, key=lambda one: typed not in f"{one.found.folded} ")[:CHOICES]
    return render(request, "units/choices.html", {"found": found, "words": words, "said": said})


def census(counted: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    """So many units of each level, in words, and of each type in it."""
    found = []
    for level, kinds in counted.items():
        total = sum(kinds.values())
        # "Other" says something only beside types that have a name.
        named = [(kind or OTHER_TYPES, n) for kind, n in kinds.items()] if any(kinds) else []
        found.append({"words": LEVELS[Unit.Level(level)] % {"n": _number(total)}, "kinds": named, "n": total})
    return found


def told(request: DeskRequest, rows: list[UnitVersion]) -> list[dict[str, Any]]:
    """Names that were found, each with the unit above it then and what the unit is today."""
    by = request.acting
    now = becoming.heirs(by=by, units=[row.unit_id for row in rows], on=by.on)
    above = becoming.above(by=by, rows=rows)
    return [
        {
            "version": row,
            "above": above.get(row.pk, ""),
            "is_now": row.valid_from <= by.on and (row.valid_to is None or by.on < row.valid_to),
            "heirs": [one for one in now[row.unit_id] if one.version.pk != row.pk],
        }
        for row in rows
    ]


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)


def _sides(level: Level) -> dict[str, list[Twig]] | None:
    """The territory at the left, the bodies of the centre at the right; ``None`` where one is missing."""
    sides: dict[str, list[Twig]] = {"land": [], "land_others": [], "centre": [], "centre_others": []}
    for suffix, twigs in (("", level.twigs), ("_others", level.others)):
        for twig in twigs:
            side = "centre" if twig.version.level == Unit.Level.CENTRE else "land"
            sides[side + suffix].append(twig)
    return sides if sides["land"] and sides["centre"] else None


def _root(request: DeskRequest) -> Unit | None:
    wanted = request.GET.get("tu", "")
    return UNITS.fetch(request.acting, wanted) if wanted else None


def _start(request: DeskRequest) -> int:
    words = request.GET.get("bat-dau", "")
    return min(int(words), FARTHEST) if words.isascii() and words.isdigit() and len(words) < 7 else 0  # noqa: PLR2004


def _path(request: DeskRequest, root: Unit | None, said: Asked) -> list[UnitVersion]:
    if root is None:
        return []
    return reads.path_nodes(by=request.acting, unit=root, on=said.day, hierarchy=said.hierarchy)


def _around(request: DeskRequest, said: Asked) -> dict[str, Asked | None]:
    before, after = becoming.days_around(by=request.acting, on=said.day)
    return {"before": said.on(before) if before else None, "after": said.on(after) if after else None}


def level_of(
    request: DeskRequest, said: Asked, below: Unit | None, start: int = 0, limit: int = LEVEL
) -> dict[str, Any]:
    """What ``units/level.html`` and ``units/compared.html`` show of one level."""
    level = comparing.level(
        by=request.acting,
        day=said.day,
        other=said.other,
        below=below,
        hierarchy=said.hierarchy,
        start=start,
        limit=limit,
    )
    signs = [twig.difference for twig in (*level.twigs, *level.others)]
    leaves = not any(twig.below for twig in (*level.twigs, *level.others))
    return {
        "level": level,
        "below": below,
        # The hierarchy stays; who is only there on the other day is opened on that day.
        "beside": replace(said, day=said.other, beside=said.day),
        "onwards": start + limit if level.more else 0,
        # Names alone, of units that cannot be opened, stand side by side.
        "is_packed": leaves and below is not None and not any(signs),
        "news": sum(sign.is_new for sign in signs),
        "ends": sum(sign.is_gone for sign in signs),
        "renames": sum(bool(sign.was) for sign in signs),
        "moves": sum(bool(sign.above) for sign in signs),
    }


def _found(request: DeskRequest, words: str, said: Asked | None, level: str) -> QuerySet[UnitVersion]:
    if not words:
        return UnitVersion.objects.none()
    return becoming.found_on(by=request.acting, words=words, on=said.day if said else None, level=level)


def _kept(said: Asked, kept: dict[str, str], cursor: str) -> str:
    return replace(said, day=said.today, beside=None).address(**kept, at=cursor) if cursor else ""
