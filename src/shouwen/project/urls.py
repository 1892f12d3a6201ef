"""Addresses of the API process; pages and files are the front door's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from .api import api


def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("healthz", healthz), path("api/", api.urls)]
handler404 = "shouwen.project.middleware.nothing_here"
handler500 = "shouwen.project.middleware.broken"
