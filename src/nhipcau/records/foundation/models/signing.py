"""What signing in leaves behind: attempts, passwords that were replaced, links that let in once."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.accounts import Account
from nhipcau.records.foundation.models.base import Addressed, versioned


class Attempt(models.Model):
    """One attempt to sign in. The name that was typed is kept as a keyed digest: it may be a password."""

    class Outcome(models.TextChoices):
        """How it ended; ``unlocked`` is no attempt, but ends the count of those before it."""

        PASSED = "passed", _("signed in")
        FAILED = "failed", _("refused")
        UNLOCKED = "unlocked", _("unlocked by an administrator")

    class Way(models.TextChoices):
        """By which means."""

        PASSWORD = "password", _("password")
        FACTOR = "factor", _("second factor")
        PASSKEY = "passkey", _("passkey")
        HOUSE = "house", _("sign-in of another house")

    account = models.ForeignKey(
        Account, verbose_name=_("account"), on_delete=models.PROTECT, null=True, related_name="attempts"
    )
    name_key = models.CharField(_("digest of the name"), max_length=64)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    way = models.CharField(_("way"), max_length=10, choices=Way.choices, blank=True)
    address = models.GenericIPAddressField(_("network address"), null=True)
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("attempt to sign in")
        verbose_name_plural = _("attempts to sign in")
        indexes = [models.Index(fields=["name_key", "id"], name="attempt_of_name_idx")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at}"


class FormerPassword(models.Model):
    """The hash of a password that an account had, so that it is not taken again."""

    account = models.ForeignKey(
        Account, verbose_name=_("account"), on_delete=models.PROTECT, related_name="former_passwords"
    )
    encoded = models.CharField(_("hash"), max_length=256)
    replaced_at = models.DateTimeField(_("replaced at"), auto_now_add=True)

    class Meta:
        verbose_name = _("former password")
        verbose_name_plural = _("former passwords")

    def __str__(self) -> str:
        return f"{self.account_id} {self.replaced_at}"


# The digest opens a door while the link holds: it stands here only.
@versioned("token_digest")
class Invitation(Addressed):
    """A link by which an account is taken over by its person, once, until it expires.

    The link itself is shown to the administrator once and kept nowhere; here stands its digest.
    """

    account = models.ForeignKey(
        Account, verbose_name=_("account"), on_delete=models.PROTECT, related_name="invitations"
    )
    token_digest = models.CharField(_("digest of the link"), max_length=64, unique=True)
    made_by = models.ForeignKey(
        Account, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    ended_at = models.DateTimeField(_("used or withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.account_id} {self.expires_at}"
