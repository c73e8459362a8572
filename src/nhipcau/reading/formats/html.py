"""Web pages saved as files: the main text with its block breaks and tables; sign-in pages are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import encodings, layout, legacy
from nhipcau.reading.formats.markup import local
from nhipcau.reading.formats.opened import Opened

if TYPE_CHECKING:
    from nhipcau.reading.formats.limits import Limits

MEDIA_TYPE = "text/html"
SIGN_IN = "Tệp là trang đăng nhập, không phải văn bản; hãy đăng nhập, mở văn bản rồi lưu lại."
ERROR_PAGE = (
    "Tệp là trang báo lỗi của một trang mạng (“%s”), không phải văn bản; hãy mở lại văn bản rồi lưu lại."
)
NO_TEXT = "Trang web không có chữ nào để đọc."
BROKEN = "Trang web bị hỏng, không đọc được."
# What is no text, or serves only to walk about the site.
DROPPED = {
    "script", "style", "noscript", "template", "head", "nav", "button", "select", "option", "textarea", "svg",
    "iframe", "object", "embed", "canvas", "video", "audio", "datalist", "dialog",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "li", "main", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "caption",
    "td", "th",
}  # fmt: skip
DEEPEST = 220
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,30})""", re.IGNORECASE)
# Encodings that the content tells better than the label does.
BY_CONTENT = re.compile(
    r"(?i)utf-?8|utf-?16|(windows|cp)-?125[28]|iso-?8859-1|latin-?1|us-ascii|tcvn|x-.*|vni"
)
SIGN_IN_TITLE = re.compile(r"(?i)đăng nhập|sign[ -]?in|log[ -]?in|xác thực")
# What a server answers in place of a page; a number of a document goes on with a stroke.
ERROR_TITLE = re.compile(
    r"(?i)\b(?:error|lỗi|http|status|mã)\W{0,3}[45]\d\d(?![\w/.,])"
    r"|^[45]\d\d(?:\W*$|\W{1,3}(?:error|lỗi|forbidden|(?:page )?not found|unauthori[sz]ed|access|bad|internal"
    r"|service|gateway|too many|không tìm thấy|trang)\b)"
    r"|^\W*(?:access denied|forbidden|(?:page )?not found|service unavailable|bad gateway|server error"
    r"|không tìm thấy (?:trang|nội dung)|trang (?:này )?không tồn tại|truy cập bị từ chối)"
)
# A page with more text than this holds a document, whatever else it offers.
SHORT_PAGE, SHORT_TITLE_PAGE = 1500, 4000
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
BLANKS = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(slots=True)
class Lines:
    """The lines that a page makes, written piece by piece."""

    done: list[str] = field(default_factory=list)
    now: str = ""

    def add(self, text: str | None) -> None:
        """Append running text; blanks and line ends of the source count as one blank."""
        if text:
            joined = BLANKS.sub(" ", text)
            self.now += joined.lstrip(" ") if not self.now or self.now.endswith(" ") else joined

    def end(self) -> None:
        """End the line, where one was begun."""
        if self.now.strip():
            self.done.append(self.now.strip(" "))
        self.now = ""


def read(data: bytes, limits: Limits) -> Opened:
    """The text of a page. Raises UnreadableError where it is a sign-in page, empty or too long."""
    root = _parse(_decoded(data))
    title = " ".join(" ".join(map(str, item.itertext())) for item in root.iter("title")).strip()
    lines = Lines()
    main = _main(root)
    _walk(main, lines, 0)
    lines.end()
    text = legacy.repair("\n".join(lines.done))
    password = any(str(item.get("type", "")).lower() == "password" for item in root.iter("input"))
    if _is_sign_in(title, text, password=password):
        raise UnreadableError("sign_in", SIGN_IN)
    if error := _error_told(title, text):
        raise UnreadableError("error_page", ERROR_PAGE % error)
    if not text.strip():
        raise UnreadableError("empty", NO_TEXT)
    if len(text) > limits.text_characters:
        raise UnreadableError("too_large", "Trang web quá dài để đọc.")
    return Opened(text, MEDIA_TYPE, extras=tuple(filter(None, [title, *_descriptions(root)])))


def _decoded(data: bytes) -> str:
    """The page as text: an odd label (Shift-JIS, say) is believed, a common one is checked by content."""
    label = CHARSET.search(data[:4096])
    name = label[1].decode("ascii") if label else "utf-8"
    if not BY_CONTENT.fullmatch(name):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return encodings.to_text(data)


def _parse(text: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(DECLARATION.sub("", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError("damaged", BROKEN) from error
    if root is None:
        raise UnreadableError("empty", NO_TEXT)
    return root


def _main(root: etree._Element) -> etree._Element:
    """The one article or main element that holds the heading of the page, else the whole body."""
    for name in ("article", "main"):
        found = list(root.iter(name))
        if len(found) == 1 and next(found[0].iter("h1"), None) is not None:
            return found[0]
    return next(iter(root.iter("body")), root)


def _is_sign_in(title: str, text: str, *, password: bool) -> bool:
    """A short page that asks for a password or calls itself a sign-in page."""
    titled = SIGN_IN_TITLE.search(title) is not None
    if password:
        return len(text) < (SHORT_TITLE_PAGE if titled else SHORT_PAGE)
    return titled and len(text) < SHORT_PAGE // 2


def _error_told(title: str, text: str) -> str:
    """What a very short page calls itself, where that is an error of the site; else empty."""
    if len(text) > SHORT_PAGE // 2:
        return ""
    first = next((line for line in text.splitlines() if line.strip()), "")
    told = (" ".join(words.split()) for words in (title, first))
    return next((words[:60] for words in told if ERROR_TITLE.search(words)), "")


def _descriptions(root: etree._Element) -> list[str]:
    return [
        str(item.get("content", "")) for item in root.iter("meta") if item.get("name") or item.get("property")
    ]


def _walk(element: etree._Element, lines: Lines, depth: int) -> None:
    """Write one element and what is in it."""
    name = local(element).lower()
    if name in DROPPED or depth > DEEPEST or _hidden(element):
        return
    if name == "table":
        _table(element, lines, depth)
        return
    block = name in BLOCKS
    if block or name == "br":
        lines.end()
    if name == "pre":
        lines.done += [line.rstrip() for line in "".join(map(str, element.itertext())).splitlines()]
        return
    lines.add(element.text)
    for item in element:
        _walk(item, lines, depth + 1)
        lines.add(item.tail)
    if block:
        lines.end()


def _hidden(element: etree._Element) -> bool:
    style = str(element.get("style", "")).replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _table(table: etree._Element, lines: Lines, depth: int) -> None:
    """A table: data as one line for a row, placed text cell after cell."""
    lines.end()
    rows: list[list[layout.Cell]] = []
    for row in _rows(table):
        cells = []
        for cell in row:
            if local(cell).lower() in {"td", "th"}:
                inner = Lines()
                _walk(cell, inner, depth + 3)
                inner.end()
                cells.append(inner.done)
        rows.append(cells)
    lines.done += layout.table_lines(rows, bordered=_bordered(table))


def _rows(table: etree._Element) -> list[etree._Element]:
    """The rows of this table, not those of a table within."""
    found = []
    for item in table:
        name = local(item).lower()
        if name == "tr":
            found.append(item)
        elif name in {"tbody", "thead", "tfoot"}:
            found += [row for row in item if local(row).lower() == "tr"]
    return found


def _bordered(table: etree._Element) -> bool:
    """Whether the table shows lines: a border attribute or style, or a heading row."""
    border = str(table.get("border", "")).strip()
    style = str(table.get("style", "")).lower()
    return border not in {"", "0"} or "border:" in style or next(table.iter("th"), None) is not None
