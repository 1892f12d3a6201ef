"""Joining what rooms need from outside (their ports) with what can do it (adapters)."""

from __future__ import annotations

from shouwen.accounts import ports as identity
from shouwen.adapters.clamav import ClamAv
from shouwen.adapters.console import ConsoleTransport
from shouwen.adapters.oidc import OidcProvider
from shouwen.adapters.smtp import SmtpTransport
from shouwen.kit import clock, files
from shouwen.notifications.ports import Transport, connect

from .config import Config


def wire_files(config: Config) -> None:
    """Keep files in an object store if one is named; the data folder needs no wiring."""
    if config.s3_bucket:
        from shouwen.adapters.s3 import S3Storage

        files.connect(
            S3Storage(
                bucket=config.s3_bucket,
                endpoint=config.s3_endpoint,
                region=config.s3_region,
                access_key=config.s3_access_key,
                secret_key=config.s3_secret_key,
                prefix=config.s3_prefix,
            )
        )


def wire_scanner(config: Config) -> None:
    """Have files looked over by ClamAV, where the operator has one."""
    files.connect_scanner(ClamAv(config.clamav) if config.clamav else None)


def wire(config: Config) -> None:
    """Connect the store of files and the transports of messages.

    Short messages go to the log only in the demo and in trials: they carry one-time codes. Elsewhere nothing carries
    them until an adapter to the operator's gateway is connected, and each failed message says so.
    """
    wire_files(config)
    wire_scanner(config)
    wire_sign_on(config)
    connect("email", _mail(config))
    if config.demo or clock.pace().trial:
        connect("sms", ConsoleTransport())


def wire_sign_on(config: Config) -> None:
    """Connect the identity provider, where the operator has one."""
    if not config.oidc_issuer:
        return
    identity.connect(
        OidcProvider(
            issuer=config.oidc_issuer,
            client_id=config.oidc_client_id,
            client_secret=config.oidc_client_secret,
            redirect_uri=f"{config.base_url}/sign-in/back",
            claim=config.oidc_number_claim,
            label=config.oidc_label,
            strong=config.oidc_strong,
        )
    )


def _mail(config: Config) -> Transport:
    if not config.smtp_host:
        return ConsoleTransport()
    return SmtpTransport(
        host=config.smtp_host,
        port=config.smtp_port,
        security=config.smtp_security,
        user=config.smtp_user,
        password=config.smtp_password,
        sender=config.mail_from,
    )
