"""Which documents a card or a mention may mean, ranked, each with its reasons.

Looks only at the documents of the own office. Two documents run together only by type, number *and* date:
a number with its symbol comes again in every term and every year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nhipcau.reading.tables import load
from nhipcau.reading.text import fold
from nhipcau.records.documents.cards import Card
from nhipcau.records.documents.levels import is_unplaced
from nhipcau.records.documents.models import Candidate, Document, Mention
from nhipcau.records.documents.numbers import has_symbol, number_key, short_key
from nhipcau.records.documents.terms import term_of
from nhipcau.records.foundation.models import Office

MOST_CANDIDATES = 5
# Laws and resolutions of the National Assembly and its committee, whatever the legislature.
_OF_ASSEMBLY = re.compile(r"(?:nq-)?(?:qh|ubtvqh)\d{1,2}")

REASONS = {
    "number": _("same number and symbol"),
    "short_number": _("same number, symbol not printed"),
    "type": _("same type"),
    "date": _("same date"),
    "date_differs": _("another date"),
    "issuer": _("issuer named"),
    "issuer_differs": _("another issuer named"),
    "term": _("of the same term as the paper"),
    "after": _("later than the paper itself"),
}
_WEIGHTS = {
    "number": 40, "short_number": 20, "type": 10, "date": 50, "date_differs": -20,
    "issuer": 15, "issuer_differs": -10, "term": 10, "after": -30,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """A document that may be meant, and why; ``is_certain``.

    Type, number, date and a placed issuer are equal.
    """

    document: Document
    reasons: tuple[str, ...]
    is_certain: bool

    @property
    def score(self) -> int:
        """The more, the likelier."""
        return sum(_WEIGHTS[reason] for reason in self.reasons)


def living(office: Office) -> QuerySet[Document]:
    """The office's documents that were neither voided nor merged into another."""
    return Document.objects.filter(office=office).exclude(state=Document.State.VOID)


def twins(office: Office, card: Card, *, but: Document | None = None) -> list[Likeness]:
    """The documents with the same identity as a card: type, number and date, and no other issuer.

    Without a number, the same type, date, issuer and subject. An issuer that is not given, or that does
    not say of which place it is, makes the likeness uncertain: a person is asked.
    """
    rows = living(office).filter(date=card.date)
    key = number_key(card.number)
    rows = rows.filter(number_key=key)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    found = [row for row in rows.order_by("id")[:50] if _same_words(row.type_name, card.type_name)]
    if not key:
        found = [row for row in found if fold(row.subject) == fold(card.subject)]
    likenesses = [_likeness_of_card(row, card) for row in found]
    return [likeness for likeness in likenesses if "issuer_differs" not in likeness.reasons]


def candidates(mention: Mention, paper_date: date | None, *, own: Document | None) -> list[Likeness]:
    """The documents that a mention may mean, likeliest first; never the document that holds the mention."""
    rows = _rows_for(mention)
    if rows is None:
        return []
    if own is not None:
        rows = rows.exclude(pk=own.pk)
    found = [_likeness(row, mention, paper_date) for row in rows.order_by("-date", "id")[:50]]
    return sorted(found, key=lambda likeness: -likeness.score)[:MOST_CANDIDATES]


def mentions_of(document: Document) -> QuerySet[Mention]:
    """The mentions of the office that wait for a document and may mean this one."""
    waiting = Mention.objects.filter(office=document.office).exclude(state=Mention.State.LINKED)
    key = document.number_key
    if not key:
        wanted = Q(number_key="", date=document.date, date__isnull=False)
    else:
        wanted = Q(number_key=key) | Q(number_key=short_key(key), type_name__iexact=document.type_name)
    return waiting.filter(wanted).exclude(part__document=document)


def likely(mention: Mention) -> Document | None:
    """The one document that a waiting mention most likely means: number, type and date speak for it alone."""
    if mention.state != Mention.State.PROPOSED:
        return None
    rows = mention.candidates.filter(state=Candidate.State.PROPOSED).select_related("document")
    speaks = {"number", "type", "date"}
    found = [row for row in rows if speaks <= set(row.reasons) and "issuer_differs" not in row.reasons]
    return found[0].document if len(found) == 1 else None


def can_make_known(mention: Mention) -> bool:
    """Whether a missing document may be made from a mention: type, number with symbol, and a date."""
    return bool(
        mention.type_name and mention.date and not mention.is_partial and has_symbol(mention.number_key)
    )


def is_same_issuer(one: str, other: str) -> bool | None:
    """Whether two names are of one issuer.

    ``None`` where one is not given or does not say of which place it is.
    """
    if not one or not other or is_unplaced(one) or is_unplaced(other):
        return None if _may_be_same(one, other) else False
    return True if fold(one) == fold(other) else (None if _may_be_same(one, other) else False)


def _may_be_same(one: str, other: str) -> bool:
    """One name may be a shorter form of the other: "Tỉnh ủy" of "Ban Thường vụ Tỉnh ủy Sông Ngân"."""
    short, long = sorted((fold(one), fold(other)), key=len)
    return not short or f" {short} " in f" {long} "


def _rows_for(mention: Mention) -> QuerySet[Document] | None:
    rows = living(mention.office)
    key = mention.number_key
    if has_symbol(key):
        return _typed(rows.filter(number_key=key), mention)
    if key and mention.type_name:
        short = Q(number_key__startswith=f"{key}-") | Q(number_key__startswith=f"{key}/")
        return _typed(rows.filter(short), mention)
    if mention.type_name and mention.date:
        return _typed(rows.filter(date=mention.date), mention)
    return None


def _typed(rows: QuerySet[Document], mention: Mention) -> QuerySet[Document]:
    if not mention.type_name:
        return rows
    return rows.filter(Q(type_name__iexact=mention.type_name) | Q(type_name=""))


def _likeness(row: Document, mention: Mention, paper_date: date | None) -> Likeness:
    reasons = ["number" if has_symbol(mention.number_key) else "short_number"] if mention.number_key else []
    if mention.type_name and row.type_name:
        reasons.append("type")
    if mention.date and row.date:
        reasons.append("date" if mention.date == row.date else "date_differs")
    issuer = _same_issuer(mention.issuer_name, row)
    if issuer is not None:
        reasons.append("issuer" if issuer else "issuer_differs")
    reasons += _by_time(row.date, paper_date)
    sure = {"number", "type", "date"} <= set(reasons) and (issuer is True or _is_central(row))
    return Likeness(row, tuple(reasons), sure)


def _likeness_of_card(row: Document, card: Card) -> Likeness:
    reasons = ["type", *(["number"] if card.number else []), *(["date"] if card.date else [])]
    issuer = _same_issuer(card.issuer_name, row)
    if issuer is not None:
        reasons.append("issuer" if issuer else "issuer_differs")
    sure = bool(card.number and card.date) and (issuer is True or _is_central(row))
    return Likeness(row, tuple(reasons), sure)


def _same_issuer(name: str, row: Document) -> bool | None:
    """As ``is_same_issuer``.

    A paper of the centre bears the committee's name and is cited by its bureau's.
    """
    issuer, parent = row.issuer_name, row.parent_issuer_name
    spellings = [issuer, f"{issuer} {parent}", f"{parent} {issuer}"] if parent else [issuer]
    answers = {is_same_issuer(name, spelling) for spelling in spellings}
    if True in answers:
        return True
    return None if None in answers or _is_central(row) else False


def _is_central(row: Document) -> bool:
    """Whether the symbol is of the one centre: no two bodies give the same number of it on one day."""
    tail = row.number_key.rpartition("/")[2]
    return bool({tail, tail.rpartition("-")[2]} & _central_symbols()) or bool(_OF_ASSEMBLY.fullmatch(tail))


@cache
def _central_symbols() -> frozenset[str]:
    """Symbols of central bodies that, without marks, are no symbol of another level (TƯ is, TU is not)."""
    central = {fold(row["symbol"]) for row in load.rows("symbols") if row["level"] == "centre"}
    return frozenset(
        central - {fold(row["symbol"]) for row in load.rows("symbols") if row["level"] != "centre"}
    )


def _by_time(day: date | None, paper_date: date | None) -> list[str]:
    if day is None or paper_date is None:
        return []
    if day > paper_date:
        return ["after"]
    term = term_of(day)
    return ["term"] if term is not None and term == term_of(paper_date) else []


def _same_words(one: str, other: str) -> bool:
    return not one or not other or fold(one) == fold(other)
