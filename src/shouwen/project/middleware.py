"""What surrounds every request: its trace number, and the answer to a forged one."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

from shouwen.kit.api import problems, trace_of
from shouwen.kit.health import figures
from shouwen.kit.health.logs import current_trace
from shouwen.kit.spans import name_span, span

from .entry import by_token

logger = logging.getLogger("shouwen.requests")
SLOW_SECONDS = 1.0
PROVIDER_DOOR = "/api/oidc/logout"
"""Identity providers knock here by themselves, with a signed token: no browser takes part."""


def trace(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request a number, which its answer and the log carry, and note the slow ones."""

    def run(request: HttpRequest) -> HttpResponse:
        number, started = trace_of(request), time.perf_counter()
        token = current_trace.set(number)
        try:
            with span("request", **{"shouwen.trace": number, "http.request.method": request.method or ""}) as current:
                response = get_response(request)
                name_span(current, request, response)
            return _noted(request, response, number, time.perf_counter() - started)
        finally:
            current_trace.reset(token)

    return run


def _noted(request: HttpRequest, response: HttpResponse, number: str, spent: float) -> HttpResponse:
    """Put the number on the answer, count it, and note it when it was slow."""
    response["X-Trace"] = number
    response.setdefault("Cache-Control", "no-store")
    figures.observe(request, response, spent)
    if spent > SLOW_SECONDS:
        logger.warning("slow: %s %s took %.2f s [%s]", request.method, request.path, spent, number)
    return response


class Csrf(CsrfViewMiddleware):
    """Checks every changing request, also those of endpoints that the API framework exempts, but not programs'."""

    def process_view(
        self, request: HttpRequest, _callback: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponseForbidden | None:
        if by_token(request) or request.path == PROVIDER_DOOR:
            return None
        return super().process_view(request, _checked, args, kwargs)


def _checked(_request: HttpRequest) -> HttpResponse:
    """Stand for a view that asks for no exemption."""
    return HttpResponse()


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request without a valid CSRF token."""
    logger.warning("csrf refused: %s %s: %s [%s]", request.method, request.path, reason, problems.trace_of(request))
    text = (
        "页面已过期，填写的内容已保留。请刷新页面后再提交。",
        "The page is out of date; what you typed is kept. Reload and submit again.",
    )[problems.language(request) == "en"]
    return problems.answer(request, status=403, code="csrf-failed", detail=text)


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django passes it by name
    """Answer an address that nobody serves."""
    text = ("没有这个地址。", "There is nothing at this address.")[problems.language(request) == "en"]
    return problems.answer(request, status=404, code="not-found", detail=text)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when something failed outside the API's own handlers."""
    return problems.failed(request)
