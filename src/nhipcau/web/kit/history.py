"""The history of any record, in sentences: each kind declares its words here, one panel draws them all.

A kind without words of its own is told by the common ones; a verb that nobody declared stands as it is, and a
test names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.records.foundation.access import ROLES
from nhipcau.records.foundation.models import Event

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Words = Mapping[str, "StrPromise"]


@dataclass(frozen=True, slots=True)
class Told:
    """The words of one kind: what was done, by verb, and the headings of its fields."""

    verbs: Words = field(default_factory=dict)
    fields: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One event as it is shown: when, who did what, which fields went from what to what, and why."""

    at: datetime
    sentence: str
    changes: list[str]
    why: str


#: Said of records of every kind.
COMMON: Words = {
    "create": gettext_lazy("made it"),
    "erase": gettext_lazy("erased its personal data"),
    "retry": gettext_lazy("tried it again"),
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
        {"give": gettext_lazy("gave the role"), "end": gettext_lazy("ended the role")},
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
            "load": gettext_lazy("loaded it from the shipped tables"),
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
            "subject": gettext_lazy("Subject"),
            "target": gettext_lazy("Handed over to"),
            "kind": gettext_lazy("What is handed over"),
            "extent": gettext_lazy("How much"),
        },
    ),
}


def who(event: Event) -> str:
    """Who acted, with the roles of that moment."""
    name = event.account_name or _("The product itself")
    roles = ", ".join(str(ROLES[code].name) for code in event.role.split("+") if code in ROLES)
    return f"{name} ({roles})" if roles else name


def sentence(event: Event, others: Words) -> str:
    """Who did what; ``others`` are the words of kinds that are not declared here."""
    own = KINDS.get(event.kind, Told()).verbs
    done = own.get(event.verb) or others.get(event.verb) or COMMON.get(event.verb) or event.verb
    return _("%(who)s: %(what)s") % {"who": who(event), "what": done}


def heading(event: Event, name: str, others: Words) -> str:
    """The heading of a field of an event."""
    return str(KINDS.get(event.kind, Told()).fields.get(name) or others.get(name) or name)
