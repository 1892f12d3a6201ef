"""A real OpenID provider as a process of its own, for tests: `python identity_provider.py PORT`.

The provider is oidc-provider-mock (on Authlib). Around it stand what it lacks and we must see tried: it insists on
PKCE, changes its signing key when told, and signs logout tokens.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import time
import uuid
from urllib.parse import parse_qs, urlsplit

import flask
import oidc_provider_mock
import werkzeug.serving
from joserfc import jwk, jwt

EVENT = "http://schemas.openid.net/event/backchannel-logout"
challenges: dict[str, str] = {}


def insist_on_pkce(app: flask.Flask) -> None:
    """Refuse a code whose verifier does not fit the challenge it was asked for with."""

    @app.after_request
    def remember(answer: flask.Response) -> flask.Response:
        code = parse_qs(urlsplit(answer.headers.get("Location", "")).query).get("code")
        if code and flask.request.args.get("code_challenge_method") == "S256":
            challenges[code[0]] = flask.request.args["code_challenge"]
        return answer

    @app.before_request
    def compare() -> tuple[dict[str, str], int] | None:
        form = flask.request.form
        if flask.request.path != "/oauth2/token" or form.get("grant_type") != "authorization_code":
            return None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        made = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return None if challenges.get(form.get("code", "")) == made else ({"error": "invalid_grant"}, 400)


def add_doors(app: flask.Flask) -> None:
    """Let a test turn the key and have logout tokens."""

    @app.post("/test/rotate")
    def rotate() -> str:
        storage = flask.g.oidc_provider_mock_storage
        storage.jwk = type(storage.jwk).generate_key(is_private=True)
        return ""

    @app.post("/test/logout-token")
    def logout_token() -> str:
        key = jwk.RSAKey.import_key(flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
        now = int(time.time())
        claims = {"iss": flask.request.host_url.rstrip("/"), "iat": now, "exp": now + 120, "jti": uuid.uuid4().hex}
        claims |= {"events": {EVENT: {}}, **json.loads(flask.request.data)}
        return jwt.encode({"alg": "RS256"}, claims, key)


if __name__ == "__main__":
    app = oidc_provider_mock.app(require_nonce=True)
    insist_on_pkce(app)
    add_doors(app)
    werkzeug.serving.make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()
