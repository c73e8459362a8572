"""The header of a document: issuer, number, type, date, place and subject from its head."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.reading import dates, names
from nhipcau.reading.doctypes import types_of_code
from nhipcau.reading.findings import Found, Header
from nhipcau.reading.head import DATED, NAKED_NUMBER, NUMBER, SHORT_DATED, Segment, digits, is_upper
from nhipcau.reading.joint import joint_issuer, joint_symbols
from nhipcau.reading.recipients import read_recipients
from nhipcau.reading.signature import read_author, read_signature
from nhipcau.reading.speaker import completed
from nhipcau.reading.subject import as_found, subject_lines
from nhipcau.reading.tail import tail_pieces
from nhipcau.reading.text import bare

if TYPE_CHECKING:
    from nhipcau.reading.findings import Urgency
    from nhipcau.reading.frame import Head
    from nhipcau.reading.parts import Part

_CODE = re.compile(r"\d+[a-zđ]?(?P<sep>[-/])(?:(?:19|20)\d\d[-/])?(?P<code>\w+)[-/]")
_LONGEST_NAME = 85  # characters of a line of a letterhead


def read_header(text: str, part: Part, head: Head) -> Header:
    """The header of a framed document, as the contract says; None where nothing is printed."""
    pieces = tail_pieces(text, part)
    signer, title = read_signature(pieces)
    if part.attached:
        signed = bool(part.powers)
        return Header(
            type=_type(head),
            subject=_subject(head),
            signer=signer if signed else None,
            signer_title=title if signed else None,
            author=read_author(text, part),
        )
    number = _number(head)
    dated = head.first("dated")
    kind = _type(head, number)
    parent, issuer = _issuers(head, number, kind)
    issuer = completed(issuer, part)
    return Header(
        issuer=issuer,
        parent_issuer=parent,
        number=number,
        type=kind,
        date=_date(dated),
        place=_place(dated),
        subject=_subject(head),
        signer=signer,
        signer_title=title,
        recipients=read_recipients(text, part, pieces),
        urgency=_urgency(head),
    )


def _type(head: Head, number: Found | None = None) -> Found | None:
    if head.type:
        return Found(head.type.value, (head.type.line.start, head.type.line.end))
    about, numbered = head.first("about"), head.first("number")
    if number and (head.addressed or about or _letter_number(number.value)):
        return Found("Công văn", number.span)
    if about and (head.addressed or numbered):
        line = (numbered or about).line
        return Found("Công văn", (line.start, line.end))
    return _type_of_number(number)


def _type_of_number(number: Found | None) -> Found | None:
    """The type that the code of a number tells where the type line went lost: "44/KH-UBND" is a plan."""
    match = number and _CODE.match(number.value)
    if not number or not match:
        return None
    known = types_of_code(match["code"], party=match["sep"] == "-")
    return Found(known[0], number.span) if known and _one_kind(known) else None


def _one_kind(known: tuple[str, ...]) -> bool:
    """Whether all types of a code are kinds of the first one ("Chương trình", "Chương trình hành động")."""
    return all(name.startswith(known[0]) for name in known)


def _letter_number(number: str) -> bool:
    """Whether a number is one that only a dispatch bears: "05/BNV-VP", "216-CV/HU"."""
    match = re.fullmatch(r"\d+[a-zđ]?([-/])(\w+)[-/].*", number)
    if not match:
        return False
    separator, code = match.groups()
    if separator == "-":
        return code == "CV"
    return not types_of_code(code, party=False) and not code.isdigit()


def _number(head: Head) -> Found | None:
    segment = head.first("number")
    match = segment and (NUMBER.search(segment.body) or NAKED_NUMBER.search(segment.body))
    if not segment or not match or not match["int"].strip(" .…_\t"):
        return None
    value = re.sub(r"\s+", "", digits(match["int"]) + match["sep"] + match["symbol"])
    start = segment.line.start + match.start("int")
    return Found(value.rstrip(".-/"), (start, segment.line.start + match.end()))


def _date(segment: Segment | None) -> Found | None:
    if segment is None:
        return None
    match = DATED.search(segment.body) or SHORT_DATED.search(segment.body)
    if not match:
        printed = next(dates.iter_dates(segment.body), None)
        if printed is None or printed.iso is None:
            return None
        return Found(
            printed.iso, (segment.line.start + printed.span[0], segment.line.start + printed.span[1])
        )
    day, month, year = (digits((match[name] or "").strip()) for name in ("day", "month", "year"))
    if not (day.isdigit() and month.isdigit() and year.isdigit() and len(year) == len("2026")):
        return None
    value = dates.iso(int(day), int(month), int(year))
    start = segment.line.start
    # A date joined from two lines ends where the second one ends.
    end = start + match.end() if match.end() < len(segment.body) else segment.line.end
    return Found(value, (start + match.start("day"), end)) if value else None


def _place(segment: Segment | None) -> Found | None:
    match = segment and (DATED.search(segment.body) or SHORT_DATED.search(segment.body))
    if not segment or not match or not match["place"]:
        return None
    value = names.person_case(" ".join(match["place"].split()))
    start = segment.line.start
    return Found(value, (start + match.start("place"), start + match.end("place")))


def _urgency(head: Head) -> Urgency | None:
    segment = head.first("urgency")
    return segment.value if segment else None  # type: ignore[return-value]


def _letterhead(head: Head, role: str) -> list[list[Segment]]:
    """The names in the letterhead, each as its segments; they stand above the number."""
    bodies: list[list[Segment]] = []
    for segment in head.before:
        if bodies and segment.role == "number":
            break
        if segment.role != role or len(segment.body) > _LONGEST_NAME:
            continue
        if bodies and names.goes_on(bodies[-1][-1].body, segment.body):
            bodies[-1].append(segment)
        elif names.is_body(segment.body):
            bodies.append([segment])
    # In small letters a sentence may begin like a body: there the motto must tell that it is a letterhead.
    return bodies if role == "upper" or head.first("state_motto", "party_motto") else []


def _issuers(head: Head, number: Found | None, kind: Found | None) -> tuple[Found | None, Found | None]:
    """Parent issuer and issuer: the lines in capitals, joined where the lower one is the rest of a name."""
    bodies = _letterhead(head, "upper") or _letterhead(head, "other")
    found = [_name(head.text, body) for body in bodies]
    found = [name for name in found if not _is_front_motto(name, found)]
    if not found and (union := head.first("union_motto")):
        found = [_name(head.text, [union])]
    if not found:
        return None, None
    symbols = joint_symbols(number, kind) if len(found) > 1 else ()
    if symbols and (together := joint_issuer(found, symbols)):
        return together
    return (found[-2] if len(found) > 1 else None), found[-1]


def _is_front_motto(name: Found, all_names: list[Found]) -> bool:
    """Whether "MẶT TRẬN TỔ QUỐC VIỆT NAM" stands on the right like a motto, beside the body's own name."""
    own = bare(name.value)
    return own == "mat tran to quoc viet nam" and any(
        other is not name and ("mat tran to quoc" in bare(other.value) or "mttq" in bare(other.value))
        for other in all_names
    )


def _name(text: str, body: list[Segment]) -> Found:
    spans = [(segment.line.start, segment.line.end) for segment in body]
    found = as_found(text, spans) or Found("", spans[0])
    return Found(names.normal_case(found.value.lstrip("•·–- ")), found.span)


def _subject(head: Head) -> Found | None:
    """Under the type line; in a dispatch "V/v ...", or the unmarked lines under the number."""
    if head.type:
        return as_found(head.text, ((line.start, line.end) for line in subject_lines(head.rest)))
    dispatch = as_found(head.text, ((s.line.start, s.line.end) for s in _dispatch_subject(head)))
    return _untyped_subject(head) or _unbracketed(dispatch)


def _untyped_subject(head: Head) -> Found | None:
    """The title in capitals under number and day where the type line went lost."""
    if head.addressed or not head.first("number") or not head.rest or not is_upper(head.rest[0].body):
        return None
    return as_found(head.text, ((line.start, line.end) for line in subject_lines(head.rest)))


def _unbracketed(found: Found | None) -> Found | None:
    """A subject without the brackets that some offices put round it: "(V/v đón đoàn)"."""
    if found is None or not (found.value.startswith("(") and found.value.endswith(")")):
        return found
    return Found(found.value[1:-1].strip(), (found.span[0] + 1, found.span[1] - 1))


def _dispatch_subject(head: Head) -> list[Segment]:
    taken: list[Segment] = []
    numbered = False
    for segment in head.before:
        if segment.role == "number":
            numbered = True
        elif segment.role == "about" and not taken:
            taken = [segment]
        elif segment.role == "other" and (taken or numbered) and _continues(taken, segment):
            taken.append(segment)
    return taken


def _continues(taken: list[Segment], segment: Segment) -> bool:
    if not taken:
        return not segment.body.startswith("(") and not names.is_body(segment.body)
    return segment.line.gap == 0 or segment.body[:1].islower()
