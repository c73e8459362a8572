"""The door: a file is looked at in memory, refused where it bears a mark, kept, and its columns named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nhipcau.interchange.incoming import headings
from nhipcau.interchange.incoming.looking import Looked, look
from nhipcau.reading.findings import Mark, MarkedError
from nhipcau.records.foundation import files
from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.intake import Intake
from nhipcau.records.foundation.models import Import, KnownHeading
from nhipcau.records.foundation.policies import IMPORTS
from nhipcau.records.foundation.register import Register
from nhipcau.records.foundation.services import imports, refuse


class UnseenError(Exception):
    """Pictures or files in the file into which nobody could look for a mark: ask, then call once more."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names


def bring(
    *, by: Actor, register: Register, name: str, data: bytes, confirmed_unmarked: bool = False
) -> Import:
    """Bring a file into a register: where every heading is known, its preview is queued at once.

    Nothing of the register is written. Raises ``Forbidden``; ``MarkedError`` after the one line of the
    refusal is kept (so never call it inside a transaction of your own); ``UnreadableError`` with a
    sentence; ``UnseenError`` where a person must first say that there is no mark.
    """
    intake = intake_of(register)
    IMPORTS.require(by, intake.permission)
    looked, mark = _look(name, data)
    if mark is not None:
        refuse(by=by, mark=mark)
        # Raised out here, because the frames of the first one hold the text of the file.
        raise MarkedError(mark)
    assert looked is not None  # noqa: S101 (either of the two)
    if looked.unseen and not confirmed_unmarked:
        raise UnseenError(tuple(looked.unseen))
    remembered = remembered_headings(by, register)
    taken = imports.keep_import(
        by=by,
        register=register.slug,
        needs=intake.permission,
        name=name,
        data=data,
        media_type=looked.book.media_type,
        layout=headings.layout(looked, register, remembered),
    )
    return _go_on(by, register, taken, remembered)


def choose(*, by: Actor, register: Register, taken: Import, choices: Mapping[str, Any]) -> Import:
    """Name the columns; raises ``ValidationError`` with one sentence for each thing that is missing."""
    require_sound(register, taken, choices)
    return imports.choose_columns(by=by, taken=taken, choices=choices, title=title(register))


def proposal(by: Actor, register: Register, taken: Import) -> dict[str, Any]:
    """The choices that are proposed: what was chosen before, or what the headings are known to mean."""
    if taken.choices:
        return dict(taken.choices)
    sheets = taken.layout["sheets"]
    known = headings.known_headings(register, remembered_headings(by, register))
    chosen = [sheet for sheet in sheets if sheet["is_chosen"]]
    shown = [sheet for sheet in sheets if sheet["rows"] and not sheet["is_hidden"]]
    # Where there is but one sheet that people see, it is the one that is meant.
    chosen = chosen or (shown if len(shown) == 1 else [])
    return {
        "columns": headings.proposed(chosen or sheets, known),
        "sheets": [sheet["place"] for sheet in chosen],
    }


def require_sound(register: Register, taken: Import, choices: Mapping[str, Any]) -> None:
    """Raise ``ValidationError`` where no sheet is chosen, a field is named twice or one is missing."""
    sheets = [sheet for sheet in taken.layout["sheets"] if sheet["place"] in choices["sheets"]]
    if not sheets:
        raise ValidationError(_("Choose at least one sheet that holds rows for this register."))
    wanted = [field for field in headings.incoming(register) if field.required]
    troubles = []
    for sheet in sheets:
        named = [choices["columns"].get(heading["folded"], "") for heading in sheet["headings"]]
        missing = [str(field.heading) for field in wanted if field.name not in named]
        if missing and headings.ID not in named:
            words = _("Sheet “%(sheet)s”, row %(row)s: no column is chosen for %(fields)s.")
            named_words = ", ".join(f"“{words}”" for words in missing)
            troubles.append(
                words % {"sheet": sheet["name"], "row": sheet["heading_row"], "fields": named_words}
            )
        twice = {name for name in named if name and named.count(name) > 1}
        troubles += [
            _("Sheet “%(sheet)s”: two columns are chosen for “%(field)s”; leave one out.")
            % {"sheet": sheet["name"], "field": heading_of(register, name)}
            for name in sorted(twice)
        ]
    if troubles:
        raise ValidationError(troubles)


def look_again(by: Actor, register: Register, taken: Import, rows: Mapping[int, int]) -> dict[str, Any]:
    """The layout of a file with other rows of headings: sheet to row."""
    looked = look(taken.name, files.read(taken.attachment))
    return headings.layout(looked, register, remembered_headings(by, register), rows)


def remembered_headings(by: Actor, register: Register) -> dict[str, str]:
    """What the actor's office has said of headings of this register: folded heading to field."""
    rows = KnownHeading.objects.filter(office=by.office, register=register.slug)
    return dict(rows.values_list("heading", "field"))


def intake_of(register: Register) -> Intake:
    """How files come into the register; ``LookupError`` where they do not."""
    if register.intake is None:
        raise LookupError(register.slug)
    return register.intake


def heading_of(register: Register, name: str) -> str:
    """The heading of a field, also of the one that holds public ids."""
    if name == headings.ID:
        return headings.id_heading()
    return next((str(field.heading) for field in register.fields if field.name == name), name)


def title(register: Register) -> str:
    """What the job is called; the name of a file may say more than all may see."""
    return _("A file for “%s”") % register.title


def _look(name: str, data: bytes) -> tuple[Looked | None, Mark | None]:
    try:
        return look(name, data), None
    except MarkedError as marked:
        return None, marked.mark


def _go_on(by: Actor, register: Register, taken: Import, remembered: Mapping[str, str]) -> Import:
    """Queue the preview at once where nothing is to be asked."""
    known = headings.known_headings(register, remembered)
    sheets = [sheet for sheet in taken.layout["sheets"] if sheet["is_chosen"]]
    unknown = [one for sheet in sheets for one in sheet["headings"] if one["folded"] not in known]
    if not sheets or unknown:
        return taken
    try:
        return choose(by=by, register=register, taken=taken, choices=proposal(by, register, taken))
    except ValidationError:
        return taken
