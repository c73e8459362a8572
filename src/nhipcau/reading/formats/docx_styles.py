"""What a Word file keeps in its tables of styles and lists: fonts by run, and the labels of list items."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from nhipcau.reading.formats import numerals
from nhipcau.reading.formats.markup import attribute, child, children, local

OFF = {"0", "false", "off", "none"}
DIGITS = 5  # a number with more is hostile
MOST_BASES = 20  # how long a chain of styles may be


@dataclass(frozen=True, slots=True)
class Look:
    """What matters of a run's formatting: its font and whether it shows capitals or nothing at all."""

    font: str = ""
    capitals: bool = False
    hidden: bool = False


def look(base: Look, properties: etree._Element | None) -> Look:
    """``base`` with what the properties of a run (w:rPr) change."""
    if properties is None:
        return base
    for item in properties:
        name = local(item)
        if name == "rFonts":
            font = attribute(item, "hAnsi") or attribute(item, "ascii")
            base = replace(base, font=font) if font else base
        elif name == "caps":
            base = replace(base, capitals=_on(item))
        elif name == "vanish":
            base = replace(base, hidden=_on(item))
    return base


def _on(item: etree._Element) -> bool:
    return (attribute(item, "val") or "1").lower() not in OFF


class Styles:
    """The styles part: looks and numbering by style, with their bases followed."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self.default = Look()
        self.default_paragraph = ""
        self._looks: dict[str, Look] = {}
        if root is None:
            return
        defaults = child(child(root, "docDefaults"), "rPrDefault")
        self.default = look(Look(), child(defaults, "rPr"))
        for style in children(root, "style"):
            key = attribute(style, "styleId") or ""
            self._styles[key] = style
            if attribute(style, "type") == "paragraph" and (attribute(style, "default") or "0") not in OFF:
                self.default_paragraph = key

    def chain(self, key: str) -> list[etree._Element]:
        """The style and its bases, the farthest base first."""
        found: list[etree._Element] = []
        seen: set[str] = set()
        while key in self._styles and key not in seen and len(found) < MOST_BASES:
            seen.add(key)
            found.append(self._styles[key])
            base = child(self._styles[key], "basedOn")
            key = (attribute(base, "val") or "") if base is not None else ""
        return found[::-1]

    def paragraph(self, key: str) -> Look:
        """The look of runs in a paragraph of this style."""
        key = key or self.default_paragraph
        if key not in self._looks:
            result = self.default
            for style in self.chain(key):
                result = look(result, child(style, "rPr"))
            self._looks[key] = result
        return self._looks[key]

    def character(self, base: Look, key: str) -> Look:
        """``base`` with a character style laid over it."""
        for style in self.chain(key):
            base = look(base, child(style, "rPr"))
        return base

    def numbering(self, key: str) -> tuple[str, int] | None:
        """The list and level that a paragraph style brings with it."""
        for style in reversed(self.chain(key or self.default_paragraph)):
            found = list_of(child(style, "pPr"))
            if found:
                return found
        return None

    def bordered(self, key: str) -> bool:
        """Whether a table style draws borders."""
        return any(has_borders(child(style, "tblPr")) for style in self.chain(key))


def has_borders(properties: etree._Element | None) -> bool:
    """Whether table or cell properties draw a line between or around cells."""
    for name in ("tblBorders", "tcBorders"):
        borders = child(properties, name)
        for edge in borders if borders is not None else ():
            if local(edge) in {"left", "start", "insideV"} and attribute(edge, "val") not in {
                "none",
                "nil",
                None,
            }:
                return True
    return False


def list_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """The list and level that paragraph properties (w:pPr) name."""
    numbers = child(properties, "numPr")
    if numbers is None:
        return None
    key, level = child(numbers, "numId"), child(numbers, "ilvl")
    value = attribute(key, "val") if key is not None else None
    depth = (attribute(level, "val") or "0") if level is not None else "0"
    return (value, min(int(depth), 8) if depth.isdecimal() else 0) if value is not None else None


@dataclass(slots=True)
class Level:
    """One level of a list: how it counts and how its label is made ("%1.%2")."""

    style: str = "decimal"
    pattern: str = ""
    start: int = 1
    plain: bool = False  # w:isLgl: all places in Arabic


@dataclass(slots=True)
class Numbering:
    """Lists of a Word file; ``label`` counts on as the paragraphs come."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, key: str, depth: int) -> str:
        """The next label of list ``key`` at ``depth``: "1.", "a)", "-", or "" where the list shows none."""
        levels = self.levels.get(key)
        if not levels or depth not in levels:
            return ""
        counts = self.counts.setdefault(self.shared.get(key, key), {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [place for place in counts if place > depth]:
            del counts[deeper]
        return self._print(levels, counts, depth)

    @staticmethod
    def _print(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        own = levels[depth]
        if own.style == "bullet":
            return numerals.bullet(own.pattern)
        if own.style == "none":
            return "" if "%" in own.pattern else own.pattern
        text = own.pattern
        for place in range(9):
            if f"%{place + 1}" in text:
                level = levels.get(place, Level())
                style = "decimal" if own.plain and place != depth else level.style
                text = text.replace(f"%{place + 1}", numerals.numeral(counts.get(place, level.start), style))
        return text


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists of numbering.xml."""
    result = Numbering()
    if root is None:
        return result
    abstract = {
        attribute(item, "abstractNumId") or "": _levels(item) for item in children(root, "abstractNum")
    }
    for number in children(root, "num"):
        key = attribute(number, "numId") or ""
        link = child(number, "abstractNumId")
        base = (attribute(link, "val") or "") if link is not None else ""
        result.levels[key] = dict(abstract.get(base, {}))
        result.shared[key] = base
        for change in children(number, "lvlOverride"):
            _override(result, key, change)
    return result


def _override(result: Numbering, key: str, change: etree._Element) -> None:
    """A list that begins anew, or changes a level of the list it is made from."""
    result.shared[key] = f"own {key}"
    depth = _number(attribute(change, "ilvl"), 0)
    levels = result.levels[key]
    levels.update(_levels(change))
    start = child(change, "startOverride")
    if start is not None and depth in levels:
        levels[depth] = replace(levels[depth], start=_number(attribute(start, "val"), 1))


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {_number(attribute(item, "ilvl"), 0): _level(item) for item in children(parent, "lvl")}


def _level(item: etree._Element) -> Level:
    values = {local(part): attribute(part, "val") or "" for part in item}
    return Level(
        style=values.get("numFmt", "decimal"),
        pattern=values.get("lvlText", ""),
        start=_number(values.get("start"), 1),
        plain="isLgl" in values,
    )


def _number(value: str | None, otherwise: int) -> int:
    """A small whole number of an attribute; hostile values become the default."""
    return (
        int(value) if value and value.isascii() and value.isdecimal() and len(value) <= DIGITS else otherwise
    )
