"""Files over HTTP: one door for staff, one for customers and visitors, alike in all but who may come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router, Status
from pydantic import Field

from shouwen.kernel.errors import DomainError
from shouwen.kit.api import Shape, principal
from shouwen.kit.api.commands import KeyMissing
from shouwen.kit.api.limits import limit
from shouwen.kit.principals import Principal
from shouwen.kit.scanning import Scan

from . import actions
from .links import link_to, open_link
from .queries import FileCard, waiting_of

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
SANDBOX = "sandbox; default-src 'none'"
Name = Annotated[str, Field(min_length=1, max_length=255)]


class FileOut(Shape):
    """A file, and where its content may be fetched for the next ten minutes."""

    id: UUID
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    at: datetime
    url: str
    thumbnail_url: str | None
    scan: Scan
    """Whether a virus scanner has looked at it: what waits or is infected cannot be fetched."""


class FormRefused(DomainError):
    """A form wraps the file; we take it bare."""

    code = "file-bare"
    status = 415
    field = "Content-Type"
    zh = "请把文件内容直接作为请求体发送，不要放在表单里。"
    en = "Send the file itself as the body, not inside a form."


def file_out(card: FileCard, *, by: Principal) -> FileOut:
    """Return a file as `by` may see it, with links made for him."""
    return FileOut(
        id=card.public_id,
        name=card.name,
        media_type=card.media_type,
        size=card.size,
        width=card.width,
        height=card.height,
        at=card.recorded_at,
        url=link_to(card, by=by),
        thumbnail_url=link_to(card, by=by, variant="thumbnail") if card.picture and card.given else None,
        scan=card.scan,
    )


def _upload(request: HttpRequest, name: str, purpose: str) -> FileOut:
    by, key = principal(request), request.headers.get("Idempotency-Key", "")
    if not 8 <= len(key) <= 200:
        raise KeyMissing
    if request.content_type in FORMS:
        raise FormRefused
    length = request.headers.get("Content-Length", "")
    size = int(length[:12]) if length.isascii() and length.isdigit() else 0
    found = actions.receive(by=by, name=name, read=request.read, length=size, key=key, purpose=purpose)
    return file_out(found, by=by)


def _content(request: HttpRequest, token: str) -> HttpResponse | StreamingHttpResponse:
    """Send a file so that no browser can take it for a page of ours."""
    by = principal(request)
    file_id, variant = open_link(token, by=by)
    card = actions.look(by=by, file_id=file_id, variant=variant)
    small = variant == "thumbnail"
    media_type = "image/webp" if small else card.media_type
    answer = StreamingHttpResponse(actions.read(file_id, variant), content_type=media_type)
    shown = content_disposition_header(as_attachment=not small, filename=card.name)
    answer["Content-Disposition"] = shown or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, max-age=300" if small else "private, no-store"
    if not small:
        answer["Content-Length"] = str(card.size)
    return answer


def _waiting(request: HttpRequest) -> list[FileOut]:
    by = principal(request)
    return [file_out(card, by=by) for card in waiting_of(by.key)]


files_router = Router(tags=["files"])
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@files_router.post("/files", operation_id="uploadFile", response={201: FileOut}, openapi_extra=_BODY)
@limit("files", per_minute=60, by="principal")
def upload(
    request: HttpRequest, name: Query[Name], purpose: Query[Literal["attachment", "import"]] = "attachment"
) -> Status[FileOut]:
    """Hand in a file: its bytes are the body. It is kept a day until something takes it up."""
    return Status(201, _upload(request, name, purpose))


@files_router.get("/files/waiting", operation_id="listWaitingFiles", response=list[FileOut])
def waiting(request: HttpRequest) -> list[FileOut]:
    """Return what one handed in and nothing has taken up yet: a form that was reloaded finds its files again."""
    return _waiting(request)


@files_router.get("/files/content/{token}", operation_id="getFileContent", response={200: None})
def content(request: HttpRequest, token: str) -> HttpResponse | StreamingHttpResponse:
    """Fetch a file by a link made for oneself."""
    return _content(request, token)


def portal_files_router(auth: Callable[[HttpRequest], Principal | None]) -> Router:
    """Return the customers' door to files, for those whom `auth` lets in."""
    router = Router(auth=auth)

    @router.post("/files", operation_id="uploadPortalFile", response={201: FileOut}, openapi_extra=_BODY)
    @limit("portal.files.address", per_minute=60)
    @limit("portal.files", per_minute=20, by="principal")
    def upload_portal(request: HttpRequest, name: Query[Name]) -> Status[FileOut]:
        """Hand in a file: its bytes are the body. It is kept a day until something takes it up."""
        return Status(201, _upload(request, name, "attachment"))

    @router.get("/files/waiting", operation_id="listPortalWaitingFiles", response=list[FileOut])
    def waiting_portal(request: HttpRequest) -> list[FileOut]:
        """Return what one handed in and nothing has taken up yet: a form that was reloaded finds its files again."""
        return _waiting(request)

    @router.get("/files/content/{token}", operation_id="getPortalFileContent", response={200: None})
    def content_portal(request: HttpRequest, token: str) -> HttpResponse | StreamingHttpResponse:
        """Fetch a file by a link made for oneself."""
        return _content(request, token)

    return router
