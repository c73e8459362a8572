"""TCVN3 and VNI: complete tables, told by font and by content, never seen where they are not."""

from __future__ import annotations

import unicodedata

import pytest

from nhipcau.reading.formats import legacy
from nhipcau.reading.tables import load
from tests.reading.formats.samples import to_tcvn3, to_vni

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]

SENTENCES = (
    "Ủy ban nhân dân tỉnh tổ chức hội nghị sơ kết công tác đối ngoại nhân dân sáu tháng đầu năm.",
    "Đề nghị các sở, ngành, đoàn thể gửi báo cáo kết quả vận động viện trợ trước ngày 15 tháng 6.",
    "Hữu nghị, hợp tác và phát triển: giữ vững môi trường hòa bình, ổn định; mở rộng quan hệ.",
    "Những người lính trẻ kể chuyện về quãng đời đẹp đẽ, nghĩa tình ở vùng biên; chị Hoẵng cười khúc khích.",
)


def test_the_letters_are_all_of_vietnamese() -> None:
    """The list that the other tests run over holds the 73 small letters that need a sign or are vowels."""
    assert len(set(LETTERS)) == 73


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_survives_vni_in_both_cases(letter: str) -> None:
    assert legacy.decode(to_vni(letter), "vni") == letter
    assert legacy.decode(to_vni(letter.upper()), "vni") == letter.upper()


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_survives_tcvn3_and_its_capital_font(letter: str) -> None:
    assert legacy.decode(to_tcvn3(letter), "tcvn3") == letter
    assert legacy.decode(to_tcvn3(letter), "tcvn3", capitals=True) == letter.upper()


def test_the_table_of_tcvn3_covers_every_byte_of_the_upper_half() -> None:
    codes = [int(row["code"], 16) for row in load.rows("tcvn3")]

    assert codes == list(range(0xA0, 0x100))


@pytest.mark.parametrize("row", load.rows("tcvn3")[1:], ids=lambda row: str(row["code"]))
def test_each_row_of_tcvn3_reads_its_example(row: dict[str, str]) -> None:
    """The letter of the row stands in its example, and the code gives the letter."""
    letter = legacy.decode(chr(int(row["code"], 16)), "tcvn3")
    example = row["example"]

    assert letter in example or letter in unicodedata.normalize("NFD", example)


@pytest.mark.parametrize("row", load.rows("vni"), ids=lambda row: str(row["letter"]))
def test_each_row_of_vni_reads_its_example(row: dict[str, str]) -> None:
    assert row["letter"] in row["example"]
    assert legacy.decode(to_vni(row["example"]), "vni") == row["example"]


@pytest.mark.parametrize("row", load.rows("syllables"), ids=lambda row: f"{row['part']} {row['letters']}")
def test_each_row_of_syllables_is_part_of_its_example(row: dict[str, str]) -> None:
    assert legacy.is_syllable(row["example"])
    bare = unicodedata.normalize(
        "NFC",
        "".join(mark for mark in unicodedata.normalize("NFD", row["example"]) if mark not in legacy.TONES),
    )
    assert bare.startswith(row["letters"]) if row["part"] == "onset" else bare.endswith(row["letters"])


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("disguise", [to_tcvn3, to_vni], ids=["tcvn3", "vni"])
def test_disguised_sentences_are_told_by_content(sentence: str, disguise: object) -> None:
    assert callable(disguise)
    disguised = disguise(sentence)

    assert disguised != sentence
    # A capital that TCVN3 shows only by another font comes back small: "Ủy" as "ủy".
    assert legacy.repair(disguised).lower() == sentence.lower()


# What Western texts and correct Vietnamese hold must not be taken for TCVN3 or VNI.
@pytest.mark.parametrize(
    "text",
    [
        "L'élève a été félicité à la fête de Noël ; où est-il ? Ça va être naïf, maïs, œuvre, dès août.",
        "Die Bevölkerung fährt über die Straße nach Köln; Größe, Mädchen, schön, Füße, Übung, Äpfel.",
        "El niño comió piñas y jamón; ¿cómo está usted? ¡Qué año! São Paulo, coração, órgão, maçã.",
        "Smörgåsbord på ön; Ærø og Århus, fjällräven, blåbær; þetta er íslenska, það er gott.",
        "© 2024 Café «Résumé» ± 5 µm, 20 °C, ½ kg, £30, §12, ®.",
        "Ủy ban nhân dân tỉnh; xã, huyện, à, á, ã, ô, ê, ý kiến, đồng chí Mü-ller",
        "Tổng số 15 đoàn (÷ 3), diện tích 12 × 5 m², nhiệt độ 30 °C",
    ],
)
def test_texts_in_other_languages_and_true_vietnamese_stay(text: str) -> None:
    assert legacy.repair(text) == text


def test_lines_in_disguise_are_repaired_among_true_ones() -> None:
    """A page that was pasted together: some lines Unicode, some TCVN3."""
    page = "Kính gửi: Ủy ban nhân dân tỉnh\n" + to_tcvn3("công tác đối ngoại nhân dân") + "\nTrân trọng."

    assert legacy.repair(page) == ("Kính gửi: Ủy ban nhân dân tỉnh\ncông tác đối ngoại nhân dân\nTrân trọng.")


def test_headings_of_a_lost_capital_font_become_capitals() -> None:
    disguised = "CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM\nUû ban nh©n d©n tØnh"

    assert legacy.repair(disguised) == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nUỷ ban nhân dân tỉnh"


# The code of "ư" in TCVN3 is the soft hyphen, which converters print as a plain one.
@pytest.mark.parametrize(
    ("disguised", "right"),
    [
        ("n-íc", "nước"),
        ("tr-êng", "trường"),
        ("n\u00adíc", "nước"),
        ("®èi - ngo¹i", "đối - ngoại"),
        ("12-CT", "12-CT"),
        ("chÝnh trÞ-x· héi", "chính trị-xã hội"),
    ],
)
def test_a_hyphen_that_was_a_letter_is_one_again(disguised: str, right: str) -> None:
    assert legacy.decode(disguised, "tcvn3") == right


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", ("tcvn3", False)),
        (".VnTimeH", ("tcvn3", True)),
        (".vnarial narrowh", ("tcvn3", True)),
        ("@.VnTime", ("tcvn3", False)),
        ("VNI-Times", ("vni", False)),
        ("Times New Roman", (None, False)),
        ("VNtimes new roman", (None, False)),
        ("", (None, False)),
    ],
)
def test_fonts_stand_for_encodings(font: str, expected: tuple[str | None, bool]) -> None:
    assert legacy.of_font(font) == expected


def test_symbol_fonts_keep_their_codes_in_the_private_area() -> None:
    private = "".join(chr(0xF000 + ord(char)) if ord(char) > 0x7F else char for char in "nh©n d©n")

    assert legacy.decode(private, "tcvn3") == "nhân dân"


@pytest.mark.parametrize("word", ["nghiêng", "khuỷu", "quyết", "giữ", "gì", "Hoàng", "XUYÊN", "ướt", "yêu"])
def test_syllables_are_known(word: str) -> None:
    assert legacy.is_syllable(word)


@pytest.mark.parametrize("word", ["élève", "straße", "bbạn", "hộôi", "vIỆt", "áà", "kỹthuật"])
def test_what_is_no_syllable_is_refused(word: str) -> None:
    assert not legacy.is_syllable(word)
