"""Names of bodies and posts: from capitals to normal case, and which lines of a letterhead are one name.

Knows nothing of places in a text; works on words. Its knowledge is ``tables/names.csv``.
"""

from __future__ import annotations

import re
from functools import cache

from nhipcau.reading.tables.load import column
from nhipcau.reading.text import bare, kept

_WORD = re.compile(r"[^\W_]+(?:[.&'’][^\W_]+)*")
_VOWELS = frozenset("aeiouy")
_LONGEST = 8  # words in the longest phrase of the table

_ROLES = ("body", "place", "term", "post")  # in the order in which a phrase is looked up
_CENTRE = ("trung", "uong")
_INNER_BODIES = frozenset({"sở", "bộ", "cục", "hội", "ban"})

_BEFORE_NUMERALS = frozenset({"thu", "khoa"})  # "lần thứ XVI", "khóa XV"
_CAPITALS = 2
Shape = tuple[int, ...]  # per word: 0 lower case, 1 capitalised, 2 all capitals


@cache
def phrases(role: str) -> dict[tuple[str, ...], Shape]:
    """The phrases of one role of the table, as folded words, with the case of each word."""
    return {_words(phrase): _shape(phrase) for phrase in column("names", "phrase", role=role)}


@cache
def _exact(role: str) -> frozenset[str]:
    return frozenset(phrase.lower() for phrase in column("names", "phrase", role=role))


@cache
def starts(role: str) -> frozenset[tuple[str, ...]]:
    """The phrases of one role as folded words."""
    return frozenset(phrases(role))


@kept
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(bare(text)))


def _shape(phrase: str) -> Shape:
    return tuple(
        2 if len(word) > 1 and word.isupper() else int(word[0].isupper()) for word in _WORD.findall(phrase)
    )


def begins(words: tuple[str, ...], role: str) -> int:
    """How many words at the start of ``words`` are the longest phrase of a role; 0 where none is."""
    known = starts(role)
    for length in range(min(len(words), _LONGEST), 0, -1):
        if words[:length] in known:
            return length
    return 0


@kept
def body_words(text: str) -> int:
    """How many words at the start of a line are the longest name of a body in the table; 0 where none is."""
    return begins(_words(text), "body")


@kept
def is_body(text: str) -> bool:
    """Whether a line begins like a body's name ("SỞ NGOẠI VỤ"), not like the rest of one ("TỈNH ...").

    "BAN HÀNH QUY CHẾ ..." begins a title: "ban hành" is what a body does.
    """
    words = _words(text)
    return begins(words, "body") > 0 and words[:2] != ("ban", "hanh")


@kept
def is_post(text: str) -> bool:
    """Whether a line begins with a post ("PHÓ CHỦ TỊCH ...")."""
    words = _words(text.removeprefix("Q.").strip())
    return begins(words, "post") > 0 or (words[:1] == ("q",) and begins(words[1:], "post") > 0)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(column("names", "phrase", role="surname"))


def has_surname(name: str) -> bool:
    """Whether a name begins with a usual family name; the marks count: "Đoàn" is one, "Doan" is not."""
    return name.split(maxsplit=1)[0].capitalize() in _surnames()


def names_body(text: str) -> bool:
    """Like ``is_body``, but with the marks: "VỤ PHÁP CHẾ" names a body, "VŨ HẠNH DUNG" does not."""
    words = [word.lower() for word in _WORD.findall(text)]
    return any(" ".join(words[:length]) in _exact("body") for length in range(1, _LONGEST))


def goes_on(above: str, below: str) -> bool:
    """Whether ``below`` is the rest of the name that ``above`` begins, in two lines of a letterhead."""
    upper, lower = _words(above), _words(below)
    if not upper or not lower or above.rstrip()[-1] in ",-–&":
        return True
    if upper in starts("open") or any(upper[-n:] in starts("joiner") for n in (1, 2)):
        return True
    # "TỈNH ỦY" and "THÀNH ỦY" begin a name though "tỉnh" alone does not; "TRUNG ƯƠNG" alone ends one.
    return begins(lower, "body") == 0 or lower == _CENTRE


def normal_case(printed: str) -> str:
    """A name in capitals in the case that Vietnamese offices use: "SỞ NGOẠI VỤ" gives "Sở Ngoại vụ".

    A name that is not all in capitals stays as printed. Words are only recased, never respelt.
    """
    letters = [char for char in printed if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) < len(letters) * 0.8:
        return printed
    matches = list(_WORD.finditer(printed))
    plain = bare(printed)
    shape = _shapes(tuple(plain[match.start() : match.end()] for match in matches), printed, matches)
    pieces, last = [], 0
    for match, case in zip(matches, shape, strict=True):
        pieces += [printed[last : match.start()], _recase(match.group(), case)]
        last = match.end()
    return "".join(pieces) + printed[last:]


def _recase(word: str, case: int) -> str:
    if case == _CAPITALS:
        return word.upper()
    return word[0].upper() + word[1:].lower() if case else word.lower()


def _shapes(words: tuple[str, ...], printed: str, matches: list[re.Match[str]]) -> list[int]:
    """The case of each word: known phrases first, proper names after a place word, else by position."""
    shape: list[int] = []
    proper, fresh, opened, whole, named = False, True, False, False, False
    while len(shape) < len(words):
        at = len(shape)
        rest = words[at : at + _LONGEST]
        known = _known(rest, matches[at].group().lower(), at, proper=proper, opened=opened, named=named)
        opened = named = False
        if known:
            role, found = known
            opened, named = role == "body", role == "place"
            shape += [max(found[0], 1 if at == 0 else 0), *found[1:]]
            proper = role == "place" or (role == "body" and _takes_place(rest[: len(found)]))
            fresh = role == "body" and not proper
            fresh = fresh or (role == "term" and rest[:1] == ("va",) and not proper)
            whole = words[0] == "so" and (len(found) > 1 or role == "term")  # "Sở Ngoại vụ" needs no more
        else:
            proper = proper or whole
            before = printed[max(0, matches[at].start() - 2) : matches[at].start()]
            after_mark = at > 0 and before.strip() in {"-", ","}
            numeral = at > 0 and words[at - 1] in _BEFORE_NUMERALS and not set(words[at]) - set("ivxl")
            shape.append(2 if numeral or _short(words[at]) else int(proper or fresh or after_mark))
            fresh = False
    return shape


def _known(
    rest: tuple[str, ...], first: str, at: int, *, proper: bool, opened: bool, named: bool
) -> tuple[str, Shape] | None:
    """The longest known phrase at the start of ``rest`` and its role.

    Inside a proper name ("tỉnh CỬA NINH") single words are not looked up, but for a place word at its start
    ("Đảng ủy PHƯỜNG ..."). A single word counts with its marks: "QUẢN" is no "quận".
    """
    # What follows a place word is its name: "tỉnh HÒA BÌNH", though "hòa bình" is a word elsewhere.
    many = tuple(role for role in _ROLES if role != "term") if named else _ROLES
    for length in range(len(rest), 0, -1):
        for role in many if length > 1 else _single_roles(first, at, proper=proper, opened=opened):
            if rest[:length] in starts(role) and (length > 1 or first in _exact(role)):
                return role, phrases(role)[rest[:length]]
    return None


def _single_roles(first: str, at: int, *, proper: bool, opened: bool) -> tuple[str, ...]:
    """The roles in which a single word counts: inside a name few words begin a body of their own."""
    if proper:
        return ("place",) if opened else ()
    return _ROLES if at == 0 or first in _INNER_BODIES else _ROLES[1:]


def _takes_place(words: tuple[str, ...]) -> bool:
    """Whether the name of a place follows: "Thị ủy Hương ...", "Tỉnh đoàn Sông ..."."""
    return words[-1:] in {("uy",), ("doan",)} and len(words) > 1 and words[0] != "cong"


def _short(word: str) -> bool:
    """Whether a word is an abbreviation: no vowel in it, or digits."""
    return len(word) > 1 and not (set(word) & _VOWELS)


def person_case(printed: str) -> str:
    """The name of a person in normal case: "NGUYỄN VĂN AN" gives "Nguyễn Văn An"."""
    return _WORD.sub(lambda word: _recase(word.group(), 1), printed) if printed.isupper() else printed
