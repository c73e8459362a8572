"""The application that every other stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nhipcau.records.foundation.models import Account

#: What may be erased of an account; its sign-in name must stay unique.
PERSONAL_OF_ACCOUNT = (("display_name", "[đã xoá]"), ("email", ""), ("username", "da-xoa-{record}"))


class FoundationConfig(AppConfig):
    """Label ``foundation``; ``AUTH_USER_MODEL`` is ``foundation.Account``."""

    name = "nhipcau.records.foundation"
    label = "foundation"
    verbose_name = _("Foundation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kinds of this area known."""
        from nhipcau.records.foundation import models, policies
        from nhipcau.records.foundation.references import Kind, register

        register(
            Kind(
                "account",
                models.Account,
                policies.ACCOUNTS,
                title=_name_of_account,
                personal=PERSONAL_OF_ACCOUNT,
            )
        )
        register(Kind("person_request", models.PersonRequest, policies.PERSON_REQUESTS))
        register(Kind("grant", models.Grant, policies.GRANTS))
        register(Kind("unit", models.Unit, policies.UNITS))
        register(Kind("job", models.Job, policies.JOBS))
        register(Kind("import", models.Import, policies.IMPORTS))


def _name_of_account(account: Account) -> str:
    return account.display_name
