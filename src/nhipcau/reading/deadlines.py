"""Deadlines: days by which work is due, once ("trước ngày 15/12/2025") or again and again ("hằng năm").

A deadline is a cue ("trước", "chậm nhất", "hoàn thành trong") with a day, month, quarter or year after it.
Days on which something comes into force, began or happened are none. Works on the matching copy of a text.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nhipcau.reading import aims, dates
from nhipcau.reading.findings import Deadline, Span

_MONTHS, _DAYS = 12, 31
_B = r"[ \n*_]{1,4}"
_HOUR = (
    rf"(?:\d{{1,2}}(?:h\d{{0,2}}|:\d\d|[ ]?giờ(?:[ ]\d{{1,2}}(?:[ ]phút)?)?)(?:{_B}(?:sáng|chiều))?,?{_B}"
    rf"|hết{_B}giờ{_B}làm{_B}việc{_B})?"
)
# After these a day is due whatever else the clause says.
_STRONG = (
    rf"[Tt]rước|TRƯỚC|[Cc]hậm{_B}nhất|CHẬM NHẤT|[Mm]uộn{_B}nhất|[Kk]hông{_B}(?:muộn|chậm){_B}(?:hơn|quá)"
    rf"|[Kk]hông{_B}quá"
    rf"|[Hh]ạn{_B}(?:chót|cuối|nộp|gửi|hoàn{_B}thành|báo{_B}cáo|đăng{_B}ký)|[Tt]hời{_B}hạn|[Tt]hời{_B}gian{_B}(?:hoàn{_B}thành|gửi|nộp)"
)
# After these only where a verb of finishing or handing in stands before.
_WEAK = r"[Tt]rong|[Đđ]ến|[Vv]ào"
_LINK = (
    rf"(?:{_B}(?:là|vào|đến|trước|hết|trong|chậm{_B}nhất|báo{_B}cáo|hoàn{_B}thành|gửi|nộp|thực{_B}hiện)|:)"
)
_CUE = re.compile(
    rf"(?<!\w)(?:(?P<strong>{_STRONG})(?:{_LINK}){{0,3}}|(?P<weak>{_WEAK})(?:{_B}(?:hết|cuối|khoảng))?){_B}{_HOUR}"
    rf"(?:(?P<part>cuối|hết|đầu|giữa){_B})?(?=ngày|NGÀY|\d|[Qq]uý|tháng|năm|thứ)"
)
# How every cue begins: the whole pattern is tried only there.
_BEGINS = re.compile(r"[TtCcMmKkHhĐđVv](?<!\w.)(?:rước|RƯỚC|hậm|HẬM|uộn|hông|ạn|hời|rong|ến|ào)")
_NUMBER_LEAD = re.compile(rf"(?:(?:ngày|NGÀY){_B})?(?=\d)")
_EVERY = r"(?:hằng|hàng|mỗi)"
_MONTH = r"(?:[/-]|[ \n]{1,2}tháng[ \n]{1,2})"
_DAYS_OF_YEAR = re.compile(
    rf"(?:ngày{_B})?(?P<d1>\d{{1,2}}){_MONTH}(?P<m1>\d{{1,2}})(?![\d/-])"
    rf"(?:(?:{_B}và|,|{_B}hoặc){_B}(?:trước{_B})?(?:ngày{_B})?(?P<d2>\d{{1,2}}){_MONTH}(?P<m2>\d{{1,2}})(?![\d/-]))?"
    rf"(?P<every>,?{_B}{_EVERY}{_B}năm)?(?:{_B}năm{_B}(?P<year>(?:19|20)\d\d))?"
)
_DAY_OF_MONTH = re.compile(
    rf"ngày{_B}(?P<d>\d{{1,2}})(?![\d/-])(?:{_B}và{_B}(?:ngày{_B})?(?P<e>\d{{1,2}})(?![\d/-]))?(?:{_B}của)?{_B}(?P<which>{_EVERY}{_B}tháng|tháng{_B}(?:cuối|đầu)"
    rf"(?:{_B}của)?(?:{_B}(?:mỗi|hằng|hàng))?{_B}quý(?:{_B}(?:sau|tiếp{_B}theo))?|tháng{_B}(?:sau|tiếp{_B}theo|kế{_B}tiếp))"
)
_WEEKDAY = re.compile(
    rf"(?:ngày{_B})?thứ{_B}(?P<day>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7]){_B}{_EVERY}{_B}tuần"
)
_PERIOD = re.compile(
    rf"(?:[Qq]uý{_B}(?P<quarter>IV|I{{1,3}}|[1-4])(?:{_B}năm{_B}|{_B}?/{_B}?|/|-)|tháng{_B}(?P<month>0?[1-9]|1[0-2])"
    rf"(?:{_B}năm{_B}|[/-])|năm{_B})(?P<year>20\d\d)(?![\d/-])"
)
_ENDS_OF_YEAR = re.compile(
    rf"(?:tháng{_B}(?P<month>0?[1-9]|1[0-2])|[Qq]uý{_B}(?P<quarter>IV|I{{1,3}}|[1-4])){_B}{_EVERY}{_B}năm"
)
_WEEK = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA"}
_WEEK |= {str(number): day for number, day in enumerate(_WEEK.values(), start=2)}
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_FINISH = re.compile(
    r"(?<!\w)(?:hoàn thành|hoàn thiện|hoàn tất|xong|báo cáo|gửi|nộp|nhận|trình|ban hành|kết thúc|tổng hợp"
    r"|thời hạn|hạn)(?!\w)",
    re.IGNORECASE,
)
_FINISH_AFTER = re.compile(r"[ ,\n]{1,3}(?:[^.;\n]{0,24}(?<!\w))?(?:hoàn thành|hoàn tất|xong|kết thúc)(?!\w)")
_FROM = re.compile(r"(?<!\w)[Tt]ừ(?!\w)[^.;]{0,60}\Z")
# "danh sách đã ký", "tỉnh đã giao Sở ... hoàn thành trước ngày ..." do not say that the work itself is done.
_PAST = re.compile(
    r"(?<!\w)(?:đã(?![ \n](?:ký|duyệt|nêu|giao|yêu cầu|đề nghị|phân công|chỉ đạo)(?!\w))|vừa|từng)(?!\w)"
)
# "được cấp trước ngày ...", "sinh trước ngày ...": the day parts cases, nothing is due.
_PARTS_CASES = re.compile(
    r"(?<!\w)(?:sinh|cấp|hiệu lực|nhập cảnh|phát sinh|tồn tại|có|xảy ra|diễn ra|thành lập"
    r"|khai trương|so với|quy định|từ)[ \n*_]{1,3}\Z"
)
# These are work that may be due, where the paper's own day shows that the day is to come.
_MAYBE_WORK = re.compile(r"(?<!\w)(?:ban hành|ký|ký kết|đăng ký|tiếp nhận|phê duyệt|công bố)[ \n*_]{1,3}\Z")
_MOVED = re.compile(r"(?<!\w)đoàn[ \n]{1,2}\Z")  # "đoàn ra, đoàn vào năm 2034"
_REGULAR = re.compile(
    r"(?<!\w)(?:hằng năm|hàng năm|định kỳ|mỗi năm|6 tháng|06 tháng|sáu tháng)(?!\w)", re.IGNORECASE
)
_AND = re.compile(rf"(?:[ ]\([^()\n]{{1,32}}\))?(?:{_B}và|,){_B}(?:trước{_B})?(?=ngày|\d)")


@dataclass(frozen=True, slots=True)
class _When:
    """What was read after a cue: a day, or a rule, and where it ends."""

    end: int
    date: str | None = None
    recurs: str | None = None
    start: int | None = None  # where it begins, if not at the cue


def _exact(plain: str, position: int, high: int) -> _When | None:
    """A full date: "ngày 15/12/2025", "30 tháng 6 năm 2026"."""
    lead = _NUMBER_LEAD.match(plain, position)
    found = dates.date_at(plain, lead.end(), high) if lead else None
    return _When(found.span[1], found.iso) if found and found.iso else None


def _yearly(days: list[tuple[int, int]]) -> str | None:
    """The rule of "15/6 và 15/12": one day of the month in several months, or ``None``."""
    if any(dates.iso(day, month, 2024) is None for day, month in days) or len({day for day, _ in days}) > 1:
        return None
    months = ",".join(str(month) for month in sorted({month for _, month in days}))
    return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days[0][0]}"


def _next(day: int, month: int, issued: str | None) -> str | None:
    """The first such day on or after the paper's own day."""
    if issued is None:
        return None
    year = int(issued[:4])
    this = dates.iso(day, month, year)
    return this if this and this >= issued else dates.iso(day, month, year + 1)


def _without_year(plain: str, position: int, clause: str, issued: str | None) -> Iterator[_When]:
    """As "ngày 15/12 hằng năm", "ngày 15/6 và ngày 15/12 hằng năm"; else the next after ``issued``."""
    match = _DAYS_OF_YEAR.match(plain, position)
    if match is None or not 1 <= int(match["m1"]) <= _MONTHS:
        return
    days = [(int(match["d1"]), int(match["m1"]))]
    if match["d2"]:
        days.append((int(match["d2"]), int(match["m2"])))
    if match["year"]:
        found = [dates.iso(day, month, int(match["year"])) for day, month in days]
        yield from (_When(match.end(), date) for date in found if date)
    elif match["every"] or _REGULAR.search(clause):
        rule = _yearly(days)
        rules = [rule] if rule else [_yearly([day]) for day in days]
        yield from (_When(match.end(), None, one) for one in rules if one)
    else:
        end = match.end() if len(days) == 1 else match.end("m1")
        if date := _next(*days[0], issued):
            yield _When(end, date)


def _monthly(plain: str, position: int) -> _When | None:
    """As "ngày 20 hằng tháng", "ngày 25 của tháng cuối quý"."""
    match = _DAY_OF_MONTH.match(plain, position)
    if match is None or not 1 <= int(match["d"]) <= _DAYS:
        return None
    day, which = str(int(match["d"])), match["which"]
    if match["e"]:
        day = f"{day},{int(match['e'])}"
    if "quý" not in which:
        return _When(match.end(), None, f"FREQ=MONTHLY;BYMONTHDAY={day}")
    months = "3,6,9,12" if "cuối" in which else "1,4,7,10"
    return _When(match.end(), None, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}")


def _weekly(plain: str, position: int) -> _When | None:
    match = _WEEKDAY.match(plain, position)
    return _When(match.end(), None, f"FREQ=WEEKLY;BYDAY={_WEEK[match['day'].lower()]}") if match else None


def _month_of(match: re.Match[str]) -> int:
    """The last month of the quarter, month or year that was read."""
    groups = match.groupdict()
    if quarter := groups.get("quarter"):
        return (_QUARTERS.get(quarter) or int(quarter)) * 3
    return int(groups.get("month") or 12)


def _period(plain: str, position: int, *, before: bool) -> _When | None:
    """The last day of "quý II/2026", "tháng 6/2025", "năm 2026"; with ``before`` the last day before it."""
    if match := _ENDS_OF_YEAR.match(plain, position):
        month = _month_of(match)
        day = calendar.monthrange(2023, month)[1]
        return _When(match.end(), None, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}")
    match = _PERIOD.match(plain, position)
    if match is None:
        return None
    if before and not (match["quarter"] or match["month"]):
        return None  # "trước năm 2030" sets no day
    year, month = int(match["year"]), _month_of(match)
    if before:
        first = month - 2 if match["quarter"] else month
        year, month = (year - 1, 12) if first == 1 else (year, first - 1)
    return _When(match.end(), f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}")


def _read(plain: str, cue: re.Match[str], clause: str, high: int, issued: str | None) -> Iterator[_When]:
    """What stands after a cue, as days or rules."""
    position = cue.end()
    if found := _exact(plain, position, high):
        yield from _followed(plain, found, high)
        return
    several = [] if cue["part"] else list(_without_year(plain, position, clause, issued))
    if several:
        yield from several
        return
    early = (cue["strong"] or "").lower() == "trước" and not cue["part"]
    found = _monthly(plain, position) or _weekly(plain, position) or _period(plain, position, before=early)
    if found is not None:
        yield found


def _followed(plain: str, first: _When, high: int) -> Iterator[_When]:
    """A date and those joined to it: "trước ngày 15/6/2023 (6 tháng) và ngày 15/11/2023 (năm)"."""
    yield first
    end = first.end
    for _ in range(4):
        link = _AND.match(plain, end, high)
        following = _exact(plain, link.end(), high) if link else None
        if link is None or following is None:
            return
        end = following.end
        yield _When(end, following.date, None, link.end())


def _is_due(plain: str, cue: re.Match[str], clause: str, when: _When, issued: str | None) -> bool:
    """Whether work is due then: not past on the paper's own day, not done, no day that parts cases."""
    if when.date and issued and when.date < issued:
        return False
    tail = clause[-24:]
    if cue["strong"]:
        parted = _PARTS_CASES.search(tail)
        if not when.recurs:  # what comes again each year is work
            parted = parted or (None if when.date and issued else _MAYBE_WORK.search(tail))
        return not (parted and cue["strong"].lower() == "trước") and not _is_done(clause)
    if _FROM.search(clause) or _PAST.search(clause) or _MOVED.search(clause):
        return False
    return bool(_FINISH.search(clause[-90:]) or _FINISH_AFTER.match(plain, when.end))


def _is_done(clause: str) -> bool:
    """Whether the clause tells of work done: "đã hoàn thành", not "khoản đã kết thúc, xong trước ngày"."""
    last = clause.rpartition(",")[2]
    return bool(_PAST.search(clause[-80:])) and (bool(_PAST.search(last)) or not _FINISH.search(last))


def _cues(plain: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """Every cue of ``plain[low:high]`` in order; none begins in another."""
    reach = low
    for begins in _BEGINS.finditer(plain, low, high):
        cue = _CUE.match(plain, begins.start(), high) if begins.start() >= reach else None
        if cue:
            reach = cue.end()
            yield cue


def _in_furniture(furniture: Sequence[Span], start: int) -> bool:
    index = bisect_right(furniture, (start, 1 << 62)) - 1
    return index >= 0 and start < furniture[index][1]


def find_deadlines(
    text: str, plain: str, span: Span, *, furniture: Sequence[Span] = (), issued: str | None = None
) -> tuple[Deadline, ...]:
    """The deadlines of ``text[span]`` in order; spans count code points of ``text``.

    ``issued`` is the paper's own day (ISO 8601): it gives "trước ngày 30/6" its year, and no earlier
    day is due.
    """
    low, high = span
    found: list[Deadline] = []
    for cue in _cues(plain, low, high):
        if _in_furniture(furniture, cue.start()) or (found and cue.start() < found[-1].span[1]):
            continue
        clause = aims.clause_before(plain, low, cue.start())
        for when in _read(plain, cue, clause, high, issued):
            if when.end <= high and _is_due(plain, cue, clause, when, issued):
                place = (cue.start() if when.start is None else when.start, when.end)
                found.append(Deadline(place, text[slice(*place)], when.date, when.recurs))
    return tuple(found)
