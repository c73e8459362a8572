"""Letting an administrator in again, by who holds the machine: through the services, with its events."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from nhipcau.records.foundation import services
from nhipcau.records.foundation.actors import system
from nhipcau.records.foundation.models import Account
from nhipcau.records.foundation.passwords import made_password


@transaction.atomic
def rescue(username: str, *, why: str, new_password: bool, no_second_factor: bool) -> str:
    """Unlock and switch on; the sentences for the terminal, empty where there is no such account."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        return ""
    by = system(door="cli", on=timezone.localdate())
    services.unlock(by=by, account=account, why=why)
    services.set_active(by=by, account=account, is_active=True, why=why)
    told = [f"{username} may sign in again."]
    if no_second_factor:
        services.clear_factors(by=by, account=account, why=why)
        told.append("Its second factors are gone.")
    if new_password:
        password = made_password()
        services.change_password(by=by, account=account, password=password)
        told.append(f"This password is shown once: {password}")
    return "\n".join(told)
