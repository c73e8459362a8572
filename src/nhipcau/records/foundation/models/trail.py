"""Events in their final shape: append-only, no foreign keys to what they tell of.

``Event`` says who did what, in which role and unit, when, to which record, why, through which door.
``EventValue`` holds a salted digest of each value; the value and its salt stand beside it in ``ValueText``,
so that a value can be erased without breaking the trail. The application role may only add and read.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One thing that was done. Names stand as they were: the trail outlives accounts, units and records."""

    public_id = models.UUIDField(_("public id"), default=uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("at"), db_default=Now())
    account_id = models.UUIDField(_("account"), null=True)
    account_name = models.CharField(_("account name"), max_length=120)
    role = models.CharField(_("role"), max_length=120)
    unit_id = models.UUIDField(_("unit"), null=True)
    office_id = models.UUIDField(_("office"), null=True)
    door = models.CharField(_("door"), max_length=20)
    verb = models.CharField(_("verb"), max_length=60)
    kind = models.CharField(_("kind of record"), max_length=40)
    record = models.UUIDField(_("record"))
    title = models.CharField(_("title as it stood"), max_length=500, blank=True)
    why = models.CharField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["kind", "record", "id"], name="event_of_record_idx"),
            models.Index(fields=["office_id", "at"], name="event_of_office_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.title}"


class EventValue(models.Model):
    """The digest of one value of one field, before (``old``) or after (``new``) the event."""

    class Side(models.TextChoices):
        """Before or after."""

        OLD = "old", _("before")
        NEW = "new", _("after")

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="values_kept"
    )
    field = models.CharField(_("field"), max_length=60)
    side = models.CharField(_("side"), max_length=3, choices=Side.choices)
    digest = models.CharField(_("salted digest"), max_length=64)

    class Meta:
        verbose_name = _("value of an event")
        verbose_name_plural = _("values of events")
        constraints = [
            models.UniqueConstraint(fields=["event", "field", "side"], name="event_value_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.side})"


class ValueText(models.Model):
    """The value itself and its salt, kept apart so that both can be erased together."""

    event_value = models.OneToOneField(
        EventValue,
        verbose_name=_("value of an event"),
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="text",
    )
    salt = models.CharField(_("salt"), max_length=32)
    value = models.JSONField(_("value"), null=True)

    class Meta:
        verbose_name = _("text of a value")
        verbose_name_plural = _("texts of values")

    def __str__(self) -> str:
        return str(self.value)
