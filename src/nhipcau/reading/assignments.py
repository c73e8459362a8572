"""Assignments: work that a text gives to a body, as proposals for a person to confirm.

Three shapes: "Sở X chủ trì, phối hợp với Sở Y xây dựng ...", "Giao/Đề nghị Sở X ...", and a line that names a
body and is followed by its duties. Works on the matching copy of a text; knowledge is in
``tables/bodies.csv`` (how the names of bodies begin) and ``tables/works.csv`` (verbs that follow them).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nhipcau.reading.findings import Assignment, Deadline, Kind, Span
from nhipcau.reading.tables import load

_B = r"[ \n*_]{1,4}"
_LONGEST_NAME = 160  # characters of a body's name or of a row of supporting bodies
_SHORTEST_NAME = 3
_LONGEST_CLAUSE = 700
_MARK = r"(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3})[.)-]|[a-zđ]\)|[-+•])"
_ORDER = rf"(?:[Gg]iao(?:{_B}cho)?|[Đđ]ề nghị|[Yy]êu cầu|[Pp]hân công(?:{_B}cho)?){_B}"
# One class of characters comes first, so that the search leaps from mark to mark.
_END = re.compile(
    r"[.;/\n](?:(?<=[.;])(?=[ \n*_”\"]|\Z)|(?<=\.)/\.|(?<=/)\.|(?<=\n)(?:[ ]*\n|[ *_]{0,4}"
    + _MARK
    + r"[ *_]))"
)
_PAST = re.compile(r"(?<!\w)(?:đã|vừa|từng|cho biết|được biết|khẳng định)(?!\w)")
_COLON = re.compile(r"[ *_]{0,4}:[ *_]{0,4}")
_TRIMMED = " *_\n,;:.-"
_SECTION = re.compile(
    r"\n[ *_#]{0,6}(?:(?:[IVX]{1,5}|[A-H])[.)-]|Điều \d{1,3}\."
    r"|(?:PHẦN|Phần)[ ]\w{1,8}[.:]?\n|(?=KIẾN NGHỊ|ĐỀ XUẤT)"
    r"|\d{1,2}[.)-][ ]?(?=(?:Kiến nghị|Đề xuất|Đề nghị)[^\n.;:]{0,60}:?\n))[^\n]{3,120}"
)
# What a paper proposes to those above it is no work given.
_REQUESTS = re.compile(r"kiến nghị|đề xuất|\A[^A-ZĐ]*đề nghị", re.IGNORECASE)
_TASKS_HEADING = re.compile(r"(?:tổ chức thực hiện|phân công|trách nhiệm|nhiệm vụ cụ thể)", re.IGNORECASE)


def _alternatives(words: Sequence[str]) -> str:
    """A pattern of any of the words, longest first, a line break allowed where a blank is."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(r"[ \n*_]{1,3}".join(map(re.escape, word.split())) for word in ordered)


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    """Where an assignment may begin: a body at the start of a line or sentence, or after an order."""
    heads = _alternatives([row["head"] for row in load.rows("bodies") if row["kind"] != "inner"])
    inner = _alternatives([row["head"] for row in load.rows("bodies")])
    # One class of characters comes first, so that the search leaps to where a body or an order may begin.
    start = rf"(?:(?<=\n)|(?<=[.;:])[ ])[ *_]{{0,6}}(?:{_MARK}[ *_]{{0,4}})?"
    # "Báo cáo" and "Tổ chức" begin like the names of bodies.
    word = r"\b(?<!Báo(?= cáo))(?<!Tổ(?= chức))"
    return re.compile(
        rf"[\n.;: ,(](?:{start}(?:(?P<order>{_ORDER})(?=(?:{inner}){word})|(?=(?:{heads}){word}))"
        rf"|(?<=[ ,(])(?P<inside>[Gg]iao{_B})(?=(?:{heads}){word}))"
    )


@lru_cache(maxsize=1)
def _trigger() -> re.Pattern[str]:
    """The first verb after a body's name. "các tổ chức" is no verb."""
    duties = _alternatives([row["verb"] for row in load.rows("works") if row["kind"] == "duty"])
    works = _alternatives([row["verb"] for row in load.rows("works") if row["kind"] == "work"])
    return re.compile(
        rf"(?<=[ \n])(?<!các )(?<!Các )(?<!những )(?<!của )(?<!và )(?<!Ủy ban )(?<!Ban )(?<!dịch vụ )"
        rf"(?:(?P<duty>{duties})|(?P<work>{works}))(?!\w)"
    )


@lru_cache(maxsize=1)
def _between() -> re.Pattern[str]:
    """What separates two bodies in a row: a comma or "và" before the beginning of another name."""
    heads = _alternatives([row["head"] for row in load.rows("bodies")])
    return re.compile(rf"[ ]*(?:,|;|{_B}và|,{_B}và|{_B}cùng)[ \n*_]{{1,4}}(?=(?:{heads})\b)")


_WITH = re.compile(
    rf"[ ,]{{0,3}}(?:và{_B})?[Pp]hối{_B}hợp(?:{_B}chặt{_B}chẽ)?{_B}(?:với|cùng)(?:{_B}với)?{_B}"
)


# Words between a name and its verb that belong to neither.
_MODAL = re.compile(
    r"(?:[ ](?:sẽ|sớm|tiếp tục|cần|phải|có|chủ động|tích cực|kịp thời|thường xuyên|để|cùng|và|được))+\Z"
)
# "Ban Thường vụ giao Sở Nội vụ xây dựng ...": the second one has the work.
_GIVES = re.compile(r"(?<!\w)(?<!Ngoại )giao (?:cho )?(?=[A-ZĐÀ-Ỹ])")
# No bodies, whatever verb follows.
_NO_BODY = re.compile(
    r"(?:(?:các|Các|những) (?:đồng chí|ông|bà|bạn|em|nội dung|nhiệm vụ|hoạt động|khoản"
    r"|kết quả|trường hợp|hồ sơ|thủ tục)(?!\w)|.*\(|\w+\Z)"
)


def _tidy(name: str) -> str:
    return " ".join(name.replace("*", " ").replace("_", " ").split()).strip(_TRIMMED)


def _names(text: str) -> tuple[str, ...]:
    """The bodies of a row: "Sở Tài chính, Công an tỉnh và Hội Nông dân"."""
    return tuple(name for part in _between().split(text) if (name := _tidy(part)))


def _clause_end(plain: str, start: int, high: int) -> int:
    match = _END.search(plain, start, min(high, start + _LONGEST_CLAUSE))
    return match.start() if match else min(high, start + _LONGEST_CLAUSE)


def _supporting(plain: str, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """The bodies after "phối hợp với" at ``start``, and where the work begins."""
    link = _WITH.match(plain, start, end)
    if link is None:
        return (), start
    verb = _trigger().search(plain, link.end(), min(end, link.end() + 2 * _LONGEST_NAME))
    stop = verb.start() if verb else end
    return _names(plain[link.end() : stop]), stop


def _deadline(deadlines: Sequence[Deadline], span: Span) -> int | None:
    """The index of the first deadline inside the clause."""
    index = bisect_right([deadline.span[0] for deadline in deadlines], span[0])
    return index if index < len(deadlines) and deadlines[index].span[0] < span[1] else None


def _made(
    text: str,
    plain: str,
    start: int,
    name: Span,
    verb: re.Match[str],
    end: int,
    deadlines: Sequence[Deadline],
) -> Assignment | None:
    """The assignment of the body at ``name`` whose verb was found; its clause is ``start`` to ``end``."""
    lead = _GIVES.split(_MODAL.sub("", _tidy(plain[slice(*name)])))[-1]
    supporting: tuple[str, ...] = ()
    begin = verb.start()
    if verb["duty"] and " ".join(verb["duty"].split()) == "phối hợp":
        supporting, begin = _supporting(plain, verb.start(), end)
    elif verb["duty"]:
        supporting, begin = _supporting(plain, verb.end(), end)
    else:
        inner = plain.find("phối hợp với", verb.end(), end)
        if inner >= 0:
            supporting, _ = _supporting(plain, inner, end)
    task = _tidy(text[begin:end])
    while end > start and plain[end - 1] in " \n*_":
        end -= 1
    if len(lead) < _SHORTEST_NAME or not task or _NO_BODY.match(lead) or task.startswith("thi hành"):
        return None
    return Assignment((start, end), task, lead, supporting, _deadline(deadlines, (start, end)))


def _direct(
    text: str, plain: str, opening: re.Match[str], high: int, deadlines: Sequence[Deadline], *, low: int
) -> Assignment | None:
    """As "[Giao] Sở X chủ trì, phối hợp với ... " at an opening, or ``None``."""
    start = opening.end()
    end = _clause_end(plain, start, high)
    verb = _trigger().search(plain, start, min(end, start + _LONGEST_NAME))
    if verb is None or _PAST.search(plain, start, verb.start()) or _COLON.search(plain, start, verb.start()):
        return None
    ordered = opening["order"] or opening["inside"]
    begin = (
        opening.start("order")
        if opening["order"]
        else opening.start("inside")
        if opening["inside"]
        else start
    )
    made = _made(text, plain, begin, (start, verb.start()), verb, end, deadlines)
    if made is None or (opening["inside"] and not verb["duty"] and made.deadline is None):
        return None
    # A plain verb tells of work as often as it gives it: ask for an order, a day, or a section of duties.
    given = ordered or (verb["duty"] and "phối hợp" not in " ".join(verb["duty"].split()))
    dated = made.deadline is not None
    return (
        made if given or dated or _TASKS_HEADING.search(_heading_above(plain, low, opening.start())) else None
    )


_HEADING = re.compile(r"(?P<name>[^\n:.]{2,160}?)[ *_]{0,4}(?:(?P<colon>:)[ *_]{0,4}\n?|\n)")
_BULLET = re.compile(r"[ \n*_]{0,6}(?:[-+•]|[a-zđ]\))[ *_]{1,4}")


def _under_heading(
    text: str, plain: str, opening: re.Match[str], high: int, deadlines: Sequence[Deadline]
) -> Iterator[Assignment]:
    """The duties under a line that is a body's name: "1. Sở Ngoại vụ:" and then "- Chủ trì ..."."""
    heading = _HEADING.match(plain, opening.end(), high)
    if heading is None or _trigger().search(plain, heading.start(), heading.end("name")):
        return
    lead = _tidy(plain[slice(*heading.span("name"))])
    position = heading.end()
    bullet = _BULLET.match(plain, position, high)
    if (bullet is None and not heading["colon"]) or _NO_BODY.match(lead):
        return
    while True:
        start = bullet.end() if bullet else position
        end = _clause_end(plain, start, high)
        made = _duty(text, plain, lead, (start, end), deadlines)
        if made is None:
            return
        yield made
        bullet = _BULLET.match(plain, end + 1 if plain[end : end + 1] in (".", ";") else end, high)
        if bullet is None or "\n" not in bullet[0]:
            return


def _duty(text: str, plain: str, lead: str, span: Span, deadlines: Sequence[Deadline]) -> Assignment | None:
    """One duty of a body named above it; it must begin with a verb of the table."""
    start, end = span
    first = plain[start : start + 24].lower()
    if not first.startswith(load.column("works", "verb")) or _PAST.match(plain, start):
        return None
    link = re.compile(rf"[Cc]hủ{_B}trì").match(plain, start)
    inner = link.end() if link else plain.find("phối hợp với", start, end)
    if inner < 0 and first.startswith("phối hợp"):
        inner = start
    supporting, begin = _supporting(plain, inner, end) if inner >= 0 else ((), start)
    task = _tidy(text[begin if link else start : end])
    return Assignment((start, end), task, lead, supporting, _deadline(deadlines, span)) if task else None


def _in_furniture(furniture: Sequence[Span], start: int) -> bool:
    index = bisect_right(furniture, (start, 1 << 62)) - 1
    return index >= 0 and start < furniture[index][1]


def find_assignments(
    text: str,
    plain: str,
    span: Span,
    *,
    furniture: Sequence[Span] = (),
    deadlines: Sequence[Deadline] = (),
    kind: Kind | None = None,
) -> tuple[Assignment, ...]:
    """The assignments of ``text[span]`` in order; ``deadline`` of each is an index in ``deadlines``.

    A news report tells what bodies ask of each other ("đề nghị"); that gives no work.
    """
    low, high = span
    found: list[Assignment] = []
    reach = low
    for opening in _opening().finditer(plain, low, high):
        if opening.end() < reach or _in_furniture(furniture, opening.end()):
            continue
        asked = (opening["order"] or "").lower().startswith(("đề nghị", "yêu cầu"))
        if asked and (kind == "news" or _REQUESTS.search(_heading_above(plain, low, opening.start()))):
            continue
        made = _direct(text, plain, opening, high, deadlines, low=low)
        several = [made] if made else list(_under_heading(text, plain, opening, high, deadlines))
        found.extend(several)
        if several:
            reach = several[-1].span[1]
    return tuple(found)


def _heading_above(plain: str, low: int, position: int) -> str:
    """The line of the last heading within a page before ``position``, or ""."""
    last = ""
    for match in _SECTION.finditer(plain, max(low, position - 2000), position + 1):
        last = match[0]
    return last
