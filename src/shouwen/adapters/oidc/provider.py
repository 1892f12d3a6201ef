"""One OpenID provider, spoken to as OpenID Connect Core, Discovery, RP-Initiated and Back-Channel Logout say."""

from __future__ import annotations

import base64
import hashlib
import json
import ssl
import threading
import time
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shouwen.accounts.ports import LogoutNotice, ProviderAway, ProviderRefused, Vouching
from shouwen.kit import clock
from shouwen.kit.actions import forbid_inside_action

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Signatures by keys that only the provider has: neither "none" nor a shared secret."""
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
TIMEOUT = 5.0
KEPT_SECONDS = 3600.0
LEEWAY = 60
REFETCH_SECONDS = 5.0


class OidcProvider:
    """An identity provider. Its description and its keys are read once an hour, or when a key is new."""

    def __init__(
        self,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        redirect_uri: str,
        claim: str,
        label: str,
        strong: Collection[str] = (),
    ) -> None:
        """Words of `acr` and `amr` in `strong` count as a second factor; without any, the provider's word does."""
        self.label = label
        self._issuer, self._client_id, self._secret = issuer.rstrip("/"), client_id, client_secret
        self._redirect, self._claim, self._strong = redirect_uri, claim, frozenset(strong)
        self._after = redirect_uri.rsplit("/", 1)[0]
        self._lock = threading.Lock()
        self._about: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._line = httpx.Client(timeout=TIMEOUT, trust_env=False, verify=ssl.create_default_context())

    def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Return where to send the browser."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": self._redirect,
            "scope": "openid profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return self._with(self._description()["authorization_endpoint"], asked)

    def vouch(self, *, code: str, nonce: str, verifier: str) -> Vouching:
        """Return who came back with this code."""
        tokens = self._tokens(
            grant_type="authorization_code", code=code, redirect_uri=self._redirect, code_verifier=verifier
        )
        claims = self._claims(str(tokens.get("id_token", "")))
        if claims.get("nonce") != nonce:
            raise ProviderRefused("the nonce is not the one that was sent")
        number = claims.get(self._claim) or self._userinfo(tokens, str(claims["sub"])).get(self._claim)
        return Vouching(
            issuer=self._issuer,
            subject=str(claims["sub"]),
            number=str(number or ""),
            sid=str(claims.get("sid", "")),
            keys=_kept(tokens, id_token=str(tokens["id_token"])),
            strong=not self._strong or not self._strong.isdisjoint(_methods(claims)),
        )

    def again(self, keys: str) -> str:
        """Ask whether somebody is still welcome there: by his refresh token, else by his access token."""
        held = json.loads(keys)
        if not held["refresh"]:
            self._userinfo({"access_token": held["access"]}, "")
            return keys
        tokens = self._tokens(grant_type="refresh_token", refresh_token=held["refresh"])
        return _kept({"refresh_token": held["refresh"], **tokens}, id_token=held["id_token"])

    def goodbye(self, keys: str) -> str:
        """Return where to send the browser to sign out there too, or "" when the provider has no such place."""
        place = self._description().get("end_session_endpoint")
        if not place:
            return ""
        asked = {
            "id_token_hint": json.loads(keys)["id_token"],
            "client_id": self._client_id,
            "post_logout_redirect_uri": self._after,
        }
        return self._with(place, asked)

    def notice(self, token: str) -> LogoutNotice:
        """Read a logout token: signed by the provider, for us, a logout event, and no identity token in disguise."""
        claims = self._claims(token, expires=False)
        events = claims.get("events")
        if "nonce" in claims or not isinstance(events, dict) or LOGOUT not in events:
            raise ProviderRefused("this is no logout token")
        if abs(clock.wall().timestamp() - float(claims.get("iat", 0))) > LEEWAY * 5:
            raise ProviderRefused("the logout token is stale")
        subject, sid = str(claims.get("sub", "")), str(claims.get("sid", ""))
        if not (subject or sid):
            raise ProviderRefused("the logout token names nobody")
        return LogoutNotice(self._issuer, subject, sid)

    def _claims(self, token: str, *, expires: bool = True) -> dict[str, Any]:
        """Return the claims of a token of the provider for us; a key that we do not know is looked for once."""
        try:
            claims = self._decoded(token, fresh=False)
        except JoseError:
            try:
                claims = self._decoded(token, fresh=True)
            except JoseError as failure:
                raise ProviderRefused(f"the token is not signed by the provider: {failure}") from None
        registry = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._client_id},
            exp={"essential": expires},
        )
        try:
            registry.validate(claims)
        except JoseError as failure:
            raise ProviderRefused(f"the token is not good: {failure}") from None
        if expires and not claims.get("sub"):
            raise ProviderRefused("the token names nobody")
        audience = claims["aud"]
        if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != self._client_id:
            raise ProviderRefused("the token is for somebody else")
        return claims

    def _decoded(self, token: str, *, fresh: bool) -> dict[str, Any]:
        try:
            return dict(jwt.decode(token, self._key_set(fresh=fresh), algorithms=ALGORITHMS).claims)
        except ValueError as failure:  # no token at all, or no key that fits
            if isinstance(failure, JoseError):
                raise
            raise JoseError(str(failure)) from None

    def _description(self) -> dict[str, Any]:
        with self._lock:
            if self._about and time.monotonic() - self._about[0] < KEPT_SECONDS:
                return self._about[1]
            about = self._get(f"{self._issuer}/.well-known/openid-configuration")
            if str(about.get("issuer", "")).rstrip("/") != self._issuer:
                raise ProviderAway("the provider calls itself by another name")
            self._about = (time.monotonic(), about)
            return about

    def _key_set(self, *, fresh: bool) -> KeySet:
        place = self._description()["jwks_uri"]
        with self._lock:
            kept = REFETCH_SECONDS if fresh else KEPT_SECONDS
            if self._keys and time.monotonic() - self._keys[0] < kept:
                return self._keys[1]
            keys = KeySet.import_key_set(self._get(place))  # type: ignore[arg-type]
            self._keys = (time.monotonic(), keys)
            return keys

    def _userinfo(self, tokens: dict[str, Any], subject: str) -> dict[str, Any]:
        place = self._description().get("userinfo_endpoint")
        if not place:
            return {}
        told = self._get(place, {"Authorization": f"Bearer {tokens.get('access_token', '')}"})
        if subject and told.get("sub") != subject:
            raise ProviderRefused("the provider tells of somebody else")
        return told

    def _tokens(self, **asked: str) -> dict[str, Any]:
        """Ask the token endpoint, as a client that proves itself the way the provider understands."""
        about = self._description()
        methods = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        basic = self._secret and "client_secret_basic" in methods
        body = asked if basic else {**asked, "client_id": self._client_id}
        if self._secret and not basic:
            body["client_secret"] = self._secret
        login = httpx.BasicAuth(self._client_id, self._secret) if basic else None
        return self._ask(self._line.build_request("POST", about["token_endpoint"], data=body), login)

    def _get(self, place: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        return self._ask(self._line.build_request("GET", place, headers=headers), None)

    def _ask(self, request: httpx.Request, login: httpx.BasicAuth | None) -> dict[str, Any]:
        """Send one request; what the provider says no to is refused, whatever else goes wrong is its absence."""
        forbid_inside_action("asking the identity provider")
        try:
            answer = self._line.send(request, auth=login)
        except httpx.HTTPError as failure:
            raise ProviderAway(str(failure)) from None
        if answer.status_code in {400, 401, 403}:
            raise ProviderRefused(f"{request.url.path} answered {answer.status_code}: {answer.text[:200]}")
        try:
            told = answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as failure:
            raise ProviderAway(str(failure)) from None
        if not isinstance(told, dict):
            raise ProviderAway(f"{request.url.path} answered no object")
        return told

    @staticmethod
    def _with(place: str, asked: dict[str, str]) -> str:
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"


def _methods(claims: dict[str, Any]) -> set[str]:
    """Return by what somebody proved himself to the provider, as the token says."""
    methods = claims.get("amr")
    return {str(claims.get("acr", "")), *(map(str, methods) if isinstance(methods, list) else ())}


def _kept(tokens: dict[str, Any], *, id_token: str) -> str:
    held = {
        "refresh": tokens.get("refresh_token", ""),
        "access": tokens.get("access_token", ""),
        "id_token": tokens.get("id_token") or id_token,
    }
    return json.dumps(held)
