"""The card of a document: what a person confirms.

Made from a reading, and kept as plain values until then.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nhipcau.reading.text import fold
from nhipcau.records.documents.levels import level_of, level_of_symbol
from nhipcau.records.documents.models import Document
from nhipcau.records.documents.numbers import number_key
from nhipcau.records.documents.titles import first_sentence
from nhipcau.records.foundation.models import Unit

# Header fields of a reading by the names they bear on a document.
FROM_HEADER = {
    "issuer_name": "issuer",
    "parent_issuer_name": "parent_issuer",
    "author_name": "author",
    "type_name": "type",
    "number": "number",
    "subject": "subject",
    "place": "place",
    "signer_title": "signer_title",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The fields of a document that a person confirms or corrects.

    ``issuer`` is the unit, where one is chosen.
    """

    issuer_name: str = ""
    parent_issuer_name: str = ""
    author_name: str = ""
    type_name: str = ""
    number: str = ""
    date: dt.date | None = None
    subject: str = ""
    place: str = ""
    signer_title: str = ""
    urgency: str = ""
    level: str = ""
    kind: str = "other"
    issuer: Unit | None = None
    date_received: dt.date | None = None

    def values(self) -> dict[str, Any]:
        """All fields by name, with those that are computed from them."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return given | {
            "number_key": number_key(self.number),
            "placed_on": self.date or self.date_received or dt.date.min,
            "folded": self.words(),
        }

    def words(self) -> str:
        """Everything by which the document is searched, without marks and case.

        But for the author, who may be a person: nobody is looked for by name among documents.
        """
        texts = (
            self.type_name, self.number, self.subject, self.issuer_name, self.parent_issuer_name, self.place,
        )  # fmt: skip
        return fold(" ".join(texts))

    def check(self) -> None:
        """Raise ``ValidationError`` for a card that names nothing, field by field where one is at fault."""
        if not (self.number or self.subject):
            raise ValidationError({"subject": _("Give the number and symbol, or the subject.")})
        if not self.type_name:
            raise ValidationError({"type_name": _("Give the type of the document.")})
        Document(**{**self.values(), "issuer": self.issuer}).clean_fields(exclude=["office"])


def card_of(document: Document) -> Card:
    """The card of a document as it stands."""
    return Card(**{field.name: getattr(document, field.name) for field in fields(Card)})


def as_plain(card: Card) -> dict[str, Any]:
    """The card as it is kept with a part: texts only, the unit by its public id."""
    plain = asdict(replace(card, issuer=None))
    for name in ("date", "date_received"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    plain["issuer"] = str(card.issuer.public_id) if card.issuer else None
    return plain


def from_plain(plain: dict[str, Any]) -> Card:
    """The card that ``as_plain`` kept."""
    known = {field.name for field in fields(Card)}
    values = {name: value for name, value in plain.items() if name in known and value is not None}
    for name in ("date", "date_received"):
        if name in values:
            values[name] = dt.date.fromisoformat(values[name])
    if "issuer" in values:
        values["issuer"] = Unit.objects.filter(public_id=values["issuer"]).first()
    return Card(**values)


def proposed(document: dict[str, Any], *, text: str, received_on: dt.date) -> Card:
    """The card that a reading proposes for one of its documents (an object of the contract).

    ``text`` is that of the whole reading: a press report without a title is given its first sentence as
    subject, for the clerk to confirm; the reading itself keeps none.
    """
    header = document["header"]
    values: dict[str, Any] = {
        name: _cut(name, header[key]["value"]) for name, key in FROM_HEADER.items() if header.get(key)
    }
    if header.get("date"):
        values["date"] = _day(header["date"]["value"])
    values |= {"urgency": header.get("urgency") or "", "kind": document["kind"], "date_received": received_on}
    if document["kind"] == "news":
        values.setdefault("type_name", _("Press report"))
        values.setdefault("subject", first_sentence(text[slice(*document["span"])]))
    issuer = " ".join(filter(None, (values.get("issuer_name"), values.get("parent_issuer_name"))))
    level = level_of(issuer or values.get("author_name", "")) or level_of_symbol(values.get("number", ""))
    return Card(**values, level=level)


def _cut(name: str, value: str) -> str:
    longest = getattr(Document._meta.get_field(name), "max_length", None)
    return value if longest is None else value[:longest]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
