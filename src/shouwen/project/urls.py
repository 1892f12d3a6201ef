"""Addresses of the API process; pages and files are the front door's."""

from __future__ import annotations

from django.urls import path

from shouwen.kit.health.api import healthz, metrics, readyz

from . import figures
from .api import api

figures.register()
urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("api/", api.urls),
]
handler404 = "shouwen.project.middleware.nothing_here"
handler500 = "shouwen.project.middleware.broken"
