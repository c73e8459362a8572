"""The kinds of record there are, so that one area can point at another's records without importing it.

Each area registers its kinds when Django starts. A reference shows its title only to whom the policy of its
kind lets see the record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.models import Reference
from nhipcau.records.foundation.policies import NotFound, OwnedPolicy, Policy

TITLE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its short code is stored in events and references and never changes."""

    code: str
    model: type[models.Model]
    policy: Policy[Any] | None
    url_name: str = ""
    title: Callable[[Any], str] = str
    #: Fields with data of a person that may be erased, each with what then stands in its place; ``{record}``
    #: in it becomes a part of the public id, where the field must stay unique.
    personal: tuple[tuple[str, str], ...] = ()
    #: Fields that repeat a person's name because an official paper prints it in an official role. They are
    #: found for that person, and stay as long as the paper: it is not altered, nor is what it says.
    names: tuple[str, ...] = ()


_by_code: dict[str, Kind] = {}
_by_model: dict[type[models.Model], Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; a second kind with the same code or model is a fault of the program."""
    known = _by_code.get(kind.code) or _by_model.get(kind.model)
    if known is not None and known != kind:
        raise ValueError(f"kind {kind.code} is registered twice")
    _by_code[kind.code] = kind
    _by_model[kind.model] = kind


def kind_of(record: models.Model) -> Kind:
    """The kind of a record; ``KeyError`` where its area registered none."""
    return _by_model[type(record)]


def kind_named(code: str) -> Kind:
    """The kind with this code; ``KeyError`` where there is none."""
    return _by_code[code]


def kinds() -> list[Kind]:
    """All kinds, by code."""
    return [_by_code[code] for code in sorted(_by_code)]


def lending(kind: Kind) -> OwnedPolicy[Any]:
    """The policy of a kind in whose records units may have roles; ``NotFound`` for every other."""
    if not isinstance(kind.policy, OwnedPolicy) or not kind.policy.kind:
        raise NotFound
    return kind.policy


def title_of(record: models.Model) -> str:
    """The title by which a record is referred to, cut to what a reference keeps."""
    return kind_of(record).title(record)[:TITLE_LENGTH]


def refer(record: models.Model) -> Reference:
    """The reference to a record, made where there is none yet; its title stays as it first stood."""
    kind = kind_of(record)
    found, _made = Reference.objects.get_or_create(
        kind=kind.code, record=public_id_of(record), defaults={"title": title_of(record)}
    )
    return found


def public_id_of(record: models.Model) -> Any:
    """The public id of a record of a registered kind."""
    return record.public_id  # type: ignore[attr-defined]


def resolve(actor: Actor, reference: Reference) -> models.Model | None:
    """The record that is referred to, where the policy of its kind lets the actor see it."""
    kind = _by_code.get(reference.kind)
    if kind is None or kind.policy is None:
        return None
    found: models.Model | None = kind.policy.scope(actor).filter(public_id=reference.record).first()
    return found


def shown_title(actor: Actor, reference: Reference) -> str:
    """The title, or that the record is outside the actor's scope."""
    return reference.title if resolve(actor, reference) else _("record outside your scope")
