"""tshark reads outside, with mailtee's key log, what mailtee recorded inside; nothing secret is in the store."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from harness.certificates import TestAuthority
from harness.clients import Login
from harness.mailtee import Json, Mailtee
from harness.messages import japanese
from harness.tls_capture import Port, capture, spoken
from harness.tls_clients import clients
from harness.tls_servers import tls_servers
from harness.tls_task import ONLY_1_2, ONLY_1_3, Mode, Protocol, Task
from harness.tshark import Dialogue, dialogue_of

LOGIN = Login("noizumi", "no-key-and-no-password")


def test_outside_and_inside_agree(mailtee: Mailtee, folder: Path) -> None:
    authority = TestAuthority(folder / "authority")
    keys = folder / "keys.log"
    modes: tuple[Mode, ...] = ("starttls", "implicit")
    protocols: tuple[Protocol, ...] = ("smtp", "pop3", "imap")
    with tls_servers(folder, authority.good(), LOGIN) as servers:
        servers.dovecot.put(LOGIN.user, "1", japanese("keys"))
        wanted = [(protocol, mode) for protocol in protocols for mode in modes]
        specs = [f"0={protocol}{'s' if mode == 'implicit' else ''}://localhost:{servers.port(protocol, mode)}"
                 for protocol, mode in wanted]
        options = ("--upstream-ca", str(authority.certificate), "--keylog", str(keys))
        with mailtee.tap(*specs, options=options) as tap:
            trusted = folder / "mailtee-ca.pem"
            trusted.write_bytes(mailtee.run_words("ca", "export"))
            outside = [Port(port, protocol, mode) for port, (protocol, mode) in zip(tap.ports, wanted, strict=True)]
            with capture(folder, *tap.ports, *(port.number for port in servers.ports())) as captured:
                for port in outside:
                    client = next(one for one in clients(port.protocol) if one.name.endswith("lib"))
                    for versions in (ONLY_1_2, ONLY_1_3):
                        message = japanese("keys") if port.protocol == "smtp" else None
                        client.run(Task(port.number, port.mode, trusted, folder / "client", LOGIN, message, versions))
                mailtee.wait_for_sessions(12)
    shown = sorted(str(told(mailtee.show(one["id"]))) for one in mailtee.sessions())
    for ports in (outside, servers.ports()):
        seen = sorted(str(stream.dialogue()) for stream in spoken(captured.path, ports, keys))
        assert seen == shown, "on both legs"
    # In mailtee's own segments, what was said in clear and what inside are two streams.
    own = [Port(25, "smtp", "plain"), Port(110, "pop3", "plain"), Port(143, "imap", "plain")]
    streams = [stream.dialogue() for segment in mailtee.store.glob("segments/*.pcapng")
               for stream in spoken(segment, own, None)]
    assert (sorted(word for stream in streams for word in stream.commands + stream.codes)
            == sorted(word for text in shown for word in text.replace(" / ", " ").split()))
    assert keys.stat().st_mode & 0o777 == 0o600
    secrets = [LOGIN.password.encode(), *key_material(keys), *private_key(mailtee.store / "authority")]
    assert len(secrets) > 8
    places = [path for path in mailtee.store.rglob("*") if path.is_file() and path.name != "ca-key.pem"]
    for path in [*places, *mailtee.logs]:
        content = path.read_bytes()
        for secret in secrets:
            assert secret not in content, f"{path} holds a secret"


def told(session: Json) -> Dialogue:
    """The same of what mailtee shows; the greeting of an IMAP server has no tag, and counts for none."""
    if session["protocol"] != "imap":
        return dialogue_of(session)
    exchanges = [one for one in session["exchanges"] if one["verb"]]
    return Dialogue([one["verb"] for one in exchanges], [one["replies"][-1] for one in exchanges])


def key_material(keys: Path) -> list[bytes]:
    """The secrets in a key log, in both forms that they could stand in."""
    words = [line.split()[2] for line in keys.read_text().splitlines() if not line.startswith("#")]
    return [form for word in words for form in (word.encode(), bytes.fromhex(word))]


def private_key(authority: Path) -> list[bytes]:
    text = subprocess.run(["openssl", "pkey", "-in", authority / "ca-key.pem", "-text", "-noout"],
                          capture_output=True, check=True, timeout=60).stdout.decode()
    found = re.search(r"priv:\n([ 0-9a-f:\n]+)pub:", text)
    assert found
    key = bytes.fromhex(re.sub(r"[^0-9a-f]", "", found[1]))[-32:]
    lines = (authority / "ca-key.pem").read_bytes().splitlines()
    return [key, key.hex().encode(), lines[1]]
