"""Asterisk's settings, generated from ours: written anew at every start, never edited by hand."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from shouwen.project.config import Config

from . import sounds
from .asterisk import ETC, Asterisk
from .speaking import Voice

APP = "shouwen"
AWAY = "很抱歉，系统暂时无法为您接通，请稍后再拨。"
EMPTY = ("pjproject", "stasis", "features", "udptl", "cdr", "cel", "ccss", "acl", "manager", "websocket_client")
FOLDERS = ("etc", "lib/keys", "spool/recording", "spool/refused", "run", "log", "music", "sounds", "shared")
SHARED = ("documentation", "rest-api", "static-http")


@dataclass(frozen=True)
class Line:
    """Where an Asterisk listens, whom it takes calls from, and how its gateway proves itself."""

    home: Path
    password: str
    name: str = "asterisk"
    sip_host: str = "127.0.0.1"
    sip_port: int = 5060
    ari_port: int = 8088
    rtp_from: int = 20000
    rtp_to: int = 20999
    trunks: tuple[str, ...] = ()
    ports: int = 200
    phones: tuple[str, ...] = ("127.0.0.0/8",)
    tls_cert: Path | None = None
    tls_key: Path | None = None
    tls_port: int = 5061
    tls_ca: Path | None = None
    external: str = ""
    local: tuple[str, ...] = ()

    @property
    def tls(self) -> bool:
        """Tell whether signalling towards the switches is TLS, and sound SRTP."""
        return self.tls_cert is not None

    @property
    def etc(self) -> Path:
        """Return the folder of the generated settings."""
        return self.home / "etc"

    @property
    def recordings(self) -> Path:
        """Return where Asterisk writes recordings until the gateway has taken them."""
        return self.home / "spool" / "recording"

    @property
    def refusals(self) -> Path:
        """Return where Asterisk leaves a note of each call that it refused while no gateway led it."""
        return self.home / "spool" / "refused"


def line_of(config: Config) -> Line:
    """Return the line that an installation's settings describe."""
    first, _, last = config.rtp_ports.partition("-")
    return Line(
        home=config.voice_folder,
        password=config.ari_key,
        name=config.asterisk_name,
        sip_host=config.sip_host,
        sip_port=config.sip_port,
        ari_port=config.ari_port,
        rtp_from=int(first),
        rtp_to=int(last),
        trunks=config.sip_trunks,
        ports=config.voice_ports,
        phones=config.sip_phones,
        tls_cert=config.sip_tls_cert,
        tls_key=config.sip_tls_key,
        tls_port=config.sip_tls_port,
        tls_ca=config.sip_tls_ca,
        external=config.sip_external,
        local=config.sip_local,
    )


def configure(asterisk: Asterisk, line: Line, owner: pwd.struct_passwd | None = None) -> list[str]:
    """Write the settings of one Asterisk and return how to start it; its folder belongs to the user it runs as."""
    for name in FOLDERS:
        (line.home / name).mkdir(parents=True, exist_ok=True)
    line.home.chmod(0o711)
    (line.home / "spool").chmod(0o700)  # what people said, until it is sealed
    sounds.write_music(line.home / "music" / "waiting.wav")
    sounds.write_tones(line.home / "sounds")
    _link_shared(asterisk, line.home / "shared")
    for template in sorted(ETC.glob("*.conf")):
        _write(line.etc / template.name, _filled(template.read_text(), asterisk, line))
    for name in EMPTY:
        _write(line.etc / f"{name}.conf", "")
    for file, name in ((line.tls_cert, "sip.crt"), (line.tls_key, "sip.key"), (line.tls_ca, "sip-ca.crt")):
        if file is not None:
            _write(line.etc / name, file.read_text())
    _give(line.home, owner)
    return [*asterisk.command, "-C", str(line.etc / "asterisk.conf"), "-f", "-n"]


def _filled(text: str, asterisk: Asterisk, line: Line) -> str:
    for name, value in _values(asterisk, line).items():
        text = text.replace(f"@{name}@", str(value))
    return text


def _values(asterisk: Asterisk, line: Line) -> dict[str, object]:
    return {
        "HOME": line.home,
        "REFUSALS": line.refusals,
        "MODULES": asterisk.modules,
        "PROGRAMS": asterisk.prefix / "usr/sbin",
        "NAME": line.name,
        "APP": APP,
        "AWAY": Voice(asterisk, line.home / "sounds").say(AWAY, otherwise="away"),
        "PASSWORD": line.password,
        "SIP_HOST": line.sip_host,
        "SIP_PORT": line.sip_port,
        "ARI_PORT": line.ari_port,
        "RTP_FROM": line.rtp_from,
        "RTP_TO": line.rtp_to,
        "TRUNK_CONTACTS": "\n".join(f"contact = {_contact(trunk, line)}" for trunk in line.trunks),
        "TRUNKS": "\n".join(_trunk(trunk, line) for trunk in line.trunks),
        "TRUNK_TRANSPORT": "transport-tls" if line.tls else "transport-udp",
        "TRUNK_SOUND": "media_encryption = sdes" if line.tls else "",
        "TLS": _tls(line),
        "NAT": _nat(line),
        "PERMITTED": "\n".join(f"permit = {network}" for network in _permitted(line)),
        "PORTS": line.ports,
    }


def _permitted(line: Line) -> list[str]:
    """Return from where SIP is answered at all: this machine (browsers come through our door), phones, and trunks."""
    hosts = {trunk.partition(":")[0] for trunk in line.trunks}
    return ["127.0.0.1", *line.phones, *sorted(hosts)]


def _tls(line: Line) -> str:
    """Return the way in for encrypted signalling, where there is a certificate."""
    if not line.tls:
        return ""
    return (
        "[transport-tls]\ntype = transport\nprotocol = tls\nmethod = tlsv1_2\n"
        f"bind = {line.sip_host}:{line.tls_port}\ncert_file = {line.etc / 'sip.crt'}\n"
        f"priv_key_file = {line.etc / 'sip.key'}\n{_proof(line)}{_nat(line)}"
    )


def _proof(line: Line) -> str:
    """Return what a switch must prove by its certificate, where we know who issues those; else only what we are."""
    if line.tls_ca is None:
        return ""
    both_ways = "verify_server = yes\nverify_client = yes\nrequire_client_cert = yes\n"
    return f"ca_list_file = {line.etc / 'sip-ca.crt'}\n{both_ways}"


def _nat(line: Line) -> str:
    """Return what is said to the other side where this machine stands behind address translation."""
    if not line.external:
        return ""
    inside = "\n".join(f"local_net = {network}" for network in line.local)
    return f"external_signaling_address = {line.external}\nexternal_media_address = {line.external}\n{inside}"


def _contact(trunk: str, line: Line) -> str:
    return f"sip:{trunk}\\;transport=tls" if line.tls else f"sip:{trunk}"


def _trunk(trunk: str, line: Line) -> str:
    """Return one switch of the operator's: calls from its address are its calls, and it is asked whether it is there.

    Two switches at one address are told apart by neither: calls from there are the first one's.
    """
    host, name = trunk.partition(":")[0], f"trunk-{trunk.replace(':', '-')}"
    first = next(other for other in line.trunks if other.partition(":")[0] == host)
    matched = f"\n[{name}]\ntype = identify\nendpoint = {name}\nmatch = {host}\n" if first == trunk else ""
    return (
        f"[{name}](trunk-call)\naors = {name}\n\n"
        f"[{name}]\ntype = aor\ncontact = {_contact(trunk, line)}\nqualify_frequency = 10\n{matched}"
    )


def _write(file: Path, text: str) -> None:
    """Write settings, which hold a password: for the user they belong to."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(text)


def _link_shared(asterisk: Asterisk, folder: Path) -> None:
    for name in SHARED:
        link, target = folder / name, asterisk.shared / name
        if not link.is_symlink() or link.readlink() != target:
            link.unlink(missing_ok=True)
            link.symlink_to(target)
    (folder / "sounds").mkdir(exist_ok=True)


def _give(home: Path, owner: pwd.struct_passwd | None) -> None:
    if owner is None:
        return
    for place in (home, *home.rglob("*")):
        if not place.is_symlink():
            os.chown(place, owner.pw_uid, owner.pw_gid)
