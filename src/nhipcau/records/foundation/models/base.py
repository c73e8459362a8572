"""What models share: a random public id, one owning office, and row versions kept by database triggers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


def versioned(*exclude: str) -> Callable[[type[M]], type[M]]:
    """Keep every state of a row in an append-only table ``<Model>Version``, written by a database trigger.

    ``exclude`` names fields that are no facts of their own (secrets, columns computed from others).
    The table holds no context: who did it stands in the event of the same transaction.
    """

    def track(model: type[M]) -> type[M]:
        decorate: Callable[[type[Any]], type[Any]] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude),
            obj_field=pghistory.ObjForeignKey(related_name="versions", related_query_name="version"),
            context_field=None,  # type: ignore[arg-type]  # documented, but not in its annotation
            append_only=True,
            model_name=f"{model.__name__}Version",
            meta={"verbose_name": _("version"), "verbose_name_plural": _("versions")},
        )
        return decorate(model)

    return track


class Addressed(models.Model):
    """A row that has an address: the random id stands in it, so that addresses tell nothing."""

    public_id = models.UUIDField(_("public id"), default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Owned(Addressed):
    """A record of one office. Nothing of it is seen outside the scope of its policy."""

    office = models.ForeignKey(
        "foundation.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


def is_period(name: str) -> models.CheckConstraint:
    """A constraint named ``name``: a half-open period ends after it begins, or has no end."""
    ends_later = models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from"))
    return models.CheckConstraint(name=name, condition=ends_later)


def holds(on: date, since: date, until: date | None) -> bool:
    """Whether the half-open period from ``since`` until before ``until`` holds the day ``on``."""
    return since <= on and (until is None or on < until)


def in_force(on: Any, prefix: str = "") -> models.Q:
    """The condition that the half-open period of a row (reached by ``prefix``) holds the day ``on``."""
    began = models.Q(**{f"{prefix}valid_from__lte": on})
    open_ended = models.Q(**{f"{prefix}valid_to__isnull": True})
    return began & (open_ended | models.Q(**{f"{prefix}valid_to__gt": on}))
