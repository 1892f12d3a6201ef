"""Entity tags: nobody overwrites what he has not seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from shouwen.kernel.errors import DomainError


class VersionNeeded(DomainError):
    """A change must say which version it was made from."""

    code = "version-needed"
    status = 428
    field = "If-Match"
    zh = "缺少请求头 If-Match。请先读取最新内容，再带上它的版本提交。"
    en = "The header If-Match is missing. Read the latest version and send its tag."


class VersionStale(DomainError):
    """Somebody else changed the thing in between."""

    code = "version-stale"
    status = 412
    zh = "内容已被他人修改，您填写的内容已保留。请刷新后再提交。"
    en = "Someone else changed this meanwhile. What you typed is kept; reload and submit again."


def etag(response: HttpResponse, version: int) -> None:
    """Put the version of the answered thing on the answer."""
    response["ETag"] = f'"{version}"'


def require_match(request: HttpRequest, version: int) -> None:
    """Refuse unless the request was made from `version`."""
    sent = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
    if not sent:
        raise VersionNeeded
    if sent not in {str(version), "*"}:
        raise VersionStale
