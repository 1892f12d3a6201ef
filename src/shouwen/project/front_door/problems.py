"""Refusals that the door itself gives, as problem+json in the caller's language."""

from __future__ import annotations

import json
import secrets

from aiohttp import web

TEXTS = {
    "restarting": (
        503,
        "服务正在恢复",
        "服务正在恢复，请稍候几秒再试；已提交的内容不会重复办理。",
        "Service is coming back",
        "The service is coming back. Try again in a few seconds; nothing is done twice.",
    ),
    "too-slow": (
        504,
        "处理超时",
        "处理时间过长，请刷新页面查看结果后再决定是否重试。",
        "Took too long",
        "This took too long. Reload to see the result before you try again.",
    ),
    "body-too-large": (
        413,
        "内容过大",
        "提交的内容超过 3 MB，请减少后再提交。",
        "Too large",
        "What you sent is larger than 3 MB. Send less.",
    ),
    "file-too-large": (
        413,
        "文件过大",
        "文件超过 20 MB，没有保存。请压缩或拆分后再上传。",
        "Too large",
        "The file is larger than 20 MB and was not kept. Compress or split it and upload again.",
    ),
    "method-refused": (
        405,
        "不支持的请求",
        "这个地址只能查看，不能提交。",
        "Method not allowed",
        "This address can only be read.",
    ),
    "not-found": (
        404,
        "没有找到",
        "没有这个文件，请刷新页面。",
        "Not found",
        "There is no such file. Reload the page.",
    ),
    "no-phone": (
        403,
        "没有浏览器话机",
        "请先登录，并在工作台选择浏览器话机。",
        "No phone in the browser",
        "Sign in, and choose the phone in the browser at your desk.",
    ),
    "not-built": (
        503,
        "界面尚未构建",
        "界面尚未构建，请先运行 make web。",
        "No front end",
        "The front end has not been built. Run “make web”.",
    ),
}
RETRY_SECONDS = "1"


def problem(request: web.BaseRequest, code: str) -> web.Response:
    """Return a refusal; a 503 says when to come back."""
    status, title_zh, detail_zh, title_en, detail_en = TEXTS[code]
    english = request.headers.get("Accept-Language", "").lower().startswith("en")
    body = {
        "type": f"https://shouwen.dev/problems/{code}",
        "title": title_en if english else title_zh,
        "status": status,
        "code": code,
        "detail": detail_en if english else detail_zh,
        "errors": [],
        "trace": secrets.token_hex(8),
    }
    answer = web.Response(
        status=status,
        text=json.dumps(body, ensure_ascii=False),
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store"},
    )
    if status == 503:
        answer.headers["Retry-After"] = RETRY_SECONDS
    return answer
