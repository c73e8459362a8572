"""Personal data: what a person asked for, who read whose record, and what the owner lays down about both."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.accounts import Account
from nhipcau.records.foundation.models.base import Owned, versioned


class AccessLog(models.Model):
    """Somebody read the record of a person. Append-only; the owner's function removes what is old enough."""

    at = models.DateTimeField(_("at"), db_default=Now(), db_index=True)
    account_id = models.UUIDField(_("account"), null=True)
    account_name = models.CharField(_("account name"), max_length=120)
    role = models.CharField(_("role"), max_length=120)
    unit_id = models.UUIDField(_("unit"), null=True)
    office_id = models.UUIDField(_("office"), null=True)
    door = models.CharField(_("door"), max_length=20)
    act = models.CharField(_("what was done"), max_length=20)
    kind = models.CharField(_("kind of record"), max_length=40)
    record = models.UUIDField(_("record"))

    class Meta:
        verbose_name = _("reading of a person's record")
        verbose_name_plural = _("readings of persons' records")
        indexes = [models.Index(fields=["kind", "record", "id"], name="access_of_record_idx")]

    def __str__(self) -> str:
        return f"{self.act} {self.kind}"


@versioned()
class PersonRequest(Owned):
    """What a person asked about the data kept on him or her; the days by which to answer are rules of law."""

    class Ask(models.TextChoices):
        """What is asked for."""

        SEE = "see", _("see the data")
        COPY = "copy", _("have a copy of the data")
        CORRECT = "correct", _("have the data corrected")
        STOP = "stop", _("stop the processing")
        ERASE = "erase", _("have the data erased")

    account = models.ForeignKey(
        Account, verbose_name=_("person"), on_delete=models.PROTECT, related_name="requests"
    )
    ask = models.CharField(_("what is asked for"), max_length=10, choices=Ask.choices)
    received_on = models.DateField(_("received on"))
    extended_on = models.DateField(_("extended on"), null=True, blank=True)
    answered_on = models.DateField(_("first answered on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("request of a person")
        verbose_name_plural = _("requests of persons")
        indexes = [models.Index(fields=["account", "-id"], name="request_of_person_idx")]

    def __str__(self) -> str:
        return f"{self.get_ask_display()} ({self.received_on})"


class PersonalField(models.Model):
    """A field that may be erased, and what stands in its place; written by the owner after migrating."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.CharField(_("kind of record"), max_length=40)
    field = models.CharField(_("field"), max_length=60)
    table = models.CharField(_("table"), max_length=63)
    versions = models.CharField(_("table of versions"), max_length=63)
    marker = models.CharField(_("what stands in its place"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("field with personal data")
        verbose_name_plural = _("fields with personal data")
        constraints = [models.UniqueConstraint(fields=["kind", "field"], name="personal_field_once")]

    def __str__(self) -> str:
        return f"{self.kind}.{self.field}"


class Retention(models.Model):
    """How long something is kept, in months; written by the owner after migrating, from the rules."""

    code = models.CharField(_("what is kept"), max_length=20, primary_key=True)
    months = models.PositiveSmallIntegerField(_("months"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("time of keeping")
        verbose_name_plural = _("times of keeping")

    def __str__(self) -> str:
        return f"{self.code}: {self.months}"
