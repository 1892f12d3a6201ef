"""Refusals as problem+json (RFC 9457), in the reader's language, with the number that the log carries too."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as NinjaValidationError

from shouwen.kernel.errors import DomainError

from . import unstorable

logger = logging.getLogger(__name__)
NOTED = frozenset({403, 429})
Handler = Callable[[HttpRequest, Any], HttpResponse]


class FieldError(Schema):
    """One field and what to do about it."""

    field: str
    detail: str


class Problem(Schema):
    """RFC 9457 problem details with our code, the fields at fault and the trace number."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldError]
    trace: str


_TITLES = {
    400: ("请求有误", "Bad request"),
    401: ("请先登录", "Sign in first"),
    403: ("没有权限", "Not allowed"),
    404: ("没有找到", "Not found"),
    409: ("现在不能这样做", "Refused now"),
    412: ("内容已被他人修改", "Changed by someone else"),
    413: ("内容过大", "Too large"),
    415: ("格式不对", "Wrong format"),
    422: ("填写有误", "Check what you entered"),
    428: ("缺少版本", "Version needed"),
    429: ("请求过于频繁", "Too many requests"),
    500: ("系统出错", "Something broke"),
    503: ("服务暂不可用", "Unavailable"),
}
_SIGN_IN = (
    "登录已失效，填写的内容已保留。请重新登录后继续。",
    "You are signed out. What you typed is kept; sign in to go on.",
)
_BROKEN = (
    "系统出错，您的操作没有生效，可以再试一次。仍不行请把编号 {trace} 报给管理员。",
    "Something broke and nothing was changed. Try again, or give number {trace} to your administrator.",
)
_NOT_JSON = (
    "请求内容不是有效的 JSON。请用 UTF-8 编码的 JSON 发送，并带上 Content-Type: application/json。",
    "The body is not valid JSON. Send JSON in UTF-8 with Content-Type: application/json.",
)
_TOO_BIG = (
    "内容过大，没有保存。请分成几次提交，或删去一部分。",
    "This is too large and was not kept. Submit it in parts, or shorten it.",
)
_UNSTORABLE = (
    "内容里有不能保存的字符或数值（例如空字符）。请删去后再提交。",
    "There is a character or number in it that cannot be kept (a NUL, for example). Remove it and submit again.",
)
_AWAY = (
    "数据库正在恢复，您的操作没有确认生效。填写的内容已保留，请稍等几秒再提交一次。",
    "The database is coming back; your action is not confirmed. What you typed is kept: submit it again in a moment.",
)
_UNFIT = "填写的内容不符合要求"
_MESSAGES: dict[str, tuple[str, str]] = {
    "missing": ("必须填写", "Required"),
    "string_too_short": ("至少 {min_length} 个字", "At least {min_length} characters"),
    "string_too_long": ("最多 {max_length} 个字", "At most {max_length} characters"),
    "string_type": ("应为文字", "Must be text"),
    "int_parsing": ("应为整数", "Must be a whole number"),
    "int_type": ("应为整数", "Must be a whole number"),
    "dict_type": ("应为一组名称和值", "Must be an object of names and values"),
    "list_type": ("应为列表", "Must be a list"),
    "float_parsing": ("应为数字", "Must be a number"),
    "float_type": ("应为数字", "Must be a number"),
    "finite_number": ("应为有限的数字", "Must be a finite number"),
    "greater_than": ("必须大于 {gt}", "Must be more than {gt}"),
    "less_than": ("必须小于 {lt}", "Must be less than {lt}"),
    "too_short": ("至少 {min_length} 项", "At least {min_length} entries"),
    "too_long": ("最多 {max_length} 项", "At most {max_length} entries"),
    "string_pattern_mismatch": ("格式不符合要求（{pattern}）", "Does not have the form {pattern}"),
    "time_parsing": ("时间格式不对，例如 08:00", "Not a time, e.g. 08:00"),
    "time_type": ("时间格式不对，例如 08:00", "Not a time, e.g. 08:00"),
    "date_type": ("日期格式不对，例如 2026-11-23", "Not a date, e.g. 2026-11-23"),
    "datetime_type": ("时间格式不对，例如 2026-11-23T10:00:00+08:00", "Not a time, e.g. 2026-11-23T10:00:00+08:00"),
    "bool_type": ("应为是或否", "Must be yes or no"),
    "int_from_float": ("应为整数", "Must be a whole number"),
    "int_parsing_size": ("数字过大", "The number is too large"),
    "uuid_type": ("编号格式不对", "Not a valid identifier"),
    "model_type": ("应为一组名称和值", "Must be an object of names and values"),
    "model_attributes_type": ("应为一组名称和值", "Must be an object of names and values"),
    "bool_parsing": ("应为是或否", "Must be yes or no"),
    "greater_than_equal": ("不能小于 {ge}", "Must be at least {ge}"),
    "less_than_equal": ("不能大于 {le}", "Must be at most {le}"),
    "literal_error": ("可选值：{expected}", "One of: {expected}"),
    "enum": ("可选值：{expected}", "One of: {expected}"),
    "uuid_parsing": ("编号格式不对", "Not a valid identifier"),
    "datetime_parsing": (
        "时间格式不对，例如 2026-11-23T10:00:00+08:00",
        "Not a time, e.g. 2026-11-23T10:00:00+08:00",
    ),
    "datetime_from_date_parsing": (
        "时间格式不对，例如 2026-11-23T10:00:00+08:00",
        "Not a time, e.g. 2026-11-23T10:00:00+08:00",
    ),
    "timezone_aware": (
        "请带上时区，例如 2026-11-23T10:00:00+08:00",
        "Give the time zone, e.g. 2026-11-23T10:00:00+08:00",
    ),
    "date_parsing": ("日期格式不对，例如 2026-11-23", "Not a date, e.g. 2026-11-23"),
    "date_from_datetime_parsing": ("日期格式不对，例如 2026-11-23", "Not a date, e.g. 2026-11-23"),
    "extra_forbidden": ("没有这个字段", "Unknown field"),
    "json_invalid": ("不是有效的 JSON", "Not valid JSON"),
}


def language(request: HttpRequest) -> str:
    """Return the reader's language: "en" when asked for first, else "zh"."""
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "zh"


def trace_of(request: HttpRequest) -> str:
    """Return the number under which this request stands in the log."""
    held = getattr(request, "trace", None)
    if held is None:
        held = secrets.token_hex(4).upper()
        request.trace = held  # type: ignore[attr-defined]
    return str(held)


def answer(
    request: HttpRequest, *, status: int, code: str, detail: str, errors: Sequence[dict[str, str]] = ()
) -> HttpResponse:
    """Build a problem+json answer."""
    title = _TITLES.get(status, _TITLES[400])[language(request) == "en"]
    body = {
        "type": f"urn:shouwen:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": list(errors),
        "trace": trace_of(request),
    }
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/problem+json")


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer a refusal of the rules; what somebody may not do, or does too often, stands in the log."""
    if error.status in NOTED:
        who = getattr(getattr(request, "auth", None), "key", "nobody")
        place = request.resolver_match.route if request.resolver_match else "?"
        logger.warning("refused %s: %s %s by %s [%s]", error.code, request.method, place, who, trace_of(request))
    text = error.text(language(request))
    errors = [{"field": field, "detail": detail} for field, detail in error.faults(language(request))]
    return answer(request, status=error.status, code=error.code, detail=text, errors=errors)


def invalid(request: HttpRequest, error: NinjaValidationError) -> HttpResponse:
    """Answer input that does not fit its schema, field by field."""
    english = language(request) == "en"
    errors = [{"field": _field(e), "detail": _explain(e, english=english)} for e in error.errors]
    detail = (
        "; ".join(f"{e['field']}: {e['detail']}" for e in errors)
        if english
        else "；".join(f"{e['field']}：{e['detail']}" for e in errors)
    )
    return answer(request, status=422, code="invalid-input", detail=detail, errors=errors)


def _field(entry: dict[str, Any]) -> str:
    parts = [str(p) for p in entry.get("loc", ()) if p not in {"body", "query", "path", "header"}]
    return ".".join(parts[1:] if len(parts) > 1 else parts) or "body"


def _explain(entry: dict[str, Any], *, english: bool) -> str:
    texts = _MESSAGES.get(entry.get("type", ""))
    if texts is None:
        return str(entry.get("msg", "")) if english else f"{_UNFIT}（{entry.get('msg', '')}）"
    return texts[english].format(**{"expected": "", "min_length": "", "max_length": "", **entry.get("ctx", {})})


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a defect of ours: nothing was changed, and here is its number."""
    text = _BROKEN[language(request) == "en"].format(trace=trace_of(request))
    return answer(request, status=500, code="internal-error", detail=text)


def _said(status: int, code: str, texts: tuple[str, str]) -> Handler:
    """Return a handler that says one thing, whatever the error says."""

    def handler(request: HttpRequest, _error: Any) -> HttpResponse:
        return answer(request, status=status, code=code, detail=texts[language(request) == "en"])

    return handler


_too_big = _said(413, "too-large", _TOO_BIG)


def _plain(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, RequestDataTooBig):
        return _too_big(request, error)
    detail = _NOT_JSON[language(request) == "en"] if error.status_code == 400 else error.message
    return answer(request, status=error.status_code, code="bad-request", detail=detail)


def _unstorable(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.warning("request %s %s has what no column holds: %s", request.method, request.path, error)
    detail = _UNSTORABLE[language(request) == "en"]
    errors = [{"field": field, "detail": detail} for field in unstorable.fields(request)]
    return answer(request, status=422, code="unstorable", detail=detail, errors=errors)


def _away(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.warning("no database for %s %s [%s]: %s", request.method, request.path, trace_of(request), error)
    response = answer(request, status=503, code="database-away", detail=_AWAY[language(request) == "en"])
    response["Retry-After"] = "1"
    return response


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    where = (request.method, request.path, trace_of(request))
    logger.error("request %s %s failed [%s]", *where, exc_info=error)
    return failed(request)


_HANDLERS: dict[type[Exception], Handler] = {
    DomainError: refused,
    NinjaValidationError: invalid,
    AuthenticationError: _said(401, "signed-out", _SIGN_IN),
    Http404: _said(404, "not-found", ("没有这个地址或内容。", "There is nothing here.")),
    PermissionDenied: _said(403, "permission-refused", ("没有权限。", "Not allowed.")),
    HttpError: _plain,
    RequestDataTooBig: _too_big,
    RawPostDataException: _said(415, "json-needed", _NOT_JSON),
    DataError: _unstorable,
    UnicodeEncodeError: _unstorable,
    OperationalError: _away,
    InterfaceError: _away,
    Exception: _broken,
}


def install(api: NinjaAPI) -> None:
    """Make every error of `api` a problem+json answer."""
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)
