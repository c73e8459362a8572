"""An office that grows: more of everything that a page lists, made without the work of confirming it."""

from __future__ import annotations

from datetime import date
from typing import Any

from nhipcau.records.documents.models import (
    Candidate,
    Document,
    MarkedStub,
    Mention,
    Merge,
    Paper,
    Part,
    Relation,
)
from nhipcau.records.foundation import events
from nhipcau.records.foundation.models import Attachment, Job
from tests.web.factories import documents
from tests.web.office import Office, acting


def grow(office: Office, places: range) -> None:
    """For each place one more of everything around the directive, its papers and the waiting mention."""
    by = acting(office.world.clerk)
    own = Part.objects.get(paper=office.confirmed, index=0)
    for place, row in zip(places, documents(by, places), strict=True):
        part = _paper(office, place, row)
        _waiting(office, place)
        _mention(own, 1000 + 2 * place, row)
        _mention(own, 1001 + 2 * place, None)
        cited = _mention(part, 0, office.directive)
        _edge(row, office.directive, cited)
        _edge(office.directive, _known(office, place), None)
        Candidate.objects.create(office=row.office, mention=office.mention, document=row, rank=place + 9)
        _merged(office, place)
        _around(office, place)
        events.record(by=by, verb="correct", record=office.directive, changes={"place": (str(place), "x")})


def _paper(office: Office, place: int, row: Document) -> Part:
    """A confirmed paper of a document; also a second file of the directive."""
    made = _parts(office, place, f"a{place}", row, Paper.State.CONFIRMED)
    _parts(office, place, f"b{place}", office.directive, Paper.State.CONFIRMED)
    return made


def _waiting(office: Office, place: int) -> None:
    _parts(office, place, f"c{place}", None, Paper.State.READ)
    failed = _parts(office, place, f"d{place}", None, Paper.State.READ)
    Paper.objects.filter(pk=failed.paper_id).update(state=Paper.State.FAILED, error="hỏng")


def _parts(office: Office, place: int, name: str, row: Document | None, state: Paper.State) -> Part:
    like = office.confirmed
    attachment = Attachment.objects.create(
        office=like.office, sha256=name.rjust(64, "0"), name=f"{name}.txt", media_type="text/plain", size=1
    )
    paper = Paper.objects.create(
        office=like.office,
        attachment=attachment,
        state=state,
        reading=like.reading,
        received_by=like.received_by,
        received_on=like.received_on,
    )
    confirmed: dict[str, Any] = {}
    if row is not None:
        confirmed = {"document": row, "state": Part.State.CONFIRMED, "confirmed_by": like.received_by}
    return Part.objects.create(
        office=like.office,
        paper=paper,
        index=0,
        span_start=0,
        span_end=9,
        card={"type_name": "Kế hoạch", "number": f"{place}/KH", "kind": "other"},
        **confirmed,
    )


def _mention(part: Part, index: int, document: Document | None) -> Mention:
    return Mention.objects.create(
        office=part.office,
        part=part,
        index=index,
        span_start=index,
        span_end=index + 3,
        surface=f"Văn bản {index}",
        type_name="Văn bản",
        document=document,
        state=Mention.State.OPEN if document is None else Mention.State.LINKED,
    )


def _edge(derived: Document, source: Document, told: Mention | None) -> None:
    Relation.objects.create(
        office=derived.office,
        derived=derived,
        source=source,
        relation="implements",
        strength=Relation.Strength.PRINTED,
        reason="Thực hiện",
        part=told.part if told else None,
        span_start=told.span_start if told else None,
        span_end=told.span_end if told else None,
    )


def _known(office: Office, place: int) -> Document:
    return Document.objects.create(
        office=office.directive.office,
        state=Document.State.KNOWN,
        type_name="Luật",
        number=f"{place}/2019/QH",
        placed_on=date(2019, 1, 1),
    )


def _merged(office: Office, place: int) -> None:
    """A record that was merged into the directive, and one more that may be the same as the doubled one."""
    row, like = _known(office, 10_000 + place), office.doubled
    Merge.objects.create(office=row.office, kept=office.directive, folded=row, by=office.stub.entered_by)
    Document.objects.create(
        office=row.office,
        state=Document.State.KNOWN,
        **{
            name: getattr(like, name) for name in ("type_name", "number", "number_key", "date", "issuer_name")
        },
        placed_on=like.placed_on,
    )


def _around(office: Office, place: int) -> None:
    job, stub = office.job, office.stub
    Job.objects.create(
        office=job.office, kind=job.kind, title="x", created_by=job.created_by, role=job.role, unit=job.unit
    )
    MarkedStub.objects.create(
        office=stub.office,
        number=f"{place}/CV",
        date=stub.date,
        issuer_name="x",
        mark=stub.mark,
        entered_by=stub.entered_by,
    )
