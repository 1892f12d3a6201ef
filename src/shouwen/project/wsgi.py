"""The API as a WSGI application, served by granian."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from .config import load

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.project.settings")
application = get_wsgi_application()


def _wire() -> None:
    from .wiring import wire_files, wire_scanner, wire_sign_on  # rooms can be imported only once Django is set up

    wire_files(load())
    wire_scanner(load())
    wire_sign_on(load())


_wire()
