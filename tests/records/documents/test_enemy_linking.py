"""A document that is kept is not made a second time from what cites it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from nhipcau.records.documents.models import Document, Mention
from nhipcau.records.documents.services import link_mention, make_known, reject_candidate
from tests import world as cast
from tests.records.told import cite, doc

pytestmark = pytest.mark.usefixtures("told")


def waiting_mention(world: cast.World) -> Mention:
    """A citation without an issuer of a directive that stands in the register."""
    kept = doc(
        type="Chỉ thị", number="07-CT/HĐGL", date="2026-01-12", issuer="Hội đồng Giao lưu", subject="x"
    )
    cast.confirmed(world.clerk, kept)
    citing = doc(type="Báo cáo", number="8-BC/HGL", date="2026-05-01", subject="kết quả")
    citing += cite(type="Chỉ thị", number="07-CT/HĐGL", date="2026-01-12")
    paper = cast.received(world.clerk, citing)
    return Mention.objects.get(part__paper=paper)


def test_what_is_kept_already_is_chosen_or_said_not_to_be_meant_before_another_is_made(
    world: cast.World,
) -> None:
    mention = waiting_mention(world)
    with pytest.raises(ValidationError):
        make_known(by=world.clerk, mention=mention)
    assert Document.objects.count() == 1
    for candidate in mention.candidates.all():
        reject_candidate(by=world.clerk, candidate=candidate)
    assert make_known(by=world.clerk, mention=mention).state == Document.State.KNOWN


def test_a_citation_that_is_linked_makes_no_document(world: cast.World) -> None:
    mention = waiting_mention(world)
    link_mention(by=world.clerk, mention=mention, document=Document.objects.get())
    with pytest.raises(ValidationError):
        make_known(by=world.clerk, mention=mention)
    assert Document.objects.count() == 1
