"""People who sign in. What they may do stands in their grants, never here."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.records.foundation.models.base import Addressed, versioned


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by the name with which it signs in; accounts are made by ``services``."""


# The password's hash is kept in one place only: a version could never be wiped.
@versioned("password", "last_login")
class Account(Addressed, AbstractBaseUser):
    """A person's way in."""

    username = models.CharField(_("sign-in name"), max_length=80, unique=True)
    display_name = models.CharField(_("name shown"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    password_changed_at = models.DateTimeField(_("password changed at"), null=True, blank=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    # From here the days are counted after which an account that nobody uses may not sign in.
    active_since = models.DateTimeField(_("may sign in since"), default=timezone.now)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.display_name
