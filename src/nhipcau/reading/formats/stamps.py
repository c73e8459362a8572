"""Makes stamps in pictures readable: boxes are taken off, red ink is lifted from the page.

A frame drawn around a word hides it from text recognition, and a red stamp often lies over black print.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageOps

# What Pillow lets out on damaged or hostile pictures.
FAULTS = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, MemoryError, OverflowError,
    ZeroDivisionError, AttributeError, NotImplementedError, struct.error, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # fmt: skip
DARK = 150  # darker than this is ink
# Red ink: so much more red than green and blue.
REDNESS = 60
LEAST_RED = 200  # pixels; fewer are specks
INK = re.compile(rb"\x00+")
LEAST_HEIGHT = 18  # pixels; lower frames are letters
GOOD_HEIGHT = 52  # a stamp is brought to this many pixels
MOST_STAMPS = 8
WIDEST = 1_800  # pixels; a page wider than this is looked at smaller
MOST_RUNS = 300_000  # of ink in one picture; a photograph has more and no frames


FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


class PictureError(Exception):
    """The bytes are no picture that can be decoded within the limits."""


class TooManyError(PictureError):
    """A picture file with more pages than may be recognised."""


def load(data: bytes, pixels: int, pages: int) -> list[Image.Image]:
    """Decode the pages of a picture file to RGB on white paper.

    Raises PictureError, before decoding where one page has more than ``pixels`` pixels, and TooManyError
    where there are more than ``pages``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            return [_page(image, index, pixels) for index in range(_count(image, pages))]
    except FAULTS as error:
        raise PictureError("damaged") from error


def _count(image: Image.Image, pages: int) -> int:
    """How many pages are read: those of a TIFF; of an animation only the first picture."""
    count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    if count > pages:
        raise TooManyError("too many pages")
    return count


def _page(image: Image.Image, index: int, pixels: int) -> Image.Image:
    if index:
        image.seek(index)
    if image.width * image.height > pixels:
        raise PictureError("too large")
    image.load()
    return on_white(image)


def on_white(image: Image.Image) -> Image.Image:
    """RGB, with what is transparent shown as white paper."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        full = image.convert("RGBA")
        paper = Image.new("RGBA", full.size, "white")
        return Image.alpha_composite(paper, full).convert("RGB")
    return image.convert("RGB")


def picture_bytes(image: Image.Image) -> bytes:
    """The picture as PNM, the plainest thing that tesseract reads."""
    out = io.BytesIO()
    (image if image.mode in {"L", "RGB"} else image.convert("RGB")).save(out, "PPM")
    return out.getvalue()


def stamps_of(image: Image.Image) -> list[Image.Image]:
    """The pieces of a picture that may be stamps, each cut out without its frame and brought to one size."""
    if image.width > WIDEST:
        image = image.resize(
            (WIDEST, max(1, round(image.height * WIDEST / image.width))), Image.Resampling.BOX
        )
    ink = ImageOps.grayscale(image).point(lambda value: 0 if value < DARK else 255)
    found = framed(ink)
    red = red_ink(image)
    if red is not None:
        found += framed(red) or [_sized(red)]
    return found[:MOST_STAMPS]


def red_ink(image: Image.Image) -> Image.Image | None:
    """What is printed in red, black on white, cut out; None where nothing is red."""
    red, green, blue = image.split()
    surplus = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    mask = surplus.point(lambda value: 255 if value > REDNESS else 0)
    box = mask.getbbox()
    if box is None or mask.histogram()[255] < LEAST_RED:
        return None
    return ImageOps.invert(mask.crop(box))


@dataclass(slots=True)
class Blob:
    """Ink that hangs together: its runs (row, start, end) and how far it reaches."""

    runs: list[tuple[int, int, int]] = field(default_factory=list)
    left: int = 1 << 30
    right: int = 0
    top: int = 1 << 30
    bottom: int = 0
    parent: Blob | None = None

    def root(self) -> Blob:
        """The blob that this one was joined to, at last; itself where it was joined to none."""
        top = self
        while top.parent is not None:
            top = top.parent
        if top is not self:
            self.parent = top
        return top

    def take(self, other: Blob) -> None:
        """Join another blob to this one."""
        self.runs += other.runs
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)

    def is_frame(self) -> bool:
        """Whether it is as wide and high as the frame of a stamp, and hollow."""
        wide, high = self.right - self.left, self.bottom - self.top + 1
        if high < LEAST_HEIGHT or not high <= wide <= 14 * high:
            return False
        return sum(end - start for _, start, end in self.runs) < 0.4 * wide * high


def framed(ink: Image.Image) -> list[Image.Image]:
    """What stands in frames of a black and white picture, the frames themselves wiped out."""
    found = []
    for blob in sorted(_blobs(ink), key=lambda blob: blob.top):
        if not blob.is_frame():
            continue
        cut = ink.crop((blob.left, blob.top, blob.right, blob.bottom + 1))
        for row, start, end in blob.runs:
            cut.paste(255, (start - blob.left, row - blob.top, end - blob.left, row - blob.top + 1))
        inner = ImageOps.invert(cut).getbbox()
        if inner is not None and inner[3] - inner[1] >= LEAST_HEIGHT // 2:
            found.append(_sized(cut.crop(inner)))
        if len(found) >= MOST_STAMPS:
            break
    return found


def _sized(cut: Image.Image) -> Image.Image:
    """One line of print at the height that recognition likes, with paper around it."""
    times = GOOD_HEIGHT / max(cut.height, 1)
    if cut.height > GOOD_HEIGHT * 4:
        times = 1.0
    size = (max(1, min(4000, round(cut.width * times))), max(1, round(cut.height * times)))
    return ImageOps.expand(cut.resize(size, Image.Resampling.BICUBIC), border=30, fill=255)


def _blobs(ink: Image.Image) -> list[Blob]:
    """The connected pieces of ink, joined run by run, row by row."""
    width, height = ink.size
    data = ink.tobytes()
    blobs: list[Blob] = []
    above: list[tuple[int, int, Blob]] = []
    count = 0
    for row in range(height):
        now: list[tuple[int, int, Blob]] = []
        first = 0
        for run in INK.finditer(data, row * width, (row + 1) * width):
            start, end = run.start() - row * width, run.end() - row * width
            while first < len(above) and above[first][1] < start:
                first += 1
            blob, place = Blob([(row, start, end)], start, end, row, row), first
            blobs.append(blob)
            while place < len(above) and above[place][0] <= end:
                blob = _joined(above[place][2].root(), blob.root())
                place += 1
            now.append((start, end, blob))
        above = now
        count += len(now)
        if count > MOST_RUNS:
            break
    return [blob for blob in blobs if blob.parent is None]


def _joined(one: Blob, other: Blob) -> Blob:
    """Join two blobs, the smaller into the larger, and remember where the smaller went."""
    if one is other:
        return one
    small, large = (one, other) if len(one.runs) < len(other.runs) else (other, one)
    large.take(small)
    small.parent, small.runs = large, []
    return large
