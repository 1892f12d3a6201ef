"""Why an export may be refused."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput, NotFound


class ExportUnknown(InvalidInput):
    """No room offers this list."""

    code = "export-unknown"
    field = "kind"
    zh = "没有名为「{kind}」的导出。请从列表页点「导出」。"
    en = "There is no export “{kind}”. Use the button on the list's page."


class ExportTooLarge(InvalidInput):
    """More rows than one file should hold."""

    code = "export-too-large"
    field = "filter"
    zh = "要导出的有 {count} 行，超过一次 {most} 行。请缩小筛选范围，分几次导出。"
    en = "This would be {count} rows; one export takes {most}. Narrow the filter and export in parts."


class ExportsRunning(DomainError):
    """Somebody has enough under way."""

    code = "exports-running"
    status = 429
    zh = "您已有 {most} 个导出正在进行。请等其中一个完成，或先取消。"
    en = "You have {most} exports under way. Wait until one is done, or cancel one."


class ExportNotFound(NotFound):
    """No such export, or somebody else's."""

    code = "export-not-found"
    zh = "没有这个导出，或它已过期。请重新导出。"
    en = "There is no such export, or it has expired. Export again."


class ExportOver(DomainError):
    """It is done already."""

    code = "export-over"
    zh = "这个导出已经结束，不能取消。"
    en = "This export is over and cannot be cancelled."
