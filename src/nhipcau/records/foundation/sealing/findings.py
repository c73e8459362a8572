"""What looking at the trail found: each finding is a code, its facts, and a sentence that names the place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: So many findings of one code are told; further ones are counted.
MOST = 50

#: Faults: the trail, or what it vouches for, is not as it was sealed.
FAULTS: dict[str, StrPromise] = {
    "event_changed": _("Seal %(seal)s of %(sealed)s: event %(event)s was changed after it was sealed."),
    "event_removed": _("Seal %(seal)s of %(sealed)s: %(count)s events were removed, after event %(event)s."),
    "event_inserted": _("Seal %(seal)s of %(sealed)s: event %(event)s was slipped in after it was sealed."),
    "event_moved": _(
        "Seal %(seal)s of %(sealed)s: events no longer stand in their order, from event %(event)s."
    ),
    "seal_broken": _(
        "Seal %(seal)s of %(sealed)s: made over %(count)s events; the %(found)s there now are not the same."
    ),
    "value_changed": _(
        "Event %(event)s: the value of “%(field)s” (%(side)s) is not the one that was written."
    ),
    "value_missing": _(
        "Event %(event)s: the value of “%(field)s” (%(side)s) is gone, and no erasure tells why."
    ),
    "value_back": _(
        "Event %(event)s: the value of “%(field)s” (%(side)s) was erased and stands there again."
    ),
    "seal_unreadable": _("Seal %(seal)s in the database is no seal."),
    "seal_forged": _("Seal %(seal)s of %(sealed)s is not signed with the key of this office."),
    "seal_unchained": _("Seal %(seal)s of %(sealed)s does not follow the seal before it."),
    "seal_differs": _("Seal %(seal)s of %(sealed)s is another in the database than in the file."),
    "seal_removed": _("The database lacks seals %(seal)s to %(last)s, which the file holds."),
    "tail_cut": _(
        "The end was cut off: the database ends with seal %(seal)s, the file with %(last)s of %(sealed)s."
    ),
    "file_cut": _("The file lacks seals %(seal)s to %(last)s, which the database holds."),
    "line_unreadable": _("Line %(line)s of the file of seals is no seal."),
    "line_out_of_place": _("Line %(line)s of the file of seals (seal %(seal)s) is not in its place."),
    "frozen_changed": _("The frozen figure %(kind)s %(record)s is no longer as event %(event)s froze it."),
    "frozen_gone": _("The frozen figure %(kind)s %(record)s, which event %(event)s froze, is gone."),
}
#: What there is to know, with nothing wrong in it.
NOTICES: dict[str, StrPromise] = {
    "unsealed": _("%(count)s events since %(since)s are not yet sealed."),
    "nothing_sealed": _("Nothing is sealed yet."),
    "erased": _("%(count)s values were erased under %(article)s."),
    "file_behind": _("The file lacks the last seal, %(seal)s; the next sealing adds it."),
    "restored": _("Before seal %(seal)s of %(sealed)s a backup was restored: %(note)s"),
    "clock_back": _("Between seals %(last)s and %(seal)s the clock was set back."),
    "frozen_unknown": _("Frozen figures of the kind %(kind)s cannot be looked at by this version."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``facts`` fill its sentence and stand in the JSON."""

    code: str
    facts: dict[str, Any]

    @property
    def is_fault(self) -> bool:
        """Whether something is wrong."""
        return self.code in FAULTS

    def __str__(self) -> str:
        words = FAULTS.get(self.code) or NOTICES[self.code]
        return str(words) % {name: _shown(value) for name, value in self.facts.items()}


@dataclass(slots=True)
class Report:
    """All that was found, and how much was looked at."""

    events: int = 0
    values: int = 0
    seals: int = 0
    findings: list[Finding] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def find(self, code: str, **facts: Any) -> None:
        """Keep a finding, or count it where many of its code are kept already."""
        if sum(one.code == code for one in self.findings) < MOST:
            self.findings.append(Finding(code, facts))
        else:
            self.left_out[code] += 1

    @property
    def faults(self) -> list[Finding]:
        """What is wrong."""
        return [one for one in self.findings if one.is_fault]

    @property
    def notices(self) -> list[Finding]:
        """What there is to know besides."""
        return [one for one in self.findings if not one.is_fault]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "schema": "nhipcau.audit.v1",
            "whole": self.is_whole,
            "events": self.events,
            "values": self.values,
            "seals": self.seals,
            "faults": [_plain(one) for one in self.faults],
            "notices": [_plain(one) for one in self.notices],
            "left_out": dict(self.left_out),
        }


def _plain(one: Finding) -> dict[str, Any]:
    facts = {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in one.facts.items()
    }
    return {"code": one.code, "sentence": str(one), **facts}


def _shown(value: Any) -> str:
    """A moment as people write it, anything else as itself."""
    from django.utils import timezone
    from django.utils.formats import date_format

    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    return str(value)
