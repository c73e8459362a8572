"""Papers that were refused at the door."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Refusal
from nhipcau.records.foundation.policies import Forbidden


def refuse(*, by: Actor, mark: str) -> Refusal:
    """Keep the one line of a refused paper: day, user, mark.

    It writes no event, because an event names a record, and of this paper there is none. It is committed at
    once: the caller then raises, and no transaction of the caller's may take the line away.
    """
    if by.account is None:
        raise Forbidden(_("A paper is received by a person."))
    return Refusal.objects.create(day=by.on, account=by.account, mark=mark)
