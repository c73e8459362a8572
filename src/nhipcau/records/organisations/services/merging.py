"""Units merge, divide, and hand over territory, functions or obligations to one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.records.foundation import events
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Unit
from nhipcau.records.organisations.models import Change, Succession
from nhipcau.records.organisations.services.drafting import Basis, Draft, Facts
from nhipcau.records.organisations.services.passing import (
    hand_on_children,
    hand_on_duties,
    place_like,
    successor_in,
)
from nhipcau.records.organisations.services.standing import (
    ask_places,
    begin,
    end_unit,
    last_version,
    version_on,
)
from nhipcau.records.organisations.services.writing import write


@dataclass(frozen=True, slots=True)
class Portion:
    """What one successor gets of a divided unit: a living unit or a new one, its share, and who goes along.

    ``share`` (0 to 1) divides figures and is ``None`` where nobody knows it; ``takes`` are units that stood
    directly below the divided one and stand below the successor from the day on.
    """

    to: Unit | Facts
    share: Decimal | None = None
    extent: str = Succession.Extent.PART
    note: str = ""
    is_default: bool = False
    takes: tuple[Unit, ...] = field(default=())


@transaction.atomic
def merge_units(
    *,
    by: Actor,
    units: Sequence[Unit],
    into: Unit | Facts,
    on: date,
    parent: Unit | None = None,
    basis: Basis | None = None,
) -> Unit:
    """Merge units into a new one (``Facts``) or into a living one, and return that.

    The merged end on the day; what stood below them stands below the successor, which also takes over the
    duties that they had for others. A new unit stands below ``parent``, or where all of them stood.
    Raises ``ValidationError`` where one began on that day or later, has later changes, or is named twice.
    """
    living = [into] if isinstance(into, Unit) else []
    rows = begin(by, *units, *living)
    merged = rows[: len(units)]
    _check_merged(merged, rows[len(units) :])
    draft = Draft()
    successor = successor_in(draft, rows[-1] if living else into)
    change = draft.act(Change.Kind.MERGE, successor, on, basis)
    for unit in merged:
        draft.succeed(change, unit, successor, Succession.Kind.MERGE)
    if living:
        last_version(successor, on)
    else:
        place_like(draft, change, successor, merged, parent)
    gone = hand_on_children(draft, change, merged, successor)
    hand_on_duties(draft, change, merged, successor)
    for unit in merged:
        end_unit(draft, change, unit, spare=gone)
    ask_places(by, draft)
    write(draft)
    events.record(
        by=by, verb="merge", record=successor, changes={"merged": (list(merged), None), "on": (None, on)}
    )
    return successor


@transaction.atomic
def split_unit(
    *,
    by: Actor,
    unit: Unit,
    into: Sequence[Portion],
    on: date,
    survives: bool = False,
    basis: Basis | None = None,
) -> list[Unit]:
    """Divide a unit among new and living ones, and return these in the order given.

    With ``survives`` it lives on with the rest, else it ends on the day. New units stand where it stood.
    Raises ``ValidationError`` where shares do not make one whole, units below it are left without a place,
    or it began on that day or later.
    """
    living = [portion.to for portion in into if isinstance(portion.to, Unit)]
    rows = begin(by, unit, *living)
    _check_shares(into, survives=survives)
    divided, known = rows[0], {row.pk: row for row in rows}
    last_version(divided, on)
    draft = Draft()
    change = draft.act(Change.Kind.SPLIT, divided, on, basis)
    successors, gone = [], set[int]()
    for portion in into:
        to = known[portion.to.pk] if isinstance(portion.to, Unit) else portion.to
        successor = successor_in(draft, to)
        if isinstance(to, Unit):
            version_on(to, on)
        else:
            place_like(draft, change, successor, [divided])
        _hand_over(draft, change, divided, successor, portion)
        gone |= hand_on_children(draft, change, [divided], successor, only=portion.takes)
        successors.append(successor)
    if not survives:
        end_unit(draft, change, divided, spare=gone)
    ask_places(by, draft)
    write(draft)
    events.record(
        by=by, verb="split", record=divided, changes={"into": (None, list(successors)), "on": (None, on)}
    )
    return successors


@transaction.atomic
def transfer(
    *,
    by: Actor,
    source: Unit,
    target: Unit,
    on: date,
    kind: str = Succession.Kind.TERRITORY,
    extent: str = Succession.Extent.PART,
    share: Decimal | None = None,
    note: str = "",
    basis: Basis | None = None,
) -> Succession:
    """Hand over territory, functions or obligations from one unit to another; neither ends by it.

    Raises ``ValidationError`` where the source did not exist the day before, or the target not on the day.
    """
    giving, taking = begin(by, source, target)
    if kind not in _TRANSFERS:
        raise ValidationError(_("Units hand over territory, functions or obligations."))
    version_on(giving, on - timedelta(days=1))
    version_on(taking, on)
    draft = Draft()
    change = draft.act(Change.Kind.TRANSFER, giving, on, basis)
    row = draft.succeed(change, giving, taking, kind, extent=extent, share=share, note=note)
    row.full_clean(exclude=["change"], validate_constraints=False)
    write(draft)
    changes = {"target": (None, taking), "kind": (None, kind), "extent": (None, extent), "on": (None, on)}
    events.record(by=by, verb="transfer", record=giving, changes=changes)
    return row


_TRANSFERS = (Succession.Kind.TERRITORY, Succession.Kind.FUNCTION, Succession.Kind.OBLIGATION)


def _check_merged(merged: Sequence[Unit], living: Sequence[Unit]) -> None:
    ids = [unit.pk for unit in [*merged, *living]]
    if len(set(ids)) != len(ids):
        raise ValidationError(_("A unit cannot be merged with itself; one is named twice."))
    if len(ids) < 2:  # noqa: PLR2004 (two is what makes it a merger)
        raise ValidationError(_("A merger needs at least two units."))


def _check_shares(portions: Sequence[Portion], *, survives: bool) -> None:
    if len(portions) < (1 if survives else 2):
        raise ValidationError(_("A unit is divided among at least two."))
    shares = [portion.share for portion in portions]
    if all(share is None for share in shares):
        return
    known = sum((share for share in shares if share is not None), start=Decimal(0))
    fits = known < 1 if survives or None in shares else known == 1
    if not fits or any(share is not None and share <= 0 for share in shares):
        raise ValidationError(
            _("The shares make %(sum)s; known shares of all successors make exactly 1.") % {"sum": known}
        )


def _hand_over(draft: Draft, change: Change, divided: Unit, successor: Unit, portion: Portion) -> None:
    row = draft.succeed(
        change,
        divided,
        successor,
        Succession.Kind.SPLIT,
        extent=portion.extent,
        share=portion.share,
        note=portion.note,
        is_default=portion.is_default,
    )
    row.full_clean(exclude=["change", "predecessor", "successor"], validate_constraints=False)
