"""What a seal says, spelled in one way: the bytes that are signed, and their digest in the chain."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import Any

FORM = "nhipcau.seal.v1"
CHAIN = b"\x02"
#: Before the first seal.
BEGINNING = "0" * 64


class BadSealError(ValueError):
    """A line or a row that is no seal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One seal: ``root`` over ``count`` events that ended between the snapshot before it and its own.

    ``cluster`` names the database server whose transaction numbers these are; ``previous`` is the digest of
    the seal before; ``note`` is empty but where a restored backup goes on from an earlier seal.
    """

    number: int
    at: str
    cluster: int
    snapshot: str
    count: int
    root: str
    previous: str
    key: str
    note: str = ""

    def body(self) -> bytes:
        """The bytes that are signed: JSON with sorted keys and no blanks."""
        return _canonical({"form": FORM, **asdict(self)}).encode()

    def digest(self) -> str:
        """What the next seal names as its previous one: SHA-256 in hex."""
        return sha256(CHAIN + self.body()).hexdigest()


@dataclass(frozen=True, slots=True)
class Signed:
    """A seal with its signature in hex; ``prints`` are 8 hex digits of each leaf, to find faults.

    The prints stand in the file only and are not signed: the root decides, they help to tell where.
    """

    seal: Seal
    signature: str
    prints: str = ""

    def line(self) -> str:
        """Its line in the file outside the database, without the line's end."""
        return _canonical(
            {"form": FORM, **asdict(self.seal), "signature": self.signature, "prints": self.prints}
        )


def read_line(line: str) -> Signed:
    """Read a line of the file; raises ``BadSealError`` where it is no whole seal."""
    try:
        told = json.loads(line)
        if told.pop("form") != FORM:
            raise BadSealError("a form that is not known")
        signature, prints = told.pop("signature"), told.pop("prints")
        return Signed(_seal(told), str(signature), str(prints))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSealError("this line is no seal") from error


def _seal(told: dict[str, Any]) -> Seal:
    kinds = {one.name: int if one.type == "int" else str for one in fields(Seal)}
    if set(told) != set(kinds) or any(type(told[name]) is not kind for name, kind in kinds.items()):
        raise BadSealError("a field is missing, or one too many")
    return Seal(**told)


def _canonical(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
