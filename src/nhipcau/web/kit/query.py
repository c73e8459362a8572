"""What the address of a list says: search, filters, cursor; and the chips that take conditions away."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.listing import choices
from nhipcau.records.foundation.register import Filter, Register

SEARCH_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force: its words, and the address without it."""

    heading: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter that can still be set, with the values that it can take."""

    name: str
    heading: str
    options: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Query:
    """The conditions of a list as its address gives them; unknown names are ignored."""

    search: str
    filters: dict[str, str]
    cursor: str
    ascending: bool

    def address(self, **changes: str) -> str:
        """The query string with ``changes`` made; an empty value takes a name away; paging starts anew."""
        names = {"q": self.search, **self.filters, "order": "up" if self.ascending else ""}
        return "?" + urlencode({name: value for name, value in {**names, **changes}.items() if value})

    @property
    def is_open(self) -> bool:
        """Whether no condition narrows the list."""
        return not self.search and not self.filters


def read_query(register: Register, request: HttpRequest) -> Query:
    """The query of a request to the list of ``register``."""
    given = request.GET
    filters = {item.name: given[item.name] for item in register.filters if given.get(item.name)}
    return Query(
        search=given.get("q", "").strip()[:SEARCH_LETTERS],
        filters=filters,
        cursor=given.get("at", ""),
        ascending=given.get("order") == "up",
    )


def chips(register: Register, query: Query) -> list[Chip]:
    """The conditions in force, each removable."""
    return [
        Chip(str(item.heading), _label(item, query.filters[item.name]), query.address(**{item.name: ""}))
        for item in register.filters
        if item.name in query.filters
    ]


def open_choices(register: Register, actor: Actor, query: Query) -> list[Choice]:
    """The filters that are not set, each with its values within scope."""
    return [
        Choice(item.name, str(item.heading), choices(register, actor, item.name))
        for item in register.filters
        if item.name not in query.filters
    ]


def _label(item: Filter, value: str) -> str:
    return str(dict(item.choices).get(value, value))
