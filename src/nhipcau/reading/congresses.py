"""Documents of congresses and plenums: "Nghị quyết Đại hội XVIII", "Nghị quyết Trung ương 3 (khóa XVII)".

They bear no number; a citation of one runs from the type word to the numeral, or to "(khóa ...)" after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nhipcau.reading.findings import Citation, Span
from nhipcau.reading.tables import load

_GAP = r"[\s*_]{0,4}"
_GAP1 = r"[\s*_]{1,4}"
_ROMAN = r"[IVXLC]{1,7}(?![\wÀ-ỹ])"


def _cases(*words: str) -> str:
    """Alternatives for the ways in which words are written: as given, in capitals, each with a capital."""
    forms = {form for word in words for form in (word, word.upper(), word.title(), word.capitalize())}
    return "|".join(_GAP1.join(map(re.escape, form.split())) for form in sorted(forms, key=len, reverse=True))


@lru_cache(maxsize=1)
def _numeral() -> str:
    ordinals = _cases(*load.column("congresses", "form", role="ordinal"))
    return rf"(?:{_ROMAN}|\d{{1,2}}(?![\w])|(?:{ordinals})(?!\w))"


@lru_cache(maxsize=1)
def _meeting() -> re.Pattern[str]:
    """A congress or plenum with its numeral, from its own first word."""
    numeral = _numeral()
    # A word of a name; at a numeral or at the next document the name is over.
    over = rf"{_ROMAN}|(?:{_cases('Nghị', 'Văn', 'Đại', 'Hội nghị')}|và)(?!\w)"
    word = rf"(?!{over})[^\s.,;:()“”\"*_\d]{{1,12}}"
    nth = rf"(?:{_cases('lần thứ', 'lần')}){_GAP1}{numeral}"
    term = rf"(?:{_GAP},?{_GAP}\(?{_GAP}(?:{_cases('khóa', 'khoá')}){_GAP1}{numeral}(?:{_GAP}\))?)"
    of_term = rf"(?:(?:{_GAP1}(?:{_cases('Đảng', 'Cộng sản', 'Việt Nam', 'của')})){{0,4}}{term})?"
    committee = rf"(?:(?:{_cases('của')}){_GAP1})?(?:{_cases('Ban Chấp hành')}|BCH){_GAP1}"
    central = rf"(?:{_cases('Trung ương', 'trung ương', 'TW', 'TƯ')})(?:{_GAP1}(?:{_cases('Đảng')}))?"
    provincial = rf"(?:{_cases('Đảng bộ')})(?:{_GAP1}{word}){{0,8}}?"
    congress = (
        rf"(?:(?:{_cases('Đại hội')}|đại hội)(?:(?:{_GAP1}{word}){{0,16}}?{_GAP},?{_GAP1}{nth}|"
        rf"(?:{_GAP1}{word}){{0,4}}?{_GAP1}{_ROMAN})|"
        rf"(?:{_cases('Đại hội')}){_GAP1}\d{{1,2}}(?![\w/.,-]))"
    )
    assembly = rf"(?:{_cases('Hội nghị', 'hội nghị')}){_GAP1}"
    numbered = (
        rf"(?:{assembly})?(?:{committee})?{central}{_GAP1}"
        rf"(?:(?:{_cases('lần thứ')}){_GAP1})?{numeral}{of_term}"
    )
    whose = rf"(?:{committee}(?:{central}{of_term}|{provincial}{term})|{central}{of_term})"
    # "Nghị quyết lần thứ tám Ban Chấp hành Trung ương khóa XVII" leaves "Hội nghị" out.
    plenum = rf"(?:{assembly})?(?:{nth}){_GAP},?{_GAP}{whose}"
    return re.compile(rf"(?:{congress}|{numbered}|{plenum})")


@lru_cache(maxsize=1)
def _types() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    names = load.column("congresses", "form", role="type")
    forms = _cases(*names, *(name.lower() for name in names))
    endings = frozenset(
        form for name in names for word in [name.split()[-1]] for form in (word, word.upper(), word.title())
    )
    return re.compile(rf"(?<!\w)(?:{forms})\Z"), {name.lower(): name for name in names}, endings


_OF = re.compile(rf"{_GAP1}(?:(?:của|tại|CỦA|TẠI){_GAP1})?(?=[ĐđHhTtBLl])")
_NEXT = re.compile(rf"(?:{_GAP1}(?:của|CỦA){_GAP1}(?:Đảng|ĐẢNG))?{_GAP}(?:,|;|và|VÀ){_GAP}(?:các{_GAP1})?")
_NEXT_ROMAN = re.compile(_ROMAN + r"(?!\s{0,3}\.\s)")


def _anchors(plain: str, span: Span) -> Iterator[int]:
    """Places right after a word on which a type word ends; ``str.find`` is faster than any pattern."""
    for ending in _types()[2]:
        place = plain.find(ending, *span)
        while place >= 0:
            yield place + len(ending)
            place = plain.find(ending, place + len(ending), span[1])


def _first(text: str, plain: str, span: Span, after: int) -> Citation | None:
    link = _OF.match(plain, after, span[1])
    if not link:
        return None
    meeting = _meeting().match(plain, link.end(), span[1])
    if not meeting or "\n\n" in meeting[0] or "\n\n" in link[0]:
        return None
    pattern, names, _ = _types()
    word = pattern.search(plain, max(span[0], after - 16), after)
    if not word:
        return None
    name = names[" ".join(re.split(r"[\s*_]+", word[0].lower()))]
    return _cited(text, (word.start(), meeting.end()), name)


def _cited(text: str, span: Span, name: str) -> Citation:
    return Citation(span, text[slice(*span)], name, None, None, None, partial=True)


def _rest(text: str, plain: str, first: Citation, end: int) -> Iterator[Citation]:
    """The other members of a list with one type word: "Nghị quyết Đại hội XVI, XVII và Đại hội XVIII"."""
    position = first.span[1]
    while link := _NEXT.match(plain, position, end):
        found = _meeting().match(plain, link.end(), end) or _NEXT_ROMAN.match(plain, link.end(), end)
        if not found or "\n\n" in found[0]:
            return
        position = found.end()
        yield _cited(text, found.span(), first.type or "")


def find_congresses(text: str, plain: str, span: Span) -> list[Citation]:
    """Every document of a congress or plenum that ``text[span]`` mentions, in order."""
    found = []
    for anchor in sorted(_anchors(plain, span)):
        first = _first(text, plain, span, anchor)
        if first:
            found += [first, *_rest(text, plain, first, span[1])]
    return found
