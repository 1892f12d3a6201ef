"""OpenTelemetry traces, off unless an endpoint is set: what a request, a delivery or a chore took.

The libraries are an extra (`shouwen[otel]`). Without them, or without an endpoint, a span is nothing at all.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse


class _Tracing:
    """The tracer of this process, once there is one."""

    tracer: Any = None


def start(endpoint: str, *, process: str, exporter: Any = None) -> None:
    """Send spans to an OTLP collector, such as `http://collector:4318/v1/traces`; "" leaves tracing off."""
    if not endpoint and exporter is None:
        return
    try:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
    except ImportError:
        raise RuntimeError("SHOUWEN_OTEL_ENDPOINT needs the extra: pip install 'shouwen[otel]'") from None
    named = Resource.create({"service.name": "shouwen", "service.instance.id": process})
    provider = TracerProvider(resource=named)
    if exporter is not None:
        provider.add_span_processor(SimpleSpanProcessor(exporter))
    else:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    _Tracing.tracer = provider.get_tracer("shouwen")


def stop() -> None:
    """Trace no more."""
    _Tracing.tracer = None


@contextlib.contextmanager
def span(name: str, **attributes: str | float) -> Iterator[Any]:
    """Measure what happens inside, when tracing is on. Attributes carry no personal data: routes, names, numbers.

    Of an error only its type is told, for the same reason.
    """
    if _Tracing.tracer is None:
        yield None
        return
    with _Tracing.tracer.start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield current
        except Exception as error:
            current.set_attribute("error.type", type(error).__qualname__)
            raise


def measured(name: str, work: Callable[[], object]) -> object:
    """Do some work and measure it when it found something to do or failed: most rounds of a chore find nothing."""
    if _Tracing.tracer is None:
        return work()
    begun = time.time_ns()
    try:
        done = work()
    except Exception as error:
        _tell(name, begun, **{"error.type": type(error).__qualname__})
        raise
    if done:
        _tell(name, begun)
    return done


def _tell(name: str, begun: int, **attributes: str) -> None:
    _Tracing.tracer.start_span(name, start_time=begun, attributes=attributes).end()


def name_span(current: Any, request: HttpRequest, response: HttpResponse) -> None:
    """Name a request's span by the pattern of its address, which holds no identifier."""
    if current is None:
        return
    route = request.resolver_match.route if request.resolver_match else "none"
    current.update_name(f"{request.method} {route}")
    current.set_attributes({"http.route": route, "http.response.status_code": response.status_code})
