"""django-helpdesk creating tickets through its own API, on the same server software and the same PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from textwrap import dedent

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from .load import Load, press, request
from .parts import CannotMeasure
from .servers import free_port, serving

PACKAGES = ("django-helpdesk==2.6.1", "django~=5.2.0", "granian~=2.8", "psycopg[binary,pool]~=3.3", "setuptools<81")
SETTINGS = """
    SECRET_KEY = "bench"
    DEBUG = False
    ALLOWED_HOSTS = ["*"]
    ROOT_URLCONF = "urls"
    USE_TZ = True
    SITE_ID = 1
    DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    STATIC_URL = "/static/"
    MEDIA_ROOT = "media"
    INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
        "django.contrib.sessions", "django.contrib.messages", "django.contrib.sites", "django.contrib.staticfiles",
        "django.contrib.humanize", "rest_framework", "helpdesk"]
    MIDDLEWARE = ["django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware"]
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS":
        {"context_processors": ["django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"]}}]
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "helpdesk", "USER": DB_USER,
        "HOST": DB_HOST, "OPTIONS": {"pool": {"min_size": 1, "max_size": 12}}}}
    HELPDESK_TEAMS_MODE_ENABLED = False
    HELPDESK_ACTIVATE_API_ENDPOINT = True
"""
URLS = """
    from django.urls import include, path
    urlpatterns = [path("", include("helpdesk.urls"))]
"""
WSGI = """
    import os
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    from django.core.wsgi import get_wsgi_application
    application = get_wsgi_application()
"""
PREPARE = """
    import django, json
    django.setup()
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    from helpdesk.models import Queue
    user = User.objects.create_user("bench", "bench@example.com", "bench", is_staff=True, is_superuser=True)
    queue = Queue.objects.create(title="bench", slug="bench")
    session = SessionStore()
    session["_auth_user_id"], session["_auth_user_backend"] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    print(json.dumps({"session": session.session_key, "queue": queue.pk}))
"""
TOKEN = "b" * 32


def creating(folder: Path, url: str, *, processes: int, threads: int, clients: int, seconds: float) -> Load:
    """Install it apart, start it, and let clients create tickets."""
    python = _install(folder)
    site = _site(folder, url)
    surroundings = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(site)}
    made = subprocess.run(
        [python, "prepare.py"], cwd=site, env=surroundings, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise CannotMeasure(f"django-helpdesk could not be prepared: {made.stderr.strip()[-500:]}")
    access = json.loads(made.stdout.strip().splitlines()[-1])
    port = free_port()
    command = [str(python.with_name("granian")), "--interface", "wsgi", "--port", str(port), "--workers"]
    command += [str(processes), "--blocking-threads", str(threads), "--working-dir", str(site), "wsgi:application"]
    with serving(command, port, environment=surroundings, log=folder / "helpdesk.log") as (address, _):
        one = _request(access)
        press(address, lambda: one, clients=clients, seconds=2)
        return press(address, lambda: one, clients=clients, seconds=seconds)


def _install(folder: Path) -> Path:
    place = folder / "venv"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    done = subprocess.run(
        [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotMeasure(f"django-helpdesk could not be installed: {done.stderr.strip()[-500:]}")
    return python


def _site(folder: Path, url: str) -> Path:
    parts = conninfo_to_dict(url)
    with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as line:
        line.execute("drop database if exists helpdesk")
        line.execute("create database helpdesk")
    site = folder / "site"
    site.mkdir(exist_ok=True)
    head = f'DB_USER, DB_HOST = "{parts.get("user", "")}", "{parts.get("host", "")}"\n'
    for name, text in (("settings", SETTINGS), ("urls", URLS), ("wsgi", WSGI), ("prepare", PREPARE)):
        (site / f"{name}.py").write_text((head if name == "settings" else "") + dedent(text))
    return site


def _request(access: dict[str, str]) -> bytes:
    body = {
        "queue": access["queue"],
        "title": "宽带断网",
        "description": "昨晚开始断网，重启无效。",
        "submitter_email": "customer@example.com",
        "priority": 3,
    }
    headers = {"Cookie": f"sessionid={access['session']}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
    return request("POST", "/api/tickets/", headers, json.dumps(body).encode())


if __name__ == "__main__":
    print(creating(Path(sys.argv[1]), sys.argv[2], processes=1, threads=8, clients=8, seconds=5))
