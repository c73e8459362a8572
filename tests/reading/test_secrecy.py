"""Secrecy marks stop a paper in every format and place; the word in its ordinary senses stops none."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from nhipcau.reading import secrecy
from nhipcau.reading.findings import MarkedError
from nhipcau.reading.formats import programs
from nhipcau.reading.reader import read_bytes
from nhipcau.reading.tables import load
from tests.reading.formats import samples

ROOT = Path(__file__).parents[1] / "secrecy"
TEXTS = tomllib.loads((ROOT / "expected.toml").read_text(encoding="utf-8"))
NAMES = tomllib.loads((ROOT / "names.toml").read_text(encoding="utf-8"))
CORPUS = sorted((ROOT.parent / "documents").rglob("*.txt"))
BODY = "ỦY BAN NHÂN DÂN TỈNH NÚI MẪU\nSố: 07/KH-UBND\nKẾ HOẠCH\nHoạt động hữu nghị năm 2026\n1. Mục đích"
OCR = samples.font_path() is not None and programs.can_recognise()
needs_ocr = pytest.mark.skipif(not OCR, reason="tesseract with Vietnamese is missing")


def rows(groups: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(group, key, mark) for group, table in groups.items() for key, mark in table.items()]


@pytest.mark.parametrize(("group", "name", "mark"), rows(TEXTS))
def test_each_text_is_told(group: str, name: str, mark: str) -> None:
    """Texts written by someone who had not seen the code."""
    text = (ROOT / group / name).read_text(encoding="utf-8")

    assert (secrecy.find_mark(text) or "none") == mark


@pytest.mark.parametrize(("group", "name", "mark"), rows(NAMES))
def test_each_file_name_is_told(group: str, name: str, mark: str) -> None:
    assert (secrecy.find_mark("", name=name) or "none") == mark


@pytest.mark.parametrize(("group", "name", "mark"), rows(TEXTS))
def test_decomposed_and_with_windows_line_ends(group: str, name: str, mark: str) -> None:
    text = (ROOT / group / name).read_text(encoding="utf-8")

    changed = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert (secrecy.find_mark(changed) or "none") == mark


@pytest.mark.parametrize("row", load.rows("marks"), ids=lambda row: f"{row['role']} {row['example']}")
def test_each_row_of_the_table_does_its_work(row: dict[str, str]) -> None:
    """Marks, fields and neighbours of the head are found in their examples; words beside make it none."""
    found = secrecy.in_text(row["example"], beside=row["role"] == "scanned")

    if row["role"] in {"mark", "scanned"}:
        assert found == row["mark"]
    else:
        assert (found is not None) == (row["role"] in {"field", "beside", "paper"})


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_no_paper_of_the_corpus_is_taken_for_a_marked_one(path: Path) -> None:
    assert secrecy.find_mark(path.read_text(encoding="utf-8"), name=path.name) is None


# How a mark is printed.
@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT", "mật"),
        ("[ TỐI MẬT ]", "tối mật"),
        ("* * * TUYỆT MẬT * * *", "tuyệt mật"),
        ("M Ậ T", "mật"),
        ("T Ố I   M Ậ T", "tối mật"),
        ("TUYỆT     MẬT", "tuyệt mật"),
        ("MẬT MẬT", "mật"),  # printed twice for boldness
        ("TTỐỐII MMẬẬTT", "tối mật"),  # each letter twice, as some PDFs do
        ("TỔI MẬT", "tối mật"),  # recognised
        ("TUYẾỆT MẬT", "tuyệt mật"),
        ("MẬT - KHẨN", "mật"),
        ("HỎA TỐC MẬT", "mật"),
        ("TỐI MẬT\nBản số: 02", "tối mật"),
        ("Tối mật\nKính gửi: Công an tỉnh", "tối mật"),  # at the head, not in capitals
        ("Số: 07/BC-UBND MẬT", "mật"),
        ("MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "mật"),
        ("Độ khẩn: Khẩn    Độ mật: Tối mật", "tối mật"),
        ("Độ mật | Mật | Độ khẩn | Thường", "mật"),
        ("Độ mật:\nTuyệt mật", "tuyệt mật"),
        ("1. Độ mật: MẬT", "mật"),
        ("BÍ MẬT NHÀ NƯỚC\nĐỘ TUYỆT MẬT", "tuyệt mật"),
        ("MẬT\n" + "dòng\n" * 50 + "TUYỆT MẬT", "tuyệt mật"),  # the gravest counts
    ],
)
def test_printed_marks(text: str, mark: str) -> None:
    assert secrecy.find_mark(text) == mark


# The word as a word, and marks that are spoken of.
@pytest.mark.parametrize(
    "text",
    [
        "QUY CHẾ BẢO\nMẬT",
        "CÔNG TÁC BẢO   MẬT",
        "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ\nTỐI MẬT",
        "TUYỆT MẬT\nTỐI MẬT\nMẬT",
        "- Tuyệt mật;\n- Tối mật;\n- Mật.",
        "a) MẬT;",
        "Phân loại độ mật: Mật, Tối mật, Tuyệt mật",
        "Độ mật: Không",
        "Độ mật:\nSố bản: 5",
        "Dấu “MẬT” được đóng ở đầu trang",
        "“TUYỆT MẬT”",
        "Hợp tác xã MẬT",
        "gia đình bà Mật",
        "giữ\nmật, không tiết lộ",
        "MẬT ONG    LÍT    120.000",
        "Mật độ | 64 người/km2",
        "",
    ],
)
def test_the_word_in_other_senses(text: str) -> None:
    assert secrecy.find_mark(text) is None


@pytest.mark.parametrize(
    ("extra", "mark"),
    [
        ("Mật", "mật"),  # the value of a property
        ("MẶT", "mật"),  # a stamp as recognition misreads it
        ("tối mật", None),
        ("phu luc TUYET MAT.docx", "tuyệt mật"),  # an attachment's name
        ("bảo mật", None),
        ("Mật ong rừng", None),
        ("Trang 1/5\nMẬT", "mật"),
    ],
)
def test_what_stands_beside_the_text(extra: str, mark: str | None) -> None:
    assert secrecy.find_mark("Nội dung", [extra]) == mark


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("MẬT/van ban.docx", "mật"),  # a folder of an archive
        ("tap.zip/07_ToiMat.pdf", "tối mật"),
        ("bao-cao-mật.docx", "mật"),
        ("công văn mật.docx", "mật"),
        ("BC (độ Mật).docx", "mật"),
        ("Danh mục BMNN độ mật.docx", None),
        ("hop mat.docx", None),
        ("RA MAT.docx", None),
        ("format.docx", None),
        ("Mạt cưa.docx", None),
        ("", None),
    ],
)
def test_names(name: str, mark: str | None) -> None:
    assert secrecy.find_mark("", name=name) == mark


def stamped(words: str) -> bytes:
    return samples.picture_bytes(samples.to_stamp(words))


def plain(words: str) -> bytes:
    """Words in black without a frame, as a picture."""
    return samples.picture_bytes(samples.to_stamp(words, framed=False, color="black"))


# Twenty marked files: the stamp as text, in a box, header, property, comment, picture, container or name.
MARKED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "text.txt": (lambda: samples.to_txt("MẬT\n" + BODY), "", "mật"),
    "tcvn3.txt": (lambda: samples.to_tcvn3("TỐI MẬT\n" + BODY).encode("cp1252", "replace"), "", "tối mật"),
    "page.html": (lambda: samples.to_html("TUYỆT MẬT\n" + BODY), "", "tuyệt mật"),
    "text.docx": (lambda: samples.to_docx(BODY + "\n" * 40 + "TỐI MẬT"), "", "tối mật"),
    "box.docx": (lambda: samples.to_docx(BODY, box="MẬT"), "", "mật"),
    "header.docx": (lambda: samples.to_docx(BODY, header="TUYỆT MẬT"), "", "tuyệt mật"),
    "property.docx": (lambda: samples.to_docx(BODY, properties={"keywords": "Tối mật"}), "", "tối mật"),
    "category.docx": (lambda: samples.to_docx(BODY, properties={"category": "MẬT"}), "", "mật"),
    "picture.docx": (lambda: samples.to_docx(BODY, picture=stamped("TỐI MẬT")), "ocr", "tối mật"),
    "watermark.docx": (lambda: samples.to_docx(BODY, art="MẬT"), "", "mật"),
    "header.odt": (lambda: samples.to_odt(BODY, header="MẬT"), "", "mật"),
    "shape.odt": (lambda: samples.to_odt(BODY, shape="TỐI MẬT"), "", "tối mật"),
    "header.rtf": (lambda: samples.to_rtf(BODY, header="TỐI MẬT"), "", "tối mật"),
    "header.doc": (lambda: samples.to_doc(BODY, header="TUYỆT MẬT"), "", "tuyệt mật"),
    "text.doc": (lambda: samples.to_doc("M Ậ T\n" + BODY), "", "mật"),
    "text.pdf": (lambda: samples.to_pdf("TỐI MẬT\n" + BODY), "font", "tối mật"),
    "last page.pdf": (lambda: samples.to_pdf(BODY + "\n" * 60 + "MẬT"), "font", "mật"),
    "picture.pdf": (lambda: samples.to_pdf(BODY, picture=stamped("TUYỆT MẬT")), "ocr", "tuyệt mật"),
    "words in a picture.pdf": (lambda: samples.to_pdf(BODY, picture=plain("TỐI MẬT")), "ocr", "tối mật"),
    "scan.pdf": (lambda: samples.to_scan(BODY, stamp="MẬT"), "ocr", "mật"),
    "photo.jpg": (
        lambda: samples.picture_bytes(samples.to_picture(BODY, stamp="TỐI MẬT"), "JPEG"), "ocr", "tối mật",
    ),
    "in zip": (
        lambda: samples.to_zip({"a.txt": b"A", "b/c.docx": samples.to_docx(BODY, header="MẬT")}), "", "mật",
    ),
    "in edxml": (lambda: samples.to_edxml({"a.docx": samples.to_docx(BODY, box="TỐI MẬT")}), "", "tối mật"),
    "in the message": (
        lambda: samples.to_edxml({"a.txt": BODY.encode()}, subject="TUYỆT MẬT"), "", "tuyệt mật",
    ),
    "07-KH (MẬT).docx": (lambda: samples.to_docx(BODY), "", "mật"),
    "name in zip": (lambda: samples.to_zip({"Toi mat/a.txt": BODY.encode()}), "", "tối mật"),
}  # fmt: skip

# Twenty innocent files that hold the word, in all formats and places.
INNOCENT: dict[str, tuple[Callable[[], bytes], str]] = {
    "text.txt": (lambda: samples.to_txt(BODY + "\nBảo mật thông tin, mật độ dân số"), ""),
    "tcvn3.txt": (lambda: samples.to_tcvn3(BODY + "\nbảo mật thông tin").encode("cp1252", "replace"), ""),
    "page.html": (lambda: samples.to_html("MẬT ONG RỪNG\n" + BODY), ""),
    "law.docx": (lambda: samples.to_docx(BODY + "\nLuật Bảo vệ bí mật nhà nước: độ Mật, Tối mật"), ""),
    "box.docx": (lambda: samples.to_docx(BODY, box="BẢO MẬT"), ""),
    "header.docx": (lambda: samples.to_docx(BODY, header="Công tác bảo vệ bí mật"), ""),
    "property.docx": (lambda: samples.to_docx(BODY, properties={"title": "Mật độ dân số"}), ""),
    "keywords.docx": (lambda: samples.to_docx(BODY, properties={"keywords": "mật ong, bảo mật"}), ""),
    "picture.docx": (lambda: samples.to_docx(BODY, picture=stamped("HỎA TỐC")), "ocr"),
    "header.odt": (lambda: samples.to_odt(BODY, header="MẬT ĐỘ DÂN SỐ"), ""),
    "header.rtf": (lambda: samples.to_rtf(BODY, header="GIẢI MẬT"), ""),
    "header.doc": (lambda: samples.to_doc(BODY, header="THÂN MẬT"), ""),
    "grades.doc": (lambda: samples.to_doc(BODY + "\n- Tuyệt mật;\n- Tối mật;\n- Mật."), ""),
    "text.pdf": (lambda: samples.to_pdf("QUY CHẾ BẢO MẬT\n" + BODY), "font"),
    "quoted.pdf": (lambda: samples.to_pdf(BODY + "\nDấu “TỐI MẬT” do văn thư giữ."), "font"),
    "picture.pdf": (lambda: samples.to_pdf(BODY, picture=stamped("KHẨN")), "ocr"),
    "scan.pdf": (lambda: samples.to_scan(BODY, stamp="HỎA TỐC"), "ocr"),
    "photo.png": (lambda: samples.picture_bytes(samples.to_picture("BẢO MẬT\n" + BODY)), "ocr"),
    "in zip": (lambda: samples.to_zip({"mat tran to quoc.txt": BODY.encode()}), ""),
    "in edxml": (lambda: samples.to_edxml({"a.txt": BODY.encode()}, subject="Về công tác bảo mật"), ""),
    "Bao mat.docx": (lambda: samples.to_docx(BODY), ""),
}  # fmt: skip


def skip_where_missing(need: str) -> None:
    if need == "ocr" and not OCR:
        pytest.skip("tesseract with Vietnamese is missing")
    if need == "font" and samples.font_path() is None:
        pytest.skip("no font with Vietnamese letters")


@pytest.mark.parametrize("name", MARKED)
def test_twenty_marked_files_are_refused(name: str) -> None:
    make, need, mark = MARKED[name]
    skip_where_missing(need)

    with pytest.raises(MarkedError) as caught:
        read_bytes(make(), name)
    assert caught.value.mark == mark


@pytest.mark.parametrize("name", INNOCENT)
def test_twenty_innocent_files_are_read(name: str) -> None:
    make, need = INNOCENT[name]
    skip_where_missing(need)

    assert "07/KH-UBND" in read_bytes(make(), name).text


def test_there_are_twenty_of_each() -> None:
    assert min(len(MARKED), len(INNOCENT)) >= 20


def test_a_refusal_says_the_mark_and_nothing_of_the_paper() -> None:
    with pytest.raises(MarkedError) as caught:
        read_bytes(samples.to_txt("TỐI MẬT\nNội dung riêng"), "a.txt")

    assert str(caught.value) == "tối mật"
    assert caught.value.args == ("tối mật",)


@pytest.mark.parametrize(
    "unit",
    ["MẬ", "M ", "T" * 399 + "\n", "bảo mật ", "MẬT", "(MẬT", "Độ mật: ", "| ", "TUYỆT "],
    ids=lambda unit: unit[:8].strip(),
)
def test_the_look_grows_with_the_text_and_no_faster(unit: str) -> None:
    """Ten times the text, about ten times the work, counted in lines of code run, not in seconds."""
    small, large = unit * 1_000, unit * 10_000

    assert steps(large) <= 12 * steps(small) + 2_000


def steps(text: str) -> int:
    """Lines of code run by one look."""
    import sys

    count = 0

    def tick(*_: object) -> object:
        nonlocal count
        count += 1
        return tick

    before = sys.gettrace()
    sys.settrace(tick)  # type: ignore[arg-type]
    try:
        secrecy.find_mark(text)
    finally:
        sys.settrace(before)
    return count
