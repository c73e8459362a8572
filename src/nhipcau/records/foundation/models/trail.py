"""Events in their final shape: append-only, no foreign keys to what they tell of.

``Event`` says who did what, in which role and unit, when, to which record, why, through which door.
``EventValue`` holds a salted digest of each value; the value and its salt stand beside it in ``ValueText``,
so that a value can be erased without breaking the trail. The application role may only add and read.
A ``Seal`` closes what was committed since the seal before it; ``sealing`` makes and verifies them.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Func
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ServerNumber(Func):
    """The number that the database server was given when it was made, by a function of our own."""

    function = "foundation_server"
    output_field = models.BigIntegerField()
    arity = 0


class TransactionNumber(Func):
    """The number of the running transaction, wide enough never to begin again."""

    template = "(pg_catalog.pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()
    arity = 0


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
    # Its place in the trail, given by the database whatever the writer says (a trigger, see the migration).
    cluster = models.BigIntegerField(_("database server"), db_default=ServerNumber(), editable=False)
    xid = models.BigIntegerField(_("transaction"), db_default=TransactionNumber(), editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["kind", "record", "id"], name="event_of_record_idx"),
            models.Index(fields=["office_id", "at"], name="event_of_office_idx"),
            models.Index(fields=["account_id", "id"], name="event_of_account_idx"),
            models.Index(fields=["cluster", "xid", "id"], name="event_in_order_idx"),
            # Few among millions, and asked for at every look: what was erased, and which figures are frozen.
            models.Index(
                fields=["verb", "id"],
                name="event_of_note_idx",
                condition=models.Q(verb__in=["erase", "freeze"]),
            ),
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


class Seal(models.Model):
    """One seal as it was signed (``sealing/forms.py``): every column stands under the signature."""

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.CharField(_("at"), max_length=40)
    cluster = models.BigIntegerField(_("database server"))
    snapshot = models.TextField(_("snapshot"))
    count = models.BigIntegerField(_("events"))
    root = models.CharField(_("root of the hash tree"), max_length=64)
    previous = models.CharField(_("digest of the seal before"), max_length=64)
    key = models.CharField(_("fingerprint of the key"), max_length=64)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    signature = models.CharField(_("signature"), max_length=128)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        indexes = [models.Index(fields=["cluster", "number"], name="seal_of_server_idx")]

    def __str__(self) -> str:
        return f"{self.number} ({self.at})"
