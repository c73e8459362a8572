"""A document's text cut into marked segments, and its findings as lists.

Both come from a reading in the words of the contract. Its spans count in the whole file; what is shown is one
document of it, so every span is moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from nhipcau.reading.marking import Mark, segments
from nhipcau.records.documents.cards import FROM_HEADER

HEADER_FIELDS = (
    "parent_issuer", "issuer", "number", "type", "date", "place", "subject", "signer_title", "author",
)  # fmt: skip
#: fields of the card by the names that the contract gives them, where they differ
CARD_FIELDS = {key: name for name, key in FROM_HEADER.items()}
#: the class of a mark on a field of the card
CARD = "on-card"
#: letter of the label, key in the contract, class of the mark
KINDS = (
    ("T", "citations", "cite"),
    ("S", "figures", "figure"),
    ("H", "deadlines", "due"),
    ("P", "assignments", "task"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One stretch of text and how it is marked; ``anchors`` are the places that begin here."""

    text: str
    css: str
    labels: str
    spoken: str
    anchors: list[str]
    target: str

    @property
    def marks(self) -> bool:
        """Whether anything was found here."""
        return bool(self.css)


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of the document that a citation means, and its address where there is one."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One finding in a list beside the text."""

    label: str
    words: str
    note: str
    wrong: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one kind."""

    css: str
    words: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a finding lies in the whole document, from 0 to 100."""

    y: float
    css: str


def kind_words() -> dict[str, str]:
    """The names of the four kinds of finding, and of a field of the card."""
    return {
        "cite": _("Citation"),
        "figure": _("Figure"),
        "due": _("Deadline"),
        "task": _("Assignment"),
        CARD: _("Card"),
    }


def marks_of(document: dict[str, Any]) -> list[Mark]:
    """All marks of one document of a reading, in its own offsets."""
    start = document["span"][0]
    wrong = {tuple(span) for anomaly in document["anomalies"] for span in anomaly["spans"]}
    marks = []
    for letter, key, css in KINDS:
        for place, finding in enumerate(document[key], 1):
            span = tuple(finding["span"])
            css_here = f"{css} wrong" if _touches(span, wrong) else css
            marks.append(Mark(span[0] - start, span[1] - start, f"{letter}{place}", css_here))
    for field in HEADER_FIELDS:
        found = document["header"].get(field)
        if found:
            marks.append(Mark(found["span"][0] - start, found["span"][1] - start, field, CARD))
    return marks


def shown(text: str, document: dict[str, Any]) -> list[Shown]:
    """The document's text as segments for the template."""
    start, end = document["span"]
    words = kind_words()
    begun: set[str] = set()
    found = []
    for segment in segments(text[start:end], marks_of(document)):
        if not segment.marks:
            found.append(Shown(segment.text, "", "", "", [], ""))
            continue
        primary = segment.marks[0]
        new = [mark.label for mark in segment.marks if mark.label not in begun]
        begun.update(new)
        ending = [mark.label for mark in segment.marks if mark.end == segment.end and mark.css != CARD]
        labels = " ".join(ending) + (" ▲" if ending and "wrong" in primary.css else "")
        anchors = [f"p-{label}" for label in new]
        found.append(
            Shown(segment.text, primary.css, labels, words[primary.css.split()[0]], anchors, _target(primary))
        )
    return found


def _target(mark: Mark) -> str:
    """Where a mark leads: a field of the card, or an entry of the lists."""
    if mark.css == CARD:
        return f"c-{CARD_FIELDS.get(mark.label, mark.label)}"
    return f"f-{mark.label}"


def strip(document: dict[str, Any]) -> list[Tick]:
    """The marks as places in the whole document."""
    start, end = document["span"]
    length = max(end - start, 1)
    return [
        Tick(round(100 * mark.start / length, 1), "wrong" if "wrong" in mark.css else mark.css)
        for mark in marks_of(document)
        if mark.css != CARD
    ]


def groups(document: dict[str, Any], notes: dict[int, Note] | None = None) -> list[Group]:
    """The findings as lists; ``notes`` gives for a citation's place what is known of the document meant."""
    wrong = {tuple(span) for anomaly in document["anomalies"] for span in anomaly["spans"]}
    words = kind_words()
    describe = {"cite": _citation, "figure": _figure, "due": _deadline, "task": _assignment}
    found = []
    for letter, key, css in KINDS:
        items = []
        for place, finding in enumerate(document[key]):
            text, words_of = describe[css](finding, document)
            known = (notes or {}).get(place) if css == "cite" else None
            note = " · ".join(filter(None, (words_of, known.words if known else "")))
            is_wrong = _touches(tuple(finding["span"]), wrong)
            items.append(Item(f"{letter}{place + 1}", text, note, is_wrong, known.url if known else ""))
        found.append(Group(css, words[css], items))
    return found


def day_words(iso: str | None) -> str:
    """An ISO day as people write it; as it stands where there is no such day."""
    if not iso:
        return ""
    try:
        return date_format(date.fromisoformat(iso), "SHORT_DATE_FORMAT")
    except ValueError:
        return iso


def _touches(span: tuple[int, ...], others: set[tuple[int, ...]]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)


def _citation(finding: dict[str, Any], document: dict[str, Any]) -> tuple[str, str]:  # noqa: ARG001 (one shape for all)
    name = " ".join(part for part in (finding["type"], finding["number"]) if part) or finding["surface"]
    if finding["number"] is None:
        name = finding["surface"]
    day = day_words(finding["date"])
    notes = [words for words in (finding["issuer"], _("incomplete") if finding["partial"] else "") if words]
    return (f"{name}, {day}" if day else name), " · ".join(notes)


def _figure(finding: dict[str, Any], document: dict[str, Any]) -> tuple[str, str]:  # noqa: ARG001 (the same)
    value = finding["value"]
    number = localize(int(value) if float(value).is_integer() else value)
    bounds = {
        "exact": "",
        "about": _("about"),
        "almost": _("nearly: not more"),
        "over": _("over: not less"),
        "at_least": _("at least"),
        "at_most": _("at most"),
    }
    return f"{number} {finding['unit'] or ''}".strip(), bounds[finding["bound"]]


def _deadline(finding: dict[str, Any], document: dict[str, Any]) -> tuple[str, str]:  # noqa: ARG001 (the same)
    words = finding["surface"].replace("\n", " ")
    if finding.get("recurs"):
        return words, _("comes again")
    return words, day_words(finding["date"]) or _("no day can be told")


def _assignment(finding: dict[str, Any], document: dict[str, Any]) -> tuple[str, str]:
    parts = []
    if finding["lead"]:
        parts.append(_("lead: %s") % finding["lead"])
    if finding["supporting"]:
        parts.append(_("with: %s") % ", ".join(finding["supporting"]))
    if finding["deadline"] is not None:
        due = document["deadlines"][finding["deadline"]]
        parts.append(_("due: %s") % (day_words(due["date"]) or due["surface"]))
    return finding["task"], " · ".join(parts)
