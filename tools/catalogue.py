"""Message catalogues: reads .po files and compiles them to .mo, with nothing but the standard library.

The compiled files are not committed; every set-up makes those that are older than their source.
"""

from __future__ import annotations

import ast
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = 0x950412DE
#: Between a context and its message, and between the forms of a plural, in a compiled catalogue.
CONTEXT_END = "\x04"
FORM_END = "\x00"


@dataclass
class Message:
    """One entry of a .po file; `texts` holds a translation for each plural form, one where there is none."""

    msgid: str = ""
    context: str | None = None
    plural: str | None = None
    texts: dict[int, str] = field(default_factory=dict)
    is_fuzzy: bool = False
    is_obsolete: bool = False

    @property
    def key(self) -> str:
        """The key in a compiled catalogue."""
        whole = self.msgid if self.plural is None else f"{self.msgid}{FORM_END}{self.plural}"
        return whole if self.context is None else f"{self.context}{CONTEXT_END}{whole}"

    @property
    def text(self) -> str:
        """The value in a compiled catalogue."""
        return FORM_END.join(self.texts[number] for number in sorted(self.texts))

    @property
    def is_whole(self) -> bool:
        """Whether there is a translation that somebody stands by; the header is never in doubt."""
        return not (self.is_fuzzy and self.msgid) and bool(self.texts) and all(self.texts.values())


def read(path: Path) -> list[Message]:
    """The entries of a .po file, its header first; raises `ValueError` naming a line that is none."""
    messages: list[Message] = []
    current, target = Message(), ""
    begun = False
    for number, raw in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        line = raw.strip()
        if line.startswith("#~"):
            continue
        if begun and (not line or line.startswith("#")):
            messages.append(current)
            current, target, begun = Message(), "", False
        if line.startswith("#"):
            current.is_fuzzy = current.is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif line:
            word, text = _parts(line, path, number)
            begun = True
            target = word or target
            _add(current, target, text)
    return messages


def compile_all(folder: Path) -> list[Path]:
    """Compile every catalogue under `folder` that is newer than its .mo; returns those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            target.write_bytes(compiled(read(source)))
            written.append(target)
    return written


def compiled(messages: list[Message]) -> bytes:
    """The bytes of a .mo file: sorted, little-endian, without a hash table. Unfinished entries stay out."""
    # The header counts even where it is marked fuzzy: it names the encoding of all the others.
    kept = [message for message in messages if message.is_whole or not message.msgid]
    pairs = sorted((message.key.encode(), message.text.encode()) for message in kept)
    keys, values = b"", b""
    key_table: list[int] = []
    value_table: list[int] = []
    start_of_keys = 28 + 16 * len(pairs)
    start_of_values = start_of_keys + sum(len(key) + 1 for key, _value in pairs)
    for key, value in pairs:
        key_table += [len(key), start_of_keys + len(keys)]
        value_table += [len(value), start_of_values + len(values)]
        keys += key + b"\x00"
        values += value + b"\x00"
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    tables = struct.pack(f"<{4 * len(pairs)}I", *key_table, *value_table)
    return head + tables + keys + values


def _parts(line: str, path: Path, number: int) -> tuple[str, str]:
    """The keyword (empty on a line that goes on) and the text between the quotes."""
    word, quote, rest = line.partition('"')
    try:
        # The escapes of .po files are those of the language that also reads them here.
        return word.strip(), str(ast.literal_eval(quote + rest))
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"{path}, line {number}: not a line of a catalogue") from error


def _add(message: Message, target: str, text: str) -> None:
    if target == "msgctxt":
        message.context = (message.context or "") + text
    elif target == "msgid":
        message.msgid += text
    elif target == "msgid_plural":
        message.plural = (message.plural or "") + text
    else:
        number = int(target.removeprefix("msgstr").strip("[]") or 0)
        message.texts[number] = message.texts.get(number, "") + text
