"""The history of any record, in sentences: the words of all kinds stand here, one panel draws them.

A kind without words of its own is told by the common ones, and its fields by the headings of its register. A
verb of a service that has no words here fails a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.interchange.registers import DRAWN
from nhipcau.records.foundation.access import ROLES
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Event, Unit
from nhipcau.records.foundation.selectors import Change, history
from nhipcau.records.foundation.strangers import units_of_strangers
from nhipcau.records.organisations.models import FocalPoint, Hierarchy, Succession

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Words = Mapping[str, "StrPromise"]
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIELDS = {register.kind: {one.name: one for one in register.fields} for register in DRAWN}


@dataclass(frozen=True, slots=True)
class Told:
    """The words of one kind: what was done, by verb, the headings of its fields, and of values kept short."""

    verbs: Words = field(default_factory=dict)
    fields: Words = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One event as it is shown: when, who did what, which fields went from what to what, and why."""

    at: datetime
    sentence: str
    changes: list[str]
    why: str


#: Said of records of every kind that has no words of its own.
COMMON: Words = {
    "receive": gettext_lazy("received it"),
    "read": gettext_lazy("it was read"),
    "fail_reading": gettext_lazy("it could not be read"),
    "confirm": gettext_lazy("confirmed the card and registered it"),
    "save_card": gettext_lazy("kept the card for later"),
    "set_aside": gettext_lazy("set it aside"),
    "correct": gettext_lazy("corrected it"),
    "void": gettext_lazy("took it out of use"),
    "merge": gettext_lazy("merged another record into it"),
    "undo_merge": gettext_lazy("undid a merge"),
    "link": gettext_lazy("linked a citation"),
    "unlink": gettext_lazy("took a link back"),
    "reject": gettext_lazy("rejected a candidate"),
    "make_known": gettext_lazy("kept it as known from a citation"),
    "propose_relations": gettext_lazy("proposed relations"),
    "decide": gettext_lazy("decided a relation"),
    "decide_all": gettext_lazy("decided its relations"),
    "relate": gettext_lazy("related it by hand"),
    "bring": gettext_lazy("brought it in"),
    "name_columns": gettext_lazy("named its columns"),
    "import": gettext_lazy("brought a file in"),
    "enter_stub": gettext_lazy("entered its stub"),
    "name_rows": gettext_lazy("named the rows of its headings"),
    "check_again": gettext_lazy("had it looked at again"),
    "preview": gettext_lazy("saw what it would change"),
    "drop": gettext_lazy("let it go"),
    "stop": gettext_lazy("it was stopped"),
    "load": gettext_lazy("loaded it from the shipped tables"),
    "create": gettext_lazy("made it"),
    "erase": gettext_lazy("erased its personal data"),
    "retry": gettext_lazy("tried it again"),
    "share": gettext_lazy("let another unit read along"),
    "end_share": gettext_lazy("let a unit read along no more"),
}
#: Headings of what events tell besides the fields of a register.
COMMON_FIELDS: Words = {
    "paper": gettext_lazy("Paper"),
    "papers": gettext_lazy("Papers"),
    "register_number": gettext_lazy("Register no."),
    "attached_to": gettext_lazy("Came attached to"),
    "made_known": gettext_lazy("Made known"),
    "proposed": gettext_lazy("Relations proposed"),
    "state": gettext_lazy("Status"),
    "folded": gettext_lazy("Merged record"),
    "confirmed": gettext_lazy("Relations confirmed"),
    "rejected": gettext_lazy("Rejected"),
    "document": gettext_lazy("Document"),
    "reader": gettext_lazy("Unit"),
    "valid_to": gettext_lazy("Until before"),
}
KINDS: dict[str, Told] = {
    "account": Told(
        {
            "create": gettext_lazy("made the account"),
            "invite": gettext_lazy("invited this person"),
            "accept_invitation": gettext_lazy("took the invitation"),
            "make_link": gettext_lazy("made a new link to set a password"),
            "set_active": gettext_lazy("switched the account on or off"),
            "change_password": gettext_lazy("changed the password"),
            "end_sessions": gettext_lazy("ended sessions"),
            "sign_in": gettext_lazy("signed in"),
            "lock": gettext_lazy("it was locked after failed attempts"),
            "unlock": gettext_lazy("unlocked the account"),
            "lock_unused": gettext_lazy("switched it off: nobody had used it for too long"),
            "add_factor": gettext_lazy("added a second factor"),
            "remove_factor": gettext_lazy("removed a second factor"),
            "clear_factors": gettext_lazy("cleared the second factors"),
            "make_codes": gettext_lazy("made recovery codes"),
        },
        {
            "username": gettext_lazy("Sign-in name"),
            "display_name": gettext_lazy("Name shown"),
            "email": gettext_lazy("E-mail"),
            "is_active": gettext_lazy("May sign in"),
            "sessions_ended": gettext_lazy("Sessions ended"),
            "article": gettext_lazy("Article of law"),
        },
    ),
    "grant": Told(
        {
            "give": gettext_lazy("gave the role"),
            "end": gettext_lazy("ended the role"),
            "cancel": gettext_lazy("took the role back before it began"),
        },
        {
            "account": gettext_lazy("Person"),
            "role": gettext_lazy("Role"),
            "unit": gettext_lazy("Unit"),
            "valid_from": gettext_lazy("From"),
            "valid_to": gettext_lazy("Until before"),
        },
    ),
    "person_request": Told(
        {
            "ask": gettext_lazy("entered the request"),
            "answered": gettext_lazy("answered it"),
            "extended": gettext_lazy("took more time"),
            "done": gettext_lazy("did what was asked"),
        },
        {
            "account": gettext_lazy("Person"),
            "ask": gettext_lazy("What is asked for"),
            "received_on": gettext_lazy("Received on"),
            "answered_on": gettext_lazy("Answered on"),
            "extended_on": gettext_lazy("Extended on"),
            "done_on": gettext_lazy("Done on"),
        },
    ),
    "unit": Told(
        {
            "found": gettext_lazy("founded it"),
            "rename": gettext_lazy("renamed it"),
            "move": gettext_lazy("moved it"),
            "merge": gettext_lazy("merged it"),
            "split": gettext_lazy("split it"),
            "transfer": gettext_lazy("transferred a part of it"),
            "close": gettext_lazy("dissolved it"),
            "undo": gettext_lazy("took the last change back"),
            "open_office": gettext_lazy("opened an office in it"),
            "close_office": gettext_lazy("closed the office in it"),
            "add_code": gettext_lazy("gave it a code"),
            "end_code": gettext_lazy("ended a code of it"),
            "set_focal_point": gettext_lazy("named who handles a subject for it"),
            "end_focal_point": gettext_lazy("ended who handles a subject for it"),
        },
        {
            "name": gettext_lazy("Name"),
            "short_name": gettext_lazy("Short name"),
            "type": gettext_lazy("Type"),
            "level": gettext_lazy("Level"),
            "pillar": gettext_lazy("Pillar"),
            "parent": gettext_lazy("Parent unit"),
            "hierarchy": gettext_lazy("Hierarchy"),
            "founded_on": gettext_lazy("In force on"),
            "closed_on": gettext_lazy("In force on"),
            "opened_on": gettext_lazy("In force on"),
            "on": gettext_lazy("In force on"),
            "merged": gettext_lazy("Merged units"),
            "into": gettext_lazy("Divided into"),
            "change": gettext_lazy("Act taken back"),
            "code": gettext_lazy("Code"),
            "holder": gettext_lazy("Handled by"),
            "subject": gettext_lazy("What is handled"),
            "target": gettext_lazy("Handed over to"),
            "kind": gettext_lazy("What is handed over"),
            "extent": gettext_lazy("How much"),
        },
        {
            "level": dict(Unit.Level.choices),
            "pillar": dict(Unit.Pillar.choices),
            "subject": dict(FocalPoint.Subject.choices),
            "kind": dict(Succession.Kind.choices),
            "extent": dict(Succession.Extent.choices),
            "hierarchy": dict(Hierarchy.choices),
        },
    ),
}


def lines(*, by: Actor, record: models.Model, only: Iterable[Event] | None = None) -> list[Line]:
    """What was done to a record, newest first; nothing where its policy does not let the actor see it.

    ``only`` narrows it to these events.
    """
    wanted = None if only is None else {event.pk for event in only}
    found = [one for one in history(by=by, record=record) if wanted is None or one[0].pk in wanted]
    # What was done to the own account is told with all names.
    events = [event for event, _changes in found] if record != by.account else []
    strangers = units_of_strangers(by=by, events=events)
    return [
        Line(
            event.at,
            sentence(event, strangers.get(event.pk, "")),
            [_changed(event, one) for one in changes],
            event.why,
        )
        for event, changes in found
    ]


def who(event: Event, unit: str = "") -> str:
    """Who acted, with the roles of that moment; only the unit, for who is not to read the name."""
    name = unit or event.account_name or _("The product itself")
    roles = ", ".join(str(ROLES[code].name) for code in event.role.split("+") if code in ROLES)
    return f"{name} ({roles})" if roles else name


def sentence(event: Event, unit: str = "") -> str:
    """Who did what: "Nguyễn Văn A (văn thư) đã xác nhận"."""
    own = KINDS.get(event.kind, Told()).verbs
    done = own.get(event.verb) or COMMON.get(event.verb) or event.verb
    return _("%(who)s: %(what)s") % {"who": who(event, unit), "what": done}


def _changed(event: Event, change: Change) -> str:
    """One field that changed, under its heading: what it was and what it became."""
    field = _FIELDS.get(event.kind, {}).get(change.field)
    own = KINDS.get(event.kind, Told()).fields.get(change.field) or (field.heading if field else None)
    name = own or COMMON_FIELDS.get(change.field) or change.field
    if change.old is None and change.new is None:
        gone = _("erased")
        return f"{name}: {gone}"
    known = dict(field.choices) if field else KINDS.get(event.kind, Told()).values.get(change.field, {})
    choices = {value: str(words) for value, words in known.items()}
    old, new = (_short(value, choices) for value in (change.old, change.new))
    emptied = _("emptied")
    return f"{name}: {old} → {new}" if old and new else f"{name}: {new or emptied}"


def _short(value: Any, choices: Mapping[str, str]) -> str:
    """A value of an event in a few words: days as people write them, records by their titles."""
    if isinstance(value, list):
        return ", ".join(_short(item, choices) for item in value)
    if isinstance(value, dict):
        return str(value.get("title", ""))
    words = "" if value is None else str(value)
    if _ISO_DAY.fullmatch(words):
        return date_format(date.fromisoformat(words), "SHORT_DATE_FORMAT")
    return choices.get(words, words)[:160]
