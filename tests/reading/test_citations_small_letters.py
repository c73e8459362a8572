"""Mentions in small letters: a number, or a day with the body that owns the paper, proves one."""

from __future__ import annotations

import pytest

from nhipcau.reading import text as texts
from nhipcau.reading.citations import find_citations


def cited(raw: str) -> list[str]:
    """What is cited in a text, as printed."""
    text = texts.normalise(raw)
    return [citation.surface for citation in find_citations(text, texts.matching(text))]


@pytest.mark.parametrize(
    ("raw", "surface"),
    [
        ("theo nghị quyết ngày 12/3/2034 của Ban Thường vụ Huyện ủy", "nghị quyết ngày 12/3/2034"),
        ("theo báo cáo ngày 02/4/2034 của Sở Ngoại vụ, có 5 đoàn", "báo cáo ngày 02/4/2034"),
        (
            "căn cứ công văn của Bộ Ngoại giao ngày 5 tháng 6 năm 2034 về đón đoàn",
            "công văn của Bộ Ngoại giao ngày 5 tháng 6 năm 2034",
        ),
        ("thực hiện chỉ thị số 07 của Huyện ủy", "chỉ thị số 07"),
        ("thực hiện nghị quyết đại hội XVIII của Đảng", "nghị quyết đại hội XVIII"),
        (
            "theo nghị quyết đại hội đảng bộ tỉnh lần thứ XIX đã đề ra",
            "nghị quyết đại hội đảng bộ tỉnh lần thứ XIX",
        ),
        ("hạn chế nêu trong thông báo 301 của Huyện ủy", "thông báo 301"),
        ("giao lưu theo Biên bản ngày 12/3/2034 đã ký", "Biên bản ngày 12/3/2034"),
        ("nghị quyết trung ương 5 khóa XVIII nêu", "nghị quyết trung ương 5 khóa XVIII"),
    ],
)
def test_a_mention_in_small_letters_is_cited(raw: str, surface: str) -> None:
    """A number, a congress with its numeral, or a day with the body that owns the paper."""
    assert cited(raw) == [surface]


@pytest.mark.parametrize(
    "raw",
    [
        "thực hiện nghị quyết của đảng và chỉ thị của cấp trên",
        "nghị quyết đại hội các cấp, nghị quyết đại hội 12 chi bộ",
        "Sở đã báo cáo ngày 02/4/2034 với Ủy ban nhân dân tỉnh",
        "Ủy ban quyết định ngày 12/3/2034 là ngày hội hữu nghị",
        "theo quyết định của Sở Ngoại vụ ngày 12/3/2034 tổ chức lễ",
        "kết quả thực hiện kế hoạch 12 tháng, báo cáo 15 phút",
        "Hội nghị quyết định ngày 03/4/2034 của tháng tới sẽ họp",
    ],
)
def test_words_that_are_also_verbs_cite_nothing(raw: str) -> None:
    """Small letters need the body after the day ("báo cáo ngày ... của Sở"); a type alone names no paper."""
    assert cited(raw) == []


def test_a_short_number_repeats_what_was_named_in_full() -> None:
    """Without "số" and body a plan in small letters is a paper only where the text named it before."""
    named = "theo Kế hoạch số 205/KH-UBND của tỉnh, nhiều nơi yên tâm từ khi kế hoạch 205 đi vào cuộc sống"
    assert cited(named) == ["Kế hoạch số 205/KH-UBND", "kế hoạch 205"]
    assert cited("nhiều nơi yên tâm từ khi kế hoạch 205 đi vào cuộc sống") == []


def test_a_body_whose_name_holds_the_word_for_giving_is_whole() -> None:
    """The word "giao" ends the name of a body, but not that of "Bộ Ngoại giao"."""
    text = texts.normalise("Chỉ thị số 07-CT/HU của Bộ Ngoại giao giao Sở Nội vụ thực hiện")
    (citation,) = find_citations(text, texts.matching(text))
    assert citation.issuer == "Bộ Ngoại giao"


def test_a_body_between_type_and_day_is_the_issuer() -> None:
    """A mention like "Kế hoạch của X ngày ..." says inside its span whose it is."""
    text = texts.normalise("Căn cứ Kế hoạch của Hội Giao lưu tỉnh ngày 7/7/2034 về đón đoàn")
    (citation,) = find_citations(text, texts.matching(text))
    assert citation.issuer == "Hội Giao lưu tỉnh"
