"""How documents hang together: edges from a derived document to its source."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.records.documents.models.documents import Document
from nhipcau.records.documents.models.papers import Part
from nhipcau.records.foundation.models import Account, Owned, versioned

# Codes of the reader's contract and of its chain rules, each in words.
RELATIONS = {
    "basis": _("is based on"),
    "implements": _("implements"),
    "guides": _("guides"),
    "replaces": _("replaces"),
    "amends": _("amends"),
    "forwards": _("forwards"),
    "attached_to": _("is attached to"),
    "mentions": _("mentions"),
    "reports": _("reports on"),
    "succeeds": _("follows"),
}


@versioned()
class Relation(Owned):
    """``derived`` stands in ``relation`` to ``source``; ``part`` and the span say where that is told.

    ``strength`` is ``printed`` where a paper says so in words, else ``inferred``; ``reason`` is one sentence;
    ``ask`` is what a person must say where an end is not placed ("Tỉnh ủy" of which province?).
    """

    class Strength(models.TextChoices):
        """How the edge is known."""

        PRINTED = "printed", _("printed")
        INFERRED = "inferred", _("inferred")

    class State(models.TextChoices):
        """What a person decided."""

        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    derived = models.ForeignKey(
        Document, verbose_name=_("derived document"), on_delete=models.PROTECT, related_name="sources"
    )
    source = models.ForeignKey(
        Document, verbose_name=_("source"), on_delete=models.PROTECT, related_name="derivations"
    )
    relation = models.CharField(_("relation"), max_length=20, choices=list(RELATIONS.items()))
    strength = models.CharField(_("strength"), max_length=10, choices=Strength.choices)
    reason = models.CharField(_("reason"), max_length=500)
    ask = models.CharField(_("question to a person"), max_length=500, blank=True)
    part = models.ForeignKey(
        Part, verbose_name=_("told in"), on_delete=models.PROTECT, null=True, related_name="relations_told"
    )
    span_start = models.PositiveIntegerField(_("begins at"), null=True)
    span_end = models.PositiveIntegerField(_("ends before"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    decided_by = models.ForeignKey(
        Account, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(fields=["derived", "source", "relation"], name="relation_one_each"),
            models.CheckConstraint(name="relation_of_two", condition=~models.Q(derived=models.F("source"))),
        ]

    def __str__(self) -> str:
        return f"{self.derived_id} {self.relation} {self.source_id}"
