"""Units of a house that was set up before there were versions get theirs from the ancestor table."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import migrations

from nhipcau.reckoning.sorting import sort_key
from nhipcau.records.organisations.services.drafting import words_of


def give_versions(apps: Any, _editor: Any = None) -> None:
    """One version for each period in which a unit existed, and one place for each parent that it had."""
    ancestors = apps.get_model("foundation", "Ancestor").objects
    versions = apps.get_model("organisations", "UnitVersion").objects
    known = versions.values("unit_id")
    for row in ancestors.filter(depth=0, hierarchy="administrative").exclude(unit__in=known).order_by("id"):
        _give(apps, row)


def _give(apps: Any, life: Any) -> None:
    unit = life.unit
    opened, closed = _act(apps, unit, "found", life.valid_from), None
    if life.valid_to:
        closed = _act(apps, unit, "close", life.valid_to)
    acts = {
        "opened_by": opened,
        "valid_from": life.valid_from,
        "valid_to": life.valid_to,
        "closed_by": closed,
    }
    version = apps.get_model("organisations", "UnitVersion").objects.create(
        unit=unit,
        name=unit.name,
        short_name=unit.short_name,
        level=unit.level,
        pillar=unit.pillar,
        folded=words_of(unit.name, unit.short_name),
        sort_key=sort_key(unit.name)[:1200],
        **acts,
    )
    ended = {"versions": [[version.pk, None, None]], "links": []}
    above = apps.get_model("foundation", "Ancestor").objects.filter(unit=unit, depth=1)
    for row in above.filter(valid_from__gte=life.valid_from):
        if life.valid_to and row.valid_from >= life.valid_to:
            continue
        link = apps.get_model("organisations", "ParentLink").objects.create(
            unit=unit,
            parent_id=row.ancestor_id,
            hierarchy=row.hierarchy,
            **(acts | {"valid_from": row.valid_from, "valid_to": row.valid_to}),
        )
        if row.valid_to == life.valid_to:
            ended["links"].append([link.pk, None, None])
    if closed is not None:
        closed.ended = ended
        closed.save()


def _act(apps: Any, unit: Any, kind: str, day: date) -> Any:
    return apps.get_model("organisations", "Change").objects.create(kind=kind, unit=unit, in_force_on=day)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_editions")]

    operations = [migrations.RunPython(give_versions, migrations.RunPython.noop)]
