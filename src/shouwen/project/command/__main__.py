"""`python -m shouwen.project.command`: the same as `shouwen`."""

from __future__ import annotations

from . import main

main()
