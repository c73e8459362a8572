"""One pass over the digits of a text: whole numbers, short ones, and types with a day.

Every citation but those of congresses hangs on a digit, and digits are rare in prose: what stands before one
(``typewords``) and after it (a day) is looked at only there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nhipcau.reading import typewords
from nhipcau.reading.dates import PrintedDate, date_at
from nhipcau.reading.findings import Citation, Span
from nhipcau.reading.numbers import (
    NUMBER,
    DocNumber,
    canonical,
    codes,
    digits,
    parse_number,
    read_number,
    whole_start,
)
from nhipcau.reading.tables import load

_GAP = r"[\s*_\\]{0,6}"
_GAP1 = r"[\s*_\\]{1,6}"
# Every run of digits, with what may be a symbol after it.
_SCAN = re.compile(NUMBER.pattern.removesuffix("{1,7})") + "{0,7})")
_TAIL_DAY = re.compile(
    rf"{_GAP}(?P<comma>,?){_GAP}(?P<open>\(?){_GAP}(?P<word>(?:[Nn]g[àaáạ]y|NG[ÀA]Y){_GAP})?"
)
_CLOSE = re.compile(rf"{_GAP}\)")
_JOIN = re.compile(
    rf"{_GAP}(?:,|;|/|&|và|hoặc|VÀ|HOẶC|,{_GAP}và){_GAP}(?:các[\s]{{1,3}})?(?:(?:[Ss]ố|SỐ){_GAP}:?{_GAP})?\Z"
)
_FRAME_LEAD = re.compile(
    r"(?:^|[\n|\t]|   )[\s*_#>|-]{0,12}(?:Luật |Nghị quyết )?"
    r"(?:S[ốôổo]|SỐ|S[ÔO])(?:(?:,? ký)? hiệu)?(?: văn bản)?[ \t]{0,3}[:.|]?[\s*_|]{0,8}\Z"
)
_FILE = re.compile(
    r"[\w.\-]{0,80}\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|txt|html?|odt|rtf)(?!\w)", re.IGNORECASE
)
_TORN = re.compile(
    r"[ ]{1,2}(?P<code>[A-ZĐ][A-Za-zĐđ]{0,3})(?P<mark>[-/])[A-ZĐ][\w&]{0,15}(?:-[A-ZĐ]\w{0,15}){0,3}(?!\w)"
)
_IN_FILE_NAME = frozenset(".-_")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]{0,300}\Z")
_DAY_WORD = ("ngày", "NGÀY", "Ngày")
# "Chỉ thị 12.5" and "Kế hoạch 12%" are no numbers of documents, "Chỉ thị 12 - 15" is a range.
_NOT_SHORT = re.compile(rf"[.,]\d|{_GAP}%|{_GAP}[-/]{_GAP}\d|[-/]\w|[:x×]\d")
_LIST_LABEL = re.compile(r"[.)]")
_SHORT_NEXT = re.compile(
    rf"(?P<join>{_GAP}(?:,|và|VÀ){_GAP})(?:(?:số|SỐ){_GAP})?(?P<n>\d{{1,4}})(?![\w/.-]|,\d)"
    rf"(?={_GAP}(?:[,;.)]|của|ngày|về|khóa|và|\Z))"
)
_RECENT = range(1900, 2101)


class Scan:
    """The state of one pass: where the last citation ended, so that lists inherit its type."""

    def __init__(self, text: str, plain: str, span: Span) -> None:
        self.text, self.plain = text, plain
        self.start, self.end = span
        self.floor = self.start
        self.last: Citation | None = None
        self.whole: set[tuple[str | None, int]] = set()  # type and number of every whole citation so far

    def run(self) -> Iterator[Citation]:
        """Every citation that hangs on a digit, in order, without relation and issuer."""
        for match in _SCAN.finditer(self.plain, self.start, self.end):
            if match.start() < self.floor:
                continue
            found = self._whole(match) if match["tail"] else self._plain(match)
            for citation in found:
                self.floor = citation.span[1]
                self.last = citation
                yield citation

    def _plain(self, match: re.Match[str]) -> Sequence[Citation]:
        start = whole_start(self.plain, match.start())
        last_letter = self.plain[max(self.floor, start - 6) : start].rstrip(" \n*_")[-1:]
        if last_letter in "yY" and last_letter:
            return self._by_day(start)
        return self._short(match) if last_letter in typewords.short_ends() else ()

    def _cite(
        self, span: Span, kind: str | None, number: str | None, day: PrintedDate | None, *, partial: bool
    ) -> Citation:
        start, end = span
        return Citation(span, self.text[start:end], kind, number, day.iso if day else None, None, partial)

    # whole numbers

    def _whole(self, match: re.Match[str]) -> Sequence[Citation]:
        start = whole_start(self.plain, match.start())
        number = read_number(self.plain[start : match.end()])
        if number is None or self._is_address(start, start + number.length):
            return ()
        if not number.complete:
            return self._with_year(match, number) if number.year else ()
        word = typewords.before(self.plain, start, self.floor, number)
        if word is None or (word.name is None and self._in_frame(start)):
            return self._wordless(start, number)
        if not _plausible(word, number):
            return ()
        cited = self._typed(word, start, number)
        self.whole.add((cited.type, number.value))
        return (cited,)

    def _typed(self, word: typewords.TypeWord, start: int, number: DocNumber) -> Citation:
        name = word.name
        if name is None or word.abbreviated:
            name = typewords.by_code(number) or name
        close = start + number.length
        if "(" in self.plain[word.start : start] and (bracket := _CLOSE.match(self.plain, close, self.end)):
            close = bracket.end()
        end, day = self._day_after(close)
        return self._cite((word.start, end), name, number.text, day, partial=False)

    def _wordless(self, start: int, number: DocNumber) -> Sequence[Citation]:
        """A number without type word: the next of a list, or one whose code and issuer prove it."""
        inherited = self._inherited(start)
        named = number.code is not None and number.symbol is not None
        if not inherited and (not (named or number.family == "law") or self._in_frame(start)):
            return ()
        kind = inherited
        if not inherited or (number.code and not typewords.consistent(inherited, number)):
            kind = typewords.by_code(number) or inherited
        end, day = self._day_after(start + number.length)
        return (self._cite((start, end), kind, number.text, day, partial=False),)

    def _inherited(self, start: int) -> str | None:
        last = self.last
        if last is None or not last.number or start - last.span[1] > 24:  # noqa: PLR2004 - ", và các số: "
            return None
        return last.type if _JOIN.match(self.plain, last.span[1], start) else None

    def _in_frame(self, start: int) -> bool:
        """Whether a number is the frame's own (its line begins with "Số"), or of a form ("Mẫu số 02")."""
        before = max(self.start, start - 40)
        if _no_document().search(self.plain, before, start) or _FRAME_LEAD.search(self.plain, before, start):
            return True
        # A text that begins with its number has no line before it.
        return before == self.start and self.plain[before:start].strip() in {"Số", "Số:"}

    def _is_address(self, start: int, end: int) -> bool:
        if self.plain[end : end + 1] in _IN_FILE_NAME and _FILE.match(self.plain, end):
            return True
        if self.plain[start - 1 : start] == " " or "/" not in self.plain[max(self.start, start - 60) : start]:
            return False
        return bool(_ADDRESS.search(self.plain, max(self.start, start - 300), start))

    def _day_after(self, end: int) -> tuple[int, PrintedDate | None]:
        """The day that directly follows, and where the citation ends with it."""
        match = _TAIL_DAY.match(self.plain, end, self.end)
        if not match or not (match["comma"] or match["open"] or match["word"]):
            return end, None
        day = date_at(self.plain, match.end(), self.end)
        if not day or (match["comma"] and not match["word"] and "\n" in match[0]):
            return end, None
        close = _CLOSE.match(self.plain, day.span[1], self.end) if match["open"] else None
        return (close.end() if close else day.span[1]), day

    def _torn(self, start: int, end: int) -> Sequence[Citation]:
        """Read a number whose first mark was lost ("07 CT/HU", "45 KH-UBND"): the next mark tells it."""
        match = _TORN.match(self.plain, end, self.end)
        if not match:
            return ()
        coded = match["code"] in codes()
        if not coded and sum(map(str.isupper, match["code"])) < len("UB"):
            return ()
        mark = "-" if match["mark"] == "/" else "/"
        text = digits(self.plain[start:end]) + mark + canonical(match[0])
        number = parse_number(text)
        word = typewords.before(self.plain, start, self.floor, number) if number else None
        # Only a dispatch bears no code of a type: "công văn số 5486 BTC-QLN".
        if not (number and word and word.name and (coded or word.name == "Công văn")):
            return ()
        stop, day = self._day_after(match.end())
        return (self._cite((word.start, stop), word.name, number.text, day, partial=False),)

    # partial mentions

    def _with_year(self, match: re.Match[str], number: DocNumber) -> Sequence[Citation]:
        """Read a number and year: "Nghị định 209/2035" names no issuer; "Báo cáo 6/2035" is a month."""
        start = match.start()
        torn = self._torn(start, start + number.length)
        if torn:
            return torn
        found = typewords.before_short(self.plain, start, self.floor)
        if not found or not (found[0].lead or found[0].name in _YEARLY):
            return ()
        end, day = self._day_after(start + number.length)
        return (self._cite((found[0].start, end), found[0].name, number.text, day, partial=True),)

    def _short(self, match: re.Match[str]) -> Sequence[Citation]:
        start, end = whole_start(self.plain, match.start()), match.end()
        torn = self._torn(start, end)
        if torn:
            return torn
        found = typewords.before_short(self.plain, start, self.floor)
        if not found or not self._stands_alone(match, *found) or self._is_address(start, end):
            return ()
        word = found[0]
        stop, day = self._day_after(end)
        cited = [self._cite((word.start, stop), word.name, digits(self.plain[start:end]), day, partial=True)]
        while following := _SHORT_NEXT.match(self.plain, stop, self.end):
            stop, day = self._day_after(following.end())
            cited.append(
                self._cite((following.start("n"), stop), word.name, following["n"], day, partial=True)
            )
        return cited

    def _stands_alone(self, match: re.Match[str], word: typewords.TypeWord, freedom: str) -> bool:
        start, end = match.span()
        value = int(re.sub(r"\D", "", digits(match[0])))
        if not word.lead:
            if freedom == "number":
                return False
            if (
                freedom == "capital"
                and not self.plain[word.start].isupper()
                and not self._proved(word, end, value)
            ):
                return False
            # "Đề án 1" is the first of a list; a number of a document below ten has its zero.
            if value in _RECENT or (freedom == "capital" and end - start < 2):  # noqa: PLR2004 - two digits
                return False
        between = self.plain[word.start : start]
        if "\n\n" in between or ("\n" in between and _LIST_LABEL.match(self.plain, end)):
            return False
        if value == 0 or _NOT_SHORT.match(self.plain, end):
            return False
        return not counted().match(self.plain, end) or self._day_after(end)[1] is not None

    def _proved(self, word: typewords.TypeWord, end: int, value: int) -> bool:
        """Whether "thông báo 301" is of a paper: its body follows, or it was named in full before."""
        return (word.name, value) in self.whole or _OWNED.match(self.plain, end, self.end) is not None

    def _by_day(self, start: int) -> Sequence[Citation]:
        """Read type and day instead of a number: "Luật ... ngày 15/4/2034", "Công văn ngày 15/4/2034"."""
        head = self.plain[max(self.floor, start - 12) : start].rstrip(" \n*_")
        day = date_at(self.plain, start, self.end) if head.endswith(_DAY_WORD) else None
        if not day or _ELSEWHEN.match(self.plain, day.span[1], self.end):
            return ()
        here = max(day.full[0], self.floor)
        owned = _OWNED.match(self.plain, day.span[1], self.end) is not None
        word = typewords.before_date(self.plain, here, self.floor, owned=owned) or self._act(here)
        if not word:
            return ()
        return (self._cite((word.start, day.span[1]), word.name, None, day, partial=True),)

    def _act(self, position: int) -> typewords.TypeWord | None:
        word = typewords.act_before(self.plain, position, self.floor)
        return word if word and not _NO_NAME.search(self.plain, word.start, position) else None


_YEARLY = frozenset(
    {
        "Nghị định",
        "Thông tư",
        "Thông tư liên tịch",
        "Luật",
        "Bộ luật",
        "Pháp lệnh",
        "Nghị quyết",
        "Quyết định",
    }
)
# A day of which something else is told: "... ngày 12/3/2034 tại Bến Trúc", "..., ngày 12/3/2034, Sở tổ chức".
_ELSEWHEN = re.compile(
    rf"{_GAP1}(?:tại|lúc|vào|diễn ra|đã(?! ký| ban hành)|sẽ|Sở|Hội|Ban|tỉnh|đoàn|tổ chức)(?!\w)"
)
# The body whose paper it is, after the day.
_OWNED = re.compile(rf"{_GAP1}của{_GAP1}[A-ZĐÀ-Ỹ]")
# Between an act and a day these words say that the day is not the act's.
_NO_NAME = re.compile(
    r"(?:có hiệu lực|hiệu lực|kể từ|(?<!\w)từ|vào|trước|sau|đến|được|đã|sẽ|thông qua|hội nghị|này|tại|cho|"
    r"khai mạc|chậm nhất|họp)[\s,]"
)


def _plausible(word: typewords.TypeWord, number: DocNumber) -> bool:
    """Whether a number after a type word is one of a document: "Dự án 12-A1" is none."""
    if number.code and (number.symbol or word.lead or number.family == "party"):
        return True
    if number.family in {"law", "joint"} or word.lead:
        return True
    return (
        word.name == "Công văn" or bool(number.units) or (number.family == "party" and number.symbol is None)
    )


@lru_cache(maxsize=1)
def _no_document() -> re.Pattern[str]:
    """Words whose numbers are of no document: "Mẫu số 02/BC-LHHN"."""
    forms = "|".join(map(re.escape, load.column("patterns", "form", kind="no_document")))
    return re.compile(rf"(?<!\w)(?:{forms}){_GAP}(?:số{_GAP}:?)?{_GAP}\Z", re.IGNORECASE)


@lru_cache(maxsize=1)
def counted() -> re.Pattern[str]:
    """A counted noun after a short number: "Kế hoạch 12 tháng" is a plan for twelve months."""
    forms = sorted(load.column("patterns", "form", kind="counted"), key=len, reverse=True)
    return re.compile(
        r"[\s*_]{1,4}(?:" + "|".join(re.escape(form) for form in forms) + r")(?!\w)", re.IGNORECASE
    )
