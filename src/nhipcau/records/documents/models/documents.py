"""A document by its identity (issuer, type, number, date), its number in the register, and merges of two."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models import Account, Office, Owned, Unit, versioned

INCOMING = "incoming"


@versioned("folded", "number_key", "placed_on", "line")
class Document(Owned):
    """What an office knows of one document. It names posts, never persons: no signer's name stands here.

    ``number_key`` (without marks, case and blanks), ``folded`` (all words for search) and ``placed_on`` (the
    day by which lists are ordered: printed, else received; that of its dispatch where it came attached) are
    computed from the others by the services. ``line`` orders a day: what came attached stands right under
    its dispatch.
    """

    class State(models.TextChoices):
        """Drafts have no number yet; a known document is cited, but its file is missing.

        An attached one came in the file of its dispatch and stands in the register under that one's number.
        """

        DRAFT = "draft", _("draft")
        REGISTERED = "registered", _("registered")
        ATTACHED = "attached", _("attached")
        KNOWN = "known", _("known but missing")
        VOID = "void", _("void")

    class Kind(models.TextChoices):
        """Told from the paper's own form."""

        STATE = "state", _("State")
        PARTY = "party", _("Party")
        FRONT = "front", _("Front and mass organisations")
        NEWS = "news", _("news")
        OTHER = "other", _("other")

    class Urgency(models.TextChoices):
        """Urgency marks as the rules of form name them."""

        URGENT = "khẩn", _("urgent")
        VERY_URGENT = "thượng khẩn", _("very urgent")
        EXPRESS = "hỏa tốc", _("express")

    #: The states of what stands in the register, under a number of its own or of its dispatch.
    IN_REGISTER = (State.REGISTERED, State.ATTACHED)

    issuer_name = models.CharField(_("issuer"), max_length=300, blank=True)
    parent_issuer_name = models.CharField(_("parent issuer"), max_length=300, blank=True)
    author_name = models.CharField(_("author"), max_length=300, blank=True)
    issuer = models.ForeignKey(
        Unit,
        verbose_name=_("issuing unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    type_name = models.CharField(_("type"), max_length=120, blank=True)
    number = models.CharField(_("number and symbol"), max_length=80, blank=True)
    number_key = models.CharField(_("number for comparing"), max_length=80, blank=True, editable=False)
    date = models.DateField(_("date of the document"), null=True, blank=True)
    subject = models.TextField(_("subject"), blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    signer_title = models.CharField(_("signer's office"), max_length=200, blank=True)
    urgency = models.CharField(_("urgency"), max_length=20, choices=Urgency.choices, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Unit.Level.choices, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OTHER)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    register = models.CharField(_("register"), max_length=20, default=INCOMING)
    register_year = models.PositiveSmallIntegerField(_("register year"), null=True, blank=True)
    register_number = models.PositiveIntegerField(_("register number"), null=True, blank=True)
    attached_to = models.ForeignKey(
        "self",
        verbose_name=_("came attached to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="attached",
    )
    date_received = models.DateField(_("received on"), null=True, blank=True)
    placed_on = models.DateField(_("day of order"), editable=False)
    line = models.GeneratedField(
        verbose_name=_("place within the day"),
        expression=models.Case(
            models.When(attached_to__isnull=True, then=models.F("id") * 2 + 1),
            default=models.F("attached_to") * 2,
        ),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    folded = models.TextField(_("words for search"), blank=True, editable=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["office", "-placed_on", "-line", "-id"], name="document_list_idx"),
            models.Index(fields=["office", "number_key"], name="document_number_idx"),
            models.Index(fields=["office", "state", "-id"], name="document_state_idx"),
            models.Index(fields=["office", "type_name"], name="document_type_idx"),
            models.Index(fields=["office", "issuer_name"], name="document_issuer_idx"),
            models.Index(fields=["office", "date"], name="document_date_idx"),
            GinIndex(fields=["folded"], name="document_search_idx", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "register", "register_year", "register_number"],
                name="document_one_number",
            ),
            models.CheckConstraint(
                name="document_number_with_year",
                condition=models.Q(register_year__isnull=True, register_number__isnull=True)
                | models.Q(register_year__isnull=False, register_number__isnull=False),
            ),
            models.CheckConstraint(
                name="document_registered_has_number",
                condition=~models.Q(state="registered") | models.Q(register_number__isnull=False),
            ),
            models.CheckConstraint(
                name="document_attached_has_dispatch",
                condition=~models.Q(state="attached") | models.Q(attached_to__isnull=False),
            ),
            models.CheckConstraint(
                name="document_attached_has_no_number",
                condition=models.Q(attached_to__isnull=True)
                | models.Q(register_number__isnull=True, state__in=["attached", "void"]),
            ),
            models.CheckConstraint(
                name="document_attached_to_another", condition=~models.Q(attached_to=models.F("id"))
            ),
        ]

    def __str__(self) -> str:
        name = " ".join(part for part in (self.type_name, self.number) if part)
        return name or self.subject[:120] or "—"

    @property
    def register_label(self) -> str:
        """The number in the register with its year, "1285/2026", what came attached under its dispatch's.

        Empty where there is none.
        """
        if self.attached_to is not None:
            return self.attached_to.register_label
        return f"{self.register_number}/{self.register_year}" if self.register_number else ""


@versioned()
class Series(models.Model):
    """The next number of a register in a year; locked while one is given, so that none is skipped."""

    office = models.ForeignKey(Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    register = models.CharField(_("register"), max_length=20, default=INCOMING)
    year = models.PositiveSmallIntegerField(_("year"))
    next = models.PositiveIntegerField(_("next number"), default=1)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [
            models.UniqueConstraint(fields=["office", "register", "year"], name="series_one_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.year}: {self.next}"


@versioned()
class Merge(Owned):
    """Two records were one document: ``folded`` went into ``kept``.

    ``moved`` says exactly what went over, so that it can be undone.
    """

    kept = models.ForeignKey(
        Document, verbose_name=_("document kept"), on_delete=models.PROTECT, related_name="merges_in"
    )
    folded = models.ForeignKey(
        Document,
        verbose_name=_("document merged into it"),
        on_delete=models.PROTECT,
        related_name="merges_out",
    )
    moved = models.JSONField(_("what was moved"), default=dict)
    at = models.DateTimeField(_("merged at"), auto_now_add=True)
    by = models.ForeignKey(
        Account, verbose_name=_("merged by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        Account, verbose_name=_("undone by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.UniqueConstraint(
                fields=["folded"], condition=models.Q(undone_at__isnull=True), name="merge_once_at_a_time"
            ),
            models.CheckConstraint(name="merge_of_two", condition=~models.Q(kept=models.F("folded"))),
        ]

    def __str__(self) -> str:
        return f"{self.folded_id} > {self.kept_id}"


@versioned()
class MarkedStub(Owned):
    """What may be kept of a paper with a secrecy mark, entered by hand: number, date, issuer, mark."""

    class Mark(models.TextChoices):
        """The three marks."""

        SECRET = "mật", _("secret")
        HIGHLY_SECRET = "tối mật", _("highly secret")
        TOP_SECRET = "tuyệt mật", _("top secret")

    number = models.CharField(_("number and symbol"), max_length=80)
    date = models.DateField(_("date of the document"))
    issuer_name = models.CharField(_("issuer"), max_length=300)
    mark = models.CharField(_("secrecy mark"), max_length=20, choices=Mark.choices)
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    entered_by = models.ForeignKey(
        Account, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("stub of a marked paper")
        verbose_name_plural = _("stubs of marked papers")

    def __str__(self) -> str:
        return f"{self.number} ({self.mark})"
