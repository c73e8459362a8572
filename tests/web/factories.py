"""What the promises of a register are tried on: for each register, how its rows are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nhipcau.records.documents.cards import Card
from nhipcau.records.documents.models import Document
from nhipcau.records.foundation.actors import Actor

FIRST = date(2025, 1, 6)


@dataclass(frozen=True, slots=True)
class Factory:
    """The data of a register. ``make`` makes the rows of these places, each another than the rest.

    ``search`` finds the row of a place as a person without a Vietnamese keyboard would type it; ``named`` is
    the text by which the row is known on the page; ``dangerous`` makes a row whose text a spreadsheet would
    run.
    """

    make: Callable[[Actor, range], list[Any]]
    search: Callable[[int], str]
    named: Callable[[int], str]
    dangerous: Callable[[Actor, str], Any]


def documents(by: Actor, places: range) -> list[Document]:
    """Registered documents of two types, several issuers, levels and years; several of one day."""
    return [_document(by, place, _card(place)) for place in places]


def _card(place: int) -> Card:
    return Card(
        type_name=("Kế hoạch", "Thông báo")[place % 2],
        number=f"{place + 1}/KH-HGL",
        date=FIRST + timedelta(days=7 * (place // 3)),
        issuer_name=("Hội Giao lưu Nhân dân xã Bến Trúc", "Ủy ban nhân dân xã Đồng Sậy")[place // 2 % 2],
        subject=f"Về đối ngoại nhân dân, đợt {place + 1:03}",
        level=("commune", "province")[place % 3 == 0],
    )


def _document(by: Actor, place: int, card: Card) -> Document:
    # Rows as confirming leaves them; sixty confirmations would only take time.
    assert by.office is not None
    return Document.objects.create(
        office=by.office,
        state=Document.State.REGISTERED,
        register_year=2025,
        register_number=5000 + place,
        **card.values(),
    )


def _dangerous_document(by: Actor, text: str) -> Document:
    return _document(by, 4000, Card(type_name="Kế hoạch", number="x", subject=text, date=FIRST))


FACTORIES: dict[str, Factory] = {
    "documents": Factory(
        make=documents,
        search=lambda place: f"DOI ngoai NHAN dan dot {place + 1:03}",
        named=lambda place: f"{place + 1}/KH-HGL",
        dangerous=_dangerous_document,
    ),
}
