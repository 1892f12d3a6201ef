"""What goes out: made by us, so checked once, when it is made.

The framework's own schemas look every value up through a template-like getter, and check a finished answer again.
On a list of 50 that was most of the time.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, ConfigDict

from .signatures import show

P = ParamSpec("P")


class Shape(BaseModel):
    """Base of what we answer: plain fields, no look-ups."""

    model_config = ConfigDict(from_attributes=True)


def shown(
    endpoint: Callable[Concatenate[HttpRequest, P], BaseModel],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer with the shape as it is; put it below the router's decorator of a list that must be quick."""

    @functools.wraps(endpoint)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = endpoint(request, *args, **kwargs)
        return HttpResponse(found.model_dump_json(), content_type="application/json; charset=utf-8")

    show(run, endpoint)
    return run
