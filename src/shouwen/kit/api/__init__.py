"""The manners of the HTTP API: problems, commands done once, pages, entity tags, limits."""

from .clock import clock_router
from .commands import command, commands_effects
from .etags import etag, require_match
from .paging import Page, cut, page_of, within
from .problems import Problem, install, language, trace_of
from .requests import principal, remote_address
from .shapes import Shape, shown

__all__ = [
    "Page",
    "Problem",
    "Shape",
    "clock_router",
    "command",
    "commands_effects",
    "cut",
    "etag",
    "install",
    "language",
    "page_of",
    "principal",
    "remote_address",
    "require_match",
    "shown",
    "trace_of",
    "within",
]
