"""Sign in and out. Accounts and what they may do are made elsewhere."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name and password, and one sentence where they do not fit, which does not tell which of them."""

    error_messages = {  # noqa: RUF012 (Django asks for a dict)
        "invalid_login": _(
            "The sign-in name and the password do not belong together. Check both and try again."
        ),
        "inactive": _("This account may no longer sign in. Ask the administrator of your office."),
    }


class SignIn(LoginView):
    """The sign-in page."""

    template_name = "signin/signin.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Ends the session and goes to the sign-in page."""

    next_page = "sign-in"
