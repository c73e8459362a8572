"""Units get codes of lists and lose them, and handle subjects for others; both for a time."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Unit
from nhipcau.records.foundation.models.base import in_force
from nhipcau.records.organisations.models import Change, FocalPoint, UnitCode
from nhipcau.records.organisations.services.drafting import Basis, Draft
from nhipcau.records.organisations.services.standing import begin, earliest, end_of_life, shown, version_on
from nhipcau.records.organisations.services.writing import write


@transaction.atomic
def add_code(
    *,
    by: Actor,
    unit: Unit,
    code_list: str,
    list_version: str,
    code: str,
    on: date,
    until: date | None = None,
    basis: Basis | None = None,
) -> UnitCode:
    """Let a unit bear a code in one version of a list, from a day on (until before ``until``).

    Raises ``ValidationError`` where another unit bears it on one of these days, or the unit does not exist.
    """
    (row,) = begin(by, unit)
    version_on(row, on)
    draft = Draft()
    change = draft.act(Change.Kind.CODE, row, on, basis)
    until = earliest(until, end_of_life(row, on))
    new = draft.code(change, row, code_list.strip(), list_version.strip(), code.strip(), until=until)
    new.full_clean(exclude=["unit", "opened_by", "closed_by"], validate_constraints=False)
    _refuse_taken(new)
    write(draft)
    changes = {"code": (None, str(new)), "on": (None, on)}
    events.record(by=by, verb="add_code", record=row, changes=changes)
    return new


@transaction.atomic
def end_code(*, by: Actor, code: UnitCode, on: date, basis: Basis | None = None) -> UnitCode:
    """Let a unit bear a code no longer from a day on; raises where it bears it not, or only from then."""
    (unit,) = begin(by, code.unit)
    row = UnitCode.objects.select_related("unit").get(pk=code.pk)
    if row.valid_to is not None and row.valid_to <= on:
        raise ValidationError(_("This ended on %(day)s already.") % {"day": shown(row.valid_to)})
    draft = Draft()
    draft.end(row, draft.act(Change.Kind.CODE, unit, on, basis))
    write(draft)
    events.record(by=by, verb="end_code", record=unit, changes={"code": (str(row), None), "on": (None, on)})
    return row


@transaction.atomic
def set_focal_point(
    *, by: Actor, subject: str, unit: Unit, holder: Unit, on: date, basis: Basis | None = None
) -> FocalPoint:
    """Let ``holder`` handle a subject for a unit from a day on; who handled it until then does so no longer.

    Raises ``ValidationError`` where either does not exist on that day, or nothing would change.
    """
    (row,) = begin(by, unit)
    version_on(row, on)
    version_on(holder, on)
    old = FocalPoint.objects.filter(in_force(on), subject=subject, unit=row).select_related("unit").first()
    if old is not None and old.holder_id == holder.pk:
        raise ValidationError(_("Nothing would change."))
    draft = Draft()
    change = draft.act(Change.Kind.DUTY, row, on, basis)
    until = earliest(old.valid_to if old else None, end_of_life(row, on), end_of_life(holder, on))
    new = draft.duty(change, subject, row, holder, until=until)
    new.full_clean(exclude=["unit", "holder", "opened_by", "closed_by"], validate_constraints=False)
    if old is not None:
        draft.end(old, change)
    write(draft)
    changes = {"holder": (old.holder if old else None, holder), "subject": (None, subject), "on": (None, on)}
    events.record(by=by, verb="set_focal_point", record=row, changes=changes)
    return new


@transaction.atomic
def end_focal_point(
    *, by: Actor, focal_point: FocalPoint, on: date, basis: Basis | None = None
) -> FocalPoint:
    """Let nobody handle the subject for the unit from a day on."""
    (unit,) = begin(by, focal_point.unit)
    row = FocalPoint.objects.select_related("unit").get(pk=focal_point.pk)
    if row.valid_to is not None and row.valid_to <= on:
        raise ValidationError(_("This ended on %(day)s already.") % {"day": shown(row.valid_to)})
    draft = Draft()
    draft.end(row, draft.act(Change.Kind.DUTY, unit, on, basis))
    write(draft)
    changes = {"holder": (row.holder, None), "subject": (row.subject, None), "on": (None, on)}
    events.record(by=by, verb="end_focal_point", record=unit, changes=changes)
    return row


def _refuse_taken(new: UnitCode) -> None:
    same = UnitCode.objects.filter(code_list=new.code_list, list_version=new.list_version, code=new.code)
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=new.valid_from)
    before = Q(valid_from__lt=new.valid_to) if new.valid_to else Q()
    taken = same.filter(later & before).select_related("unit").first()
    if taken is not None:
        told = _("“%(unit)s” bears the code %(code)s of this list from %(day)s; end that first.")
        values = {"unit": taken.unit, "code": new.code, "day": shown(taken.valid_from)}
        raise ValidationError({"code": told % values})
