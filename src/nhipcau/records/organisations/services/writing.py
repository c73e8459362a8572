"""Writes a draft: all rows, the checks that need them all, the ancestor table, the latest names. One way in.

Whoever writes holds one lock of the tree, because a circle may arise from two moves that know nothing of each
other; acts of reorganisation are rare, and nothing else waits for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nhipcau.records.foundation.models import Office, Unit
from nhipcau.records.organisations.models import Change, FocalPoint, ParentLink, UnitCode, UnitVersion
from nhipcau.records.organisations.services import ancestry
from nhipcau.records.organisations.services.copying import copy_in
from nhipcau.records.organisations.services.drafting import Draft, folded_name

#: The names under which ``Change.ended`` keeps rows.
TABLES: dict[str, type[UnitVersion | ParentLink | UnitCode | FocalPoint]] = {
    "versions": UnitVersion,
    "links": ParentLink,
    "codes": UnitCode,
    "duties": FocalPoint,
}
_LABELS = {model: label for label, model in TABLES.items()}
_BATCH = 2000
_LOCK = 0x6E686970  # any number that nobody else takes

# A place in the tree outside the life of the unit or of its parent.
_OUTSIDE = """
SELECT link.unit_id, link.parent_id, NOT coalesce(link.period <@ own.life, false)
FROM (
    SELECT unit_id, parent_id, daterange(valid_from, valid_to) AS period FROM organisations_parentlink
    WHERE unit_id = ANY(%(ids)s::bigint[])
    UNION
    SELECT unit_id, parent_id, daterange(valid_from, valid_to) FROM organisations_parentlink
    WHERE parent_id = ANY(%(ids)s::bigint[])
) link
LEFT JOIN LATERAL (
    SELECT range_agg(daterange(valid_from, valid_to)) AS life
    FROM organisations_unitversion WHERE unit_id = link.unit_id
) own ON true
LEFT JOIN LATERAL (
    SELECT range_agg(daterange(valid_from, valid_to)) AS life
    FROM organisations_unitversion WHERE unit_id = link.parent_id
) above ON true
WHERE NOT coalesce(link.period <@ own.life AND link.period <@ above.life, false)
ORDER BY 3 DESC, 1 LIMIT 1
"""


def lock_tree() -> None:
    """Wait until nobody else changes units, and hold that until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def write(draft: Draft) -> ancestry.Rebuilt:
    """Write everything, or raise ``ValidationError`` with a sentence; the caller's rows are then lost."""
    _check_periods(draft)
    with told():
        _insert(draft.units, draft.changes)
        # The old goes before the new comes: both may not hold on one day.
        _close(draft)
        _insert(draft.versions, draft.links, draft.codes, draft.duties, draft.successions)
        _keep_ends(draft)
    own = {row.unit_id for row in draft.versions} | {row.unit_id for row in draft.links}
    own |= {end.row.unit_id for end in draft.ends if isinstance(end.row, UnitVersion | ParentLink)}
    beside = {row.parent_id for row in draft.links}
    beside |= {end.row.parent_id for end in draft.ends if isinstance(end.row, ParentLink)}
    # Codes, duties and successions leave the tree as it stands.
    if not own:
        return ancestry.Rebuilt(0, 0)
    return settle(own, beside, unnamed=_named_as_drafted(draft))


def settle(own: set[int], beside: set[int], unnamed: Collection[int] = ()) -> ancestry.Rebuilt:
    """After rows of ``own`` units changed (ids; ``beside`` are parents): check, rebuild, renew the names.

    ``unnamed`` are units whose identities bear their latest names already.
    """
    _check_lives(own)
    with told():
        done = ancestry.rebuild(own, beside - own)
    if done.circle is not None and done.day is not None:
        raise ValidationError(
            _("“%(unit)s” would stand below itself from %(day)s. Choose another parent.")
            % {"unit": Unit.objects.get(pk=done.circle), "day": date_format(done.day, "SHORT_DATE_FORMAT")}
        )
    renew_names(own.difference(unnamed))
    return done


def _named_as_drafted(draft: Draft) -> set[int]:
    """The new units of a draft with one version in it: both were made from the same facts."""
    versions = Counter(row.unit_id for row in draft.versions)
    return {unit.pk for unit in draft.units if versions[unit.pk] == 1}


def renew_names(ids: Iterable[int]) -> None:
    """Let the identities of these units bear what their latest versions say."""
    latest = UnitVersion.objects.filter(unit__in=list(ids)).order_by("unit_id", "-valid_from")
    changed = []
    for row in latest.distinct("unit_id").select_related("unit"):
        said = {name: getattr(row, name) for name in ("name", "short_name", "level", "pillar")}
        said["folded"] = folded_name(row.name, row.short_name)
        if any(getattr(row.unit, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row.unit, name, value)
            changed.append(row.unit)
    Unit.objects.bulk_update(changed, ["name", "short_name", "level", "pillar", "folded"], batch_size=_BATCH)


@contextmanager
def told() -> Iterator[None]:
    """Turn what the database refuses into a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ValidationError(_sentence(error)) from error


def _insert(*kinds: list[Any]) -> None:
    for rows in kinds:
        if len(rows) > _BATCH:
            copy_in(rows)
        elif rows:
            type(rows[0])._default_manager.bulk_create(rows)


def _close(draft: Draft) -> None:
    """Write the ends of rows that stood before; those of the draft were written with theirs."""
    new = {id(row) for row in draft.dated}
    for model in TABLES.values():
        rows: dict[int, Any] = {
            end.row.pk: end.row for end in draft.ends if type(end.row) is model and id(end.row) not in new
        }
        model._default_manager.bulk_update(rows.values(), ["valid_to", "closed_by"], batch_size=_BATCH)
    Office.objects.bulk_update([office for office, _change in draft.offices], ["closed_on"])


def _keep_ends(draft: Draft) -> None:
    """Note in each act which rows it closed, with the ends they had."""
    changed = {}
    for end in draft.ends:
        closed_by = end.closed_by.pk if end.closed_by else None
        kept = [end.row.pk, end.valid_to and end.valid_to.isoformat(), closed_by]
        end.change.ended.setdefault(_LABELS[type(end.row)], []).append(kept)
        changed[end.change.pk] = end.change
    for office, change in draft.offices:
        change.ended.setdefault("offices", []).append(office.pk)
        changed[change.pk] = change
    Change.objects.bulk_update(changed.values(), ["ended"], batch_size=_BATCH)


def _check_periods(draft: Draft) -> None:
    """Asked before the database is: it cannot even compare a period that is turned round."""
    for row in chain(draft.dated, (end.row for end in draft.ends)):
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            raise ValidationError(
                _("“%(unit)s”: a period from %(start)s cannot end on %(end)s; it ends after it begins.")
                % {
                    "unit": row.unit.name,
                    "start": date_format(row.valid_from, "SHORT_DATE_FORMAT"),
                    "end": date_format(row.valid_to, "SHORT_DATE_FORMAT"),
                }
            )


def _check_lives(ids: Iterable[int]) -> None:
    """Refuse a place in the tree on days on which the unit, or its parent, does not exist."""
    with connection.cursor() as cursor:
        cursor.execute(_OUTSIDE, {"ids": sorted(ids)})
        found = cursor.fetchone()
    if found is None:
        return
    unit, parent, of_unit = Unit.objects.get(pk=found[0]), Unit.objects.get(pk=found[1]), found[2]
    if of_unit:
        raise ValidationError(
            _("“%(unit)s” would have a place below “%(parent)s” on days on which it does not exist.")
            % {"unit": unit, "parent": parent}
        )
    raise ValidationError(
        _("“%(parent)s” does not exist on all the days on which “%(unit)s” would stand below it.")
        % {"unit": unit, "parent": parent}
    )


def _sentence(error: DatabaseError) -> str:
    """What a refused constraint means to a person."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", "") or ""
    if name == "unit_code_once_a_day":
        return _("Two units would bear one code of the same list on the same day.")
    sentences = {
        "unit_version_once_a_day": _("“%(unit)s” would have two names on the same day."),
        "parent_link_once_a_day": _("“%(unit)s” would have two parents in one hierarchy on the same day."),
        "focal_point_once_a_day": _(
            "“%(unit)s” would have two focal points for one subject on the same day."
        ),
        "parent_link_of_two": _("A unit cannot be its own parent."),
        "succession_of_two": _("A unit cannot succeed itself."),
        "succession_once": _("The same succession is entered already."),
        "succession_share_is_part": _("A share is more than 0 and at most 1."),
    }
    if name not in sentences:
        raise error
    return sentences[name] % {"unit": _unit_in(getattr(diagnosis, "message_detail", "") or "")}


def _unit_in(detail: str) -> str:
    """The name of the unit that a message of the database speaks of by its id."""
    found = re.search(r"=\(([^)]*)\)", detail)
    ids = re.findall(r"(?<![\w-])\d+(?![\w-])", found.group(1)) if found else []
    unit = Unit.objects.filter(pk=ids[-1]).first() if ids else None
    return unit.name if unit else "?"
