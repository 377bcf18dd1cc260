"""TLS on both legs: every client against its server through mailtee, verifying mailtee's own authority."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.certificates import TestAuthority
from harness.clients import Login
from harness.dovecot import dovecot
from harness.exim import exim_with_tls
from harness.mailtee import Json, Mailtee, Running, text_from
from harness.messages import body_in_wire_form, japanese
from harness.tls_clients import CLIENTS
from harness.tls_task import Client, Mode, Task

LOGIN = Login("noizumi", "inside-tls-all-is-heard")


@dataclass(frozen=True)
class Servers:
    """exim and dovecot, and an authority that vouches for them."""

    authority: Path
    ports: dict[tuple[str, Mode], int]

    def tap(self, mailtee: Mailtee, client: Client, mode: Mode) -> str:
        secure = "s" if mode == "implicit" else ""
        return f"0={client.protocol}{secure}://localhost:{self.ports[client.protocol, mode]}"


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    folder = Path(tempfile.mkdtemp(prefix="mailtee-"))
    folder.chmod(0o711)
    authority = TestAuthority(folder / "authority")
    identity = authority.good()
    with exim_with_tls(folder / "exim", identity, LOGIN.user, LOGIN.password) as smtp, \
            dovecot(folder / "dovecot", LOGIN.password, identity) as store:
        store.put(LOGIN.user, "1", japanese("inside"))
        yield Servers(authority.certificate, {
            ("smtp", "starttls"): smtp.smtp, ("smtp", "implicit"): smtp.smtps,
            ("pop3", "starttls"): store.pop3, ("pop3", "implicit"): store.pop3s,
            ("imap", "starttls"): store.imap, ("imap", "implicit"): store.imaps,
        })
    shutil.rmtree(folder, ignore_errors=True)


def task(tap: Running, client: Client, mode: Mode, mailtee: Mailtee) -> Task:
    message = japanese("inside") if client.protocol == "smtp" else None
    return Task(tap.port, mode, mailtee.trusted(), mailtee.folder / "client", LOGIN, message)


def verbs(session: Json) -> list[str]:
    return [one["verb"] for one in session["exchanges"]]


CASES = [(client, mode) for client in CLIENTS for mode in client.modes if mode != "plain"]


@pytest.mark.parametrize(("client", "mode"), CASES, ids=[f"{client}-{mode}" for client, mode in CASES])
def test_client_reads_and_sends_through_tls(mailtee: Mailtee, servers: Servers, client: Client, mode: Mode) -> None:
    with mailtee.tap(servers.tap(mailtee, client, mode), options=("--upstream-ca", str(servers.authority))) as tap:
        fetched = client.run(task(tap, client, mode, mailtee))
        sessions = mailtee.wait_for_sessions(1, or_more=True)
    assert fetched is None or body_in_wire_form() in fetched
    shown = [mailtee.show(one["id"]) for one in sessions]
    session = next(one for one in shown if "QUIT" in verbs(one) or "LOGOUT" in verbs(one))
    assert session["tls"]
    legs = {one["leg"]: one for one in session["handshakes"]}
    assert legs["server"]["verification"] == "verified"
    for leg in legs.values():
        assert leg["version"].startswith("TLS 1.") and leg["cipher"].startswith("TLS_") and "failure" not in leg
    begins = [one for one in session["utterances"] if not one["tls"]]
    assert any("TLS" in one["text"] or "STLS" in one["text"] for one in begins) if mode == "starttls" else not begins
    inside = [one for one in session["utterances"] if one["tls"]]
    assert any(one["secret"] for one in inside), "the password is masked"
    assert LOGIN.password not in str(session)
    words = "noizumi" if client.protocol == "imap" else text_from(session, "server")
    assert words
