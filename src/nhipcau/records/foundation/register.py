"""What a register is: facts only, declared once in ``records/<area>/register.py``.

``web/kit`` draws it, interchange exports and imports by it. It holds no behaviour and knows no area; a page
that needs more than these facts is an ordinary view.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db import models

from nhipcau.records.foundation.access import Permission
from nhipcau.records.foundation.intake import Incoming, Intake
from nhipcau.records.foundation.policies import Policy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Shape = Literal["text", "long", "date", "number", "state", "link"]
FilterShape = Literal["choice", "year", "keeper"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the list: the attribute of a row that it shows, and under which heading.

    ``shape`` says how it is drawn and exported; ``link`` leads to the page of the record. ``narrow`` columns
    stay on a small screen.
    """

    name: str
    heading: StrPromise
    shape: Shape = "text"
    narrow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the record's card: ``editable`` ones may be corrected by the area's service ``correct``.

    ``incoming`` says how it comes in from a file, for a register with an ``intake``.
    """

    name: str
    heading: StrPromise
    shape: Shape = "text"
    required: bool = False
    editable: bool = True
    choices: tuple[tuple[str, StrPromise], ...] = ()
    incoming: Incoming | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A filter of the list: ``choice`` compares ``field`` with a value, ``year`` its year.

    ``keeper`` turns from the rows of the own office to those of others in which the own unit has a role.
    """

    name: str
    heading: StrPromise
    field: str
    shape: FilterShape = "choice"
    choices: tuple[tuple[str, StrPromise], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One register. ``key`` is the unique order of paging, ending in ``id``; ``search`` the folded column.

    ``is_drawn``: the kit draws its list and card; else its area has pages of its own.
    """

    slug: str
    kind: str
    title: StrPromise
    title_one: StrPromise
    model: type[models.Model]
    policy: Policy[Any]
    columns: tuple[Column, ...]
    fields: tuple[Field, ...]
    filters: tuple[Filter, ...]
    search: str
    key: tuple[str, ...]
    related: tuple[str, ...] = ()
    page_size: int = 25
    view: Permission
    export: Permission
    intake: Intake | None = None
    is_drawn: bool = True

    def filter_named(self, name: str) -> Filter:
        """The filter with this name; ``KeyError`` where there is none."""
        return {item.name: item for item in self.filters}[name]
