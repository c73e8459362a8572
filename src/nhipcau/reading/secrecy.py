"""Looks for secrecy marks (MẬT, TỐI MẬT, TUYỆT MẬT) before anything of a paper is kept.

A mark is told from the word by how it stands: alone on its line or in its column, in a frame or brackets,
beside the head of the paper, as the value of a field, in the name of a file. "Bảo mật", "mật độ", "MẬT ONG",
the title of a law and a list of the three grades are none. The words are in ``tables/marks.csv``.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from nhipcau.reading import text as texts
from nhipcau.reading.tables import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhipcau.reading.findings import Mark
    from nhipcau.reading.formats.opened import Opened

GRADES = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
GRAVITY: tuple[Mark, ...] = ("mật", "tối mật", "tuyệt mật")
# Every line with a mark holds one of these: a quick look before the slow one. Each begins with a letter, by
# which the search leaps through the text.
QUICK = (
    re.compile(r"M[\s\u200b-\u200d\ufeff.]{0,3}(?:[ẬẠÂẶ]|ật)"),
    re.compile(r"mật(?=\s{0,3}[:=|]|\s*$)", re.MULTILINE),
)
QUICK_BESIDE = (re.compile(r"M[\s\u200b-\u200d\ufeff.]{0,3}[ẬẠÂẶĂÁẤẦẪẨA]|[Mm]ật"),)
ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
# Columns of a flattened line, cells of a row, and the strokes of a drawn frame.
COLUMNS = re.compile(r"\s{2,}|\t|\s*[|¦│┃║]+\s*|\s+[-–—]\s+|\s*\*{2,}\s*")
ORNAMENT = "*_#[](){}<>«»=~·•.:,+-–—|¦│┃║─━═┌┐└┘╔╗╚╝╒╕╘╛ \t"
# A list item or a quotation speaks of a mark and is none.
LISTED = re.compile(r"\s*[-+•]\s|.*[;,]\s*$|.*[“”\"'‘’]")
BRACKETED = re.compile(r"[\[(]([^\[\]()]{3,30})[\])]\s*$|^\s*[\[(]([^\[\]()]{3,30})[\])]")
GRADE_WORDS = re.compile(r"(?i)(tuyệt\s+mật|tối\s+mật|mật)(?!\w)")
NEIGHBOURS = 4  # lines; different marks so close together are a list of grades
HEAD = 30  # lines; there "Tối mật" alone on a line need not be in capitals
SHORT_LINE, SHORT_COLUMN = 120, 12
LONGEST = 400  # characters of a line that is looked at


@dataclass(frozen=True, slots=True)
class Words:
    """The table of marks, compiled."""

    marks: tuple[tuple[re.Pattern[str], Mark], ...]
    scanned: re.Pattern[str]
    field: re.Pattern[str]
    beside: re.Pattern[str]
    before: frozenset[str]
    after: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The rows of ``tables/marks.csv`` as patterns."""
    marks = tuple(
        (re.compile(rf"(?<!\w)(?:{row['value']})(?!\w)"), cast("Mark", row["mark"]))
        for row in load.rows("marks")
        if row["role"] == "mark"
    )
    either = "|".join(GRADES)
    beside = "|".join(load.column("marks", "value", role="beside"))
    papers = "|".join(load.column("marks", "value", role="paper"))
    fields = "|".join(load.column("marks", "value", role="field"))
    return Words(
        marks=marks,
        scanned=re.compile(load.column("marks", "value", role="scanned")[0]),
        field=re.compile(rf"(?i)(?:{fields})\s{{0,3}}[:=|]?\s{{0,3}}"),
        beside=re.compile(
            rf"[^\n]{{0,200}}?(?:{beside})[^\n]{{0,80}}?\s({either})|({either})[\s(–-]{{1,4}}(?:{beside})[^\n]*"
            rf"|(?:{papers})\s({either})"
        ),
        before=frozenset(load.column("marks", "value", role="before")),
        after=frozenset(load.column("marks", "value", role="after")),
    )


def find_mark(text: str, extras: Iterable[str] = (), name: str = "") -> Mark | None:
    """The gravest mark that a paper bears, or None.

    ``text`` is the whole text; ``extras`` what stands beside it (headers, text boxes, properties, words in
    pictures), where a line of its own is a mark even where it is not in capitals; ``name`` the file's name,
    with the folders of a container.
    """
    found = {mark for mark in (in_name(name), in_text(text)) if mark}
    for extra in extras:
        mark = in_text(extra, beside=True) or (in_name(extra) if _is_file_name(extra) else None)
        if mark:
            found.add(mark)
    return max(found, key=GRAVITY.index) if found else None


def of_file(opened: Opened, name: str) -> Mark | None:
    """The gravest mark of an opened file and of everything in it, unreadable members by their names."""
    marks = [find_mark(opened.text, opened.extras, name)]
    for member in opened.members:
        inner = f"{name}/{member.name}"
        marks.append(of_file(member.opened, inner) if member.opened else in_name(inner))
    return max(filter(None, marks), key=GRAVITY.index, default=None)


def in_text(text: str, *, beside: bool = False) -> Mark | None:
    """The gravest mark among the lines of a text; ``beside`` says that it is not the main text."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    found: list[tuple[int, Mark]] = []
    for place, line, before, after in _candidates(text, QUICK_BESIDE if beside else QUICK):
        found += [
            (place, mark) for mark in _marks_of_line(line, before, after, beside=beside, head=place < HEAD)
        ]
    sure = {mark for place, mark in found if not _in_a_list(place, mark, found)}
    return max(sure, key=GRAVITY.index) if sure else None


def _in_a_list(place: int, mark: Mark, found: list[tuple[int, Mark]]) -> bool:
    return any(other != mark and abs(there - place) < NEIGHBOURS for there, other in found)


def _candidates(text: str, quick: tuple[re.Pattern[str], ...]) -> Iterator[tuple[int, str, str, str]]:
    """Lines in which the letters of a mark occur: number of the line, the line, and its two neighbours."""
    line_number, counted, end = 0, 0, -1
    hits = heapq.merge(*(((hit.start(), hit.end()) for hit in pattern.finditer(text)) for pattern in quick))
    for first, last in hits:
        if first < end:
            continue
        start = text.rfind("\n", 0, first) + 1
        end = text.find("\n", last)
        end = len(text) if end < 0 else end
        line_number += text.count("\n", counted, start)
        counted = start
        if end - start <= LONGEST:
            yield line_number, _plain(text[start:end]), _above(text, start), _below(text, end)


def _above(text: str, start: int) -> str:
    """The line before the one that begins at ``start``."""
    before = max(start - 1, 0)
    return _plain(text[text.rfind("\n", 0, before) + 1 : before][-LONGEST:])


def _below(text: str, end: int) -> str:
    """The line after the one that ends at ``end``."""
    stop = text.find("\n", end + 1)
    return _plain(text[end + 1 : len(text) if stop < 0 else stop][:LONGEST])


def _plain(line: str) -> str:
    return texts.matching(ZERO_WIDTH.sub("", line)).replace("\u00a0", " ").rstrip()


def _marks_of_line(line: str, before: str, after: str, *, beside: bool, head: bool) -> Iterator[Mark]:
    """The marks that one line bears; ``head``: it stands at the beginning of the file."""
    field = _of_field(line, after)
    if field:
        yield field
        return
    if LISTED.match(line):
        return
    for pattern, grade in words().marks:
        line = pattern.sub(grade.upper(), line)
    columns = [column.strip(ORNAMENT) for column in COLUMNS.split(line.strip())]
    columns = [column for column in columns if column]
    for place, column in enumerate(columns):
        above = before if len(columns) == 1 else ""
        mark = _alone(column, beside=beside or (head and " " in column))
        if mark and not _continues(columns[place - 1] if place else above):
            yield mark
    for column in _set_apart(line):
        mark = _alone(column.strip(), beside=False)
        if mark:
            yield mark


def _set_apart(line: str) -> Iterator[str]:
    """What stands in brackets at an end of a line, and beside what the head of a paper prints."""
    bracketed = BRACKETED.search(line) if len(line) < SHORT_LINE else None
    neighbour = words().beside.fullmatch(line.strip(ORNAMENT))
    for found in (bracketed, neighbour):
        yield from filter(None, found.groups() if found else ())


def _alone(column: str, *, beside: bool) -> Mark | None:
    """The mark that a column is, and nothing but it."""
    column = re.sub(r"^(?:ĐỘ|Độ|độ)\s+(?=\S)", "", column) if column[:2].lower() == "độ" else column
    shown = column.upper() if beside and column[:1].isupper() and len(column) < SHORT_COLUMN else column
    half = shown[: len(shown) // 2]
    if shown == f"{half} {half}" or shown == half * 2:  # printed twice for boldness
        shown = half
    for pattern, mark in words().marks:
        if pattern.fullmatch(shown):
            return mark
    return "mật" if beside and words().scanned.fullmatch(column) else None


def _continues(before: str) -> bool:
    """Whether the line above ends in the middle of a phrase that goes on with "mật" ("CÔNG TÁC BẢO")."""
    if before.rstrip().endswith(","):
        return True
    if "DANH MỤC" in before.upper():
        return True
    last = texts.fold(before).split()[-1:]
    return bool(last) and last[0].strip(".,;:") in words().before


def _of_field(line: str, after: str) -> Mark | None:
    """The value of a field such as "Độ mật: Tối mật", on the same line or the next."""
    label = words().field.search(line)
    if not label or (
        line[: label.start()].strip(ORNAMENT + "0123456789)")
        and not re.search(r"[|;\t]\s*$|\s{2,}$", line[: label.start()])
    ):
        return None
    value = line[label.end() :].strip(ORNAMENT)
    if not value and label[0].rstrip().endswith(":"):
        value = after.strip(ORNAMENT)
    grade = GRADE_WORDS.match(value)
    if not grade or not re.search("[:=|]", label[0]):
        return None
    rest = value[grade.end() :]
    if GRADE_WORDS.search(rest) or re.match(r"\s?\w", rest):
        return None
    return cast("Mark", " ".join(grade[0].lower().split()))


TOKEN = re.compile(r"[^\W_]+")
FILE_NAME = re.compile(r"[^\n]{1,200}\.[A-Za-z0-9]{2,5}")
SPELLINGS = {"tuyet": {"tuyệt", "tuyet"}, "toi": {"tối", "toi"}, "mat": {"mật", "mat"}}


def _is_file_name(extra: str) -> bool:
    return FILE_NAME.fullmatch(extra.strip()) is not None


def in_name(name: str) -> Mark | None:
    """The mark that the name of a file or of one of its folders carries, with or without its signs."""
    name = unicodedata.normalize("NFC", name)
    marks = [mark for part in re.split(r"[/\\]", name) for mark in _in_part(part)]
    return max(marks, key=GRAVITY.index) if marks else None


def _in_part(part: str) -> Iterator[Mark]:
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", part)
    stem = "".join(
        f" {char}" if char.isupper() and stem[place - 1 : place].islower() else char
        for place, char in enumerate(stem)
    )
    tokens = list(TOKEN.finditer(stem))
    folded = [texts.fold(token[0]) for token in tokens]
    for index, token in enumerate(tokens):
        if folded[index] != "mat" or token[0].lower() not in SPELLINGS["mat"]:
            continue
        before = tokens[index - 1][0].lower() if index else ""
        if before in SPELLINGS["tuyet"] | SPELLINGS["toi"]:
            yield "tuyệt mật" if before in SPELLINGS["tuyet"] else "tối mật"
        elif _single(
            stem,
            token,
            folded[index - 1 : index],
            folded[index + 1 : index + 2],
            "danh muc" in texts.fold(stem),
        ):
            yield "mật"


def _single(stem: str, token: re.Match[str], before: list[str], after: list[str], listing: bool) -> bool:
    """Whether "mật" or "MAT" in a name is the mark: signed, or in capitals or brackets and set apart."""
    if set(after) & words().after:
        return False
    if set(before) & (words().before - ({"do"} if not listing else set())):
        return False
    if not token[0].isascii():
        return True
    left, right = stem[: token.start()].rstrip(" "), stem[token.end() :].lstrip(" ")
    if left.endswith(("[", "(")) and right.startswith(("]", ")")):
        return True
    apart = (not left or left[-1] in "-_.,+") and (not right or right[0] in "-_.,+")
    return token[0].isupper() and (apart or not right)
