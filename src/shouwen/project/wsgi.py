"""The API as a WSGI application, served by granian."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from .config import load
from .wiring import wire_files

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.project.settings")
application = get_wsgi_application()
wire_files(load())
