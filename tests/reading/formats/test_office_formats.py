"""Word, OpenDocument, RTF and web pages: the same paper comes out of each, with what stands beside it."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from nhipcau.reading.formats.opened import Opened
from nhipcau.reading.formats.opening import open_file
from tests.reading.formats import samples
from tests.reading.formats.word97_writer import word_document

DATA = Path(__file__).parent / "data"
OFFICE = """ỦY BAN NHÂN DÂN
Số: 07/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
KẾ HOẠCH hoạt động hữu nghị năm 2026
1. Mục đích, yêu cầu
2. Nội dung chính
- Giao lưu nhân dân
Số liệu: 15 đoàn vào, 12 đoàn ra; CHỮ HOA NHỎ
TT | Nội dung | Số
1 | Đoàn vào | 15
Nơi nhận: như trên."""
PAPER = """LIÊN HIỆP CÁC TỔ CHỨC HỮU NGHỊ
TỈNH NÚI MẪU
Số: 21/BC-LHHN

BÁO CÁO
Kết quả công tác đối ngoại nhân dân quý I năm 2026
1. Đoàn vào: 12 đoàn, 85 lượt người ("đoàn" & 'lượt' < 100).
2. Đoàn ra: 3 đoàn; kinh phí 1,5 tỷ đồng {xã hội hóa} \\ 100%."""


def opened(document: object) -> Opened:
    """A python-docx document, saved and opened by the product."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return open_file(out.getvalue(), "van-ban.docx")


@pytest.mark.parametrize("suffix", ["doc", "docx", "odt", "rtf"])
class TestOneplanInFourFormats:
    """The plan in ``data`` reads alike from each format."""

    def test_the_text(self, suffix: str) -> None:
        """Fonts by style and run, lists, tables placed and drawn, capitals by formatting."""
        assert open_file((DATA / f"office.{suffix}").read_bytes(), "x").text.strip() == OFFICE

    def test_the_page_header_and_the_title_stand_beside_it(self, suffix: str) -> None:
        extras = "\n".join(open_file((DATA / f"office.{suffix}").read_bytes(), "x").extras)

        assert "đầu trang mẫu" in extras
        assert "Kế hoạch mẫu" in extras

    def test_hidden_words_are_beside_the_text_and_not_in_it(self, suffix: str) -> None:
        found = open_file((DATA / f"office.{suffix}").read_bytes(), "x")

        assert "ẩn" not in found.text
        assert "ẩn" in "\n".join(found.extras) or suffix == "rtf"


@pytest.mark.parametrize("suffix", [".docx", ".doc", ".odt", ".rtf"])
def test_a_paper_comes_back_line_by_line(suffix: str) -> None:
    assert open_file(samples.MAKERS[suffix](PAPER), "x").text.strip() == PAPER


def test_runs_are_joined_without_blanks() -> None:
    """Word splits words into runs as it likes."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("Qu", "y đ", "ịnh", " về"):
        paragraph.add_run(piece)

    assert opened(document).text == "Quy định về"


def test_a_letterhead_of_two_columns_gives_the_left_lines_then_the_right() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "TỈNH ỦY NÚI MẪU\n*\nSố 15-KH/TU"
    table.cell(0, 1).text = "ĐẢNG CỘNG SẢN VIỆT NAM\nNúi Mẫu, ngày 05 tháng 3 năm 2024"

    assert opened(document).text.split("\n")[:5] == [
        "TỈNH ỦY NÚI MẪU",
        "*",
        "Số 15-KH/TU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Núi Mẫu, ngày 05 tháng 3 năm 2024",
    ]


def test_a_drawn_table_gives_one_line_for_each_row() -> None:
    document = docx.Document()
    table = document.add_table(2, 2, style="Table Grid")
    for place, words in enumerate(("Đơn vị", "Số đoàn", "Xã Mẫu", "12")):
        table.cell(*divmod(place, 2)).text = words

    assert opened(document).text == "Đơn vị | Số đoàn\nXã Mẫu | 12"


def test_revisions_read_as_if_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Giữ lại ")
    for tag, inner in (("w:del", "w:delText"), ("w:ins", "w:t")):
        change = OxmlElement(tag)
        run, text = OxmlElement("w:r"), OxmlElement(inner)
        text.text = "bỏ" if tag == "w:del" else "thêm"
        run.append(text)
        change.append(run)
        paragraph._p.append(change)

    assert opened(document).text == "Giữ lại thêm"


def test_field_codes_are_left_out_and_their_results_kept() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Trang ")
    for kind, words in (("begin", ""), ("", "PAGE"), ("separate", ""), ("result", "7"), ("end", "")):
        run = paragraph.add_run(words if kind == "result" else "")
        if kind in {"begin", "separate", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.text = words
            run._r.append(code)

    assert opened(document).text == "Trang 7"


def test_text_boxes_comments_and_properties_stand_beside_the_text() -> None:
    found = open_file(
        samples.to_docx(
            "Nội dung", header="đầu trang", box="trong khung", properties={"keywords": "từ khóa"}
        ),
        "x",
    )

    assert found.text.strip() == "Nội dung"
    for words in ("đầu trang", "trong khung", "từ khóa"):
        assert any(words in extra for extra in found.extras)


def test_a_text_box_that_is_stored_twice_is_read_once() -> None:
    """Word keeps a drawing and its fallback for old readers side by side."""
    document = docx.Document()
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    box = "<w:txbxContent><w:p><w:r><w:t>khung</w:t></w:r></w:p></w:txbxContent>"
    document.add_paragraph()._p.append(
        parse_xml(
            f"<w:r {word} {space}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )

    assert "\n".join(opened(document).extras).count("khung") == 1


def test_footnotes_come_under_the_text() -> None:
    footnotes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Theo Báo cáo số 07/BC-SNgV.</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    package = samples.rewritten(samples.to_docx("Nội dung"), {})
    files = samples.parts(package) | {"word/footnotes.xml": footnotes.encode()}

    assert open_file(samples.to_zip(files), "x").text == "Nội dung\nTheo Báo cáo số 07/BC-SNgV."


@pytest.mark.parametrize(
    ("number_format", "pattern", "labels"),
    [
        ("decimal", "%1.", ["1.", "2."]),
        ("lowerLetter", "%1)", ["a)", "b)"]),
        ("upperRoman", "%1.", ["I.", "II."]),
        ("lowerRoman", "(%1)", ["(i)", "(ii)"]),
        ("bullet", "-", ["-", "-"]),
        ("bullet", "\uf0b7", ["-", "-"]),
        ("bullet", "+", ["+", "+"]),
        ("none", "", ["một", "hai"]),
    ],
)
def test_list_labels_are_printed(number_format: str, pattern: str, labels: list[str]) -> None:
    """Word counts the labels of lists; the text does not hold them."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {word} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{number_format}"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {word} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for words in ("một", "hai"):
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {word}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'))

    assert [line.split(" ")[0] for line in opened(document).text.split("\n")] == labels


def test_legacy_fonts_are_decoded_run_by_run() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for words, font in (
        ("Uû ban ", ".VnTime"),
        ("nh©n d©n", ".VnTimeH"),
        (" à é", "Arial"),
        (" so", "VNI-Times"),
    ):
        paragraph.add_run(words).font.name = font
    paragraph.add_run("á").font.name = "VNI-Helve"

    assert opened(document).text == "Uỷ ban NHÂN DÂN à é số"


def test_fonts_that_lie_are_not_believed() -> None:
    """A file that was converted to Unicode and kept its font names is not decoded a second time."""
    document = docx.Document()
    document.add_paragraph().add_run("Ủy ban nhân dân là cơ quan của xã").font.name = ".VnTime"
    document.add_paragraph().add_run("và, là, có").font.name = ".VnTime"

    assert opened(document).text == "Ủy ban nhân dân là cơ quan của xã\nvà, là, có"


def test_an_external_link_is_never_followed() -> None:
    """A template and a picture on another machine: the text is read, the addresses stay unread."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://192.0.2.1/t.dotm" '
        'TargetMode="External"/><Relationship Id="r2" Type="http://x/image" Target="http://192.0.2.1/p.png" '
        'TargetMode="External"/><Relationship Id="r3" Type="http://x/header" Target="../../../etc/passwd"/>'
        "</Relationships>"
    )
    package = samples.rewritten(
        samples.to_docx("Nội dung"), {"word/_rels/document.xml.rels": lambda _: relations.encode()}
    )

    assert open_file(package, "x").text == "Nội dung"


def test_a_strict_or_renamed_main_part_is_found_by_its_relation() -> None:
    files = samples.parts(samples.to_docx("Nội dung"))
    files["word/chinh.xml"] = files.pop("word/document.xml")
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"word/chinh.xml")

    assert open_file(samples.to_zip(files), "x").text == "Nội dung"


class TestOldWord:
    def test_narrow_and_wide_pieces(self) -> None:
        assert open_file(word_document([("Uû ban", ".VnTime")], narrow=True), "x").text == "Uỷ ban"
        assert open_file(word_document([("Uû ban", ".VnTime")]), "x").text == "Uỷ ban"

    def test_many_runs_over_several_pages_of_formatting(self) -> None:
        runs = [(f"d©n {number} ", ".VnTime" if number % 2 else "Arial") for number in range(300)]
        expected = "".join(f"{'dân' if number % 2 else 'd©n'} {number} " for number in range(300))

        assert open_file(word_document(runs), "x").text == expected

    def test_fields_marks_and_breaks(self) -> None:
        """A field shows its result; non-breaking hyphens and breaks become what they look like."""
        raw = "Số 07\x1eKH \x13 PAGE \x144\x15 hết\x0bdòng hai\x0ctrang hai\n"

        assert open_file(word_document([(raw, "Arial")]), "x").text == "Số 07-KH 4 hết\ndòng hai\ntrang hai"

    def test_a_table_without_formatting_is_laid_out(self) -> None:
        raw = "a\x07b\x07c\x07\x07sau bảng\n"

        assert open_file(word_document([(raw, "Arial")]), "x").text == "a | b | c\nsau bảng"

    def test_a_large_file_with_several_tables_of_sectors(self) -> None:
        """A megabyte of text: more sectors than one table can list, none of which is taken for missing."""
        paper = "\n".join(f"Dòng thứ {number} của văn bản dài" for number in range(20_000))

        assert open_file(samples.to_doc(paper), "x").text.strip() == paper

    def test_the_header_stands_beside(self) -> None:
        found = open_file(samples.to_doc("Nội dung", header="ĐẦU TRANG"), "x")

        assert found.text.strip() == "Nội dung"
        assert found.extras == ("ĐẦU TRANG",)

    @pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
    def test_antiword_reads_the_same_words(self) -> None:
        """Where nothing is in a legacy font, a second reader agrees word for word."""
        theirs = subprocess.run(
            ["antiword", "-m", "UTF-8", "-w", "0", str(DATA / "plain.doc")],
            capture_output=True, check=True, timeout=60,
        ).stdout.decode()  # fmt: skip
        ours = open_file((DATA / "plain.doc").read_bytes(), "x").text

        assert ours.split() == PAPER.split() * 12
        assert theirs.split() == ours.split()


class TestRichText:
    def test_code_pages_fonts_and_escapes(self) -> None:
        data = (
            rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset163 Times;}{\f1\fnil .VnTime;}"
            rb"{\f2\fnil Arial;}}\f1 U\'fb ban\par\f2 \u7889? \'e9 \{\}\\ a\~b\_c\emdash d\par\f0 m\'f4\'f2t}"
        )
        text = open_file(data, "x").text

        assert text.split("\n")[:2] == ["Uỷ ban", "ố é {}\\ a\u00a0b-c—d"]

    def test_groups_that_are_no_text_are_left_out(self) -> None:
        data = rb"{\rtf1{\fonttbl{\f0 A;}}{\*\unknown x}{\stylesheet{\s1 y;}}{\info{\title T}}Text\par}"

        found = open_file(data, "x")
        assert found.text.strip() == "Text"
        assert "T" in found.extras

    def test_the_fallback_of_a_letter_is_skipped(self) -> None:
        assert open_file(
            rb"{\rtf1\uc2 \u7889??b\uc0 \u7889 c\uc1\u7889\'3fd}", "x"
        ).text == "ốbố cốd".replace("bố c", "bốc")

    def test_binary_data_is_jumped_over(self) -> None:
        assert open_file(b"{\\rtf1 a{\\pict\\bin5 }{}{}}b}", "x").text.strip() == "ab"


class TestWebPages:
    def test_blocks_tables_and_what_is_no_text(self) -> None:
        page = (
            "<html><head><title>Tin</title><style>p{}</style><script>var a</script></head><body>"
            "<nav>Trang chủ</nav><h1>Tiêu  đề</h1><div>Một<br>hai <b>ba</b></div>"
            "<table border=1><tr><td>A<td>1<tr><td>B<td>2</table>"
            "<table><tr><td><p>Trái<p>dưới<td>Phải</table>"
            "<p style='display: none'>ẩn</p></body></html>"
        )
        found = open_file(page.encode(), "x")

        assert found.text.split("\n") == [
            "Tiêu đề",
            "Một",
            "hai ba",
            "A | 1",
            "B | 2",
            "Trái",
            "dưới",
            "Phải",
        ]
        assert "Tin" in found.extras

    def test_the_article_with_the_heading_is_the_page(self) -> None:
        page = "<body><div>Menu</div><article><h1>Đề</h1><p>Bài</p></article><div>Tin khác</div></body>"

        assert open_file(f"<html>{page}</html>".encode(), "x").text == "Đề\nBài"

    @pytest.mark.parametrize("charset", ["windows-1258", "utf-8", "iso-8859-1"])
    def test_a_label_that_lies_does_no_harm(self, charset: str) -> None:
        page = f"<html><head><meta charset={charset}></head><body>Ủy ban nhân dân tỉnh</body></html>"

        assert open_file(page.encode(), "x").text == "Ủy ban nhân dân tỉnh"
        old = open_file(samples.to_windows_1258(page), "x").text
        assert old in {"Ủy ban nhân dân tỉnh", "Uỷ ban nhân dân tỉnh"} or "\u0309" in old

    def test_an_odd_label_is_believed(self) -> None:
        page = "<html><head><meta charset=shift_jis></head><body>日本 ハノイ</body></html>"

        assert open_file(page.encode("shift_jis"), "x").text == "日本 ハノイ"

    def test_a_web_archive_gives_its_page(self) -> None:
        archive = (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
            b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            b"<html><body>=E1=BB=A6y ban</body></html>\r\n--b--\r\n"
        )

        assert open_file(archive, "x").text == "Ủy ban"
