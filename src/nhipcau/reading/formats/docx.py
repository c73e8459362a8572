"""Word files (.docx, .docm, .dotx): main text, footnotes, and beside them all that the secrecy stop must see.

External links are never followed: only parts inside the package are read.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import images, markup
from nhipcau.reading.formats.docx_body import Body, main_part
from nhipcau.reading.formats.docx_styles import Styles, read_numbering
from nhipcau.reading.formats.layout import FontTrust
from nhipcau.reading.formats.markup import all_text, attribute, children
from nhipcau.reading.formats.opened import Opened

if TYPE_CHECKING:
    from lxml import etree

    from nhipcau.reading.formats.limits import Limits
    from nhipcau.reading.formats.packages import Package

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NO_TEXT = "Tệp Word không có chữ nào để đọc."
NOTES = ("footnotes", "endnotes")
BESIDE = ("header", "footer", "comments")


def read(package: Package, limits: Limits) -> Opened:
    """The text of a Word file. Raises UnreadableError where it is damaged or too large."""
    main = _main_name(package)
    body, text = _text(package, main, FontTrust())
    if body.trust.deceived:
        body, text = _text(package, main, FontTrust(trusted=False))
    if len(text) > limits.text_characters:
        raise UnreadableError("too_large", "Tệp quá dài để đọc; hãy tách thành các tệp nhỏ hơn.")
    seen, unread = _pictures(package, main, body, limits)
    extras = [*_beside(package, main, body), *seen]
    if not text.strip():  # a paper that was laid out in text boxes alone
        text = "\n".join(body.boxes)
    if not text.strip():
        raise UnreadableError("empty", NO_TEXT)
    return Opened(text, MEDIA_TYPE, extras=tuple(filter(None, extras)), has_unread_pictures=unread)


def _part(package: Package, name: str) -> etree._Element | None:
    return markup.parse(package.read(name)) if name in package else None


def _main_name(package: Package) -> str:
    """The name of the document part, by the relation of the package or by custom."""
    if "_rels/.rels" in package:
        for relation in markup.parse(package.read("_rels/.rels")):
            if (attribute(relation, "Type") or "").endswith("/officeDocument"):
                name = (attribute(relation, "Target") or "").lstrip("/")
                if name in package:
                    return name
    if "word/document.xml" in package:
        return "word/document.xml"
    raise UnreadableError("damaged", "Tệp Word bị hỏng: thiếu phần nội dung chính.")


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part that stay inside the package: id to (kind, name of the target part)."""
    folder, name = posixpath.split(part)
    root = _part(package, f"{folder}/_rels/{name}.rels")
    found = {}
    for relation in root if root is not None else ():
        if (attribute(relation, "TargetMode") or "").lower() != "external":
            target = attribute(relation, "Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            kind = (attribute(relation, "Type") or "").rpartition("/")[2]
            found[attribute(relation, "Id") or ""] = (kind, path)
    return found


def _text(package: Package, main: str, trust: FontTrust) -> tuple[Body, str]:
    folder = posixpath.dirname(main)
    body = Body(
        Styles(_part(package, f"{folder}/styles.xml")),
        read_numbering(_part(package, f"{folder}/numbering.xml")),
        trust,
    )
    lines = body.lines(main_part(markup.parse(package.read(main))))
    for name in NOTES:
        lines += _notes(_part(package, f"{folder}/{name}.xml"), body)
    return body, "\n".join(lines)


def _notes(root: etree._Element | None, body: Body) -> list[str]:
    """Footnotes under the text, where a page would print them; the separators that Word keeps are none."""
    lines: list[str] = []
    for note in root if root is not None else ():
        if attribute(note, "type") in {None, "normal"}:
            lines += [line for line in body.lines(note) if line.strip()]
    return lines


def _beside(package: Package, main: str, body: Body) -> list[str]:
    """Headers, footers, comments, text boxes, hidden text, properties and names of embedded files."""
    found: list[str] = []
    for kind, name in _relations(package, main).values():
        if kind in BESIDE and name in package:
            root = markup.parse(package.read(name))
            parts = children(root, "comment") if kind == "comments" else [root]
            found += ["\n".join(body.lines(part)) for part in parts]
    found += ["\n".join(body.boxes), "\n".join(body.hidden)]
    for name in package.names:
        if name.startswith("docProps/") and name.endswith(".xml"):
            found.append(all_text(markup.parse(package.read(name))))
        elif "/embeddings/" in name:
            found.append(posixpath.basename(name))
    return found


def _pictures(package: Package, main: str, body: Body, limits: Limits) -> tuple[list[str], bool]:
    """What the pictures of the first and last page and of the headers say, and whether one stayed unread."""
    relations = _relations(package, main)
    first = [relations[key][1] for key, page in body.pictures if page == 1 and key in relations]
    last = [relations[key][1] for key, page in body.pictures if page == body.page > 1 and key in relations]
    for kind, name in relations.values():
        if kind == "header" and name in package:
            first += [target for about, target in _relations(package, name).values() if about == "image"]
    names = [name for name in dict.fromkeys(first + last) if name in package]
    return images.marks_of([package.read(name) for name in names[: images.MOST]], limits, must=bool(first))
