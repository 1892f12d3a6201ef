"""What the desk refuses."""

from __future__ import annotations

from shouwen.kernel.errors import NotFound


class FigureUnknown(NotFound):
    """No figure of this name."""

    code = "figure-unknown"
    zh = "没有名为「{key}」的指标。请从看板上打开明细。"
    en = "There is no figure “{key}”. Open the list from the board."
