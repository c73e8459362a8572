"""Bad input: each file gets one clear Vietnamese sentence, within bounds, and nothing is half-kept."""

from __future__ import annotations

import base64
import io
import re
import socket
import tracemalloc
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas

from nhipcau.reading.findings import MarkedError, UnreadableError
from nhipcau.reading.formats import programs
from nhipcau.reading.formats.limits import DEFAULT
from nhipcau.reading.formats.opening import load, open_all, open_file
from nhipcau.reading.reader import read_bytes
from tests.reading.formats import samples
from tests.reading.formats.word97_writer import compound_file, word_document

TEXT = "ỦY BAN NHÂN DÂN TỈNH NÚI MẪU\nSố: 07/KH-UBND\nKế hoạch hoạt động hữu nghị năm 2026\n" * 5
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><lolz>&j;</lolz>"
)
SIGN_IN = (
    "<html><head><title>Đăng nhập hệ thống</title></head><body><form>Tên <input name=u> Mật khẩu "
    "<input type='password'></form></body></html>"
)


def refusal(data: bytes, name: str = "van-ban") -> UnreadableError:
    """The refusal of a file; its sentence is Vietnamese, one, and speaks of no machinery."""
    with pytest.raises(UnreadableError) as caught:
        read_bytes(data, name)
    sentence = str(caught.value)
    assert sentence.startswith(("Tệp", "Trang", "Thông điệp", "Không", "Ảnh"))
    assert sentence.endswith((".", "-vie"))
    assert "\n" not in sentence
    assert not re.search(r"Error|Exception|Traceback|0x|NoneType", sentence)
    return caught.value


def locked_pdf() -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, encrypt=pdfencrypt.StandardEncryption("mo", canPrint=0))
    page.drawString(60, 700, "So 07")
    page.save()
    return out.getvalue()


def locked_zip() -> bytes:
    """A ZIP whose only file carries the flag of a password."""
    data = bytearray(samples.to_zip({"a.txt": b"bi mat"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def locked_odt() -> bytes:
    manifest = b"<m:manifest xmlns:m='x'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    return samples.to_zip(samples.parts(samples.to_odt(TEXT)) | {"META-INF/manifest.xml": manifest})


def locked_doc() -> bytes:
    data = bytearray(samples.to_doc(TEXT))
    place = data.index(b"\xec\xa5\xc1\x00") + 10
    data[place + 1] |= 0x01
    return bytes(data)


def word_95() -> bytes:
    data = bytearray(samples.to_doc(TEXT))
    place = data.index(b"\xec\xa5\xc1\x00")
    data[place : place + 4] = b"\xdc\xa5\x65\x00"
    return bytes(data)


def entities_in_word() -> bytes:
    return samples.to_zip(samples.parts(samples.to_docx(TEXT)) | {"word/document.xml": LAUGHS})


CASES: dict[str, tuple[bytes, str]] = {
    "0 byte": (b"", "empty"),
    "only blanks": (b" \r\n\t \n", "empty"),
    "only a mark": (b"\xef\xbb\xbf", "empty"),
    "empty Word file": (samples.to_docx(""), "empty"),
    "empty page": (b"<html><body></body></html>", "empty"),
    "empty archive": (b"PK\x05\x06" + bytes(18), "empty"),
    "locked PDF": (locked_pdf(), "encrypted"),
    "locked Word file": (compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "encrypted"),
    "locked old Word file": (locked_doc(), "encrypted"),
    "locked ZIP": (locked_zip(), "encrypted"),
    "locked ODT": (locked_odt(), "encrypted"),
    "Word 95": (word_95(), "too_old"),
    "old spreadsheet": (compound_file({"Workbook": b"x"}), "not_document"),
    "spreadsheet": (
        samples.to_zip({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}),
        "not_document",
    ),
    "laughs": (LAUGHS, "xml_entities"),
    "laughs in Word": (entities_in_word(), "xml_entities"),
    "other XML": (b"<?xml version='1.0'?><a>b</a>", "not_document"),
    "broken XML": (b"<?xml version='1.0'?><edXML><a></edXML>", "damaged"),
    "bomb": (samples.to_zip({"a.txt": bytes(60_000_000)}), "zip_bomb"),
    "sign-in page": (SIGN_IN.encode(), "sign_in"),
    "mixed encodings": (TEXT.encode() + samples.to_windows_1258(TEXT), "mixed_encoding"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(200), "not_document"),
    "Windows program": (b"MZ\x90\x00" + bytes(200), "not_document"),
    "music": (b"ID3\x03\x00" + bytes(range(256)) * 8, "not_document"),
    "raw music": (b"\xff\xfb\x90\x64" + bytes(range(256)) * 8, "not_document"),
    "noise": (bytes((7 * n * n + 3 * n) % 256 for n in range(6000)), "not_document"),
    "zeros": (bytes(5000), "not_document"),
    "RAR": (b"Rar!\x1a\x07\x00" + bytes(100), "not_document"),
    "PDF head alone": (b"%PDF-1.7\n", "damaged"),
    "OLE head alone": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "damaged"),
    "PNG head alone": (b"\x89PNG\r\n\x1a\n" + bytes(40), "damaged"),
    "RTF head alone": (b"{\\rtf1\\ansi", "damaged"),
}


@pytest.mark.parametrize("name", CASES)
def test_each_bad_file_gets_its_one_sentence(name: str) -> None:
    data, code = CASES[name]
    if name == "PNG head alone" and not programs.can_recognise():
        code = "ocr_missing"

    assert refusal(data).code == code


def test_each_reason_has_a_sentence_of_its_own() -> None:
    """A clerk must be able to tell a locked file from a broken one."""
    sentences: dict[str, set[str]] = {}
    for data, code in CASES.values():
        sentences.setdefault(code, set()).add(str(refusal(data)))
    for code, own in sentences.items():
        for other, others in sentences.items():
            assert code == other or not own & others


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".rtf", ".doc", ".pdf", ".zip", ".edxml"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.94])
def test_a_truncated_file_is_refused_as_a_whole(suffix: str, part: float) -> None:
    """A part of a paper must not pass for the paper."""
    data = samples.MAKERS[suffix](TEXT)

    assert refusal(data[: int(len(data) * part)]).code in {"damaged", "not_document"}


@pytest.mark.skipif(not programs.can_recognise(), reason="tesseract is not installed")
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_truncated_picture_is_refused(kind: str) -> None:
    data = samples.picture_bytes(samples.to_picture(TEXT), kind)

    assert refusal(data[: len(data) // 2]).code == "damaged"


@pytest.mark.parametrize("suffix", list(samples.MAKERS))
def test_a_misnamed_file_is_read_as_what_it_is(suffix: str) -> None:
    """The content decides; a Word file called .pdf is a Word file."""
    wrong = ".pdf" if suffix != ".pdf" else ".docx"
    members = open_all(samples.MAKERS[suffix](TEXT), f"van-ban{wrong}")

    assert [member.error for member in members] == [None]
    opened = members[0].opened
    assert opened is not None
    assert opened.text.split() == TEXT.split()


def test_a_file_of_200_megabytes_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    """A sparse file: its bytes are never read into memory."""
    path = tmp_path / "lon.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    with pytest.raises(UnreadableError) as caught:
        load(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert caught.value.code == "too_large"
    assert peak < 1_000_000


def test_200_megabytes_that_are_in_memory_already_are_refused_untouched() -> None:
    data = bytes(200_000_000)
    tracemalloc.start()
    with pytest.raises(UnreadableError) as caught:
        open_file(data, "x")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert caught.value.code == "too_large"
    assert peak < 1_000_000


def test_a_bomb_is_not_unpacked_beyond_its_bound() -> None:
    data = samples.to_zip({f"{number}.txt": bytes(60_000_000) for number in range(3)})
    tracemalloc.start()
    with pytest.raises(UnreadableError):
        open_file(data, "x")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 20_000_000


def test_a_loaded_file_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())

    assert load(path) == TEXT.encode()


def test_a_picture_only_pdf_without_recognition_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programs, "can_recognise", lambda: False)
    error = refusal(samples.to_scan("Nội dung"))

    assert error.code == "no_text"
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in str(error)


def test_reading_never_opens_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """External links in DOCX, pages and messages stay unread."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    link = '<a href="http://192.0.2.1/x">x</a><img src="http://192.0.2.1/y.png"><iframe src="http://192.0.2.1"></iframe>'
    page = f"<html><head><base href='http://192.0.2.1/'></head><body>{link}Nội dung</body></html>"
    external = b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a>b</a>'
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        b'Id="r1" Type="http://x/image" Target="http://192.0.2.1/p.png" TargetMode="External"/>'
        b"</Relationships>"
    )
    word = samples.rewritten(
        samples.to_docx("Nội dung"), {"word/_rels/document.xml.rels": lambda _: relation}
    )

    assert "Nội dung" in open_file(page.encode(), "x").text
    assert open_file(word, "x").text == "Nội dung"
    assert open_all(external, "x")[0].error is not None


def test_an_entity_that_names_a_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("nội dung bí mật")
    attack = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'

    assert refusal(attack.encode()).code == "xml_entities"


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>" + b"<div>" * 100_000 + b"x",
        b"{\\rtf1" + b"{" * 100_000 + b"x" + b"}" * 100_000 + b"}",
        b'<?xml version="1.0"?>' + b"<a>" * 100_000,
        b"PK\x03\x04" * 50_000,
    ],
    ids=["html", "rtf", "xml", "zip"],
)
def test_files_nested_without_end_are_answered(data: bytes) -> None:
    """Either a text or one sentence; no recursion runs out."""
    assert len(open_all(data, "x")) == 1


def test_a_deep_word_file_is_answered() -> None:
    deep = b"<w:tbl><w:tr><w:tc>" * 60 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 60
    package = samples.rewritten(
        samples.to_docx("Nội dung"),
        {"word/document.xml": lambda data: data.replace(b"<w:body>", b"<w:body>" + deep, 1)},
    )

    assert open_all(package, "x")[0].name == "x"


def test_the_others_of_an_archive_go_on() -> None:
    files = {"hong.docx": samples.to_docx(TEXT)[:500], "tot.txt": TEXT.encode()}
    reading = read_bytes(samples.to_zip(files), "tap.zip")

    assert "Kế hoạch hoạt động hữu nghị" in reading.text


def test_a_marked_file_that_cannot_be_opened_is_refused_for_its_mark() -> None:
    """The name alone is enough; the broken content must not hide it."""
    with pytest.raises(MarkedError) as caught:
        read_bytes(b"%PDF-1.7\n", "07-BC (TỐI MẬT).pdf")

    assert caught.value.mark == "tối mật"


def test_broken_members_are_refused_by_marked_names() -> None:
    with pytest.raises(MarkedError):
        read_bytes(samples.to_zip({"a.txt": b"A", "TUYET MAT.pdf": b"%PDF-"}), "tap.zip")


def test_bounds_are_sane() -> None:
    """A file may be as large as an office's scans, never as large as memory."""
    assert 50_000_000 < DEFAULT.file_bytes < 200_000_000
    assert DEFAULT.unpacked_bytes >= DEFAULT.part_bytes
    assert DEFAULT.ocr_seconds * DEFAULT.ocr_pages <= 3600


def test_an_attachment_of_a_message_may_be_broken() -> None:
    data = samples.to_edxml({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()})
    coded = base64.b64encode(samples.to_zip({"b.txt": TEXT.encode()}))

    assert "Kế hoạch" in read_bytes(data.replace(coded, b"???"), "m.edxml").text


def test_old_word_pieces_that_point_outside_are_refused() -> None:
    data = bytearray(word_document([(TEXT, "Arial")]))
    place = data.index(b"\xec\xa5\xc1\x00") + 76
    data[place : place + 4] = (10_000_000).to_bytes(4, "little")
    table = data.index(b"\x02\x10\x00\x00\x00")
    data[table + 9 : table + 13] = (10_000_000).to_bytes(4, "little")

    assert refusal(bytes(data)).code == "damaged"
