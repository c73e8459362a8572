"""XML parsed with entities, network and huge trees switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from nhipcau.reading.findings import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTITIES = "Tệp XML có khai báo thực thể (ENTITY), có thể gây hại, nên không được mở."
# libxml2 takes no text of more than this unless it is told to.
HUGE_FROM = 10_000_000
BROKEN = "Tệp bị hỏng hoặc bị cắt cụt: phần XML bên trong không đúng cấu trúc"


def parse(data: bytes, *, huge: bool = False) -> etree._Element:
    """The root of an XML part. ``huge`` allows one text of more than ten million bytes (an attachment).

    Raises UnreadableError("xml_entities") where the part declares entities, ("damaged") with the place of the
    first fault where it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=huge, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        if b"<!ENTITY" in data[:65536]:
            raise UnreadableError("xml_entities", ENTITIES) from error
        raise UnreadableError("damaged", BROKEN + _place(error) + ".") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):  # type: ignore[union-attr]
        raise UnreadableError("xml_entities", ENTITIES)
    return root


def _place(error: Exception) -> str:
    line, column = getattr(error, "position", (0, 0))
    return f" (dòng {line}, cột {column})" if line else ""


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for what is no element (an entity left unresolved)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its local name, in whichever namespace (transitional and strict OOXML differ)."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that local name."""
    if element is None:
        return None
    return next(children(element, name), None)


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that local name."""
    return (item for item in element if local(item) == name)


def all_text(element: etree._Element) -> str:
    """All character data under ``element``, one line for each piece that is not blank."""
    return "\n".join(piece.strip() for piece in map(str, element.itertext()) if piece.strip())
