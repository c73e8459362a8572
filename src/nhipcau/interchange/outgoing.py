"""What leaves the house: rows that the actor may take out, handed to a writer of a format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from typing import IO, Any

from nhipcau.interchange.formats.xlsx import write_table
from nhipcau.interchange.incoming.bringing import intake_of
from nhipcau.interchange.incoming.headings import id_heading, incoming
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.listing import listed
from nhipcau.records.foundation.register import Field, Register

CHUNK = 2000


def register_workbook(
    register: Register, *, by: Actor, search: str = "", filters: Mapping[str, str] | None = None
) -> IO[bytes]:
    """The rows of a register that match, as XLSX with the columns of its list, in a temporary file.

    Raises ``Forbidden`` where the actor may not take records out. The caller closes the file.
    """
    register.policy.require(by, register.export)
    rows = listed(register, by, search=search, filters=filters)
    headings = [str(column.heading) for column in register.columns]
    out = TemporaryFile()  # noqa: SIM115 (the answer reads it and closes it)
    write_table(out, str(register.title), headings, _cells(register, rows.iterator(chunk_size=CHUNK)))
    out.seek(0)
    return out


def intake_workbook(register: Register, *, by: Actor) -> IO[bytes]:
    """The records that the actor may bring in anew, as the file that would bring them in: with their ids.

    Brought in unchanged it changes nothing. Raises ``Forbidden`` where the actor may not take records out or
    bring files in. The caller closes the file.
    """
    intake = intake_of(register)
    register.policy.require(by, register.export)
    register.policy.require(by, intake.permission)
    fields = incoming(register)
    headings = [id_heading(), *(str(field.heading) for field in fields)]
    rows = (
        [str(public_id), *(_told(field, values.get(field.name)) for field in fields)]
        for public_id, values in intake.open(by).standing()
    )
    out = TemporaryFile()  # noqa: SIM115 (the answer reads it and closes it)
    write_table(out, str(register.title), headings, rows)
    out.seek(0)
    return out


def _told(field: Field, value: Any) -> Any:
    labels = {choice: str(label) for choice, label in field.choices}
    return labels.get(value) or _plain(value) if value not in (None, "") else None


def _cells(register: Register, rows: Iterator[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [_plain(getattr(row, column.name)) for column in register.columns]


def _plain(value: Any) -> Any:
    value = value() if callable(value) else value
    return (
        value
        if value is None or isinstance(value, int | float) or hasattr(value, "isoformat")
        else str(value)
    )
