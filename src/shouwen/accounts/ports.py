"""What accounts needs from outside: somebody who knows who people are, if the operator has such a one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class ProviderAway(Exception):
    """The identity provider cannot be reached, or does not answer as it should."""


class ProviderRefused(Exception):
    """The identity provider does not vouch for this: a bad code, a false signature, somebody switched off."""


@dataclass(frozen=True)
class Vouching:
    """What the provider said about somebody who signed in there."""

    issuer: str
    subject: str
    number: str
    sid: str
    keys: str
    """What is needed to ask about him again and to sign him out there; opaque, and kept sealed."""
    strong: bool = True
    """Whether he proved himself there by as much as the operator asks of a second factor."""


@dataclass(frozen=True)
class LogoutNotice:
    """The provider says that somebody signed out there: everywhere, or in one session."""

    issuer: str
    subject: str
    sid: str


class IdentityProvider(Protocol):
    """Vouches for people. Raises ProviderAway and ProviderRefused; never called inside a transaction."""

    label: str
    """What the button on the sign-in page says."""

    def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Return where to send the browser."""
        ...

    def vouch(self, *, code: str, nonce: str, verifier: str) -> Vouching:
        """Return who came back with this code."""
        ...

    def again(self, keys: str) -> str:
        """Ask whether somebody is still welcome there; return the keys to ask with next time."""
        ...

    def goodbye(self, keys: str) -> str:
        """Return where to send the browser to sign out there too, or ""."""
        ...

    def notice(self, token: str) -> LogoutNotice:
        """Read a notice that somebody signed out there, once it is proven to come from the provider."""
        ...


_connected: list[IdentityProvider] = []


def connect(provider: IdentityProvider | None) -> None:
    """Let a provider vouch for staff, or nobody. Done once, where the house is wired."""
    _connected[:] = [provider] if provider else []


def provider() -> IdentityProvider | None:
    """Return who vouches for staff, if anybody."""
    return _connected[0] if _connected else None
