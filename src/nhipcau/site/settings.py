"""Django's settings, in one file; what an office may choose comes from the environment (docs/install.md)."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from nhipcau.site import demo_choices, environment, houses
from nhipcau.site.database import logins, places

PACKAGE = Path(__file__).resolve().parent.parent

# --- which of the two lives this is: an office's, or a demo's ---------------------------------------------
#: Set by the command `demo`: the pages say so, cookies travel without TLS, passwords count nowhere else.
NHIPCAU_DEMO = environment.flag("NHIPCAU_DEMO")
#: Set by the command `serve`.
NHIPCAU_SERVE = environment.flag("NHIPCAU_SERVE")
NHIPCAU_PLACE = places.Place(places.home(), environment.words("NHIPCAU_PLACE", ("office",))[0])
#: The store of attachments.
NHIPCAU_FILES = NHIPCAU_PLACE.files
#: The key that signs the seals over the trail, and the files that outlive the database.
NHIPCAU_SEAL_KEY = environment.file("NHIPCAU_SEAL_KEY", NHIPCAU_PLACE.root / "seal.key")
NHIPCAU_SEALS = NHIPCAU_PLACE.outside / "seals.jsonl"
NHIPCAU_ERASURES = NHIPCAU_PLACE.outside / "erasures.jsonl"

# Without one from outside, sessions end with the process; `serve` and `demo` hand over a kept one.
SECRET_KEY = environment.secret("NHIPCAU_SECRET_KEY") or secrets.token_urlsafe(48)
DEBUG = False
ALLOWED_HOSTS = environment.words("NHIPCAU_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith("[")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "django_htmx",
    "template_partials",
    "django_filters",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "nhipcau.records.foundation",
    "nhipcau.records.organisations",
    "nhipcau.records.documents",
    "nhipcau.web",
]
MIDDLEWARE = [
    # First what every answer carries, so that a refusal further down carries it too.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nhipcau.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nhipcau.web.acting.ActingMiddleware",
    "nhipcau.web.signing.idle.IdleMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "nhipcau.site.urls"
WSGI_APPLICATION = "nhipcau.site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nhipcau.web.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


# --- database: the application role; the process that migrates is given the owner in its place ------------
def _database(name: str) -> dict[str, Any] | None:
    login = logins.from_environment(name)
    if login is None:
        return None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": login.database,
        "USER": login.user,
        "PASSWORD": login.password,
        "HOST": login.host,
        "PORT": str(login.port),
        "OPTIONS": dict(login.options),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


# Without an address nothing is reached: the commands start the embedded server and set one.
_NOWHERE = {"ENGINE": "django.db.backends.postgresql", "NAME": "nhipcau", "HOST": "/nonexistent"}
DATABASES: dict[str, dict[str, Any]] = {"default": _database("DATABASE_URL") or _NOWHERE}
if _reader := _database("DATABASE_READER_URL"):
    # Tests use one alias; this one must not make a test database of its own.
    DATABASES["reader"] = {**_reader, "TEST": {"MIRROR": "default"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- jobs: queue in the database -------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- sign-in ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "foundation.Account"
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = (
    # Another algorithm name: a demo's password, carried into an office's database, opens nothing there.
    ["nhipcau.site.hashers.DemoArgon2PasswordHasher"]
    if NHIPCAU_DEMO
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    # Lengths and classes of characters are dated rules, not numbers of these settings.
    {"NAME": f"nhipcau.records.foundation.passwords.{name}"}
    for name in ("StrengthValidator", "ReuseValidator")
]
ACCOUNT_ADAPTER = "nhipcau.web.signing.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
# Nobody makes an account for himself; the fields are named because allauth compares them.
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Locking after failed attempts is a rule of ours; a whole office stands behind one address.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/key"}
MFA_ADAPTER = "nhipcau.web.signing.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Nhịp Cầu"
# A clock that is half a minute wrong keeps nobody out.
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ADAPTER = "nhipcau.web.signing.adapters.HouseAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {} if NHIPCAU_DEMO else houses.providers()
#: Roles that approve or administer must have a second factor. A demo offers it only: what says so stands in
#: the demo's own folder, and `serve` does not look there.
NHIPCAU_SECOND_FACTOR_ASKED = not (NHIPCAU_DEMO and demo_choices.offers_second_factor(NHIPCAU_PLACE))

# --- what all processes share for a while: counts of attempts, codes that were used -----------------------
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "foundation_cache"}
}

# --- what the browser is told ----------------------------------------------------------------------------
#: `serve` stands behind TLS unless the office says that it does not (docs/install.md).
_TLS = NHIPCAU_SERVE and environment.flag("NHIPCAU_TLS", default=True)
_COOKIES = "nhipcau_demo" if NHIPCAU_DEMO else "nhipcau"
SESSION_COOKIE_NAME = f"{_COOKIES}_session"
SESSION_COOKIE_SECURE = _TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * environment.number("NHIPCAU_SESSION_HOURS", 10, lowest=1)
CSRF_COOKIE_NAME = f"{_COOKIES}_csrf"
CSRF_COOKIE_SECURE = _TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "nhipcau.web.acting.forged"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _TLS else 0
X_FRAME_OPTIONS = "DENY"
if environment.flag("NHIPCAU_PROXY"):
    # The proxy in front must set this header itself and drop one that comes from outside.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The other house's own page follows a form of ours, and browsers look at where it leads.
        "form-action": [SELF, *([] if NHIPCAU_DEMO else houses.origins())],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = NHIPCAU_PLACE.static if NHIPCAU_SERVE else None
# `serve` gathers the files once and names them by content; elsewhere they come from where they are.
WHITENOISE_USE_FINDERS = not NHIPCAU_SERVE
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(NHIPCAU_FILES)},
    },
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if NHIPCAU_SERVE
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
# An upload is looked at for a secrecy mark before anything is written: it stays in memory.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 200 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
#: The page itself takes fewer and tells how many it left out.
DATA_UPLOAD_MAX_NUMBER_FILES = 2000

# --- language, time, numbers ------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "nhipcau_language"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["nhipcau.site.formats"]

# --- log: never a value of a record ------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "nhipcau.site.log_lines.Line",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.words("NHIPCAU_LOG", ("WARNING",))[0]},
}
