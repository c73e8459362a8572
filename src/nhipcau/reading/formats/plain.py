"""Plain text and Markdown: bytes to text."""

from __future__ import annotations

import csv
import re
from itertools import islice

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import encodings
from nhipcau.reading.formats.limits import Limits
from nhipcau.reading.formats.opened import Opened

MEDIA_TYPE = "text/plain"
TABLE = (
    "Tệp là một bảng số liệu (CSV), không phải văn bản; hãy đưa bảng vào bằng mục “Nhập từ tệp” của sổ, "
    "hoặc lưu văn bản dưới dạng Word hay PDF."
)
#: So many lines are looked at; so many must there be where the name says nothing.
_LOOKED, _LINES, _CELLS = 50, 5, 3


def refuse_table(opened: Opened, name: str) -> None:
    """Raise UnreadableError where a file that is plain text is a table and no paper."""
    if opened.media_type == MEDIA_TYPE and is_table(opened.text, name):
        raise UnreadableError("table", TABLE)


def is_table(text: str, name: str) -> bool:
    """Whether each line holds as many cells as the first: a CSV file by name, or split by tab or ``;``."""
    lines = list(islice((line for line in text.splitlines() if line.strip()), _LOOKED))
    if re.search(r"(?i)\.(?:csv|tsv)$", name):
        return len(lines) > 1 and any(_columns(lines, mark) > 1 for mark in ",;\t|")
    return len(lines) >= _LINES and any(_columns(lines, mark) >= _CELLS for mark in ";\t")


def _columns(lines: list[str], mark: str) -> int:
    """In how many cells this mark splits every line; 0 where they differ."""
    try:
        counts = {len(cells) for cells in csv.reader(lines, delimiter=mark)}
    except csv.Error:
        return 0
    return counts.pop() if len(counts) == 1 else 0


def read(data: bytes, limits: Limits, media_type: str = MEDIA_TYPE) -> Opened:
    """The text of a plain file, in whichever encoding it is.

    Raises UnreadableError where it is empty, binary, of mixed encodings or too long.
    """
    text = encodings.to_text(data)
    if not text.strip("\ufeff\ufffd \t\r\n\f\v\u00a0"):
        raise UnreadableError("empty", "Tệp không có nội dung chữ nào để đọc.")
    if len(text) > limits.text_characters:
        raise UnreadableError("too_large", "Tệp quá dài để đọc; hãy tách thành các tệp nhỏ hơn.")
    return Opened(text, media_type)
