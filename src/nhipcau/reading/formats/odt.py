"""OpenDocument text (.odt): paragraphs, list labels, tables, notes, and what lies beside the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import images, layout, markup, numerals
from nhipcau.reading.formats.markup import all_text, attribute, child, local
from nhipcau.reading.formats.opened import Opened

if TYPE_CHECKING:
    from lxml import etree

    from nhipcau.reading.formats.limits import Limits
    from nhipcau.reading.formats.packages import Package

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
LOCKED = "Tệp ODT có đặt mật khẩu; hãy bỏ mật khẩu rồi thử lại."
NO_TEXT = "Tệp ODT không có chữ nào để đọc."
SKIPPED = {
    "tracked-changes",
    "sequence-decls",
    "forms",
    "variable-decls",
    "user-field-decls",
    "bookmark-start",
}
INLINE = {"span", "a", "meta", "meta-field", "ruby", "ruby-base", "s", "tab", "line-break", "note"}
MARGINS = {"header", "footer", "header-first", "footer-first", "header-left", "footer-left"}
SHAPES = {"custom-shape", "rect", "ellipse", "circle", "polygon", "g", "line"}
MOST_BLANKS = 1000
DIGITS = 5  # a number with more is hostile
MOST_PARENTS = 20


@dataclass(slots=True)
class Fonts:
    """Font by style name, with parents followed."""

    families: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    bordered: set[str] = field(default_factory=set)  # styles of cells that draw a line
    capitals: set[str] = field(default_factory=set)  # styles that show capitals
    hidden: set[str] = field(default_factory=set)  # styles that show nothing

    def add(self, root: etree._Element | None) -> None:
        """Take in the font faces and styles of a part."""
        for item in root.iter() if root is not None else ():
            name = local(item)
            if name == "font-face":
                self.families[attribute(item, "name") or ""] = (attribute(item, "font-family") or "").strip(
                    "'\""
                )
            elif name == "style":
                key = attribute(item, "name") or ""
                self.parents[key] = attribute(item, "parent-style-name") or ""
                text = child(item, "text-properties")
                font = text is not None and (attribute(text, "font-name") or attribute(text, "font-family"))
                if font:
                    self.own[key] = str(font)
                if text is not None and attribute(text, "text-transform") == "uppercase":
                    self.capitals.add(key)
                if text is not None and attribute(text, "display") == "none":
                    self.hidden.add(key)
                cell = child(item, "table-cell-properties")
                border = cell is not None and (attribute(cell, "border") or attribute(cell, "border-left"))
                if border and border != "none":
                    self.bordered.add(key)

    def of(self, style: str | None, otherwise: str) -> str:
        """The font family of a style; ``otherwise`` where neither it nor its parents name one."""
        seen = 0
        while style and seen < MOST_PARENTS:
            if style in self.own:
                return self.families.get(self.own[style], self.own[style])
            style, seen = self.parents.get(style), seen + 1
        return otherwise


@dataclass(slots=True)
class Body:
    """Reads the text of one file and gathers what lies beside it."""

    fonts: Fonts
    lists: dict[str, dict[int, etree._Element]]
    trust: layout.FontTrust
    notes: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def lines(self, parent: etree._Element, style: str = "", depth: int = 0) -> list[str]:
        """The lines of a body, cell, list item, note or text box."""
        found: list[str] = []
        for item in parent:
            name = local(item)
            if name in {"p", "h"}:
                found += self.paragraph(item).split("\n")
            elif name == "list":
                found += self._list(item, attribute(item, "style-name") or style, depth)
            elif name == "table":
                found += self._table(item)
            elif name == "annotation":
                self.boxes.append(all_text(item))
            elif name == "frame":
                self._frame(item)
            elif name not in SKIPPED:
                found += self.lines(item, style, depth)
        return found

    def paragraph(self, item: etree._Element) -> str:
        """One paragraph; line breaks inside it stay."""
        runs = layout.Runs(self.trust)
        self._inline(item, self.fonts.of(attribute(item, "style-name"), ""), runs)
        return runs.text()

    def _inline(self, item: etree._Element, font: str, runs: layout.Runs) -> None:
        runs.add(item.text or "", font)
        for part in item:
            self._part(part, local(part), font, runs)
            runs.add(part.tail or "", font)

    def _part(self, part: etree._Element, name: str, font: str, runs: layout.Runs) -> None:
        if name == "s":
            count = attribute(part, "c") or "1"
            runs.add(" " * min(int(count) if count.isdecimal() else 1, MOST_BLANKS), font)
        elif name == "tab":
            runs.add("\t", font)
        elif name == "line-break":
            runs.add("\n", font)
        elif name == "note":
            body = child(part, "note-body")
            self.notes += self.lines(body) if body is not None else []
        elif name == "annotation":
            self.boxes.append(all_text(part))
        elif name == "frame":
            self._frame(part)
        elif name in SHAPES:
            self.boxes += self.lines(part)
        elif name not in SKIPPED:
            self._span(part, attribute(part, "style-name") or "", font, runs)

    def _span(self, part: etree._Element, style: str, font: str, runs: layout.Runs) -> None:
        """A stretch of text in a style of its own."""
        font = self.fonts.of(style, font)
        if style not in self.fonts.hidden | self.fonts.capitals:
            self._inline(part, font, runs)
            return
        apart = layout.Runs(self.trust)
        self._inline(part, font, apart)
        if style in self.fonts.hidden:
            self.boxes.append(apart.text())
        else:
            runs.add(apart.text().upper(), "")

    def _frame(self, frame: etree._Element) -> None:
        for part in frame.iter():
            if local(part) == "text-box":
                self.boxes += self.lines(part)
            elif local(part) == "image":
                self.pictures.append(attribute(part, "href") or "")

    def _table(self, table: etree._Element) -> list[str]:
        rows: list[list[layout.Cell]] = []
        bordered = False
        for row in table.iter():
            if local(row) == "table-row":
                cells = [cell for cell in row if local(cell) == "table-cell"]
                bordered = bordered or any(
                    attribute(cell, "style-name") in self.fonts.bordered for cell in cells
                )
                rows.append([self.lines(cell) for cell in cells])
        return layout.table_lines(rows, bordered=bordered)

    def _list(self, element: etree._Element, style: str, depth: int) -> list[str]:
        found: list[str] = []
        level = self.lists.get(style, {}).get(depth + 1)
        number = _whole(attribute(level, "start-value") if level is not None else None, 1)
        for item in element:
            if local(item) not in {"list-item", "list-header"}:
                continue
            number = _whole(attribute(item, "start-value"), number)
            lines = self.lines(item, style, depth + 1)
            first = item[0] if len(item) else None
            if local(item) == "list-item" and lines and first is not None and local(first) in {"p", "h"}:
                label = _label(level, number)
                lines[0] = f"{label} {lines[0]}" if label and lines[0].strip() else lines[0]
                number += 1
            found += lines
        return found


def _whole(value: str | None, otherwise: int) -> int:
    return (
        int(value) if value and value.isascii() and value.isdecimal() and len(value) <= DIGITS else otherwise
    )


def _label(level: etree._Element | None, number: int) -> str:
    """The label of a list item by its level: "1.", "a)", "-"."""
    if level is None:
        return ""
    if local(level) == "list-level-style-bullet":
        return numerals.bullet(attribute(level, "bullet-char") or "")
    numeral = numerals.numeral(number, attribute(level, "num-format") or "")
    if not numeral:
        return ""
    return f"{attribute(level, 'num-prefix') or ''}{numeral}{attribute(level, 'num-suffix') or ''}"


def _lists(*roots: etree._Element | None) -> dict[str, dict[int, etree._Element]]:
    found: dict[str, dict[int, etree._Element]] = {}
    for root in roots:
        for item in root.iter() if root is not None else ():
            if local(item) == "list-style":
                levels = {_whole(attribute(level, "level"), 1): level for level in item}
                found[attribute(item, "name") or ""] = levels
    return found


def read(package: Package, limits: Limits) -> Opened:
    """The text of an ODT file. Raises UnreadableError where it is damaged, locked or empty."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableError("encrypted", LOCKED)
    content = markup.parse(package.read("content.xml"))
    styles = markup.parse(package.read("styles.xml")) if "styles.xml" in package else None
    body, text = _text(content, styles, layout.FontTrust())
    if body.trust.deceived:
        body, text = _text(content, styles, layout.FontTrust(trusted=False))
    if len(text) > limits.text_characters:
        raise UnreadableError("too_large", "Tệp quá dài để đọc; hãy tách thành các tệp nhỏ hơn.")
    extras = ["\n".join(body.boxes), *_beside(package, styles, body)]
    pictures = [package.read(name) for name in dict.fromkeys(body.pictures) if name in package]
    seen, unread = images.marks_of(pictures, limits, must=True)
    extras = [extra for extra in [*extras, *seen] if extra.strip()]
    if not text.strip():  # a paper that was laid out in text boxes alone
        text = "\n".join(body.boxes)
    if not text.strip():
        raise UnreadableError("empty", NO_TEXT)
    return Opened(text, MEDIA_TYPE, extras=tuple(extras), has_unread_pictures=unread)


def _text(
    content: etree._Element, styles: etree._Element | None, trust: layout.FontTrust
) -> tuple[Body, str]:
    fonts = Fonts()
    fonts.add(styles)
    fonts.add(content)
    body = Body(fonts, _lists(styles, content), trust)
    main = next((item for item in content.iter() if local(item) == "body"), content)
    lines = body.lines(main)
    return body, "\n".join(lines + body.notes)


def _beside(package: Package, styles: etree._Element | None, body: Body) -> list[str]:
    """Headers and footers of the page styles, and the properties."""
    around = (item for item in (styles.iter() if styles is not None else ()) if local(item) in MARGINS)
    found = ["\n".join(body.lines(item)) for item in around]
    if "meta.xml" in package:
        found.append(all_text(markup.parse(package.read("meta.xml"))))
    return found
