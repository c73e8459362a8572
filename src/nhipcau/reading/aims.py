"""What a clause does with a number: states it, or sets it as a target; and of which period it speaks.

Works on the matching copy of a text. Every look back is bounded, so that the search stays linear.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from functools import lru_cache

from nhipcau.reading import units
from nhipcau.reading.findings import Span

_BACK = 260  # characters of a clause that are looked at
_NEAR = 64  # characters between "mỗi" and the number that it gives out
_ENDS = (". ", ".\n", ";", "? ", "! ", "…", ".”", '."', "\n\n", "\n-", "\n+", "\n*", "|")
_ITEM = re.compile(r"\n[ ]{0,8}(?:\d{1,2}[.)]|[a-zđ]\)|[-+•])[ ]")
# What is striven for, set as a norm, or asked of somebody: no fact.
_TARGET = re.compile(
    r"(?<!\w)(?:chỉ tiêu|mục tiêu (?:là|đến|đạt)|đặt mục tiêu|với mục tiêu|định mức|mức chi|phạt tiền"
    r"|mức phạt)(?!\w)"
)
# "mỗi xã cử 02 người", "mỗi đơn vị 01 tham luận": a quota. "mỗi xã đã nhận" and "mỗi năm" report.
_SPAN_OF_TIME = ("mỗi năm", "mỗi tháng", "mỗi quý", "mỗi ngày", "mỗi tuần", "mỗi kỳ")
_RECEIVED = re.compile(
    r"(?<!\w)(?:đã|được|bình quân|trung bình|có|gồm|trị giá|đạt|đón|thu hút|hiện|đang)(?!\w)"
)
_DONE = re.compile(r"(?<!\w)(?:đã|vừa)(?!\w)")
# What is expected of things to come is counted by nobody yet.
_EXPECTED = re.compile(r"(?<!\w)dự kiến(?!\w)[^;]{0,80}\Z")
_GIVEN_OUT = re.compile(r"(?<!\w)(?:cử|chọn|bố trí|phân công|giới thiệu|đề nghị)(?!\w)")
_EACH = re.compile(r"(?<!\w)mỗi(?!\w)(?![^.;]*(?:đã|được|trị)(?!\w))")
_DUTY = re.compile(
    r"(?<!\w)(?:phải|cần|bảo đảm|đảm bảo|yêu cầu|đề nghị|quy định|được phép|trường hợp|đối với|trừ)(?!\w)"
)
_AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình)(?!\w)")
_RATE = re.compile(r"(?:[ \n]trở lên)?[ \n]{1,2}(?:mỗi|một|hằng|hàng)[ \n](?:tuần|tháng|quý|năm|ngày)(?!\w)")
_ASKED = re.compile(r"(?<!\w)(?:đề nghị|yêu cầu|giao(?! lưu)|mời|phân công)(?!\w)")
_SENDS = (" cử", " bố trí", " chọn", " lập", " gửi")
_LABEL = (
    r"^[ *_#]*(?:(?P<roman>[IVX]{1,5})[.)-]|(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.)-]?|(?P<letter>[a-zđ])\))"
    r"[ *_]*"
)
_AIM_HEADING = re.compile(
    _LABEL + r"(?:(?:Các |CÁC )?(?:Mục tiêu|MỤC TIÊU|Chỉ tiêu|CHỈ TIÊU)"
    # What a report says of the time to come.
    r"|PHƯƠNG HƯỚNG|Phương hướng|KIẾN NGHỊ|Kiến nghị|ĐỀ XUẤT|Đề xuất"
    r"|(?:NHIỆM VỤ|Nhiệm vụ)(?:,? (?:GIẢI PHÁP|giải pháp|TRỌNG TÂM|trọng tâm))?"
    r" (?:NĂM|năm|QUÝ|quý|THÁNG|tháng|6 THÁNG|6 tháng|(?:TRONG |trong )?(?:THỜI GIAN|thời gian)) )"
    r"[^\n.;:]{0,60}[:.]?[ *_]*$",
    re.MULTILINE,
)
_NEXT_HEADING = {
    "roman": re.compile(r"^[ *_#]*[IVX]{1,5}[.)-]", re.MULTILINE),
    "number": re.compile(
        r"^[ *_#]*(?:[IVX]{1,5}[.)-]|\d{1,2}(?:\.\d{1,2}){0,3}[.)-]?[ *_]+[A-ZĐÀ-Ỹ])", re.MULTILINE
    ),
    "letter": re.compile(
        r"^[ *_#]*(?:[IVX]{1,5}[.)-]|\d{1,2}(?:\.\d{1,2}){0,3}[.)-]?[ *_]+[A-ZĐÀ-Ỹ]|[a-zđ]\))", re.MULTILINE
    ),
}


def clause_before(plain: str, low: int, position: int) -> str:
    """The clause before ``position``, at most 260 characters of it."""
    window = plain[max(low, position - _BACK) : position]
    start = 0
    for end in _ENDS:
        at = window.rfind(end, start)
        if at >= 0:
            start = at + len(end)
    if "\n" in window[start:]:
        for item in _ITEM.finditer(window, start):
            start = item.end()
    return window[start:]


def is_aim(plain: str, span: Span, clause: str, *, bounded: bool, counted: bool) -> bool:
    """Whether the clause before the figure at ``span`` sets a target, a quota or a norm.

    ``bounded``: the number has a least or a most ("ít nhất 02"), which together with a duty makes it a norm.
    ``counted``: things are counted, not money or shares; only they are given as quotas.
    """
    lower = clause.lower()
    if _is_set(lower) or _strives(plain[max(0, span[0] - _BACK) : span[0]].lower()):
        return True
    each = lower.rfind("mỗi ")
    if each >= 0 and not _DONE.search(lower[:each]) and _is_quota(lower[each:], counted=counted):
        return True
    if lower.rstrip().endswith(_SENDS) and _ASKED.search(lower):
        return True
    if counted and "dự kiến" in lower and _EXPECTED.search(lower):
        return True
    return bounded and _is_norm(plain, span, lower, counted=counted)


def _is_set(clause: str) -> bool:
    """Whether a target, a norm or a fine is named; its words are quick to ask for."""
    return ("tiêu" in clause or "mức" in clause or "phạt" in clause) and bool(_TARGET.search(clause))


def _strives(window: str) -> bool:
    """One "phấn đấu" governs all that its sentence lists."""
    at = window.rfind("phấn đấu")
    return at >= 0 and not any(end in window[at:] for end in (". ", ".\n", "! ", "? "))


def _is_quota(after: str, *, counted: bool) -> bool:
    """Whether ``after``, the clause from its last "mỗi" on, gives everybody a number to bring."""
    if after.startswith(_SPAN_OF_TIME):
        return False
    if _GIVEN_OUT.search(after):
        return True
    return counted and len(after) < _NEAR and "," not in after and not _RECEIVED.search(after)


def _is_norm(plain: str, span: Span, clause: str, *, counted: bool) -> bool:
    """As "Đoàn ra không quá 10 người, trừ trường hợp ...": a least or most that somebody has to keep."""
    if _AVERAGE.search(clause):
        return False
    if _DUTY.search(clause) or _EACH.search(clause):
        return True
    after = plain[span[1] : span[1] + 48].partition(".")[0]
    return counted and bool(_DUTY.search(after) or _RATE.match(plain, span[1]))


def target_sections(plain: str, low: int, high: int) -> tuple[Span, ...]:
    """The sections headed "Mục tiêu", "Chỉ tiêu": what stands there is aimed at, not reported."""
    found: list[Span] = []
    for match in _AIM_HEADING.finditer(plain, low, high):
        if found and match.start() < found[-1][1]:
            continue
        kind = next(name for name in ("roman", "number", "letter") if match[name])
        after = _NEXT_HEADING[kind].search(plain, match.end(), high)
        found.append((match.start(), after.start() if after else high))
    return tuple(found)


_STOP = re.compile(
    r"[,.;:()\n“”\"|]|(?<!\w)(?:và|với|của|trong|được|đã|là|có|cho|ở|tại|từ|về|để|so|do|tham|đạt|gồm|từng|trên|cùng|hiện|đang"
    r"|bị|vào|ra|như|tăng|giảm|trị|đến|tới|qua|theo)(?!\w)"
)


def what(plain: str, start: int, high: int) -> str | None:
    """The rest of the noun phrase after a unit ("viện trợ" of "471 khoản viện trợ"), or ``None``."""
    window = plain[start : min(high, start + 60)]
    stop = _STOP.search(window)
    words = (window[: stop.start()] if stop else window.rpartition(" ")[0]).strip(" *_\n")
    return " ".join(words.split()) or None


_PERIOD = re.compile(
    r"(?:giai đoạn|từ năm|các năm|nhiệm kỳ)[ \n]{1,2}(?P<first>(?:19|20)\d\d)[ \n]{0,2}"
    r"(?:-|đến năm|đến|tới năm)[ \n]{0,2}(?P<last>(?:19|20)\d\d)"
    r"|(?P<months>\d{1,2}|sáu|chín|ba)[ \n]tháng[ \n]đầu[ \n]năm[ \n](?P<part>(?:19|20)\d\d)"
    r"|quý[ \n](?P<quarter>IV|I{1,3}|[1-4])(?:[ \n]năm[ \n]|/)(?P<of>(?:19|20)\d\d)"
    r"|tháng[ \n](?P<month>0?[1-9]|1[0-2])(?:[ \n]năm[ \n]|/)(?P<in>(?:19|20)\d\d)"
    r"|năm[ \n](?P<year>(?:19|20)\d\d)(?![ \n]{0,2}[-/]|[ \n]đến)",
    re.IGNORECASE,
)
_DECEMBER = 12
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS = {"ba": 3, "sáu": 6, "chín": 9}


def period(clause: str) -> tuple[str, str] | None:
    """First and last day of the period that the clause names before its number, or ``None``."""
    if "ăm " not in clause and "đoạn" not in clause and "/" not in clause and "kỳ" not in clause:
        return None
    last = None
    for match in _PERIOD.finditer(clause):
        last = match
    return _days(last) if last else None


@lru_cache(maxsize=1024)
def _ends(year: int, first: int, last: int) -> tuple[str, str]:
    day = calendar.monthrange(year, last)[1]
    return f"{year}-{first:02d}-01", f"{year}-{last:02d}-{day:02d}"


def _days(match: re.Match[str]) -> tuple[str, str] | None:
    if match["first"]:
        return (
            (f"{match['first']}-01-01", f"{match['last']}-12-31") if match["first"] <= match["last"] else None
        )
    if match["months"]:
        months = _MONTHS.get(match["months"].lower()) or int(match["months"])
        return _ends(int(match["part"]), 1, months) if 0 < months <= _DECEMBER else None
    if match["quarter"]:
        quarter = _QUARTERS.get(match["quarter"].lower()) or int(match["quarter"])
        return _ends(int(match["of"]), quarter * 3 - 2, quarter * 3)
    if match["month"]:
        return _ends(int(match["in"]), int(match["month"]), int(match["month"]))
    return _ends(int(match["year"]), 1, 12)


_RELATION_WORDS = "giữa của cả dân hệ đạo phủ sĩ hữu nghị minh và hai chung"
_RELATION = frozenset(_RELATION_WORDS.split())
# "hai nước", "hai bên" name the two partners of a relation: nobody counted them.
_PARTNERS = frozenset({"nước", "quốc gia", "dân tộc", "bên", "phía"})
_PAIR = 2
# Points of a paper's own division, which are facts only where a result of them is told.
_TASKS = frozenset({"nhiệm vụ", "chỉ tiêu", "tiêu chí"})
_RESULT = re.compile(
    r"(?:(?![ \n](?:cần|phải|phấn đấu|để|nhằm|sẽ|cơ bản|đề ra|được giao)(?!\w))[ \n][^ \n.,;:]{1,12}){0,8}?"
    r"[ \n](?:đã|đang|chưa|đạt|vượt)(?!\w)"
)


def is_relation(unit: units.Unit, value: float, last: str) -> bool:
    """Whether the words name the partners of a relation: "giữa hai nước"; "của bốn tỉnh" counts."""
    two = value == _PAIR
    if unit.name in _PARTNERS:
        return two or unit.name in ("bên", "phía")
    return unit.kind == "place" and last in _RELATION and (two or last != "của")


def reported(plain: str, unit: units.Unit | None) -> units.Unit | None:
    """The unit, counted where a result is told of it: "9 nhiệm vụ đã hoàn thành", "5 chỉ tiêu đạt thấp"."""
    if unit is None or unit.name not in _TASKS or not _RESULT.match(plain, unit.end):
        return unit
    return replace(unit, kind="count")
