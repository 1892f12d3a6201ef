"""Single sign-on against a real provider: a process of its own on loopback, spoken to over HTTP."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwk, jwt

from shouwen.accounts import actions, ports
from shouwen.accounts.actions.single_sign_on import CHECK_EVERY
from shouwen.accounts.models import ProviderIdentity, ProviderSession, SignIn, Staff
from shouwen.accounts.tests.factories import staff
from shouwen.adapters.oidc import OidcProvider
from shouwen.adapters.oidc.provider import LOGOUT
from shouwen.kit import clock, sealing
from shouwen.kit.testing import ApiClient, facts
from shouwen.project.chores import CHORES

pytestmark = pytest.mark.django_db
CLIENT, SECRET, BACK = "shouwen", "between-us", "https://desk.example/sign-in/back"
START_SECONDS = 20.0
LOOKS = {chore.name: chore.every for chore in CHORES}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Provider:
    """The provider's process, and the people who stand before its sign-in page."""

    def __init__(self) -> None:
        port = free_port()
        self.issuer = f"http://127.0.0.1:{port}"
        script = Path(__file__).with_name("identity_provider.py")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen([sys.executable, str(script), str(port)], **quiet)  # type: ignore[call-overload]
        self.line = httpx.Client(base_url=self.issuer, trust_env=False)
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                self.line.get("/.well-known/openid-configuration").raise_for_status()
                return
            except httpx.HTTPError:
                assert time.monotonic() < until, "the provider did not start"
                assert self._process.poll() is None, "the provider ended"

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def employ(self, subject: str, number: str, **claims: object) -> None:
        self.line.put(f"/users/{subject}", json={"preferred_username": number, **claims}).raise_for_status()

    def disable(self, subject: str) -> None:
        self.line.post(f"/users/{subject}/revoke-tokens").raise_for_status()

    def sign_in(self, url: str, subject: str) -> dict[str, str]:
        """Sign in on the provider's page; return what the browser comes back with."""
        answer = self.line.post(url, data={"sub": subject})
        assert answer.headers["location"].startswith(BACK)
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    def logout_token(self, **claims: Any) -> str:
        return self.line.post("/test/logout-token", content=json.dumps({"aud": CLIENT, **claims})).text


@pytest.fixture(scope="module")
def process() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.stop()


@pytest.fixture
def provider(process: Provider) -> Iterator[Provider]:
    """The provider, connected, and employing 8021."""
    process.employ("sub-8021", "8021")
    ports.connect(adapter(process.issuer))
    yield process
    ports.connect(None)


def adapter(issuer: str, *strong: str) -> OidcProvider:
    return OidcProvider(
        strong=strong,
        issuer=issuer,
        client_id=CLIENT,
        client_secret=SECRET,
        redirect_uri=BACK,
        claim="preferred_username",
        label="员工统一认证",
    )


def begin(client: ApiClient) -> str:
    return str(client.post("/api/oidc/begin").json()["url"])


def finish(client: ApiClient, answer: dict[str, str]) -> Any:
    return client.post("/api/oidc/finish", {"code": answer["code"], "state": answer["state"]})


def come(provider: Provider, subject: str = "sub-8021") -> tuple[ApiClient, Any]:
    client = ApiClient()
    return client, finish(client, provider.sign_in(begin(client), subject))


def half_a_minute_passes() -> None:
    ProviderSession.objects.update(checked_at=clock.wall() - timedelta(seconds=31))


def test_whom_the_provider_vouches_for_comes_in_under_his_number(provider: Provider) -> None:
    row = staff("8021")
    client, answer = come(provider)
    assert (answer.status_code, answer.json()["number"], answer.json()["dues"]) == (200, "8021", [])
    assert client.get("/api/session").json()["id"] == row.id
    assert ProviderIdentity.objects.get().staff_id == row.id
    assert SignIn.objects.get().method == "oidc"


def test_the_sign_in_page_offers_what_is_connected(provider: Provider) -> None:
    assert ApiClient().get("/api/sign-in-ways").json() == {"single_sign_on": "员工统一认证"}
    ports.connect(None)
    assert ApiClient().get("/api/sign-in-ways").json() == {"single_sign_on": None}
    assert ApiClient().post("/api/oidc/begin").json()["code"] == "single-sign-on-off"


def test_once_joined_the_subject_counts_and_not_the_name_he_calls_himself(provider: Provider) -> None:
    first, boss = staff("8021"), staff("1", "system_management")
    come(provider)
    provider.employ("sub-8021", "1")
    assert come(provider)[1].json()["id"] == first.id
    provider.employ("sub-thief", "8021")
    assert come(provider, "sub-thief")[1].json()["code"] == "identity-unknown"
    assert not SignIn.objects.filter(staff=boss).exists()


def test_whose_seat_type_asks_for_a_second_factor_comes_in_by_no_less(provider: Provider) -> None:
    ports.connect(adapter(provider.issuer, "mfa", "hwk"))
    row = staff("8021")
    assert come(provider)[1].status_code == 200
    row.roles.update(second_factor=True)
    answer = come(provider)[1]
    assert (answer.status_code, answer.json()["code"]) == (403, "single-sign-on-too-weak")
    for proof in ({"amr": ["pwd", "hwk"]}, {"acr": "mfa"}):
        provider.employ("sub-8021", "8021", **proof)
        assert come(provider)[1].status_code == 200


@pytest.mark.parametrize("number", ["9999", ""])
def test_whoever_does_not_work_here_stays_outside(provider: Provider, number: str) -> None:
    provider.employ("sub-guest", number)
    _, answer = come(provider, "sub-guest")
    assert (answer.status_code, answer.json()["code"]) == (403, "identity-unknown")


def test_somebody_deactivated_here_stays_outside(provider: Provider) -> None:
    staff("8021")
    client, _ = come(provider)
    Staff.objects.update(active=False)
    assert client.get("/api/session").status_code == 401
    assert come(provider)[1].json()["code"] == "identity-unknown"


def test_a_code_works_once_and_in_the_browser_that_asked_alone(provider: Provider) -> None:
    staff("8021")
    client, thief = ApiClient(), ApiClient()
    answer = provider.sign_in(begin(client), "sub-8021")
    begin(thief)
    assert finish(thief, answer).json()["code"] == "single-sign-on-refused"
    assert finish(client, answer).status_code == 200
    assert finish(client, answer).json()["code"] == "single-sign-on-refused"


def test_a_code_stolen_on_its_way_is_worth_nothing_without_the_verifier(provider: Provider) -> None:
    staff("8021")
    client, thief = ApiClient(), ApiClient()
    stolen = provider.sign_in(begin(client), "sub-8021")["code"]
    own_state = parse_qs(urlsplit(begin(thief)).query)["state"][0]
    assert finish(thief, {"code": stolen, "state": own_state}).json()["code"] == "single-sign-on-refused"


def test_an_answer_to_another_question_is_refused(provider: Provider) -> None:
    staff("8021")
    mine = adapter(provider.issuer)
    url = mine.address(state="s", nonce="asked", verifier="v" * 43)
    code = provider.sign_in(url, "sub-8021")["code"]
    with pytest.raises(ports.ProviderRefused, match="nonce"):
        mine.vouch(code=code, nonce="another", verifier="v" * 43)


def test_the_provider_may_change_its_keys(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    staff("8021")
    monkeypatch.setattr("shouwen.adapters.oidc.provider.REFETCH_SECONDS", 0.0)
    assert come(provider)[1].status_code == 200
    provider.line.post("/test/rotate")
    assert come(provider)[1].status_code == 200


def test_somebody_disabled_at_the_provider_is_out_with_the_next_check(provider: Provider) -> None:
    """Every 30 seconds each session is asked about; a worker looks every 5: disabled there, refused here within 60."""
    staff("8021")
    client, _ = come(provider)
    half_a_minute_passes()
    assert (actions.check_provided(), client.get("/api/session").status_code) == (1, 200)
    provider.disable("sub-8021")
    assert actions.check_provided() == 0
    half_a_minute_passes()
    assert (actions.check_provided(), client.get("/api/session").status_code) == (1, 401)
    assert SignIn.objects.get().ended_by == "provider"
    assert facts("accounts.SignedOut")[0]["audience"] == [f"staff:{staff().id}"]
    assert CHECK_EVERY + timedelta(seconds=LOOKS["single-sign-on"]) < timedelta(seconds=60)


def test_the_check_goes_on_with_the_keys_it_was_given(provider: Provider) -> None:
    staff("8021")
    client, _ = come(provider)
    for _ in range(3):
        half_a_minute_passes()
        actions.check_provided()
    assert client.get("/api/session").status_code == 200


def test_a_provider_that_is_away_puts_nobody_out(provider: Provider) -> None:
    staff("8021")
    client, _ = come(provider)
    ports.connect(adapter(f"http://127.0.0.1:{free_port()}"))
    half_a_minute_passes()
    assert (actions.check_provided(), client.get("/api/session").status_code) == (1, 200)
    answer = ApiClient().post("/api/oidc/begin")
    assert (answer.status_code, answer.json()["code"]) == (503, "provider-unavailable")


def test_signing_out_here_leads_to_signing_out_there(provider: Provider) -> None:
    staff("8021")
    client, _ = come(provider)
    answer = client.delete("/api/session")
    place = urlsplit(answer.json()["next"])
    asked = parse_qs(place.query)
    assert f"{place.scheme}://{place.netloc}{place.path}" == f"{provider.issuer}/oauth2/end_session"
    assert (asked["post_logout_redirect_uri"], asked["client_id"]) == (["https://desk.example/sign-in"], [CLIENT])
    assert provider.line.get(answer.json()["next"]).status_code == 200
    assert client.get("/api/session").status_code == 401


def test_signing_out_there_ends_every_session_here(provider: Provider) -> None:
    staff("8021")
    first, second = come(provider)[0], come(provider)[0]
    said = knock(provider.logout_token(sub="sub-8021"))
    assert said.status_code == 204
    assert [client.get("/api/session").status_code for client in (first, second)] == [401, 401]


def knock(token: str) -> Any:
    """Send a logout token as a provider does: a form, and no cookie."""
    client = ApiClient().client
    body = f"logout_token={token}"
    return client.post("/api/oidc/logout", body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"iss": "https://elsewhere.example"},
        {"nonce": "an identity token has one"},
        {"events": {}},
        {"iat": 1_700_000_000},
        {"sub": ""},
    ],
)
def test_a_logout_token_that_is_not_meant_so_ends_nothing(provider: Provider, claims: dict[str, Any]) -> None:
    staff("8021")
    client, _ = come(provider)
    assert knock(provider.logout_token(**{"sub": "sub-8021", **claims})).json()["code"] == "single-sign-on-refused"
    assert client.get("/api/session").status_code == 200


def test_a_token_signed_by_somebody_else_is_refused(provider: Provider) -> None:
    forged = jwt.encode(
        {"alg": "RS256"},
        {"iss": provider.issuer, "aud": CLIENT, "iat": int(time.time()), "sub": "sub-8021", "events": {LOGOUT: {}}},
        jwk.RSAKey.generate_key(2048),
    )
    assert knock(forged).json()["code"] == "single-sign-on-refused"
    assert knock("nonsense").json()["code"] == "single-sign-on-refused"


def test_what_opens_the_provider_is_kept_sealed(provider: Provider) -> None:
    staff("8021")
    come(provider)
    kept = ProviderSession.objects.get()
    assert "refresh" not in kept.sealed
    assert "eyJ" not in kept.sealed[:3]
    assert json.loads(sealing.unseal("accounts.provider", kept.sealed))["refresh"]
