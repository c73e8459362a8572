"""The card as a form: fields with their place in the paper and a tick, and what a person wrote back."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nhipcau.records.documents.cards import FROM_HEADER, Card
from nhipcau.records.documents.models import Document
from nhipcau.records.documents.register import REGISTER
from nhipcau.records.foundation.models import Unit

# In the order of an officer's thought; news reports have no number, an outline no issuer of its own.
ORDER = (
    "type_name", "number", "date", "place", "issuer_name", "parent_issuer_name", "author_name", "subject",
    "signer_title", "urgency", "level", "kind", "date_received",
)  # fmt: skip
NEEDED = {"type_name", "number", "date", "issuer_name", "subject"}
NOT_NEEDED = {"news": {"number", "issuer_name"}, "other": {"number", "issuer_name", "date"}}
DATES = {"date", "date_received"}
RARE = {"parent_issuer_name", "author_name"}
WIDE = {"issuer_name", "parent_issuer_name", "author_name"}
LONG_LETTERS = 46


@dataclass(frozen=True, slots=True)
class CardField:
    """One field: what it holds, how sure the machine is, where it stands in the paper, what is wrong."""

    name: str
    label: str
    value: str
    tick: str
    tick_words: str
    place: str = ""
    anchor: str = ""
    said: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether it needs several lines."""
        return len(self.value) > LONG_LETTERS or self.name == "subject"

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width of the card."""
        return self.is_long or bool(self.said) or self.name in WIDE

    @property
    def rows(self) -> int:
        """Lines of the box."""
        return max(2, -(-len(self.value) // LONG_LETTERS))


def card_fields(
    card: Card,
    *,
    document: dict[str, Any] | None = None,
    text: str = "",
    confirmed: bool = False,
    said: dict[str, list[str]] | None = None,
) -> list[CardField]:
    """The fields of a card, those that a person must look at first (look.md, principle 7).

    ``document`` is one document of a reading in the contract's words, ``text`` the text of its file.
    """
    made = [_field(name, card, document, text, confirmed=confirmed, said=said or {}) for name in ORDER]
    shown = [field for field in made if field.value or field.name not in RARE or field.said]
    return sorted(shown, key=lambda field: field.tick != "ask" and not field.said)


def card_from(given: QueryDict, card: Card) -> Card:
    """The card as a person wrote it, over ``card``. Raises ``ValidationError`` for a day that is none."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in fields(Card):
        if field.name not in given or field.name == "issuer":
            continue
        words = " ".join(str(given[field.name]).split())
        try:
            values[field.name] = _day(words) if field.name in DATES else words
        except ValueError:
            wrong[field.name] = _("“%s” is no day. Write it as 05/01/2026.") % words
    if wrong:
        raise ValidationError(wrong)
    return replace(card, **values)


def labels() -> dict[str, str]:
    """The names of the card's fields."""
    return {field.name: str(field.heading) for field in REGISTER.fields}


def _field(  # each argument is one source of what the field shows
    name: str,
    card: Card,
    document: dict[str, Any] | None,
    text: str,
    *,
    confirmed: bool,
    said: dict[str, list[str]],
) -> CardField:
    raw = getattr(card, name)
    value = date_format(raw, "SHORT_DATE_FORMAT") if isinstance(raw, date) else str(raw or "")
    found = _found(name, document)
    tick, tick_words = _tick(name, value, card, confirmed=confirmed)
    place, anchor = "", ""
    if found and document:
        place = _("line %d") % (text.count("\n", document["span"][0], found["span"][0]) + 1)
        anchor = f"p-{_header_name(name)}"
    elif tick == "ask":
        place = _("not seen in the paper")
    return CardField(
        name, labels()[name], value, tick, tick_words, place, anchor, " ".join(said.get(name, [])),
        choices=_choices(name),
    )  # fmt: skip


def _header_name(name: str) -> str:
    return {**FROM_HEADER, "date": "date"}.get(name, "")


def _found(name: str, document: dict[str, Any] | None) -> Any:
    key = _header_name(name)
    return document["header"].get(key) if document and key else None


def _tick(name: str, value: str, card: Card, *, confirmed: bool) -> tuple[str, str]:
    if confirmed:
        return "confirmed", _("confirmed by a person")
    attached = bool(card.author_name) and not card.number
    exempt = NOT_NEEDED.get(card.kind, set()) | ({"number", "issuer_name", "date"} if attached else set())
    if not value and name in NEEDED - exempt:
        return "ask", _("to be looked at")
    return ("read", _("read clearly by the machine")) if value else ("absent", _("not given"))


def _choices(name: str) -> tuple[tuple[str, str], ...]:
    lists: dict[str, Any] = {"urgency": Document.Urgency, "level": Unit.Level, "kind": Document.Kind}
    if name not in lists:
        return ()
    found = tuple((str(value), str(words)) for value, words in lists[name].choices)
    return found if name == "kind" else (("", _("none")), *found)


def _day(words: str) -> date | None:
    return datetime.strptime(words.replace(" ", ""), "%d/%m/%Y").date() if words else None  # noqa: DTZ007 (a day has no zone)
