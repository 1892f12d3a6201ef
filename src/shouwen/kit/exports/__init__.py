"""Exports: any list as a file, made in the background, with progress, for the one who asked and nobody else.

A room registers a kind: its columns, who may, and how its rows are read. What is written was read in the name of the
one who asked, with the rights he has while it is written. A job whose worker was killed is found and begins anew; the
file that comes of it is one file.
"""

from . import jobs
from .actions import cancel, forget_old, request, run
from .api import exports_router
from .kinds import Column, Kind, Rows, kind

__all__ = ["Column", "Kind", "Rows", "cancel", "exports_router", "forget_old", "jobs", "kind", "request", "run"]
