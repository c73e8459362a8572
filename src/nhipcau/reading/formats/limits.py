"""How much of a file is ever taken in: every size, count, ratio and time of the readers of formats.

Sizes are bytes, times are seconds. The values are generous for an office's paper and small for a machine.
"""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024
BOMB = "Tệp nén bung ra quá lớn so với dung lượng thật (nghi là “bom nén”), nên không được mở."


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one opening; a file beyond one of them is refused with a sentence, never cut in silence."""

    file_bytes: int = 128 * MB
    text_characters: int = 20_000_000
    part_bytes: int = 64 * MB  # one unpacked part of a DOCX, ODT or ZIP
    unpacked_bytes: int = 256 * MB  # all parts of one container together
    entries: int = 2_000
    ratio: int = 200  # unpacked to packed, for parts of more than a megabyte
    nesting: int = 2  # a ZIP in a ZIP, or a ZIP in an edXML message
    pages: int = 3_000
    ocr_pages: int = 60
    ocr_seconds: int = 60  # one page
    ocr_memory: int = 2048 * MB
    ocr_output: int = 4 * MB
    picture_pixels: int = 120_000_000


DEFAULT = Limits()
