"""English in the code, Vietnamese on the screens: the catalogue is whole, and Vietnamese is the default."""

from __future__ import annotations

import gettext
import io
import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import formats, translation
from django.utils.translation.template import templatize
from tools import catalogue

from tests.floor_rules.tree import PACKAGE, modules, name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CATALOGUE = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "django.po"
#: Function: where it takes the message, its plural, its context (Babel's notation).
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def sources() -> Iterator[tuple[Path, bytes]]:
    """Every module and every template, the latter as the Python that Django makes of it."""
    for path in modules():
        yield path, path.read_bytes()
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode()


def asked_for() -> dict[tuple[str | None, str], str]:
    """Context and message of every text that the code translates, and where."""
    found = {}
    for path, source in sources():
        for line, message, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
            first = message if isinstance(message, str) else message[0]
            if first:
                found[context, first] = f"{name(path)}:{line}"
    return found


@pytest.fixture(scope="module")
def messages() -> list[catalogue.Message]:
    """The Vietnamese catalogue without its header."""
    return [message for message in catalogue.read(CATALOGUE) if message.msgid]


def test_every_text_of_the_code_is_in_the_catalogue(messages: list[catalogue.Message]) -> None:
    known = {(message.context, message.msgid) for message in messages}

    missing = {where: key for key, where in asked_for().items() if key not in known}
    assert missing == {}


def test_no_message_is_empty_or_fuzzy(messages: list[catalogue.Message]) -> None:
    assert messages
    assert [message.msgid for message in messages if not message.is_whole] == []


def test_the_catalogue_holds_nothing_that_nobody_asks_for(messages: list[catalogue.Message]) -> None:
    asked = asked_for()

    assert [message.msgid for message in messages if (message.context, message.msgid) not in asked] == []


def test_translations_keep_the_places_for_values(messages: list[catalogue.Message]) -> None:
    wrong = [
        message.msgid
        for message in messages
        for text in message.texts.values()
        if not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(f"{message.msgid} {message.plural}"))
    ]

    assert wrong == []


def test_vietnamese_is_the_default() -> None:
    assert settings.LANGUAGE_CODE == "vi"
    assert [code for code, _name in settings.LANGUAGES] == ["vi", "en"]


def test_dates_and_numbers_are_written_as_offices_write_them() -> None:
    from datetime import date

    with translation.override("vi"):
        assert formats.date_format(date(2026, 3, 5)) == "05/03/2026"
        assert formats.number_format(1234.5, decimal_pos=1, use_l10n=True, force_grouping=True) == "1.234,5"
        assert formats.sanitize_separators("1.234,5") == "1234.5"


def test_our_compiler_agrees_with_a_full_one(tmp_path: Path) -> None:
    reference = io.BytesIO()
    with CATALOGUE.open("rb") as file:
        write_mo(reference, read_po(file))
    ours = gettext.GNUTranslations(io.BytesIO(catalogue.compiled(catalogue.read(CATALOGUE))))
    theirs = gettext.GNUTranslations(io.BytesIO(reference.getvalue()))

    keys = {message.msgid for message in catalogue.read(CATALOGUE) if message.msgid}
    assert {key: ours.gettext(key) for key in keys} == {key: theirs.gettext(key) for key in keys}
    assert ours.info()["content-type"] == "text/plain; charset=UTF-8"
