"""E-mail by SMTP (RFC 5321), plain, STARTTLS or TLS from the first byte."""

from .transport import SmtpTransport

__all__ = ["SmtpTransport"]
