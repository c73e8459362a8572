"""Who speaks in a paper, by its own words: the line over the grounds, or "..., X ban hành ... như sau:".

Sites of laws often lose the second line of a letterhead ("TỈNH ...") or the whole of it; the paper still says
who decides, and who issues the plan.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.reading import names
from nhipcau.reading.findings import Found
from nhipcau.reading.head import is_upper
from nhipcau.reading.text import UPPER, bare

if TYPE_CHECKING:
    from nhipcau.reading.lines import Line
    from nhipcau.reading.parts import Part

_LINES = 45  # lines of a head and the beginning of its body
_LONGEST = 110  # characters of a line that names who decides
_BREAK = 3  # characters between two lines of one paragraph
_GROUNDS = re.compile(r"[-* ]{0,3}(?:can cu|xet|theo) ")
# "Thực hiện ..., Ủy ban nhân dân tỉnh X ban hành Kế hoạch ... như sau:"
_SPEAKS = re.compile(
    r"(?:^|[,;.] ?)(?P<body>(?:uy ban|ubnd|ban|tinh|thanh|huyen|thi|dang|so|bo|hoi|lien hiep|doan|mat tran|"
    r"cong doan|van phong|chi cuc|cuc)\b[^,;:.]{1,110}?)(?:, nhiem ky [\d –-]{4,14})? "
    r"(?:ban hanh|xay dung|de nghi|yeu cau|huong dan|bao cao|thong bao|trien khai|tong hop|de ra|cu the hoa|"
    r"to chuc|kinh trinh)\b[^;:.]{0,260}?"
    r"(?:nhu sau|cac noi dung sau|sau day|cu the)\b"
)
_CHAIRMAN = re.compile(r"CHỦ TỊCH\s+(?=ỦY BAN|UỶ BAN|UBND)")
_NAMELESS = frozenset({("uy", "ban", "nhan", "dan"), ("hoi", "dong", "nhan", "dan")})
_PLACED = re.compile(
    rf"(?:[Tt]ỉnh|[Tt]hành phố|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Xx]ã|[Pp]hường|[Tt]hị trấn) [{UPPER}]"
)


def decider(part: Part) -> Found | None:
    """The body in capitals over the grounds of a decision, in normal case; None where none stands there."""
    lines = part.lines[part.head : part.head + _LINES]
    for index, line in enumerate(lines[:-1]):
        if is_upper(line.body) and len(line.body) <= _LONGEST and _over_grounds(lines, index):
            at = _body_begin(line.body)
            if at is not None:
                name = names.normal_case(" ".join(line.body[at:].split()))
                return Found(name, (line.start + at, line.end))
    return None


def _over_grounds(lines: list[Line], index: int) -> bool:
    """Whether the grounds begin under a line; a session may stand between ("KHÓA V, KỲ HỌP THỨ 16")."""
    after = [bare(line.body[:24]) for line in lines[index + 1 : index + 3]]
    return bool(_GROUNDS.match(after[0])) or (
        len(after) > 1 and after[0].startswith("khoa ") and bool(_GROUNDS.match(after[1]))
    )


def _body_begin(line: str) -> int | None:
    """Where the body's name begins, its chairman before it left out ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X")."""
    chairman = _CHAIRMAN.match(line)
    at = chairman.end() if chairman else 0
    return at if names.is_body(line[at:]) else None


def speaker(part: Part) -> Found | None:
    """The body that issues the paper by its own first sentences, as printed; None where none says so."""
    for start, end, body in _paragraphs(part.lines[part.head : part.head + _LINES]):
        match = _SPEAKS.search(bare(body))
        if match:
            begin, stop = match.span("body")
            return Found(" ".join(body[begin:stop].split()), (start + begin, min(end, start + stop)))
    return None


def _paragraphs(lines: list[Line]) -> list[tuple[int, int, str]]:
    """Runs of lines that one sentence fills, each with its place; a place is near enough inside a run."""
    found: list[tuple[int, int, str]] = []
    for line in lines:
        start, end, above = found[-1] if found else (0, 0, ".")
        goes_on = line.body[:1].islower() or (
            not line.gap and above[-1] not in ".;:/" and not is_upper(above)
        )
        if found and goes_on and line.start - end <= _BREAK and not is_upper(line.body):
            found[-1] = (start, line.end, above + " " * (line.start - end) + line.body)
        else:
            found.append((line.start, line.end, line.body))
    return found


def completed(issuer: Found | None, part: Part) -> Found | None:
    """The issuer, its lost second line made good by who decides or speaks."""
    if issuer and tuple(bare(issuer.value).split()) not in _NAMELESS:
        return issuer
    decides = decider(part)
    if issuer is None:
        return decides
    for whole in (decides, speaker(part)):
        if whole and bare(whole.value).startswith(bare(issuer.value)) and _PLACED.search(whole.value):
            return whole
    return issuer
