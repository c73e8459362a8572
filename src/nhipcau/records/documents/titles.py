"""A subject for what prints none: the first sentence of a press report, for the clerk to confirm."""

from __future__ import annotations

import re

from nhipcau.reading.furniture import role_of

LONGEST = 120
# Shorter lines at the head of a page are its menu, its date, the name of its section.
_FEWEST_WORDS = 6
_DATELINE = re.compile(r"\A\([^()\n]{1,60}\)\s*[-–—.:]?\s*")
# The end of a sentence: not that of "TP." or "T.Ư.", and followed by a capital.
_END = re.compile(r"(?P<last>\S+)[.!?…](?=\s+[“\"‘(]?(?P<next>\w))")


def first_sentence(text: str) -> str:
    """The first sentence without its dateline, at most ``LONGEST`` letters; empty where there is none."""
    for line in text.splitlines():
        body = " ".join(line.split())
        if role_of(body) is None and len(body.split()) >= _FEWEST_WORDS:
            return _cut(_sentence(_DATELINE.sub("", body)))
    return ""


def _sentence(body: str) -> str:
    for end in _END.finditer(body):
        if end["next"].isupper() and not end["last"].isupper():
            return body[: end.end()].rstrip(".")
    return body.rstrip(".")


def _cut(sentence: str) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    return sentence[:LONGEST].rpartition(" ")[0].rstrip(' ,;:-–(“"') + "…"
