"""Who is let in: the operator's switches, staff's telephones from their networks, and nobody else, not even asked."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import ssl
from pathlib import Path

import pytest

from shouwen.project.front_door.tls import self_signed
from shouwen.project.voice import Line, located

from .lines import AGENT, CUSTOMER, STRANGER, RunningAsterisk, ask, free_port, invitation, invite

pytestmark = pytest.mark.voice
NUMBER, SECRET = "8021", "right-password-of-the-phone"
SEALED = "RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + base64.b64encode(b"k" * 30).decode() + "\r\n"


def register(line: Line, here: str, proof: str = "") -> str:
    """Return a registration of a telephone, with a proof or without."""
    address = f"<sip:{NUMBER}@{line.sip_host}>"
    return (
        f"REGISTER sip:{line.sip_host}:{line.sip_port} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {here};branch=z9hG4bK{here}-{len(proof)}\r\n"
        f"Max-Forwards: 70\r\nFrom: {address};tag=r\r\nTo: {address}\r\nCall-ID: r{here}\r\n"
        f"CSeq: {1 + bool(proof)} REGISTER\r\nContact: <sip:{NUMBER}@{here}>\r\n{proof}Content-Length: 0\r\n\r\n"
    )


def registers(line: Line, source: str, secret: str) -> list[str]:
    """Register from an address with a password; return the first lines of the answers."""
    with socket.socket(type=socket.SOCK_DGRAM) as sip:
        sip.bind((source, 0))
        sip.settimeout(5)
        here, switch = f"{source}:{sip.getsockname()[1]}", (line.sip_host, line.sip_port)
        sip.sendto(register(line, here).encode(), switch)
        first = sip.recv(4096).decode()
        if not first.startswith("SIP/2.0 401"):
            return [first.splitlines()[0]]
        sip.sendto(register(line, here, proof(line, first, secret)).encode(), switch)
        return [first.splitlines()[0], sip.recv(4096).decode().splitlines()[0]]


def proof(line: Line, challenge: str, secret: str) -> str:
    """Answer a challenge as telephones do (digest, MD5)."""
    said = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
    uri = f"sip:{line.sip_host}:{line.sip_port}"

    def digest(*parts: str) -> str:
        return hashlib.md5(":".join(parts).encode()).hexdigest()

    who, what = digest(NUMBER, said["realm"], secret), digest("REGISTER", uri)
    answer = digest(who, said["nonce"], "00000001", "c", "auth", what)
    return (
        f'Authorization: Digest username="{NUMBER}", realm="{said["realm"]}", nonce="{said["nonce"]}", uri="{uri}", '
        f'response="{answer}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c"'
        + (f', opaque="{said["opaque"]}"' if "opaque" in said else "")
        + "\r\n"
    )


def test_a_call_from_an_unknown_source_is_refused_without_being_asked_for_a_password(asterisk: RunningAsterisk):
    assert invite(asterisk.line, "10000", STRANGER) == ["SIP/2.0 403 Forbidden"]
    assert invite(asterisk.line, "10000", AGENT) == ["SIP/2.0 401 Unauthorized"]
    assert invite(asterisk.line, "10000", CUSTOMER)[-1] == "SIP/2.0 200 OK"


def test_a_telephone_registers_from_its_network_alone_and_a_guesser_from_nowhere(asterisk: RunningAsterisk):
    for kind, fields in {
        "auth": {"auth_type": "digest", "username": NUMBER, "password": SECRET},
        "aor": {"max_contacts": "1"},
        "endpoint": {"context": "from-agent", "auth": NUMBER, "aors": NUMBER, "allow": "alaw"},
    }.items():
        pairs = [{"attribute": name, "value": value} for name, value in fields.items()]
        asterisk.order("PUT", f"/asterisk/config/dynamic/res_pjsip/{kind}/{NUMBER}", {"fields": pairs})
    asked = "SIP/2.0 401 Unauthorized"
    assert registers(asterisk.line, AGENT, SECRET) == [asked, "SIP/2.0 200 OK"]
    assert registers(asterisk.line, AGENT, "guessed") == [asked, asked]
    assert registers(asterisk.line, STRANGER, SECRET) == ["SIP/2.0 403 Forbidden"]
    assert ask(asterisk.line, STRANGER, lambda here: register(asterisk.line, here)) == ["SIP/2.0 403 Forbidden"]


Pair = tuple[Path, Path]


def test_towards_switches_signalling_is_tls_between_who_proves_himself_and_sound_is_sealed(tmp_path: Path):
    """A switch proves itself by a certificate of whom we name, whether it calls us or we call it."""
    ours, switch, other = (self_signed(tmp_path / name, host=CUSTOMER) for name in ("ours", "switch", "other"))
    tls = {"tls_cert": ours[0], "tls_key": ours[1], "tls_ca": switch[0], "tls_port": free_port(socket.SOCK_STREAM)}
    asterisk = RunningAsterisk(located(), **tls, external="203.0.113.7")
    try:
        assert [line for line in asterisk.said_at_start if "ERROR" in line] == []
        assert over_tls(asterisk.line, SEALED, switch)[-1] == "SIP/2.0 200 OK"
        assert over_tls(asterisk.line, "RTP/AVP 8\r\n", switch)[-1].startswith("SIP/2.0 488")
        for stranger in (None, other):
            with pytest.raises(OSError, match=r"alert|reset|EOF|closed"):
                over_tls(asterisk.line, SEALED, stranger)
        assert called_over_tls(asterisk, other) == ""
        assert called_over_tls(asterisk, switch).partition(" ")[0] in {"INVITE", "OPTIONS"}
    finally:
        asterisk.close()


def over_tls(line: Line, sound: str, pair: Pair | None) -> list[str]:
    """Call over TLS from the switch's address, with a certificate; return the first lines of the answers."""
    unknown = ssl._create_unverified_context()
    if pair is not None:
        unknown.load_cert_chain(*pair)
    with socket.socket() as plain:
        plain.bind((CUSTOMER, 0))
        plain.settimeout(5)
        plain.connect((line.sip_host, line.tls_port))
        with unknown.wrap_socket(plain) as sip:
            here = f"{CUSTOMER}:{sip.getsockname()[1]}"
            sip.sendall(invitation(line, "10000", here, via="TLS", sound=sound).encode())
            text, answers = "", [""]
            while not answers or not re.match(r"SIP/2.0 [2-6]", answers[-1]):
                heard = sip.recv(4096)
                if not heard:
                    raise ConnectionError("closed")
                text += heard.decode(errors="replace")
                answers = re.findall(r"^SIP/2.0 .*?(?=\r)", text, re.MULTILINE)
            return answers


def called_over_tls(asterisk: RunningAsterisk, pair: Pair) -> str:
    """Be a switch with a certificate that Asterisk calls; return what it says first."""
    switch = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    switch.load_cert_chain(*pair)
    with socket.create_server((CUSTOMER, asterisk.trunk_port)) as door:
        door.settimeout(10)
        asterisk.order("POST", "/channels?endpoint=PJSIP/13800000000@trunk&context=from-agent&extension=s")
        plain, _ = door.accept()
        plain.settimeout(5)
        with switch.wrap_socket(plain, server_side=True) as sip:
            return sip.recv(4096).decode(errors="replace")
