"""Counting the journal: again and again, or all of it anew."""

from .counting import count_new, rebuild

__all__ = ["count_new", "rebuild"]
