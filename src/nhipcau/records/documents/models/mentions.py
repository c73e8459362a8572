"""A mention keeps what is printed; candidates are the documents that it may mean."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.documents.models.documents import Document
from nhipcau.records.documents.models.papers import Part
from nhipcau.records.foundation.models import Account, Owned, versioned


@versioned("number_key")
class Mention(Owned):
    """One place where a paper names a document; it is not itself a document.

    ``refers_to`` is the full mention that a partial one repeats.
    """

    class State(models.TextChoices):
        """Open mentions wait in a list: nothing that is known fits them."""

        OPEN = "open", _("nothing fits")
        PROPOSED = "proposed", _("to be confirmed")
        LINKED = "linked", _("linked")

    part = models.ForeignKey(
        Part, verbose_name=_("stands in"), on_delete=models.PROTECT, related_name="mentions"
    )
    index = models.PositiveIntegerField(_("place in the list"))
    span_start = models.PositiveIntegerField(_("begins at"))
    span_end = models.PositiveIntegerField(_("ends before"))
    surface = models.CharField(_("as printed"), max_length=500)
    type_name = models.CharField(_("type"), max_length=120, blank=True)
    number = models.CharField(_("number and symbol"), max_length=80, blank=True)
    number_key = models.CharField(_("number for comparing"), max_length=80, blank=True, editable=False)
    date = models.DateField(_("date printed with it"), null=True, blank=True)
    issuer_name = models.CharField(_("issuer"), max_length=300, blank=True)
    is_partial = models.BooleanField(_("number and symbol are not both printed"), default=False)
    relation = models.CharField(_("relation"), max_length=20, default="mentions")
    refers_to = models.ForeignKey(
        "self", verbose_name=_("repeats"), on_delete=models.PROTECT, null=True, related_name="repeated_by"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    document = models.ForeignKey(
        Document,
        verbose_name=_("document meant"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
    )

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["part_id", "index"]
        indexes = [
            models.Index(fields=["office", "number_key"], name="mention_number_idx"),
            models.Index(fields=["office", "state", "-id"], name="mention_state_idx"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["part", "index"], name="mention_one_a_place"),
            models.CheckConstraint(
                name="mention_linked_has_document",
                condition=models.Q(state="linked", document__isnull=False)
                | (~models.Q(state="linked") & models.Q(document__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.surface


@versioned()
class Candidate(Owned):
    """A document that a mention may mean; rank 1 is the likeliest. ``reasons``: codes of ``recognition``."""

    class State(models.TextChoices):
        """What a person decided."""

        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    mention = models.ForeignKey(
        Mention, verbose_name=_("mention"), on_delete=models.PROTECT, related_name="candidates"
    )
    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="candidacies"
    )
    rank = models.PositiveSmallIntegerField(_("rank"))
    reasons = models.JSONField(_("reasons"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    decided_by = models.ForeignKey(
        Account, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["mention_id", "rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["mention", "document"], name="candidate_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.mention_id} ? {self.document_id}"
