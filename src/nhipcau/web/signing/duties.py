"""What somebody who signed in must do before anything else: take a new password, set up a second factor."""

from __future__ import annotations

from django.http import HttpRequest

from nhipcau.records.foundation.actors import Actor
from nhipcau.records.foundation.attempts import is_password_old
from nhipcau.records.foundation.factors import has_second_factor, is_asked_of
from nhipcau.records.foundation.models import Account

FACTOR = "nhipcau_has_factor"


def duty(request: HttpRequest, actor: Actor) -> str:
    """The name of the page to which everything else leads first; empty where nothing is due."""
    account = actor.account
    if account is None:
        return ""
    if must_change(account, actor):
        return "account-password"
    if must_add_factor(request, account, actor):
        return "account-factors"
    return ""


def must_change(account: Account, actor: Actor) -> bool:
    """Whether the password was given by another, or is too old for an administrator's."""
    return account.must_change_password or is_password_old(account, administers=actor.administers)


def must_add_factor(request: HttpRequest, account: Account, actor: Actor) -> bool:
    """Whether the roles ask for a second factor that the account lacks; looked up once a session."""
    if not is_asked_of(actor):
        return False
    if request.session.get(FACTOR) != account.pk and has_second_factor(account):
        request.session[FACTOR] = account.pk
    return bool(request.session.get(FACTOR) != account.pk)


def forget(request: HttpRequest) -> None:
    """A factor was taken away: ask the database again."""
    request.session.pop(FACTOR, None)
