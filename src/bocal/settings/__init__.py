"""The settings of Bocal: what the machine says (`environment`), then what the house decided.

Nothing here depends on who runs it except through `environment`; nothing elsewhere reads `os.environ`.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from environ import Env

from .databases import databases
from .environment import LOOPBACK_NAMES, read_environment
from .secret import kept_secret

ENVIRONMENT = read_environment(os.environ)

# --- What the house is made of --------------------------------------------------------------------

INSTALLED_APPS = [
    "bocal.toolbox",
    "bocal.parameters",
    "bocal.territory",
    "bocal.people",
    "bocal.journal",
    "bocal.recipes",
    "bocal.programme",
    "bocal.surplus",
    "bocal.kitchen",
    "bocal.shop",
    "bocal.impact",
    "bocal.workbook",
    "bocal.frontdoor",
    "bocal.people.apps.TechnicalConfig",  # Django's administration
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "bocal.toolbox.uploads.refuse_what_is_too_large",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bocal.people.middleware.who_asks",
]

ROOT_URLCONF = "bocal.urls"
WSGI_APPLICATION = "bocal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bocal.frontdoor.navigation.navigation",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "bocal.toolbox.drawing.FormRenderer"

# --- Where things are kept ------------------------------------------------------------------------

DATA = ENVIRONMENT.data
DATABASES = databases(DATA, ENVIRONMENT.database_url)
DATABASE_ROUTERS = ["bocal.toolbox.ephemeral.EphemeralRouter"] if "ephemeral" in DATABASES else []
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
MEDIA_ROOT = DATA / "files"
STATIC_ROOT = DATA / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT.debug
        else "bocal.toolbox.statics.GatheredFiles"
    },
}

# --- Who may enter: an e-mail code or a passkey, for accounts the coordination made ---------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher"
]  # nobody has a password; the best, if ever
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "bocal.people.adapter.AccountAdapter"
MFA_ADAPTER = "bocal.people.adapter.PasskeyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60  # village mail is slow, and so are some of us
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # entering by a code received at the address is the verification
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.https  # http only ever means this machine
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.https else 0

# --- Safety ---------------------------------------------------------------------------------------

SECRET_KEY = ENVIRONMENT.secret_key or kept_secret(DATA)
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = [ENVIRONMENT.host, *ENVIRONMENT.hosts, *LOOPBACK_NAMES]
CSRF_TRUSTED_ORIGINS = (
    [f"https://{host}" for host in (ENVIRONMENT.host, *ENVIRONMENT.hosts)] if ENVIRONMENT.https else []
)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 30 * 24 * 3600  # a phone in a truck signs in once a month
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.https else 0
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # other names of the domain are not ours to bind
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LARGEST_UPLOAD_IN_BYTES = 20 * 1024 * 1024  # a season's workbook weighs less than one
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# --- Letters and traces ---------------------------------------------------------------------------

if ENVIRONMENT.email_url:
    globals().update(Env.email_url_config(ENVIRONMENT.email_url))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from
EMAIL_SUBJECT_PREFIX = ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Bocal] "
EMAIL_TIMEOUT = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
