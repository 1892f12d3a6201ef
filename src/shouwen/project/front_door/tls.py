"""Certificates for the door: the operator's own, or one we sign ourselves."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shouwen.project.config import Config, ConfigError
from shouwen.project.keys import private_folder, write_private

VALID_DAYS = 820  # browsers refuse certificates that live much longer than two years
RENEW_DAYS = 30


def context(config: Config) -> ssl.SSLContext | None:
    """Return how to speak https, or None if the door speaks http."""
    if config.tls_mode == "off":
        return None
    if config.tls_mode == "self-signed":
        certificate, key = self_signed(config.data / "tls", host=config.host)
    else:
        assert config.tls_cert
        assert config.tls_key
        certificate, key = config.tls_cert, config.tls_key
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        found.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as failure:
        raise ConfigError(
            f"The certificate {certificate} with the key {key} cannot be used: {failure}. Both must be PEM files "
            "that belong together and that this user may read."
        ) from None
    return found


def self_signed(folder: Path, *, host: str) -> tuple[Path, Path]:
    """Return a certificate of our own and its key, made anew when the names change or the end is near."""
    certificate, key = folder / "self-signed.crt", folder / "self-signed.key"
    names = _names(host)
    if not (certificate.exists() and key.exists() and _still_good(certificate, names)):
        private_folder(folder)
        _write(certificate, key, names)
    return certificate, key


def _names(host: str) -> list[x509.GeneralName]:
    texts = dict.fromkeys(["localhost", socket.gethostname(), "127.0.0.1", "::1", host])
    return [_general(text) for text in texts if text not in {"0.0.0.0", "::", ""}]  # noqa: S104


def _general(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def _still_good(certificate: Path, names: list[x509.GeneralName]) -> bool:
    found = x509.load_pem_x509_certificate(certificate.read_bytes())
    held = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return list(held) == names and found.not_valid_after_utc > datetime.now(UTC) + timedelta(days=RENEW_DAYS)


def _write(certificate: Path, key: Path, names: list[x509.GeneralName]) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Shouwen")])
    start = datetime.now(UTC) - timedelta(hours=1)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    write_private(key, private.private_bytes(form, serialization.PrivateFormat.PKCS8, plain).decode())
    write_private(certificate, signed.public_bytes(form).decode())
