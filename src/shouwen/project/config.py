"""The one typed configuration: read once from the environment, refused by name when a value is bad.

Variables begin with `SHOUWEN_`; `DATABASE_URL` keeps the name that everybody knows. Keys that the environment
does not give are made once in the data folder, readable by its owner only.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import ipaddress
import os
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from psycopg import Error as DatabaseAddressError
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from .keys import KeyFolderRefused, kept_key, key_before

PREFIX = "SHOUWEN_"
TOOL_VARIABLES = {"SHOUWEN_NODE", "SHOUWEN_SKIP_WEB", "SHOUWEN_URL", "SHOUWEN_BROWSER", "SHOUWEN_DEBIAN_MIRROR"}
SOCKET_LIMIT = 90  # a unix socket's whole path may have 107 bytes
SECRETS = ("secret_key", "audit_key", "files_key", "ari_key")


class ConfigError(Exception):
    """A setting that cannot be used; the message names it and says what would be right."""


def _data_default() -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/shouwen")
    return Path.home() / ".local" / "share" / "shouwen"


class Config(BaseSettings):
    """Everything an installation may set. Names in the environment: `SHOUWEN_` and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore", populate_by_name=True
    )

    data: Path = Field(default_factory=_data_default)
    """Where the embedded database, keys, certificates and logs live."""
    database_url: str = Field(default="", validation_alias="DATABASE_URL", repr=False)
    """A PostgreSQL 16 or newer. Without one, the embedded server in the data folder is used."""
    pooled: bool = False
    """Keep a pool of database connections: for threaded servers."""

    host: str = "127.0.0.1"
    port: int = Field(default=8066, ge=1, le=65535)
    public_url: str = Field(default="", pattern=r"^(https?://[^/\s]+)?$")
    """The address customers reach us by, for links in messages. Default: the front door's own."""
    tls_mode: Literal["off", "self-signed", "files"] = "off"
    tls_cert: Path | None = None
    tls_key: Path | None = None
    plain_http: bool = False
    """Let other machines reach the front door without encryption, and no proxy before it that encrypts."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses of proxies before the front door whose X-Forwarded-For is believed."""

    web_processes: int = Field(default=1, ge=1, le=64)
    web_threads: int = Field(default_factory=lambda: min(8, 2 * (os.cpu_count() or 1) + 1), ge=1, le=64)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["line", "json"] = "line"
    """`json`: one JSON object a line, with the trace number that users see on errors."""
    metrics_token: str = Field(default="", repr=False)
    """Who scrapes `/metrics` sends it as a bearer token. Without one, only this machine may scrape."""
    otel_endpoint: str = Field(default="", pattern=r"^(https?://\S+)?$")
    """Where OpenTelemetry traces go (OTLP over HTTP). Needs the extra `otel`; off without it."""
    access_code: str = Field(default="10000", pattern=r"^[0-9]{3,11}$")
    """The number customers dial, shown wherever we ask them to call."""
    voice: bool = False
    """Take telephone calls: Asterisk runs beside us; `shouwen up --voice` sets it."""
    asterisk: Path | None = None
    """Where `make voice` keeps Asterisk. Default: a cache folder of this user."""
    asterisk_name: str = Field(default="asterisk", pattern=r"^[a-z][a-z0-9-]{0,29}$")
    """The name of this Asterisk; each of several has its own."""
    ari_port: int = Field(default=8088, ge=1, le=65535)
    """Where Asterisk takes its gateway's orders, on loopback only."""
    sip_host: str = "127.0.0.1"
    """The address on which Asterisk takes calls. Default: this machine only."""
    sip_port: int = Field(default=5060, ge=1, le=65535)
    sip_trunks: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses (`host` or `host:port`) of the operator's switches. Calls from anywhere else are refused."""
    sip_phones: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.0/8",)
    """Networks in which telephones of staff stand. What comes from neither them nor a trunk is refused unasked."""
    sip_tls_cert: Path | None = None
    """Certificate (PEM) towards the operator's switches: with it and its key, signalling is TLS and sound is SRTP."""
    sip_tls_key: Path | None = None
    sip_tls_ca: Path | None = None
    """Who issues the switches' certificates (PEM): with it a switch must prove itself, whoever calls whom."""
    sip_tls_port: int = Field(default=5061, ge=1, le=65535)
    sip_external: str = ""
    """The address by which switches reach this machine, where it stands behind address translation."""
    sip_local: Annotated[tuple[str, ...], NoDecode] = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
    """Networks on this side of the address translation."""
    voice_ports: int = Field(default=200, ge=1, le=5000)
    """How many callers this Asterisk takes at once; those beyond hear that all lines are taken."""
    rtp_ports: str = Field(default="20000-20999", pattern=r"^[1-9][0-9]{3,4}-[1-9][0-9]{3,4}$")
    """The ports of sound; each call takes two a side."""

    demo: bool = False
    """Shows on the screens that this is the demo operator; `shouwen up --demo` sets it."""

    smtp_host: str = ""
    """The mail server. Without one, e-mail is written to the log instead."""
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    mail_from: str = "service@shouwen.invalid"

    backup_at: str = Field(default="03:00", pattern=r"^(off|([01][0-9]|2[0-3]):[0-5][0-9])$")
    """The hour of the daily backup, in Beijing; `off` for none. Demo and trials make none by themselves."""
    backup_folder: Path | None = None
    """Where backups lie. Default: `backups` in the data folder; another disk is better."""
    backup_keys_folder: Path | None = None
    """Where the keys of backups lie, apart from the backups. Default: `backup-keys` in the data folder."""
    backup_passphrase: str = Field(default="", repr=False)
    """Encrypts the keys of backups."""
    backup_keep: int = Field(default=7, ge=1, le=1000)
    """How many backups stay."""

    oidc_issuer: str = Field(
        default="", pattern=r"^(https://[^\s?#]+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?[^\s?#]*)?$"
    )
    """The OpenID provider that vouches for staff, by https. Without one, number and password alone open the door."""
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_number_claim: str = Field(default="preferred_username", min_length=1)
    """The claim in which the provider tells the staff number."""
    oidc_strong: Annotated[tuple[str, ...], NoDecode] = ()
    """Words of the provider's `acr` or `amr` that count as a second factor, with commas: `mfa,otp,hwk`. Whose seat type
    asks for one comes in by no less. Without any, the provider's word counts as it is."""
    oidc_label: str = ""
    """What the button on the sign-in page says."""

    ari_key: str = Field(default="", repr=False)
    """The password between Asterisk and its gateway."""
    secret_key: str = Field(default="", repr=False)
    """Signs sessions and one-time links."""
    audit_key: str = Field(default="", repr=False)
    """Signs the daily head of the audit chain."""
    files_key: str = Field(default="", repr=False)
    """Seals the files that people hand in. Without it they cannot be read again: keep it with the backups."""
    files_key_before: str = Field(default="", repr=False)
    """The key that files were sealed with until `shouwen rekey` brings them under the present one."""

    s3_bucket: str = ""
    """Keep files in this bucket of an S3-compatible store instead of the data folder."""
    s3_endpoint: str = Field(default="", pattern=r"^(https?://[^\s]+)?$")
    """The store's address; empty for AWS itself."""
    s3_region: str = ""
    s3_access_key: str = ""
    s3_secret_key: str = Field(default="", repr=False)
    s3_prefix: str = Field(default="shouwen/", pattern=r"^([A-Za-z0-9_.-]+/)*$")
    """This installation's own folder of the bucket, with a slash at its end: what is in it and not ours is removed."""

    clamav: str = Field(default="", pattern=r"^(/\S+|[^\s/:]+:\d+)?$")
    """Have files looked over by the clamd at this socket (`/run/clamav/clamd.ctl`) or `host:port`."""

    @field_validator("trusted_proxies", "sip_trunks", "sip_phones", "sip_local", "oidc_strong", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("sip_phones", "sip_local")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            try:
                ipaddress.ip_network(network, strict=False)
            except ValueError:
                raise ValueError("has something that is no network; write networks like 10.20.0.0/16") from None
        return value

    @field_validator(
        "data", "backup_folder", "backup_keys_folder", "asterisk", "sip_tls_cert", "sip_tls_key", "sip_tls_ca"
    )
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value else None

    @field_validator("backup_passphrase")
    @classmethod
    def _hard_to_guess(cls, value: str) -> str:
        if value and len(value) < 12:
            raise ValueError("is too short to protect keys; use 12 characters or more")
        return value

    @field_validator("database_url")
    @classmethod
    def _understood(cls, value: str) -> str:
        try:
            conninfo_to_dict(value)
        except DatabaseAddressError:
            raise ValueError("is not an address like postgresql://user:password@host:5432/database") from None
        return value

    @field_validator("secret_key", "audit_key", "files_key", "ari_key", "metrics_token")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("is too short to protect anything; use 32 characters or more")
        return value

    @model_validator(mode="after")
    def _certificate_complete(self) -> Config:
        if (self.tls_mode == "files") != bool(self.tls_cert and self.tls_key):
            raise ValueError("SHOUWEN_TLS_MODE=files, SHOUWEN_TLS_CERT and SHOUWEN_TLS_KEY go together: set all three")
        return self

    @model_validator(mode="after")
    def _sip_certificate_complete(self) -> Config:
        if bool(self.sip_tls_cert) != bool(self.sip_tls_key):
            raise ValueError("SHOUWEN_SIP_TLS_CERT and SHOUWEN_SIP_TLS_KEY go together: set both")
        if self.sip_tls_ca and not self.sip_tls_cert:
            raise ValueError("SHOUWEN_SIP_TLS_CA proves switches that come by TLS: set SHOUWEN_SIP_TLS_CERT too")
        return self

    @model_validator(mode="after")
    def _provider_complete(self) -> Config:
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            raise ValueError("SHOUWEN_OIDC_ISSUER and SHOUWEN_OIDC_CLIENT_ID go together: set both")
        return self

    @property
    def embedded(self) -> bool:
        """Tell whether the database is the one in the data folder."""
        return self.database_url == embedded_url(self.postgres_folder)

    @property
    def tls(self) -> bool:
        """Tell whether browsers reach us by https."""
        return self.tls_mode != "off" or self.public_url.startswith("https:")

    @property
    def base_url(self) -> str:
        """Return the address to print and to put into links, without a slash at its end."""
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host  # noqa: S104
        scheme = "https" if self.tls_mode != "off" else "http"
        return self.public_url or f"{scheme}://{f'[{shown}]' if ':' in shown else shown}:{self.port}"

    @property
    def run_folder(self) -> Path:
        """Return the folder of sockets and process numbers."""
        return self.data / "run"

    @property
    def log_file(self) -> Path:
        """Return the one log of all processes."""
        return self.data / "log" / "shouwen.log"

    @property
    def voice_folder(self) -> Path:
        """Return the folder of Asterisk's settings, sounds and unfinished recordings."""
        return self.data / "voice"

    @property
    def postgres_folder(self) -> Path:
        """Return the folder of the embedded database."""
        return self.data / "postgres"

    @property
    def backups(self) -> Path:
        """Return the folder of backups."""
        return self.backup_folder or self.data / "backups"

    @property
    def backup_keys(self) -> Path:
        """Return the folder of the backups' keys."""
        return self.backup_keys_folder or self.data / "backup-keys"

    @property
    def backup_hour(self) -> time | None:
        """Return when the daily backup is made, None if it is not."""
        return None if self.backup_at == "off" or self.demo else time.fromisoformat(self.backup_at)

    def socket(self, name: str) -> Path:
        """Return the path of an internal socket, in a short place when the data folder's path is long."""
        wanted = self.run_folder / f"{name}.sock"
        if len(str(wanted).encode()) <= SOCKET_LIMIT:
            return wanted
        short = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(f"/tmp/shouwen-{os.geteuid()}-{short}") / f"{name}.sock"  # noqa: S108


@functools.lru_cache(maxsize=1)
def load() -> Config:
    """Read the configuration, once for the life of a process."""
    config = read()
    found = _keys(config)
    if not config.database_url:
        found["database_url"] = embedded_url(config.postgres_folder)
    return config.model_copy(update=found)


def read() -> Config:
    """Read the configuration as it was given: no key is made, no address filled in."""
    _refuse_unknown(os.environ)
    try:
        return Config()
    except ValidationError as failure:
        raise ConfigError(_sentence(failure)) from None


def _keys(config: Config) -> dict[str, Any]:
    try:
        found: dict[str, Any] = {name: getattr(config, name) or kept_key(config.data, name) for name in SECRETS}
        return found | {"files_key_before": config.files_key_before or key_before(config.data, "files_key")}
    except KeyFolderRefused as failure:
        raise ConfigError(str(failure)) from None


def embedded_url(folder: Path, *, database: str = "shouwen") -> str:
    """Return the address of the embedded server's database."""
    return f"postgresql://shouwen@/{database}?host={socket_folder(folder)}"


def socket_folder(folder: Path) -> Path:
    """Return where the embedded server listens: beside its data, or in a short place if that path is long."""
    beside = folder / "run"
    if len(str(beside / ".s.PGSQL.5432.lock").encode()) <= SOCKET_LIMIT:
        return beside
    return Path("/tmp") / f"shouwen-pg-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"  # noqa: S108


def _refuse_unknown(environment: os._Environ[str] | dict[str, str]) -> None:
    known = {f"{PREFIX}{name}".upper() for name in Config.model_fields} | TOOL_VARIABLES
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise ConfigError(f"{name} is not a setting of Shouwen.{hint}")


def _sentence(failure: ValidationError) -> str:
    """Turn the first fault into one sentence that names the variable and its value."""
    fault = failure.errors()[0]
    if not fault["loc"]:
        return fault["msg"].removeprefix("Value error, ") + "."
    field = str(fault["loc"][0])
    name = field if field == "DATABASE_URL" else f"{PREFIX}{field}".upper()
    hidden = {
        *SECRETS,
        "files_key_before",
        "smtp_password",
        "oidc_client_secret",
        "s3_secret_key",
        "backup_passphrase",
        "metrics_token",
        "DATABASE_URL",
    }
    shown = "" if field in hidden else f"={fault['input']}"
    reason = fault["msg"].removeprefix("Value error, ")
    return f"{name}{shown} cannot be used: {reason[0].lower()}{reason[1:]}."
