"""Django's settings, all taken from the one typed configuration (`config.py`)."""

from __future__ import annotations

import django_stubs_ext

from .config import load
from .databases import database
from .rooms import ROOMS

django_stubs_ext.monkeypatch()
CONFIG = load()

SECRET_KEY = CONFIG.secret_key
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the front door answers for names; the API itself listens on loopback only
ROOT_URLCONF = "shouwen.project.urls"
WSGI_APPLICATION = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    *(f"shouwen.{room}.apps.Config" for room in ROOMS),
]
MIDDLEWARE = [
    "shouwen.project.middleware.trace",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shouwen.project.middleware.Csrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

DATABASES = {"default": database(CONFIG.database_url, pooled=CONFIG.pooled)}

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = ["shouwen.accounts.backend.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_ENGINE = "shouwen.project.sessions"
# by https a browser takes these cookies from this very host alone, whatever its neighbours try
COOKIE_PREFIX = "__Host-" if CONFIG.tls else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sw_staff"
CUSTOMER_COOKIE_NAME = f"{COOKIE_PREFIX}sw_customer"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CONFIG.tls
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = CONFIG.tls
CSRF_FAILURE_VIEW = "shouwen.project.middleware.csrf_failed"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
USE_X_FORWARDED_HOST = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
LANGUAGE_CODE = "zh-hans"

NINJA_PAGINATION_MAX_LIMIT = 200
PROCRASTINATE_ON_APP_READY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"trace": {"()": "shouwen.kit.health.logs.TraceFilter"}},
    "formatters": {
        "line": {
            "()": "shouwen.kit.health.logs.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "shouwen.kit.health.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": CONFIG.log_format, "filters": ["trace"]}},
    "root": {"handlers": ["console"], "level": CONFIG.log_level},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
    },
}
