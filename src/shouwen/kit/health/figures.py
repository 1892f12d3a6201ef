"""Figures for Prometheus. Labels are routes, states and names of our own: never a person, a number or a text.

What happened inside this process is counted as it happens; what the database knows is asked when somebody scrapes.
Rooms above add what they know with `register`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import Error
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_own = CollectorRegistry()
_requests = Counter("shouwen_requests", "Requests answered.", ["method", "route", "status"], registry=_own)
_seconds = Histogram(
    "shouwen_request_seconds",
    "How long answers took.",
    ["method", "route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
    registry=_own,
)


@dataclass(frozen=True)
class Gauge:
    """One figure as it stands now, or several of one kind told apart by a label."""

    name: str
    help: str
    value: float | Mapping[str, float]
    label: str = ""


Source = Callable[[], Iterable[Gauge]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Let a source add its figures to every scrape."""
    _sources[name] = source


def observe(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Count an answer under the pattern of its address, so that no identifier becomes a label."""
    match = request.resolver_match
    route = match.route if match else "none"
    method = request.method if request.method in {"GET", "POST", "PUT", "PATCH", "DELETE"} else "other"
    _requests.labels(method, route, str(response.status_code)).inc()
    _seconds.labels(method, route).observe(seconds)


class _Asked(Collector):
    """The figures that are asked at the moment of a scrape; a source that fails says so and hides no other."""

    def collect(self) -> Iterator[Metric]:
        failed: dict[str, float] = {}
        for name, source in _sources.items():
            try:
                yield from map(_family, source())
                failed[name] = 0.0
            except Error:
                failed[name] = 1.0
        yield _family(Gauge("shouwen_source_failed", "Whether a source could not answer.", failed, "source"))


def _family(gauge: Gauge) -> Metric:
    if not isinstance(gauge.value, Mapping):
        return GaugeMetricFamily(gauge.name, gauge.help, value=gauge.value)
    family = GaugeMetricFamily(gauge.name, gauge.help, labels=[gauge.label])
    for label, value in gauge.value.items():
        family.add_metric([label], value)
    return family


def page() -> bytes:
    """Return all figures in Prometheus' text form, those of sibling processes included."""
    registry = _own
    if os.environ.get(FOLDER):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    asked = CollectorRegistry()
    asked.register(_Asked())
    return generate_latest(registry) + generate_latest(asked)
