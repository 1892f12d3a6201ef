"""Single sign-on by OpenID Connect: authorization code with PKCE, discovery, keys that rotate, log-out both ways."""

from .provider import OidcProvider

__all__ = ["OidcProvider"]
