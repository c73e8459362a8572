"""Type words before a number: "Chỉ thị số", "QUYẾT ĐỊNH", "Luật Hội hữu nghị số", slips of a scanner too.

Used by ``citations``. Before a whole number a type word is matched without case and marks, since the number
itself proves the citation; before a short number ("Chỉ thị 12") it must be spelt right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nhipcau.reading import surroundings
from nhipcau.reading.numbers import DocNumber, codes
from nhipcau.reading.tables import load
from nhipcau.reading.text import BLANKS, bare, bare_window

_GAP = r"[\s*_\\]{0,6}"
_GAP1 = r"[\s*_\\]{1,6}"
# Longest type word, "số hiệu:" and marks, with room for four words between ("Nghị quyết chuyên đề số").
_WINDOW = 72
_DIRECT_WINDOW = 48
_SHORT_WINDOW = 40
# A body's name may stand between a type word and its day.
_DATED_WINDOW = 100
# A law's name stands between "Luật" and its number.
_ACT_WINDOW = 260
_LEAD = rf"(?:(?:mang|co|voi){_GAP1})?so(?:{_GAP1}(?:hieu|ky{_GAP1}hieu))?{_GAP}[:.]?"
# The same backwards, from the number on: a pattern that must end at a place tries every beginning before it.
_LEAD_BACK = rf"[:.]?{_GAP}(?:(?:ueih|ueih{_GAP1}yk){_GAP1})?os(?:{_GAP1}(?:gnam|oc|iov))?"
_AROUND = BLANKS + r"*_\:,"  # what may stand between a type word and its number or day
_MARKS = re.compile(r"[\s*_\\]+")
_CLAUSE_END = re.compile(r"[;:.()\n“”\"]")


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A type word: its place, the type in standard spelling (``None`` for "Văn bản"), if "số" follows."""

    start: int
    name: str | None
    lead: bool
    abbreviated: bool = False


def _spaced(form: str) -> str:
    return _GAP1.join(re.escape(word) for word in form.split())


def _alternatives(forms: list[str]) -> str:
    return "|".join(_spaced(form) for form in sorted(set(forms), key=len, reverse=True))


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str | None, bool]]:
    """Folded form to standard name and whether it is an abbreviation, of every type word of the tables."""
    found: dict[str, tuple[str | None, bool]] = {}
    for row in load.rows("types"):
        found[bare(row["name"])] = (row["name"], False)
    for row in load.rows("patterns"):
        if row["kind"] in {"type", "generic"}:
            found[bare(row["form"])] = (row["value"] or None, False)
        elif row["kind"] == "abbreviation":
            found[bare(row["form"])] = (row["value"], True)
    return found


@lru_cache(maxsize=1)
def _direct() -> re.Pattern[str]:
    """A type word right before a number, to be matched against the reversed text before it."""
    forms = _alternatives([form[::-1] for form in _names()])
    return re.compile(rf"{_GAP}(?P<lead>{_LEAD_BACK})?{_GAP}\(?{_GAP}(?<!\w)(?P<type>{forms})(?!\w)")


@lru_cache(maxsize=1)
def _loose() -> re.Pattern[str]:
    forms = _alternatives([form for form, (_, abbreviated) in _names().items() if not abbreviated])
    return re.compile(
        rf"(?<!\w)(?P<type>{forms})(?:(?:{_GAP1}\w{{1,12}}){{1,5}}{_GAP1}(?P<lead>{_LEAD}){_GAP}|"
        rf"(?:{_GAP1}\w{{1,12}}){{1,3}}{_GAP1})\Z"
    )


@lru_cache(maxsize=1)
def _lists() -> re.Pattern[str]:
    """Type words that share a number list: "các Nghị quyết, Kết luận số 07-NQ/HU"."""
    forms = _alternatives([form for form, (_, abbreviated) in _names().items() if not abbreviated])
    return re.compile(rf"(?<!\w)(?P<type>{forms}){_GAP}(?:,|va){_GAP}(?:cac{_GAP1})?\Z")


def consistent(name: str | None, number: DocNumber) -> bool:
    """Whether the code of a number fits the type; a dispatch of the State has none."""
    if number.family == "law":
        return name in {"Luật", "Bộ luật", "Pháp lệnh", "Nghị quyết"}
    if number.family == "letter":
        return name in {"Công văn", None}
    return name in codes().get(number.code or "", frozenset())


def by_code(number: DocNumber) -> str | None:
    """The type that the code of a number names, where it names one only."""
    if number.family == "letter":
        return "Công văn"
    if number.code == "TT":
        return "Thông tri" if number.family == "party" else "Thông tư"
    if number.code == "QĐ" and number.family != "party":
        return "Quyết định"
    names = codes().get(number.code or "", frozenset())
    return next(iter(names)) if len(names) == 1 else None


def _made(printed: str, start: int, plain: str, *, lead: bool) -> TypeWord | None:
    name, abbreviated = _names().get(printed) or _names()[" ".join(_MARKS.sub(" ", printed).split())]
    # An abbreviation is written in capitals ("QĐ"), or it is the end of another word.
    if abbreviated and not plain[start : start + 2].isupper():
        return None
    return TypeWord(start, name, lead, abbreviated)


def before(plain: str, position: int, floor: int, number: DocNumber) -> TypeWord | None:
    """The type word of the whole number at ``position``; nothing before ``floor`` is looked at."""
    base = max(floor, position - _DIRECT_WINDOW)
    window = bare_window(plain[base:position])
    match = _direct().match(window[::-1])
    if match:
        start = position - match.end()
        hit = _made(match["type"][::-1], start, plain, lead=bool(match["lead"]))
        if hit and hit.name and not consistent(hit.name, number):
            return _listed(window, start - base, base, number) or hit
        return hit
    return (
        _act(plain, position, floor, number)
        or _between(plain, position, floor, number)
        or _spoilt(plain, position, floor, number)
    )


def _listed(window: str, stop: int, base: int, number: DocNumber) -> TypeWord | None:
    """In "các Nghị quyết, Kết luận số 07-NQ/HU" the number is that of the first type word."""
    match = _lists().search(window, 0, stop)
    if not match:
        return None
    name = _names()[" ".join(match["type"].split())][0]
    return TypeWord(base + match.start("type"), name, lead=True) if consistent(name, number) else None


def _between(plain: str, position: int, floor: int, number: DocNumber) -> TypeWord | None:
    """A type word with some words before "số" ("Nghị quyết chuyên đề số"), if the code agrees with it."""
    base = max(floor, position - _WINDOW)
    window = bare_window(plain[base:position])
    match = _loose().search(window)
    while match:
        start = base + match.start("type")
        hit = _made(match["type"], start, plain, lead=bool(match["lead"]))
        if hit and hit.name and consistent(hit.name, number):
            return hit
        match = _loose().search(window, match.start() + 1)
    return None


_SPOILT_LEAD = re.compile(r"s[o0][\s]{0,2}[:.]?[\s*_]{0,3}\Z")


def _spoilt(plain: str, position: int, floor: int, number: DocNumber) -> TypeWord | None:
    """A type word that a scanner tore or misread ("Chỉ th ị số", "Quyêt đjnh số"), where the code says which.

    The letters before the number are held against the names that the code allows; one in six may differ.
    """
    base = max(floor, position - _DIRECT_WINDOW)
    window = bare_window(plain[base:position])
    lead = _SPOILT_LEAD.search(window)
    letters = [
        (place, char)
        for place, char in enumerate(window[: lead.start()] if lead else window)
        if char.isalpha()
    ]
    for name in sorted(codes().get(number.code or "", ()), key=len, reverse=True):
        wanted = bare(name).replace(" ", "")
        tail = letters[-len(wanted) :]
        differing = sum(char != want for (_, char), want in zip(tail, wanted, strict=False))
        if len(tail) == len(wanted) and differing <= len(wanted) // 6:
            begins = tail[0][0]
            if begins == 0 or not window[begins - 1].isalnum():
                return TypeWord(base + begins, name, bool(lead))
    return None


@lru_cache(maxsize=1)
def _acts() -> re.Pattern[str]:
    forms = sorted(load.column("patterns", "form", kind="act"), key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<!\w)(?:{_spaced(form)}|{_spaced(form.upper())})(?!\w)" for form in forms)
    )


@lru_cache(maxsize=1)
def _act_words() -> frozenset[str]:
    """The last words of acts, as they are printed: where none stands, no act is named."""
    words = {form.split()[-1] for form in load.column("patterns", "form", kind="act")}
    return frozenset([*words, *map(str.upper, words)])


def act_before(plain: str, position: int, floor: int) -> TypeWord | None:
    """The "Luật", "Bộ luật", "Pháp lệnh" or "Hiến pháp" whose name runs up to ``position``.

    "Luật sửa đổi, bổ sung một số điều của Luật X" is one act, and begins at its first word.
    """
    base = max(floor, position - _ACT_WINDOW)
    clause = plain[base:position]
    if not any(word in clause for word in _act_words()):
        return None
    begins = 0
    for end in _CLAUSE_END.finditer(clause):
        # One line break may stand inside a name; an empty line or a mark ends the clause.
        if end[0] != "\n" or clause[end.end() : end.end() + 1] == "\n":
            begins = end.end()
    base, clause = base + begins, clause[begins:]
    words = list(_acts().finditer(clause))
    if not words:
        return None
    amending = re.match(
        r"[\s*_]{1,6}(?:số[^,;]{1,40})?sửa[\s]{1,3}đổi", clause[words[0].end() :], re.IGNORECASE
    )
    word = words[0] if amending else words[-1]
    return TypeWord(base + word.start(), _names()[bare(" ".join(word[0].split()))][0], lead=False)


def _act(plain: str, position: int, floor: int, number: DocNumber) -> TypeWord | None:
    if number.family != "law":
        return None
    lead = re.search(rf"(?:[Ss]ố|SỐ){_GAP}:?{_GAP}\Z", plain[max(floor, position - 12) : position])
    return act_before(plain, position, floor) if lead else None


@lru_cache(maxsize=1)
def _short() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    rows = [row for row in load.rows("patterns") if row["kind"] == "short"]
    names = {row["form"].lower(): (row["form"], row["value"]) for row in rows}
    gap = r"[\s*_]{1,6}"
    forms = "|".join(gap.join(form.split()) for form in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<type>{forms})(?P<lead>{gap}số[\s*_]{{0,3}}:?)?{gap}\Z"), names


@lru_cache(maxsize=1)
def short_ends() -> frozenset[str]:
    """The letters on which a type word or "số" may end: what is quick to ask before a short number."""
    return frozenset(form[-1] for name in _short()[1] for form in (name, name.upper())) | set("ốỐ:")


@lru_cache(maxsize=2)
def _last_words(kind: str) -> tuple[str, ...]:
    """What the type words of a kind end with, in small letters, and "số": quick to ask before any pattern."""
    return tuple({form.lower().split()[-1] for form in load.column("patterns", "form", kind=kind)} | {"số"})


def before_short(plain: str, position: int, floor: int) -> tuple[TypeWord, str] | None:
    """The type word before a short number, and how free that type is to stand so (column ``value``)."""
    base = max(floor, position - _SHORT_WINDOW)
    window = plain[base:position].lower()
    if not window.rstrip(_AROUND).endswith(_last_words("short")):
        return None
    pattern, names = _short()
    match = pattern.search(window)
    if not match or len(window) != position - base:
        return None
    name, freedom = names[" ".join(match["type"].replace("*", " ").replace("_", " ").split())]
    return TypeWord(base + match.start("type"), name, bool(match["lead"])), freedom


@lru_cache(maxsize=1)
def _dated() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {form.lower(): form for form in load.column("patterns", "form", kind="dated")}
    forms = "|".join(_GAP1.join(form.split()) for form in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<type>{forms}){_GAP},?{_GAP}\Z"), names


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    """The types whose words are no verbs, in lower case: "nghị quyết", never "báo cáo"."""
    return frozenset(form.lower() for form in load.column("patterns", "form", kind="short", value="always"))


def before_date(plain: str, position: int, floor: int, *, owned: bool = False) -> TypeWord | None:
    """The type word of a day: "Công văn ngày 15/4/2034", "Công văn của Huyện ủy ngày 15/4/2034".

    It must have its capital, since "báo cáo" and "quyết định" are verbs too; without one a body must own the
    paper: ``owned`` says that one is named after the day ("nghị quyết ngày 15/4/2034 của Huyện ủy").
    """
    far = max(floor, position - _DATED_WINDOW)
    named = plain.find("của", far, position) >= 0
    of_body = surroundings.OF_BODY.search(plain, far, position) if named else None
    stop = of_body.start() if of_body else position
    base = max(floor, stop - _SHORT_WINDOW)
    raw = plain[base:stop]
    lower = raw.lower()
    if not lower.rstrip(_AROUND).endswith(_last_words("dated")):
        return None
    match = _dated()[0].search(lower)
    if not match:
        return None
    name = _dated()[1][" ".join(match["type"].replace("*", " ").replace("_", " ").split())]
    if not raw[match.start("type")].isupper() and not owned and not (of_body and name.lower() in _nouns()):
        return None
    return TypeWord(base + match.start("type"), name, lead=False)
