"""The body of a Word file to lines: paragraphs, tables, fields, list labels; text boxes kept apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.reading.formats import layout, legacy
from nhipcau.reading.formats.docx_styles import Look, Numbering, Styles, has_borders, list_of, look
from nhipcau.reading.formats.markup import attribute, child, children, local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

# Containers that only wrap what they hold.
WRAPPERS = {
    "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
    "oMath", "oMathPara", "r", "Choice", "ruby", "rubyBase",
}  # fmt: skip
BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
PICTURES = {"drawing", "pict", "object"}


@dataclass(slots=True)
class Body:
    """Reads bodies of one file, with its styles and lists, and gathers what lies beside the flow.

    ``boxes`` are the lines of text boxes, ``hidden`` hidden runs, ``pictures`` relation ids of pictures with
    the page they stand on (by the breaks seen so far, from 1).
    """

    styles: Styles
    numbering: Numbering
    trust: layout.FontTrust
    boxes: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pictures: list[tuple[str, int]] = field(default_factory=list)
    page: int = 1

    def lines(self, parent: etree._Element) -> list[str]:
        """The lines of a body, cell, header, footnote or text box."""
        found: list[str] = []
        for item in parent:
            name = local(item)
            if name == "p":
                found.append(self._paragraph(item))
            elif name == "tbl":
                found += self._table(item)
            elif name == "AlternateContent":
                found += self.lines(_choice(item))
            elif name in WRAPPERS:
                found += self.lines(item)
        return found

    def _table(self, table: etree._Element) -> list[str]:
        properties = child(table, "tblPr")
        style = child(properties, "tblStyle")
        bordered = has_borders(properties) or (
            style is not None and self.styles.bordered(attribute(style, "val") or "")
        )
        rows: list[list[layout.Cell]] = []
        for row in _inside(table, "tr"):
            cells = list(_inside(row, "tc"))
            bordered = bordered or any(has_borders(child(cell, "tcPr")) for cell in cells[:1])
            rows.append([[part for line in self.lines(cell) for part in line.split("\n")] for cell in cells])
        return layout.table_lines(rows, bordered=bordered)

    def _paragraph(self, paragraph: etree._Element) -> str:
        properties = child(paragraph, "pPr")
        style = child(properties, "pStyle")
        key = (attribute(style, "val") or "") if style is not None else ""
        numbers = list_of(properties) or self.styles.numbering(key)
        label = self.numbering.label(*numbers) if numbers else ""
        runs = layout.Runs(self.trust)
        self._runs(paragraph, self.styles.paragraph(key), runs)
        text = runs.text()
        return f"{label} {text}" if label and text.strip() else text

    def _runs(self, parent: etree._Element, base: Look, runs: layout.Runs) -> None:
        for item in parent:
            name = local(item)
            if name == "r":
                self._run(item, base, runs)
            elif name == "AlternateContent":
                self._runs(_choice(item), base, runs)
            elif name in WRAPPERS:
                self._runs(item, base, runs)
            elif name == "t":  # of a formula
                runs.add(item.text or "", "")

    def _run(self, run: etree._Element, base: Look, runs: layout.Runs) -> None:
        properties = child(run, "rPr")
        style = child(properties, "rStyle")
        if style is not None:
            base = self.styles.character(base, attribute(style, "val") or "")
        base = look(base, properties)
        for item in run:
            self._piece(item, base, runs)

    def _piece(self, item: etree._Element, now: Look, runs: layout.Runs) -> None:
        name = local(item)
        if name in PICTURES:
            self._picture(item)
            return
        if name == "AlternateContent":
            for inner in _choice(item):
                self._piece(inner, now, runs)
            return
        if name == "lastRenderedPageBreak" or (name == "br" and attribute(item, "type") == "page"):
            self.page += 1
        text = self._text(item, name, now)
        if not text:
            return
        if now.hidden:
            self.hidden.append(self.trust.decode(text, now.font))
        elif now.capitals and legacy.of_font(now.font)[0] is None:
            runs.add(text.upper(), now.font)
        else:
            runs.add(text, now.font)

    @staticmethod
    def _text(item: etree._Element, name: str, now: Look) -> str:
        if name == "t":
            return item.text or ""
        if name == "softHyphen":  # the code of "ư" in TCVN3
            return "\u00ad" if legacy.of_font(now.font)[0] == "tcvn3" else ""
        if name == "sym":
            return _symbol(item)
        return BREAKS.get(name, "")

    def _picture(self, item: etree._Element) -> None:
        for part in item.iter():
            name = local(part)
            if name == "txbxContent" and not _in_fallback(part, item):
                self.boxes += self.lines(part)
            elif name == "textpath":  # WordArt, as watermarks are
                self.boxes.append(attribute(part, "string") or "")
            elif name in {"blip", "imagedata"}:
                key = attribute(part, "embed") or attribute(part, "id") or ""
                self.pictures.append((key, self.page))


def _symbol(item: etree._Element) -> str:
    """A w:sym: legacy text fonts give their letter, symbol fonts nothing that can be read."""
    font, code = attribute(item, "font") or "", attribute(item, "char") or ""
    coding, capitals = legacy.of_font(font)
    if coding is None or len(code) > len("F0B7"):
        return ""
    try:
        return legacy.decode(chr(int(code, 16) & 0xFF), coding, capitals=capitals)
    except ValueError:
        return ""


def _choice(alternate: etree._Element) -> etree._Element:
    """The one alternative that is read: the first choice, else the fallback; never both."""
    for name in ("Choice", "Fallback"):
        found = child(alternate, name)
        if found is not None:
            return found
    return alternate


def _in_fallback(part: etree._Element, top: etree._Element) -> bool:
    return any(local(parent) == "Fallback" for parent in part.iterancestors() if parent is not top)


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those that a content control or a revision wraps."""
    for item in parent:
        if local(item) == name:
            yield item
        elif local(item) in WRAPPERS:
            yield from _inside(item, name)


def main_part(root: etree._Element) -> etree._Element:
    """The body of a document part (or the root, where a part holds its paragraphs directly)."""
    return next(children(root, "body"), root)
