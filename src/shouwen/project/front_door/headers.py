"""What every answer carries, and what a request may tell the processes behind the door."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from multidict import CIMultiDict

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",  # the UI kit positions its pop-ups with style attributes
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self' blob:",  # a recording is fetched once, then drawn and played
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "expect",
    }
)
OURS_TO_SAY = frozenset({"forwarded", "x-real-ip", "content-length"})


def inward(given: Mapping[str, str], *, peer: str, secure: bool, trusted: Collection[str] = ()) -> CIMultiDict[str]:
    """Return the headers for a process behind the door: the caller's, except what only the door may say."""
    believed = peer in trusted
    named = {part.strip().lower() for part in given.get("Connection", "").split(",")}
    headers: CIMultiDict[str] = CIMultiDict()
    for name, value in given.items():
        low = name.lower()
        dropped = low in HOP_BY_HOP or low in OURS_TO_SAY or low in named or low.startswith("x-forwarded-")
        if not dropped and "_" not in low:  # WSGI cannot tell X_Trace from X-Trace
            headers.add(name, value)
    secure = secure or (believed and given.get("X-Forwarded-Proto") == "https")
    host = (given.get("X-Forwarded-Host") if believed else None) or given.get("Host", "")
    headers["X-Forwarded-For"] = _caller(given, peer) if believed else peer
    headers["X-Forwarded-Proto"] = "https" if secure else "http"
    headers["X-Forwarded-Host"] = host
    return headers


def _caller(given: Mapping[str, str], peer: str) -> str:
    """Return whom the trusted proxy before us saw: the last address of its list."""
    return given.get("X-Forwarded-For", "").split(",")[-1].strip() or peer


def outward(given: Mapping[str, str]) -> CIMultiDict[str]:
    """Return the headers of an answer that may travel on to the browser."""
    headers: CIMultiDict[str] = CIMultiDict()
    for name, value in given.items():
        if name.lower() not in HOP_BY_HOP and name.lower() not in {"content-length", "server", "date"}:
            headers.add(name, value)
    return headers
