"""All settings; an operator's part comes from the environment through `env`."""

import datetime as dt
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from pobratym.config import env

SOURCE = Path(__file__).resolve().parents[1]

# Where it runs
DATA = Path(env.text("DATA", "var")).resolve()
ADDRESS = env.text("ADDRESS", "http://127.0.0.1:8000").rstrip("/")
HTTPS = ADDRESS.startswith("https://")
DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = env.words("HOSTS", "localhost,127.0.0.1,[::1]")
# A database of the demonstration is marked as such when it is made; without this switch none is made.
DEMONSTRATION = env.flag("DEMONSTRATION")


def _secret_key() -> str:
    """The configured key, or one made once and kept in the data folder, readable by its owner alone."""
    if key := env.text("SECRET_KEY"):
        return key
    path = DATA / "secret-key"
    try:
        if not path.exists():
            DATA.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(64), encoding="ascii")
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {DATA} cannot be written ({error.strerror}); set POBRATYM_DATA to a folder that can.",
        ) from error


SECRET_KEY = _secret_key()
# The keys before it: what they signed and sealed stays readable until they are taken out here.
SECRET_KEY_FALLBACKS = env.words("OLD_SECRET_KEYS")

# What it is made of: upper contexts first, so that their words and templates win
INSTALLED_APPS = [
    "pobratym.config",
    "pobratym.api",
    "pobratym.portal",
    "pobratym.newsroom",
    "pobratym.partnerships",
    "pobratym.agreements",
    "pobratym.notices",
    "pobratym.accounts",
    "pobratym.organisations",
    "pobratym.territory",
    "pobratym.documents",
    "pobratym.tables",
    "pobratym.outbox",
    "pobratym.files",
    "pobratym.audit",
    "pobratym.ui",
    "pobratym.limits",
    "pobratym.vocabulary",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    # Only the engine of factors and the list of sessions: none of its addresses or templates is used.
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rules",
    "csp",
    "django_htmx",
    "ninja",
    "template_partials",
    "js_asset",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    # Outermost, so that a static file, a redirect to https and an error carry the same headers as a page.
    "pobratym.limits.networks.know_client",
    "pobratym.ui.headers.add_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "pobratym.limits.sizes.refuse_large",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "pobratym.limits.characters.refuse_nul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pobratym.accounts.middleware.follow_session",
    "pobratym.accounts.middleware.ask_for_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pobratym.ui.middleware.answer_refusals",
]

ROOT_URLCONF = "pobratym.config.urls"
WSGI_APPLICATION = "pobratym.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pobratym.ui.context.product",
                "pobratym.portal.context.demonstration",
            ],
            "builtins": ["pobratym.ui.templatetags.ui", "template_partials.templatetags.partials"],
        },
    },
]
FORM_RENDERER = "pobratym.ui.forms.Renderer"

# Database
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "pobratym.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
}
POSTGRESQL: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": env.text("DB_NAME", "pobratym"),
    "USER": env.text("DB_USER", "pobratym"),
    "PASSWORD": env.text("DB_PASSWORD"),
    "HOST": env.text("DB_HOST"),
    "PORT": env.text("DB_PORT"),
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
}
DATABASES = {
    "default": POSTGRESQL if env.text("DB", "sqlite", choices=("sqlite", "postgresql")) == "postgresql" else SQLITE
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Background work
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "pobratym.accounts.backends.People",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "portal:desk"
LOGOUT_REDIRECT_URL = "portal:home"

# Signing in: roles whose holders need a second factor, how long a proof and a session last
FACTOR_ROLES = frozenset({"signatory", "moderator"})
FRESH_FOR = dt.timedelta(minutes=5)
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_LASTS = dt.timedelta(days=7)
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
ACCOUNT_ADAPTER = "pobratym.accounts.engine.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_ADAPTER = "pobratym.accounts.engine.Factors"
MFA_RECOVERY_CODE_DIGITS = 12
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey is always two factors: the device and what unlocks it.
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# An identity provider beside our own sign-in; without an issuer there is none
OIDC_ISSUER = env.text("OIDC_ISSUER")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET")
OIDC_NAME = env.text("OIDC_NAME", "OpenID Connect")

# Mail: rows of the outbox, sent by the worker; without a server they are files in the data folder
EMAIL_HOST = env.text("MAIL_HOST")
EMAIL_PORT = env.number("MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("MAIL_TLS", default=True)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "pobratym.outbox.folder.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "pobratym@localhost")

# Languages: Ukrainian at the plain address, English under /en/
LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", _("Ukrainian")), ("en", _("English"))]
USE_I18N = True
TIME_ZONE = "Europe/Kyiv"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_LIMIT = env.number("FILE_LIMIT_MB", 20) * 1024 * 1024
BODY_QUOTA = env.number("BODY_QUOTA_MB", 500) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "pobratym.files.uploading.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A form without its files, its fields and files by number, and a whole body with files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
BODY_LIMIT = FILE_UPLOAD_LIMIT + DATA_UPLOAD_MAX_MEMORY_SIZE
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        # A string becomes a script's address or code only through the policy of ui/trusted.js, which refuses.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
        **({"upgrade-insecure-requests": True} if HTTPS else {}),
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# The prefix makes browsers refuse a cookie of this name from another host of the same domain, or without https.
SESSION_COOKIE_NAME = f"{'__Host-' if HTTPS else ''}session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
# A link in a letter must find its reader signed in; forms from elsewhere are refused by token and origin.
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{'__Host-' if HTTPS else ''}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "pobratym.ui.errors.form_too_old"
# Not a third cookie, whose name Django fixes.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Static files are for our own pages only.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Where to tell of a hole in the product as it runs here; shown in security.txt
SECURITY_CONTACT = env.text("SECURITY_CONTACT")
# So many proxies of ours append to X-Forwarded-For; what stands before their entries is never believed.
PROXY_HOPS = env.number("PROXY_HOPS", 1) if env.flag("BEHIND_PROXY") else 0
if PROXY_HOPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "pobratym.config.logs.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {
        "handlers": ["console"],
        "level": env.text("LOG_LEVEL", "WARNING", choices=("DEBUG", "INFO", "WARNING", "ERROR")),
    },
}
