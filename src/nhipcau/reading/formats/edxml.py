"""edXML messages (QCVN 102:2016/BTTTT): the facts of the header, and the attachments read in turn."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats.markup import all_text, child, children, local
from nhipcau.reading.formats.opened import Member, Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from nhipcau.reading.formats.limits import Limits

MEDIA_TYPE = "application/edxml+xml"
LIVE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
# Earlier and home-made dialects; they are named to the clerk, not read.
OLD = {
    "http://www.e-doc.vn/Schema/": "lược đồ cũ “e-doc.vn”",
    "http://www.go.vn/eDoc": "lược đồ riêng “go.vn/eDoc”",
}
ROOTS = {"edXML", "EdXMLEnvelope", "edXMLEnvelope"}
FOREIGN = "Thông điệp edXML dùng {}, không phải không gian tên của QCVN 102:2016/BTTTT nên không đọc được."
NOT_BASE64 = "Nội dung tệp đính kèm không đúng mã base64."
EMPTY = "Thông điệp edXML không có nội dung nào để đọc."
# The facts of a header in the order of a paper, with the label under which they are shown.
FACTS = (
    ("OrganName", "Cơ quan gửi"), ("CodeNumber", "Số"), ("CodeNotation", "Ký hiệu"),
    ("PromulgationDate", "Ngày ban hành"), ("TypeName", "Loại văn bản"), ("Subject", "Trích yếu"),
    ("Content", "Nội dung"), ("StatusCode", "Mã trạng thái"), ("Description", "Mô tả"),
    ("Timestamp", "Thời điểm"),
)  # fmt: skip


def is_message(root: etree._Element) -> bool:
    """Whether an XML document is an edXML message, of the living namespace or an old one."""
    return local(root) in ROOTS or _namespace(root) in {LIVE, *OLD}


def _namespace(root: etree._Element) -> str:
    tag = root.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def read(root: etree._Element, limits: Limits, open_member: Callable[[bytes, str], Opened]) -> Opened:
    """Open a message: its header as ``extras``, its attachments as ``members``.

    A message without attachments (a status) has its facts as ``text``. Raises UnreadableError for another
    namespace and for an empty message.
    """
    space = _namespace(root)
    if space != LIVE:
        raise UnreadableError(
            "edxml_namespace", FOREIGN.format(OLD.get(space, f"không gian tên “{space[:80]}”"))
        )
    header = _header(root)
    facts = "\n".join(_facts(header))
    found = list(_attachments(root))
    if len(found) > limits.entries:
        raise UnreadableError(
            "zip_bomb", f"Thông điệp edXML có quá nhiều tệp đính kèm (hơn {limits.entries})."
        )
    members = tuple(_member(name, coded, open_member) for name, coded in found)
    if not members and not facts:
        raise UnreadableError("empty", EMPTY)
    extras = tuple(
        filter(None, [all_text(header) if header is not None else "", *(name for name, _ in found)])
    )
    return Opened("" if members else facts, MEDIA_TYPE, extras=extras, members=members)


def _header(root: etree._Element) -> etree._Element | None:
    envelope = child(root, "edXMLEnvelope")
    return child(envelope if envelope is not None else root, "edXMLHeader")


def _facts(header: etree._Element | None) -> Iterator[str]:
    message = child(header, "MessageHeader")
    if message is None:
        return
    values: dict[str, str] = {}
    for item in message.iter():
        text = (item.text or "").strip()
        if text:
            values.setdefault(local(item), text)
    for name, label in FACTS:
        if name in values:
            yield f"{label}: {values[name]}"


def _attachments(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Name and base64 text of each attachment; a name that is missing is taken from the manifest."""
    manifest = {
        _value(reference, "ContentId").removeprefix("cid:"): _value(reference, "AttachmentName")
        for reference in root.iter()
        if local(reference) == "Reference" and child(reference, "ContentId") is not None
    }
    for group in children(root, "AttachmentEncoded"):
        for number, item in enumerate(children(group, "Attachment"), 1):
            listed = manifest.get(_value(item, "ContentId").removeprefix("cid:"), "")
            name = _value(item, "AttachmentName") or listed or f"đính kèm {number}"
            yield name, _value(item, "ContentTransferEncoded")


def _value(parent: etree._Element, name: str) -> str:
    item = child(parent, name)
    return (item.text or "").strip() if item is not None else ""


def _member(name: str, coded: str, open_member: Callable[[bytes, str], Opened]) -> Member:
    try:
        data = base64.b64decode("".join(coded.split()), validate=True)
    except (binascii.Error, ValueError):
        return Member(name, 0, error=UnreadableError("damaged", NOT_BASE64))
    try:
        return Member(name, len(data), open_member(data, name))
    except UnreadableError as error:
        if error.code == "zip_bomb":
            raise
        return Member(name, len(data), error=error)
