"""Reads a cell as a value of a field: text, day, number, yes or no, one of the choices.

Each function gives the value, or raises ``ValueError`` with the sentence for the person who mends the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nhipcau.interchange.formats.sheets.book import Faulty, Uncounted
from nhipcau.interchange.formats.xlsx import DANGEROUS
from nhipcau.interchange.incoming.looking import shown
from nhipcau.reading.text import fold
from nhipcau.records.foundation.intake import Incoming
from nhipcau.records.foundation.register import Field

DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
NUMBER = re.compile(r"[+\-−]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
YES, NO = {"co", "yes", "x", "1", "true", "dung"}, {"khong", "no", "0", "false", "sai"}
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def value_of(field: Field, cell: Any) -> Any:
    """The value of a cell for a field; ``None`` where the cell says nothing."""
    if isinstance(cell, Uncounted):
        words = _("A formula without a counted value. Open the file, save it once, or type the value.")
        raise ValueError(words)  # noqa: TRY004 (a sentence for people)
    if isinstance(cell, Faulty):
        raise ValueError(_("The formula shows the fault %s. Mend it, or type the value.") % cell.code)  # noqa: TRY004 (the same)
    assert field.incoming is not None  # noqa: S101 (only such fields are asked for)
    if isinstance(cell, str):
        cell = text_of(cell)
    if cell in (None, ""):
        return None
    return READERS[field.incoming.value](field, field.incoming, cell)


def text_of(words: str) -> str:
    """The words of a cell: one spelling, single blanks, without the apostrophe of our own exports."""
    words = unicodedata.normalize("NFC", UNPRINTABLE.sub(" ", words))
    words = "\n".join(" ".join(line.split()) for line in words.strip().splitlines()).strip()
    return words[1:] if words.startswith("'") and words[1:].startswith(DANGEROUS) else words


def id_of(cell: Any) -> UUID | None:
    """The public id in a cell; ``None`` for nothing."""
    words = text_of(shown(cell)) if cell is not None else ""
    if not words:
        return None
    try:
        return UUID(words)
    except ValueError:
        raise ValueError(_("This is no record id. Leave the cell as it was exported, or empty it.")) from None


def _text(_field: Field, incoming: Incoming, cell: Any) -> str:
    words = _as_words(cell)
    if len(words) > incoming.longest:
        raise ValueError(
            _("%(have)s letters; at most %(most)s fit. Shorten it.")
            % {"have": len(words), "most": incoming.longest}
        )
    return words


def _as_words(cell: Any) -> str:
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f").replace(".", ",")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return str(cell)


def _date(_field: Field, _incoming: Incoming, cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    words = cell if isinstance(cell, str) else shown(cell)
    for pattern, order in ((DAY, (3, 2, 1)), (ISO_DAY, (1, 2, 3))):
        found = pattern.fullmatch(words)
        if found:
            return _day(words, *(int(found[place]) for place in order))
    raise ValueError(_("“%s” is no day. Write it as 31/12/2026.") % words)


def _day(words: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(_("There is no day %s in the calendar.") % words) from None


def _number(_field: Field, _incoming: Incoming, cell: Any) -> Decimal:
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return Decimal(cell)
    words = (cell if isinstance(cell, str) else shown(cell)).replace("\u00a0", " ").strip()
    if not NUMBER.fullmatch(words):
        raise ValueError(_("“%s” is no number. Write it as 1.234,5.") % words)
    return Decimal(words.replace("−", "-").replace(".", "").replace(",", "."))


def _yes(_field: Field, _incoming: Incoming, cell: Any) -> bool:
    words = fold(_as_words(cell)) if not isinstance(cell, bool) else ("1" if cell else "0")
    if words in YES or words in NO:
        return words in YES
    raise ValueError(_("“%s” is neither yes nor no.") % shown(cell))


def _choice(field: Field, _incoming: Incoming, cell: Any) -> str:
    words = fold(_as_words(cell))
    for value, label in field.choices:
        if words in (fold(value), fold(str(label))):
            return value
    labels = ", ".join(str(label) for _value, label in field.choices if str(label))
    raise ValueError(_("“%(words)s” is not one of: %(labels)s.") % {"words": shown(cell), "labels": labels})


READERS: dict[str, Callable[[Field, Incoming, Any], Any]] = {
    "text": _text,
    "record": _text,
    "date": _date,
    "number": _number,
    "yes": _yes,
    "choice": _choice,
}
