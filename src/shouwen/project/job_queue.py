"""The job queue seen from a worker: with connections of its own, outside Django's."""

from __future__ import annotations

from typing import cast

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


def worker_connection() -> App:
    """Return the queue with a connector fit for taking jobs."""
    return app.with_connector(cast("DjangoConnector", app.connector).get_worker_connector())
