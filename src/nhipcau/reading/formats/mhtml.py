"""Web archives (.mht, .mhtml): the page in them; old portals and Word hand such files out as ".doc"."""

from __future__ import annotations

import email
from email import policy
from typing import TYPE_CHECKING

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import html

if TYPE_CHECKING:
    from email.message import Message

    from nhipcau.reading.formats.limits import Limits
    from nhipcau.reading.formats.opened import Opened

NO_PAGE = "Tệp lưu trang web không chứa trang nào đọc được."
MOST_PARTS = 500


def read(data: bytes, limits: Limits) -> Opened:
    """The text of the first page in the archive. Raises UnreadableError where there is none."""
    message = email.message_from_bytes(data, policy=policy.compat32)
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            break
        if part.get_content_type() == "text/html":
            return html.read(_payload(part), limits)
    raise UnreadableError("damaged", NO_PAGE)


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError) as error:
        raise UnreadableError("damaged", NO_PAGE) from error
    return payload if isinstance(payload, bytes) else b""
