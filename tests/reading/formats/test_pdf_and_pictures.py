"""PDF and pictures: text layers as they stand, scans recognised where tesseract is installed."""

from __future__ import annotations

import io
import sys

import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from nhipcau.reading.findings import UnreadableError
from nhipcau.reading.formats import limits, programs, stamps
from nhipcau.reading.formats.opening import open_file
from tests.reading.formats import samples

needs_font = pytest.mark.skipif(samples.font_path() is None, reason="no font with Vietnamese letters")
needs_ocr = pytest.mark.skipif(
    samples.font_path() is None or not programs.can_recognise(), reason="tesseract with Vietnamese is missing"
)
PAPER = "TỈNH ỦY NÚI MẪU\nSố 15-KH/TU\nKế hoạch đón đoàn đại biểu nhân dân tỉnh bạn năm 2026\n1. Mục đích"


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which tesseract is not installed."""
    monkeypatch.setattr(programs, "can_recognise", lambda: False)


@needs_font
def test_a_text_layer_comes_out_line_by_line_with_its_pages() -> None:
    found = open_file(
        samples.to_pdf("\n".join(f"Dòng thứ {number} của văn bản" for number in range(90))), "x"
    )

    assert found.text.split("\n") == [f"Dòng thứ {number} của văn bản" for number in range(90)]
    assert found.pages == 3
    assert not found.ocr


@needs_font
def test_hyphens_at_line_ends_stay() -> None:
    assert open_file(samples.to_pdf("Số 15-\nKH/TU và chính trị-\nxã hội"), "x").text == (
        "Số 15-\nKH/TU và chính trị-\nxã hội"
    )


@needs_font
def test_empty_lines_and_columns_are_seen() -> None:
    """What the page shows as space is space in the text: paragraphs and columns stay apart."""
    assert open_file(samples.to_pdf("Một\nhai\nba\n\nbốn\nnăm"), "x").text == "Một\nhai\nba\n\nbốn\nnăm"
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.drawString(60, 700, "So: 07/KH-UBND")
    page.drawString(300, 700, "Nui Mau, ngay 05")
    page.save()
    assert open_file(out.getvalue(), "x").text == "So: 07/KH-UBND    Nui Mau, ngay 05"


@needs_font
def test_properties_and_annotations_stand_beside_the_text() -> None:
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.setTitle("Tiêu đề riêng")
    page.setKeywords("từ khóa")
    page.drawString(60, 700, "So 15")
    page.textAnnotation("ghi chú", (10, 10, 50, 50))
    page.showPage()
    page.save()
    extras = open_file(out.getvalue(), "x").extras

    assert {"Tiêu đề riêng", "từ khóa"} <= set(extras)
    assert any("ghi chú" in extra for extra in extras)


def test_tcvn3_in_a_pdf_is_decoded() -> None:
    """Fonts of the .Vn family show Vietnamese, but the layer holds their codes."""
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.drawString(60, 700, "Uû ban nh©n d©n tØnh vµ c¸c së, ngµnh")
    page.save()

    assert open_file(out.getvalue(), "x").text == "Uỷ ban nhân dân tỉnh và các sở, ngành"


@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_recognised(kind: str) -> None:
    found = open_file(samples.picture_bytes(samples.to_picture(PAPER), kind), "x")

    assert found.text.split("\n")[0] == "TỈNH ỦY NÚI MẪU"
    assert "15-KH/TU" in found.text
    assert (found.ocr, found.pages, found.media_type) == (True, 1, f"image/{kind.lower()}")


@needs_ocr
def test_every_page_of_a_tiff_is_recognised() -> None:
    out = io.BytesIO()
    pages = [samples.to_picture(f"Trang số {number}") for number in (1, 2)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])

    found = open_file(out.getvalue(), "x")
    assert found.pages == 2
    assert [line for line in found.text.split("\n") if line] == ["Trang số 1", "Trang số 2"]


@needs_ocr
def test_a_scanned_pdf_is_recognised() -> None:
    found = open_file(samples.to_scan(PAPER), "x")

    assert "Kế hoạch đón đoàn đại biểu nhân dân tỉnh bạn năm 2026" in found.text
    assert found.ocr


@needs_font
def test_without_tesseract_a_scan_names_the_line_that_installs_it(without_tesseract: None) -> None:
    for data in (samples.to_scan(PAPER), samples.to_png(PAPER)):
        with pytest.raises(UnreadableError, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
            open_file(data, "x")


@needs_font
@pytest.mark.parametrize("make", [samples.to_pdf, samples.to_docx])
def test_without_tesseract_a_picture_on_the_first_page_is_told(without_tesseract: None, make: object) -> None:
    """The clerk must say that it bears no mark."""
    assert callable(make)
    picture = samples.picture_bytes(samples.to_stamp("ABC"))

    assert open_file(make(PAPER, picture=picture), "x").has_unread_pictures
    assert not open_file(make(PAPER), "x").has_unread_pictures


@needs_ocr
@pytest.mark.parametrize("words", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
@pytest.mark.parametrize("dpi", [100, 200])
@pytest.mark.parametrize("turned", [0, -3])
def test_stamps_are_read_in_their_frames(words: str, dpi: int, turned: int) -> None:
    """Recognition alone loses framed words; the frame is taken off first, also of a stamp put on askew."""
    page = samples.to_picture(PAPER, stamp=words, dpi=dpi)
    page = page.rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor="white")
    cuts = [programs.recognise(stamps.picture_bytes(cut), layout="block") for cut in stamps.stamps_of(page)]

    assert any(cut.split()[-1:] == ["MẬT"] for cut in cuts)


def test_a_page_without_frames_and_red_ink_has_no_stamps() -> None:
    assert stamps.stamps_of(samples.to_picture(PAPER)) == []


def test_a_photograph_does_not_take_long() -> None:
    """Ink in specks everywhere: the search for frames ends at its bound."""
    noise = Image.effect_noise((3000, 2000), 120).convert("RGB")

    assert len(stamps.stamps_of(noise)) <= stamps.MOST_STAMPS


def test_a_transparent_picture_lies_on_white_paper() -> None:
    clear = Image.new("RGBA", (50, 50), (255, 0, 0, 0))

    assert stamps.on_white(clear).getpixel((10, 10)) == (255, 255, 255)


def test_a_picture_that_would_unfold_too_large_is_not_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (40_000, 4_000)).save(out, "PNG")

    assert len(out.getvalue()) < 100_000
    with pytest.raises(stamps.PictureError):
        stamps.load(out.getvalue(), limits.DEFAULT.picture_pixels, 1)


class TestPrograms:
    def test_a_program_that_is_missing_is_said(self) -> None:
        with pytest.raises(programs.ProgramError):
            programs.run(["no-such-program-anywhere"], b"", seconds=5)

    def test_a_program_that_takes_too_long_is_ended(self) -> None:
        with pytest.raises(programs.ProgramError):
            programs.run([sys.executable, "-c", "import time; time.sleep(60)"], b"", seconds=0.5)

    def test_a_program_that_prints_without_end_is_ended(self) -> None:
        with pytest.raises(programs.ProgramError):
            programs.run(
                [sys.executable, "-c", "while True: print('x' * 1000)"], b"", seconds=20, output=10_000
            )

    @pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
    def test_a_program_that_takes_too_much_memory_is_ended(self) -> None:
        greedy = "import time; time.sleep(0.3); x = bytearray(900_000_000); print('had it')"
        with pytest.raises(programs.ProgramError):
            programs.run([sys.executable, "-c", greedy], b"", seconds=30, memory=300_000_000)

    def test_input_and_output_larger_than_a_pipe_pass(self) -> None:
        copy = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"
        data = b"a" * 3_000_000

        assert programs.run([sys.executable, "-c", copy], data, seconds=30) == data

    def test_only_what_a_program_needs_of_the_environment_is_passed_on(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgres://secret")
        show = "import os; print(sorted(os.environ)); print(os.environ['OMP_THREAD_LIMIT'])"
        printed = programs.run([sys.executable, "-c", show], b"", seconds=30).decode()

        assert "DATABASE_URL" not in printed
        assert printed.strip().endswith("1")
