"""What a paper prints around a citation: the issuer before or after it, the title after it.

"Ban Thường vụ Huyện ủy đã ban hành Chỉ thị 07-CT/HU ngày 15/4/2034 về tăng cường giao lưu" prints both.
"""

from __future__ import annotations

import re

from nhipcau.reading.dates import GAP, GAP1
from nhipcau.reading.tables import load

# A name of a body begins with a capital and ends before a verb, a preposition or a mark.
_STOPS = "|".join(
    r"[ \n]{1,2}".join(map(re.escape, form.split()))
    for word in sorted(load.column("patterns", "form", kind="issuer_stop"), key=len, reverse=True)
    for form in (word, word.upper())
)
# "giao" gives work, but not in "Bộ Ngoại giao".
_WORD = rf"(?:(?<=Ngoại[ \n])giao(?!\w)|(?!(?:{_STOPS})(?!\w))[\w&-]{{1,14}})"
_BODY = rf"(?:(?<!\w)[A-ZĐÀ-Ỹ][\w&.-]*(?:[ \n]{{1,2}}{_WORD}){{0,14}})"
_ISSUER_AFTER = re.compile(rf"{GAP}[,)]?{GAP}(?:của|CỦA|do|DO){GAP1}(?P<issuer>{_BODY})")
# "... của Huyện ủy " up to the end of what is searched.
OF_BODY = re.compile(rf"{GAP1}của{GAP1}{_BODY},?{GAP}\Z")
_ISSUER_INSIDE = re.compile(rf"{GAP1}của{GAP1}(?P<issuer>{_BODY}),?{GAP1}ngày(?!\w)")
_ADVERB = r"(?:đã|vừa|mới|cũng|tiếp tục|vừa qua|chính thức|,)"
_BRINGING_OUT = ("ban hành", "có", "ra", "ký", "công bố")
_BROUGHT_OUT = rf"(?:{_ADVERB}[ \n]{{1,3}}){{0,4}}(?:ký )?(?:{'|'.join(_BRINGING_OUT)})"
_ISSUER_BEFORE = re.compile(rf"(?P<issuer>{_BODY})[ \n]{{1,3}}{_BROUGHT_OUT}{GAP1}\Z")
_TERM = re.compile(rf"{GAP}\(?(?:khóa|khoá|nhiệm kỳ){GAP1}[\wIVXLC]{{1,6}}\)?")
# "... của Hội về tăng cường giao lưu", "... của Hội phê duyệt dự toán".
_VERBS = "|".join(re.escape(form) for form in load.column("patterns", "form", kind="title_verb"))
_ABOUT = (
    rf"{GAP}[,)]?{GAP}(?:(?:về việc|về|Về việc|Về|VỀ VIỆC|VỀ|V/v){GAP1}|(?=(?:{_VERBS})(?!\w)))[“\"*_]{{0,3}}"
)
# A title without quotation marks ends where the sentence turns to a body or to another document.
_TURN = re.compile(
    r",[ \n](?=[A-ZĐÀ-Ỹ])|"
    r"[ \n](?=và[ \n](?:các[ \n])?(?:Chỉ thị|Nghị|Quyết|Kế hoạch|Kết luận|Hướng|Công văn|Thông))"
)
_WORDS = r"[^\n“”\".;:()]"
_TITLE = re.compile(
    rf"{_ABOUT}(?P<title>{_WORDS}{{8,300}}(?:\([A-ZĐ]{{2,8}}\){_WORDS}{{0,300}})?"
    rf"(?:\n(?=[a-zà-ỹđ]){_WORDS}{{3,300}}){{0,3}})"
)
_BEFORE_REACH = 110


def issuer_after(plain: str, end: int, stop: int) -> str | None:
    """The body named after a citation that ends at ``end`` ("... của Ban Bí thư"), or ``None``."""
    match = _ISSUER_AFTER.match(plain, end, min(stop, end + 160))
    return _clean(match["issuer"]) if match else None


def issuer_inside(surface: str) -> str | None:
    """The body named between type and day ("Kế hoạch của Hội Giao lưu ngày 7/7/2034"), or ``None``."""
    match = _ISSUER_INSIDE.search(surface) if "của" in surface else None
    return _clean(match["issuer"]) if match else None


def issuer_before(plain: str, start: int, floor: int) -> str | None:
    """The body named before as the one that brought it out ("Ban Bí thư vừa có Chỉ thị ..."), or ``None``."""
    # The verb right before is quick to ask for; the name before it is not.
    if not plain[max(floor, start - 16) : start].rstrip(" \n*_").endswith(_BRINGING_OUT):
        return None
    match = _ISSUER_BEFORE.search(plain, max(floor, start - _BEFORE_REACH), start)
    return _clean(match["issuer"]) if match else None


def title_after(plain: str, end: int, stop: int) -> str | None:
    """The title printed after a citation and its issuer ("... về tăng cường giao lưu"), without "về".

    Quotation marks and full stops end it; a title without quotation marks also ends at a comma that a new
    thought follows, which is why a comparison takes the shorter of two titles as a beginning.
    """
    position = end
    issuer = _ISSUER_AFTER.match(plain, position, min(stop, end + 160))
    if issuer:
        position = issuer.end()
    term = _TERM.match(plain, position, stop)
    if term:
        position = term.end()
    match = _TITLE.match(plain, position, min(stop, position + 700))
    if not match:
        return None
    title = (
        _TURN.split(match["title"], maxsplit=1)[0]
        if "“" not in match[0] and '"' not in match[0]
        else match["title"]
    )
    return " ".join(title.replace("*", " ").split()).strip(" ,-") or None


def _clean(name: str) -> str:
    return " ".join(name.split()).rstrip(" .,-&").removesuffix(" và")
