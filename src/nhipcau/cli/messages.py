"""The sentences of the command line: English, or Vietnamese where the system's language is Vietnamese."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, TextIO

#: Code of an error (``UnreadableError.code`` and those of this floor): English sentence, Vietnamese sentence.
#: An empty Vietnamese sentence stands for the one that the reader gave.
SENTENCES: dict[str, tuple[str, str]] = {
    "empty": ("The file holds no text.", ""),
    "damaged": ("The file is damaged or not what its name says.", ""),
    "encrypted": ("The file is encrypted or protected by a password.", ""),
    "no_text": ("The file holds pictures but no text.", ""),
    "ocr_missing": (
        "The file holds pictures only; to read them: apt-get install tesseract-ocr tesseract-ocr-vie",
        "",
    ),
    "not_document": ("The file is no document that can be read.", ""),
    "too_large": (
        "The file is larger than what is read.",
        "Tệp lớn hơn mức có thể đọc.",
    ),
    "too_old": ("The file is in a format too old to be read; save it anew as DOCX.", ""),
    "too_deep": ("The archives lie too deep in one another to be opened.", ""),
    "zip_bomb": ("The file unpacks to far more than it should and was left alone.", ""),
    "xml_entities": ("The file defines XML entities, which are not read.", ""),
    "mixed_encoding": ("The file mixes character encodings.", ""),
    "edxml_namespace": ("The edXML message is of a version that is not read.", ""),
    "error_page": ("The file is a site's error page, saved in place of the document.", ""),
    "table": ("The file is a table (CSV), not a document; a register takes it by import.", ""),
    "sign_in": ("The file is the sign-in page of a site, not the document.", ""),
    "no_such_file": ("There is no such file.", "Không có tệp này."),
    "no_regular_file": ("This is no file.", "Đây không phải là tệp."),
    "no_permission": ("The file may not be read by this account.", "Tài khoản này không có quyền đọc tệp."),
    "not_given": ("The system could not give the file.", "Hệ thống không mở được tệp."),
    "died": (
        "The process that read the file ended; the file was left out.",
        "Tiến trình đọc tệp đã dừng đột ngột; tệp này được bỏ qua.",
    ),
    "fault": (
        "A fault of ours ({given}); please report it.",
        "Lỗi của phần mềm ({given}); xin báo lại cho nhóm phát triển.",
    ),
    "unwritten": ("The output could not be written: {given}.", "Không ghi được kết quả: {given}."),
    "unread_pictures": (
        "{name}: a picture on the first page could not be read; make sure that it bears no secrecy mark.",
        "{name}: trang đầu có ảnh chưa đọc được; cần xem và xác nhận không có dấu mật.",
    ),
    "left_out": ("{name}: could not be read and was left out.", ""),
    "refused": (
        "{name}: bears a secrecy mark ({mark}); refused, nothing of it is kept.",
        "{name}: có dấu {mark}; đã từ chối, không giữ lại gì.",
    ),
}
#: C0 and C1 controls but tab and line feed, marks and overrides of direction.
_STEERING = dict.fromkeys(
    [
        *range(9),
        *range(11, 32),
        *range(127, 160),
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ],
    "\ufffd",
)
_OTHER = ("The file could not be read.", "Không đọc được tệp.")


def in_vietnamese() -> bool:
    """Whether the system's language is Vietnamese, by the usual variables in their usual order."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.lower().startswith("vi")
    return False


def sentence(code: str, vietnamese: bool, *, name: str = "", mark: str = "", given: str = "") -> str:
    """The sentence of a code; ``given`` is what the reader said, used where we have no own Vietnamese."""
    english, own = SENTENCES.get(code, _OTHER if not given else (_OTHER[0], ""))
    if vietnamese and not own:
        return given
    return (own if vietnamese else english).format(name=name, mark=mark, given=given)


def say(words: str, stream: TextIO) -> None:
    """One line on ``stream``, whatever a file's name holds."""
    stream.write(harmless(words).replace("\n", "\ufffd") + "\n")


def harmless(text: str) -> str:
    """A text as a terminal may show it.

    What a paper or its name could steer the terminal with is replaced: control characters (escape sequences
    recolour, move and hide) and those that turn the direction of writing. Lines and tabs stay.
    """
    return text.translate(_STEERING)


def prepare() -> None:
    """Print UTF-8 whatever the console thinks; names that are no UTF-8 are shown with escapes.

    What was closed before we began (``2>&-``) swallows what is written to it.
    """
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (until the end)
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (until the end)
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def unwritten(error: OSError) -> None:
    """Say that our output found no place (a full disk); Python must not complain again at its end."""
    say(sentence("unwritten", in_vietnamese(), given=error.strerror or "?"), sys.stderr)
    sys.stdout = None
