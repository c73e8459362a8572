"""What may be kept of a paper with a secrecy mark: four facts, entered by hand."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.records.documents.models import MarkedStub
from nhipcau.records.documents.policies import STUBS
from nhipcau.records.foundation import events
from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.policies import Forbidden


@transaction.atomic
def enter_stub(*, by: Actor, number: str, date: dt.date, issuer_name: str, mark: str) -> MarkedStub:
    """Enter number, date, issuer and mark of a paper that the house does not keep; nothing else of it."""
    STUBS.require(by, Permission.STUB_ENTER)
    if by.office is None or by.account is None:
        raise Forbidden
    stub = MarkedStub(
        office=by.office, number=number, date=date, issuer_name=issuer_name, mark=mark, entered_by=by.account
    )
    stub.full_clean()
    stub.save()
    changes = events.creation(stub, "number", "date", "issuer_name", "mark")
    events.record(by=by, verb="enter_stub", record=stub, changes=changes)
    return stub
