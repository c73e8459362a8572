"""News reports and other texts without a frame: title and day of publication, and which of both it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.reading.dates import iter_dates
from nhipcau.reading.findings import Found, Header
from nhipcau.reading.furniture import role_of
from nhipcau.reading.head import is_upper
from nhipcau.reading.names import is_body
from nhipcau.reading.persons import person
from nhipcau.reading.tables.load import pattern
from nhipcau.reading.text import UPPER, bare

if TYPE_CHECKING:
    from nhipcau.reading.findings import Kind
    from nhipcau.reading.lines import Line
    from nhipcau.reading.parts import Part

_TOP = 120  # lines among which title and day stand, below a menu
_NEAR_TITLE = 16  # lines among which they stand without it
_MENU_LINES, _MENU_WORDS = 6, 4
_RUBRIC_WORDS = 4  # "Đối ngoại", "Đối thoại cuối tuần": the name of a column, not a title
_MASTHEAD_LINES = 2  # lines at the top where a body's own name heads its site
_MASTHEAD_WORDS = 10
_FEW = 2  # paragraphs that make a report
_DAY_LINE = 130  # characters of a line that prints the day of publication
_BESIDE_MOST = 12  # characters beside the day that are let pass ("Hà Nội", "Admin")
_SHORTEST_LEAD = 60  # characters of a lead
_SHORTEST = 8  # characters of a title
_LEAD = 200  # characters of a paragraph
# What may stand beside the day in a line of publication.
_BESIDE = re.compile(
    r"thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cap nhat(?: luc)?|dang(?: tai)?(?: luc)?|xuat ban|"
    r"ngay(?: dang| cap nhat)?|"
    r"luc|gmt ?\+ ?7|utc ?\+ ?7|luot xem ?:? ?[\d.]+|co chu ?:?[a +-]*|"
    r"\d{1,2} ?(?:[:h]|gio) ?\d{0,2}(?: ?phut)?(?: ?:\d\d)?(?: ?[ap]m\b)?|"
    r"(?:gui|in|luu)(?: bai)?(?: viet| nay)?|tac gia|nguon|theo|ttxvn|bao [a-z ]{2,20}|[\W_]+"
)
# "(SNO) - Sáng ...", "(SNN).– Hôm qua ...", "(songngan.example.vn) UBND tỉnh vừa ..."
_DATELINE = re.compile(
    rf"(?:\([\w .]{{2,20}}\)|[{UPPER}]{{2,8}}(?: Online)?)\.?\s?[-–]\s?[{UPPER}]"
    rf"|\((?:[\w-]{{2,20}}\.){{1,3}}(?:vn|com|org|net)\)\s?[-–]?\s?[{UPPER}]"
)
_OPENING = re.compile(
    r"(?:\([\w .]{2,24}\)\W{0,4})?(?:(?:Sáng|Chiều|Tối|Trưa)\b|Hôm (?:nay|qua)\b|Mới đây\b|Vừa qua\b|"
    r"(?:Phát biểu )?[Tt]ại (?:buổi|hội nghị|lễ|chương trình)\b|"
    r"(?:Tham )?[Dd]ự (?:buổi|hội nghị|lễ|chương trình)\b|"
    r"Nhằm [^.;]{5,120}, (?:vừa qua|mới đây|sáng|chiều|ngày)\b|"
    r"(?:Trong )?(?:\w+ ngày|[Nn]gày) \d{1,2}(?:[/.-]\d{1,2})?\b)"
)
_TIME = re.compile(r"\b\d{1,2}\s?[:h]\s?\d{2}\b")
_SIGNED_OFF = re.compile(
    rf"(?:[{UPPER}]{{1,2}}[a-z]?\.\s?){{1,3}}[{UPPER}]\w{{0,8}}|BBT|\(?(?:Tác giả|Nguồn|Theo)\b.{{2,60}}"
)
_SENTENCE = 100  # characters of a paragraph that says something
_LONG_SENTENCE = 14  # words of a sentence with a full stop that is no title
_SIGNS = 2  # signs that together make a report
_FURNITURE_OF_PRESS = frozenset({"caption", "box", "rest"})
_PICTURE = re.compile(r"\(?Ảnh (?:minh họa|minh hoạ|tư liệu)\W*")
_LETTER = re.compile(
    r"(?:kinh (?:thua|gui)|dear\b|gui (?:anh|chi|ban)|ben a\b|hop dong|subject ?:|from ?:|to ?:)"
)
_WORD = re.compile(r"\w+")
_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")


def read_news(text: str, part: Part) -> Header:
    """Title (as subject) and day of publication of a report; either may be None."""
    top = _top(part.lines)
    days = [index for index, line in enumerate(top) if _published(line)]
    # A site prints today's day above; the day of the report stands with its hour.
    dated = next((index for index in days if _TIME.search(top[index].body)), days[0] if days else None)
    date = _published(top[dated]) if dated is not None else _published_below(part.lines)
    return Header(date=date, subject=_title(text, top, dated))


def unframed_kind(part: Part) -> Kind:
    """Whether a text without a frame is a news report or something else: a letter, a list, a contract."""
    lines = part.lines
    if not lines:
        return "other"
    top = _top(lines)
    if any(_published(line) for line in top) or any(_has_dateline(line) for line in lines[:_NEAR_TITLE]):
        return "news"
    if any(_LETTER.match(bare(line.body[:40])) for line in lines[:6]):
        return "other"
    if any(
        pattern("frame", "press").search(line.body) or role_of(line.body) in _FURNITURE_OF_PRESS
        for line in lines[:400]
    ):
        return "news"
    if _reads_like_a_report(lines, top) or _signs_of_a_report(lines) >= _SIGNS:
        return "news"
    return "other"


def _has_dateline(line: Line) -> bool:
    """Whether a paragraph begins with the short name of a paper or a site."""
    return len(line.body) > _SHORTEST_LEAD and bool(_DATELINE.match(line.body))


def _signs_of_a_report(lines: list[Line]) -> int:
    """How much in a text without title and day tells that it reports: words, an opening, a site, initials."""
    told = [line.body for line in lines[:200] if len(line.body) > _SENTENCE]
    words = sum(bool(pattern("frame", "report").search(body)) for body in told)
    opened = any(_OPENING.match(body) for body in told[:2])
    posted = any(role_of(line.body) for line in lines[-12:] if line.body not in told)
    off = bool(_SIGNED_OFF.fullmatch(lines[-1].body) or person(lines[-1].body))
    return min(words, _SIGNS) + opened + posted + off


def _reads_like_a_report(lines: list[Line], top: list[Line]) -> bool:
    """A title over paragraphs, and either a name under them or the words of a report in them."""
    paragraphs = [line for line in lines[:200] if len(line.body) > _LEAD]
    if len(paragraphs) < _FEW or not top or not _may_be_title(top[0]) or top[0].body[-1] in ".?:;!":
        return False
    if any(person(line.body, capitals=True) for line in lines[-6:]):
        return True
    return sum(bool(pattern("frame", "report").search(line.body)) for line in paragraphs) >= _FEW


def _top(lines: list[Line]) -> list[Line]:
    """The lines before the first paragraph, the menu of the site left out."""
    top: list[Line] = []
    for line in lines[:_TOP]:
        if len(line.body) > _LEAD:
            break
        top.append(line)
    return top[_menu_end(top) :][:_NEAR_TITLE]


def _words(line: Line) -> int:
    return len(_WORD.findall(line.body))


def _menu_end(top: list[Line]) -> int:
    """Where a menu ends that a site prints line by line: after the last long run of lines of few words."""
    end = run = 0
    for index, line in enumerate(top):
        run = run + 1 if _words(line) <= _MENU_WORDS and not _published(line) else 0
        if run >= _MENU_LINES:
            end = index + 1
    return end


def _published(line: Line) -> Found | None:
    """The day of a line that holds a day of publication and nothing else of weight."""
    body = line.body
    if len(body) > _DAY_LINE or not any(char.isdigit() for char in body):
        return None
    match = _ISO.search(body)
    if match:
        value, begin, end = match.group(), match.start(), match.end()
    else:
        printed = next(iter_dates(body), None)
        if printed is None or printed.iso is None:
            return None
        value, (begin, end) = printed.iso, printed.full
    # "Thu Hằng | 08/11/2024 16:42": what stands beyond a bar is another thing.
    left, right = body.rfind("|", 0, begin) + 1, body.find("|", end)
    rest = _BESIDE.sub(" ", bare(body[left:begin] + " " + body[end : right if right >= 0 else len(body)]))
    rest = " ".join(re.sub(r"[^a-z0-9]+", " ", rest).split())
    return Found(value, (line.start + begin, line.start + end)) if len(rest) <= _BESIDE_MOST else None


def _published_below(lines: list[Line]) -> Found | None:
    """The day under the end of a report: "(Ngày đăng: 05/3/2024)"."""
    for line in lines[-12:]:
        plain = bare(line.body[:40])
        if ("dang" in plain or "cap nhat" in plain) and (found := _published(line)):
            return found
    return None


def _title(text: str, top: list[Line], dated: int | None) -> Found | None:
    """The first line that reads like a title; one in capitals only where no other follows: it is a rubric."""
    candidates = [line for line in top if _may_be_title(line)]
    if not candidates:
        return None
    first = candidates[0]
    if _words(first) <= _RUBRIC_WORDS - is_upper(first.body) or _names_its_site(first, top):
        first = next((line for line in candidates[1:4] if _words(line) > _RUBRIC_WORDS), first)
    if is_upper(first.body):
        above = top[:dated] if dated else top
        first = next(
            (line for line in candidates[:3] if not is_upper(line.body) and _adjoins(line, above)), first
        )
    taken = [first]
    position = top.index(first)
    for line in top[position + 1 :]:
        if line.gap or not _may_be_title(line) or is_upper(line.body) != is_upper(first.body):
            break
        if not (line.body[:1].islower() or is_upper(line.body) or taken[-1].body[-1] in ",:-"):
            break
        taken.append(line)
    value = " ".join(" ".join(text[line.start : line.end].split()) for line in taken)
    return Found(value.replace("\u200b", ""), (taken[0].start, taken[-1].end))


def _names_its_site(line: Line, top: list[Line]) -> bool:
    """Whether a line at the very top is the name of the body whose site it is."""
    at_top = line in top[:_MASTHEAD_LINES]
    return at_top and is_body(line.body) and _words(line) <= _MASTHEAD_WORDS and ":" not in line.body


def _adjoins(line: Line, top: list[Line]) -> bool:
    """Whether a line is no running text: it is no list item and does not end a sentence."""
    return not line.body.rstrip().endswith((".", ";")) and line.body[:1] not in "-*+" and line in top


def _may_be_title(line: Line) -> bool:
    body = line.body
    if len(body) < _SHORTEST or _published(line) or role_of(body) or "   " in body:
        return False
    if _PICTURE.fullmatch(body) or "|" in body or pattern("frame", "masthead").search(body):
        return False
    if body.endswith(".") and not body.endswith("..") and _words(line) > _LONG_SENTENCE:
        return False
    return not _DATELINE.match(body) and not body.startswith("(")
