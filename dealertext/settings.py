"""All settings, from the environment (`.env.example` lists every variable).

Safe by default: DEBUG off, cookies secure, secrets required. A bad value stops the start with one
line that names the variable.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg.conninfo
import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from dealertext import logs
from dealertext.env import BadSetting, envbool, envint, envlist, envstr, load_state_env

BASE_DIR = Path(__file__).resolve().parent.parent
load_state_env()

DEBUG = envbool("DEBUG", default=False)
SECRET_KEY = envstr("SECRET_KEY")
if len(SECRET_KEY) < 32:
    raise BadSetting("SECRET_KEY", "must have at least 32 characters")

SITE_URL = envstr("SITE_URL").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname or _site.path or _site.query:
    raise BadSetting("SITE_URL", "must be like https://text.example.com, without a path")
SITE_IS_HTTPS = _site.scheme == "https"
if (
    not DEBUG
    and not SITE_IS_HTTPS
    and _site.hostname not in {"127.0.0.1", "localhost", "testserver"}
):
    raise BadSetting("SITE_URL", "must begin with https:// unless DEBUG=1")

ALLOWED_HOSTS = envlist("ALLOWED_HOSTS", _site.hostname)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# How many proxies of ours append to X-Forwarded-For (accounts.http.client_ip).
TRUSTED_PROXIES = envint("TRUSTED_PROXIES", 0, low=0, high=10)

# --- what the portal keeps secret -------------------------------------------------------------
SUPPRESSION_HASH_KEY = envstr("SUPPRESSION_HASH_KEY")
if not re.fullmatch(r"[0-9a-fA-F]{64,}", SUPPRESSION_HASH_KEY):
    raise BadSetting("SUPPRESSION_HASH_KEY", "must be at least 64 hexadecimal digits")
FIELD_ENCRYPTION_KEY = envstr("FIELD_ENCRYPTION_KEY")
LEDGER_SIGNING_KEY = envstr("LEDGER_SIGNING_KEY")
try:
    if len(base64.urlsafe_b64decode(FIELD_ENCRYPTION_KEY)) != 32:
        raise BadSetting("FIELD_ENCRYPTION_KEY", "must be 32 bytes in URL-safe base64")
except (binascii.Error, ValueError):
    raise BadSetting("FIELD_ENCRYPTION_KEY", "must be 32 bytes in URL-safe base64") from None
try:
    _key_id, _found, _seed = LEDGER_SIGNING_KEY.partition(":")
    if not _found or not _key_id or len(base64.b64decode(_seed)) != 32:
        raise BadSetting("LEDGER_SIGNING_KEY", "must be <key id>:<base64 of 32 bytes>")
except (binascii.Error, ValueError):
    raise BadSetting("LEDGER_SIGNING_KEY", "must be <key id>:<base64 of 32 bytes>") from None
#: Public keys from before a rotation: what they signed stays signed.
LEDGER_FORMER_KEYS = envlist("LEDGER_FORMER_KEYS", "")
for _key in LEDGER_FORMER_KEYS:
    if not re.fullmatch(r"[^+\s]+\+[0-9a-f]{8}\+[0-9A-Za-z+/]{44}", _key):
        raise BadSetting("LEDGER_FORMER_KEYS", "must be <key id>+<hash>+<base64>, by commas")

# --- the carrier -------------------------------------------------------------------------------
TWILIO_ACCOUNT_SID = envstr("TWILIO_ACCOUNT_SID")
TWILIO_AUTH_TOKEN = envstr("TWILIO_AUTH_TOKEN")
TWILIO_API_BASE_URL = envstr("TWILIO_API_BASE_URL", "").rstrip("/")
if TWILIO_API_BASE_URL and urlsplit(TWILIO_API_BASE_URL).scheme not in {"http", "https"}:
    raise BadSetting("TWILIO_API_BASE_URL", "must be an http(s) URL, or empty for Twilio itself")
TWILIO_TIMEOUT_SECONDS = envint("TWILIO_TIMEOUT_SECONDS", 10, low=1, high=60)
#: Whether the carrier is asked what kind of line each new number is; it charges for each question.
TWILIO_LOOKUP = envbool("TWILIO_LOOKUP", default=False)
MEDIA_HOSTS = envlist(
    "MEDIA_HOSTS",
    urlsplit(TWILIO_API_BASE_URL).netloc if TWILIO_API_BASE_URL else "api.twilio.com",
)

# --- the vendors of lead certificates (law §5.1); without an account a lead stays "unverified" ---
TRUSTEDFORM_API_KEY = envstr("TRUSTEDFORM_API_KEY", "")
LEADID_ACCOUNT = envstr("LEADID_ACCOUNT", "")
LEADID_KEY = envstr("LEADID_KEY", "")
TRUSTEDFORM_BASE_URL = envstr("TRUSTEDFORM_BASE_URL", "").rstrip("/")
LEADID_BASE_URL = envstr("LEADID_BASE_URL", "").rstrip("/")
for _name in ("TRUSTEDFORM_BASE_URL", "LEADID_BASE_URL"):
    if locals()[_name] and not DEBUG:
        raise BadSetting(_name, "may be set only with DEBUG=1")

# An RFC 3161 authority that stamps the ledgers' checkpoints; empty: none.
TIMESTAMP_URL = envstr("TIMESTAMP_URL", "")
if TIMESTAMP_URL and urlsplit(TIMESTAMP_URL).scheme not in {"http", "https"}:
    raise BadSetting("TIMESTAMP_URL", "must be an http(s) URL, or empty")
UNDO_SECONDS = envint("UNDO_SECONDS", 5, low=0, high=60)
TIME_OFFSET_SECONDS = envint("TIME_OFFSET_SECONDS", 0, low=-(10**9), high=10**9)
if TIME_OFFSET_SECONDS and not DEBUG:
    raise BadSetting("TIME_OFFSET_SECONDS", "may be set only with DEBUG=1")

# --- database ----------------------------------------------------------------------------------


def _database(name: str, url: str) -> dict[str, Any]:
    """Turn a libpq URL into Django's form; stop the start when it is none."""
    try:
        parts = {key: str(value) for key, value in psycopg.conninfo.conninfo_to_dict(url).items()}
    except psycopg.ProgrammingError:
        raise BadSetting(name, "must be like postgresql://user:password@host/database") from None
    known = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    return {
        "ENGINE": "django_prometheus.db.backends.postgresql",
        **{field: parts.pop(key, "") for key, field in known.items()},
        "OPTIONS": parts,
    }


DATABASES: dict[str, dict[str, Any]] = {
    "default": _database("DATABASE_URL", envstr("DATABASE_URL"))
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A worker that froze inside a transaction must not keep a number locked: its STOP waits on that.
_said = DATABASES["default"]["OPTIONS"].get("options", "")
DATABASES["default"]["OPTIONS"]["options"] = (
    f"-c idle_in_transaction_session_timeout=30s {_said}".strip()
)
_pool = envint("DATABASE_POOL", 0, low=0, high=500)
if _pool:
    # Under ASGI, CONN_MAX_AGE exhausts PostgreSQL (a connection a thread); the pool does not.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": _pool, "timeout": 10}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = envint("CONN_MAX_AGE", 60, low=0, high=3600)
# Read by our own `migrate` command alone: the role that may change tables.
DATABASE_OWNER = (
    _database("DATABASE_OWNER_URL", envstr("DATABASE_OWNER_URL", ""))
    if os.environ.get("DATABASE_OWNER_URL")
    else None
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- broker, cache, pub/sub --------------------------------------------------------------------
REDIS_URL = envstr("REDIS_URL")
if urlsplit(REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
    raise BadSetting("REDIS_URL", "must begin with redis://, rediss:// or unix://")
CACHES = {
    "default": {
        "BACKEND": "dealertext.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
CELERY_BROKER_URL = (
    f"redis+socket://{urlsplit(REDIS_URL).path}" if REDIS_URL.startswith("unix:") else REDIS_URL
)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Workers and beat wait for the broker as long as it takes.
CELERY_BROKER_CONNECTION_RETRY = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    # One attempt after commit: a broker that is down must not hold a webhook (design §8). Without
    # this kombu connects again for six seconds before a publish without retries gives up; workers
    # and beat count by CELERY_BROKER_CONNECTION_MAX_RETRIES.
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False

# --- apps --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "dealertext",
    "accounts",
    "consent",
    "messaging",
    "archive",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "simple_history",
]
MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "dealertext.compression.CompressPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.second_factor",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "dealertext.urls"
WSGI_APPLICATION = "dealertext.wsgi.application"
ASGI_APPLICATION = "dealertext.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.portal",
            ]
        },
    }
]

# --- people ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/inbox/"
ACCOUNT_ADAPTER = "accounts.allauth_adapter.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {"reset_password": "accounts.allauth_adapter.PasswordLinkForm"}
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "dealertext"
#: A code typed as its half minute ends still counts (RFC 6238 §5.2: one step of delay).
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
# Managers and admins must have a second factor; only a development portal may go without.
MFA_REQUIRED_FOR_MANAGERS = not DEBUG
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_USERNAME_CALLABLE = "accounts.lockout.account_of"
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "accounts.http.client_ip"
AXES_VERBOSE = False

# --- cookies and headers -----------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_SSL_REDIRECT = envbool("SECURE_SSL_REDIRECT", default=SITE_IS_HTTPS)
# A webhook that was redirected would be lost; its signature is checked against SITE_URL anyway.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$", r"^webhooks/"]
# The portal speaks no TLS itself: with an https SITE_URL a proxy does, and says so. Who reaches the
# portal around it and forges this gains no more than a page without the redirect: cookies stay
# secure, and no URL or signature is built from what a request says.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SITE_IS_HTTPS else None
SECURE_HSTS_SECONDS = envint(
    "SECURE_HSTS_SECONDS", 31536000 if SITE_IS_HTTPS else 0, low=0, high=10**9
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SITE_IS_HTTPS
SECURE_HSTS_PRELOAD = SITE_IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_PERMISSIONS = 0o600

# --- language, time ----------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
# Pages are offered in the languages whose catalogue is there: a page must not call itself French
# and speak English. Customers are written to in all three (consent.disclosures).
LANGUAGES = [
    (code, name)
    for code, name in (("en", _("English")), ("fr", _("French")), ("es", _("Spanish")))
    if code == LANGUAGE_CODE or (LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.mo").exists()
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- files, mail -------------------------------------------------------------------------------
STATE_DIR = Path(os.environ.get("STATE_DIR") or BASE_DIR / ".state").resolve()
STATIC_URL = "/static/"
STATIC_ROOT = envstr("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": envstr("MEDIA_ROOT", str(STATE_DIR / "media")), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG


def _email(url: str) -> dict[str, Any]:
    """Read EMAIL_URL: smtp://, smtps:// (TLS), smtp+starttls://, file:///folder or console://."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme not in {"smtp", "smtps", "smtp+starttls"} or not parts.hostname:
        raise BadSetting("EMAIL_URL", "must be like smtp+starttls://user:password@host:587")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+starttls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_TIMEOUT": 20,
    }


_mail = _email(envstr("EMAIL_URL"))
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH")
EMAIL_HOST = _mail.get("EMAIL_HOST", "")
EMAIL_PORT = _mail.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = _mail.get("EMAIL_TIMEOUT")
DEFAULT_FROM_EMAIL = envstr("DEFAULT_FROM_EMAIL", f"dealertext@{_site.hostname}")

# --- API ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api_auth.StaffTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api_auth.IsStaffMember"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["accounts.api_parsers.ShallowJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "accounts.api_errors.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": envstr("API_RATE", "6000/min")},
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": TRUSTED_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "dealertext API",
    "DESCRIPTION": "Text a dealership's customers, and only those who may be texted.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["accounts.api_auth.IsStaffMember"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
}

SIMPLE_HISTORY_REVERT_DISABLED = True
PROMETHEUS_EXPORT_MIGRATIONS = False

# --- logs: ids only, never a number, a name or a word of a text ----------------------------------
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
LOGGING_CONFIG = "dealertext.logs.configure"
# Their own handlers would go around the scrubbing: everything goes through the root's.
_through_the_root = {"handlers": [], "propagate": True}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(logs.format_error),
                logs.scrub_event,
                structlog.dev.ConsoleRenderer(
                    colors=False, exception_formatter=structlog.dev.plain_traceback
                )
                if DEBUG
                else structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                logs.hide_links,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": envstr("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {**_through_the_root, "level": "INFO"},
        "django.server": {**_through_the_root, "level": "WARNING"},
        "gunicorn.error": _through_the_root,
        "gunicorn.access": {**_through_the_root, "level": "WARNING"},
        "uvicorn": _through_the_root,
        "uvicorn.error": _through_the_root,
        "uvicorn.access": {**_through_the_root, "level": "WARNING"},
        "django_structlog": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        # Twilio's client logs whole requests at INFO: numbers and words.
        "twilio": {"level": "ERROR"},
        "urllib3": {"level": "ERROR"},
        "celery": {"level": "WARNING"},
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.ExceptionRenderer(logs.format_error),
        structlog.processors.UnicodeDecoder(),
        logs.hide_links,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
if DEBUG and envbool("SIMULATOR", default=True):
    SIMULATOR_URL = TWILIO_API_BASE_URL
else:
    SIMULATOR_URL = TWILIO_API_BASE_URL if os.environ.get("SIMULATOR") == "1" else ""
