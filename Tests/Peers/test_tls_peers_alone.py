"""The real clients and servers with TLS, and no mailtee between them. What fails here is a peer, not mailtee."""

from __future__ import annotations

import imaplib
import poplib
import smtplib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from harness.certificates import TestAuthority
from harness.clients import Login
from harness.dovecot import dovecot
from harness.exim import exim_daemon, exim_with_tls
from harness.messages import body_in_wire_form, japanese
from harness.postfix import Postfix, postfix
from harness.tls_capture import Port, capture, client_hellos, read, spoken
from harness.tls_clients import CLIENTS, clients
from harness.tls_servers import TLSServers, tls_servers
from harness.tls_task import ONLY_1_2, ONLY_1_3, WITH_TLS, Client, Mode, Task
from harness.waiting import wait_for

LOGIN = Login("noizumi", "Ikasama+pa55/Wort~30")
ALL = [(client, mode) for client in CLIENTS for mode in client.modes]
TLS = [(client, mode) for client in CLIENTS for mode in WITH_TLS]


def cases(pairs: list[tuple[Client, Mode]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("client", "mode"), pairs, ids=[f"{client}-{mode}" for client, mode in pairs])


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder for servers that several tests share, which servers under other users can pass through."""
    with tempfile.TemporaryDirectory(prefix="mailtee-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture(scope="module")
def authority() -> Iterator[TestAuthority]:
    with shared_folder() as folder:
        yield TestAuthority(folder / "authority")


@pytest.fixture(scope="module")
def servers(authority: TestAuthority) -> Iterator[TLSServers]:
    with shared_folder() as folder, tls_servers(folder, authority.good(), LOGIN) as made:
        made.dovecot.put(LOGIN.user, "1", japanese("fetched"))
        yield made


@pytest.fixture(scope="module")
def postfix_server(authority: TestAuthority) -> Iterator[Postfix]:
    with shared_folder() as folder, postfix(folder / "postfix", authority.good()) as made:
        yield made


@pytest.fixture(scope="module", params=["unknown", "expired", "wrong_name"])
def wrong(request: pytest.FixtureRequest, authority: TestAuthority) -> Iterator[tuple[str, TLSServers]]:
    """Servers with a certificate that a client has to refuse, and what is wrong with it."""
    with shared_folder() as folder, tls_servers(folder, getattr(authority, request.param)(), LOGIN) as made:
        made.dovecot.put(LOGIN.user, "1", japanese("fetched"))
        yield request.param, made


def task(client: Client, mode: Mode, port: int, authority: TestAuthority, folder: Path) -> Task:
    """Sends a message that is marked with the client's name and mode, or fetches one."""
    message = japanese(f"{client}-{mode}") if client.protocol == "smtp" else None
    return Task(port, mode, authority.certificate, folder, LOGIN, message)


@cases(ALL)
def test_client_with_exim_or_dovecot(client: Client, mode: Mode, servers: TLSServers, authority: TestAuthority,
                                     folder: Path) -> None:
    fetched = client.run(task(client, mode, servers.port(client.protocol, mode), authority, folder))
    if client.protocol == "smtp":
        wait_for("the delivery", lambda: f"X-Marker: {client}-{mode}".encode() in servers.exim.delivered())
    else:
        assert fetched and b"X-Marker: fetched" in fetched and body_in_wire_form() in fetched


@cases([(client, mode) for client, mode in ALL if client.protocol == "smtp"])
def test_client_with_postfix(client: Client, mode: Mode, postfix_server: Postfix, authority: TestAuthority,
                             folder: Path) -> None:
    port = postfix_server.smtps if mode == "implicit" else postfix_server.smtp
    client.run(replace(task(client, mode, port, authority, folder), login=None))
    wait_for("the delivery", lambda: f"X-Marker: {client}-{mode}".encode() in postfix_server.delivered())


@cases(TLS)
def test_client_refuses_a_wrong_certificate(client: Client, mode: Mode, wrong: tuple[str, TLSServers],
                                            authority: TestAuthority, folder: Path) -> None:
    what, server = wrong
    before = server.done()
    outcome = client.attempt(task(client, mode, server.port(client.protocol, mode), authority, folder))
    if what == "wrong_name" and not client.checks_name:
        assert outcome.ok, f"{client} checks names now: {outcome.output}"
    else:
        assert not outcome.ok and server.done() == before, f"{client} accepts a certificate that is {what}"


def test_clients_refuse_a_server_without_tls(authority: TestAuthority, folder: Path) -> None:
    with exim_daemon(folder / "exim", LOGIN.user, LOGIN.password) as (smtp, exim), \
            dovecot(folder / "dovecot", LOGIN.password) as server:
        ports = {"smtp": smtp, "pop3": server.pop3, "imap": server.imap}
        for client, mode in TLS:
            outcome = client.attempt(task(client, mode, ports[client.protocol], authority, folder))
            assert not outcome.ok, f"{client}, {mode}, does without TLS"
        assert exim.delivered() == b"" and "Login: user=" not in server.log.read_text()


def test_clients_keep_to_one_version(servers: TLSServers, authority: TestAuthority, folder: Path) -> None:
    ports = servers.ports()
    with capture(folder, *(port.number for port in ports)) as captured:
        for client in CLIENTS:
            asked = task(client, "implicit", servers.port(client.protocol, "implicit"), authority, folder)
            for versions in (ONLY_1_2, ONLY_1_3):
                client.run(replace(asked, versions=versions))
    hellos = client_hellos(captured.path, ports)
    # TLS 1.2 has no extension that says so.
    assert [hello.versions for hello in hellos] == len(CLIENTS) * [(), ("0x0304",)]
    assert {hello.protocols for hello in hellos} == {()}, "no client offers ALPN"
    assert [hello.name for hello in hellos] == [
        "localhost" if client.names_server else "" for client in CLIENTS for _ in range(2)]


@pytest.mark.parametrize("client", CLIENTS, ids=str)
def test_client_shows_its_certificate(client: Client, asking_servers: TLSServers, authority: TestAuthority,
                                      folder: Path) -> None:
    asked = task(client, "implicit", asking_servers.port(client.protocol, "implicit"), authority, folder)
    client.run(replace(asked, identity=authority.client()))
    assert not client.attempt(asked).ok


@pytest.fixture(scope="module")
def asking_servers(authority: TestAuthority) -> Iterator[TLSServers]:
    """Servers that want a client's certificate."""
    with shared_folder() as folder, tls_servers(folder, authority.good(), LOGIN, authority.certificate) as made:
        made.dovecot.put(LOGIN.user, "1", japanese("fetched"))
        yield made


def test_tshark_reads_what_is_inside_tls(servers: TLSServers, authority: TestAuthority, folder: Path) -> None:
    """In both modes and versions, all in one capture: what is said, and that none of it is on the wire."""
    keys, ports = folder / "keys", servers.ports()
    with capture(folder, *(port.number for port in ports)) as captured:
        for name, port in [(name, port) for name in ("smtplib", "poplib", "imaplib") for port in ports]:
            for client in (one for one in clients(port.protocol) if one.name == name):
                for versions in (ONLY_1_2, ONLY_1_3):
                    client.run(replace(task(client, port.mode, port.number, authority, folder), versions=versions,
                                       key_log=keys))
    streams = spoken(captured.path, ports, keys)
    said = [(stream.port.protocol, stream.port.mode, str(stream.dialogue())) for stream in streams]
    assert said == [(protocol, mode, dialogue) for protocol, mode, dialogue in EXPECTED for _ in range(2)]
    for stream in streams:
        assert body_in_wire_form() in stream.inside.client + stream.inside.server
        assert body_in_wire_form() not in stream.plain.client + stream.plain.server
    assert body_in_wire_form() not in captured.path.read_bytes()
    assert versions_accepted(captured.path, ports) == ["", "0x0304"] * 6


EXPECTED = (
    ("smtp", "starttls", "EHLO STARTTLS EHLO AUTH MAIL RCPT DATA QUIT / 220 250 220 250 235 250 250 354 250 221"),
    ("smtp", "implicit", "EHLO AUTH MAIL RCPT DATA QUIT / 220 250 235 250 250 354 250 221"),
    ("pop3", "starttls", "CAPA STLS USER PASS RETR QUIT / +OK +OK +OK +OK +OK +OK +OK"),
    ("pop3", "implicit", "USER PASS RETR QUIT / +OK +OK +OK +OK +OK"),
    ("imap", "starttls", "CAPABILITY STARTTLS CAPABILITY LOGIN SELECT FETCH LOGOUT / OK OK OK OK OK OK OK"),
    ("imap", "implicit", "CAPABILITY LOGIN SELECT FETCH LOGOUT / OK OK OK OK OK"),
)


def test_exim_demands_tls(authority: TestAuthority, folder: Path) -> None:
    with exim_with_tls(folder / "exim", authority.good(), LOGIN.user, LOGIN.password, require_tls=True) as server:
        with smtplib.SMTP("127.0.0.1", server.smtp) as session:
            session.ehlo()
            assert not session.has_extn("AUTH") and session.has_extn("STARTTLS")
            assert session.mail("a@b.example")[0] == 530
        for client in clients("smtp"):
            client.run(task(client, "starttls", server.smtp, authority, folder))


def test_postfix_demands_tls(authority: TestAuthority, folder: Path) -> None:
    with postfix(folder / "postfix", authority.good(), require_tls=True) as server:
        with smtplib.SMTP("127.0.0.1", server.smtp) as session:
            session.ehlo()
            assert session.mail("a@b.example")[0] == 530


def test_dovecot_demands_tls(authority: TestAuthority, folder: Path) -> None:
    with dovecot(folder / "dovecot", LOGIN.password, authority.good(), require_tls=True) as server:
        pop3 = poplib.POP3(server.address, server.pop3)
        assert "STLS" in pop3.capa()
        with pytest.raises(poplib.error_proto, match="Plaintext authentication disallowed"):
            pop3.user(LOGIN.user)
        pop3.quit()
        with imaplib.IMAP4(server.address, server.imap) as imap:
            assert "STARTTLS" in imap.capabilities and "LOGINDISABLED" in imap.capabilities
        server.put(LOGIN.user, "1", japanese("fetched"))
        for client in (one for one in clients("pop3", "imap") if one.name in ("poplib", "imaplib")):
            asked = task(client, "starttls", getattr(server, client.protocol), authority, folder)
            assert client.run(replace(asked, host=server.address))


def test_servers_keep_to_a_highest_version(authority: TestAuthority, folder: Path) -> None:
    with tls_servers(folder, authority.good(), LOGIN, highest="1.2") as made:
        made.dovecot.put(LOGIN.user, "1", japanese("fetched"))
        ports = made.ports()
        with capture(folder, *(port.number for port in ports)) as captured:
            for client, mode in TLS:
                if client.name == "openssl":
                    client.run(task(client, mode, made.port(client.protocol, mode), authority, folder))
    assert versions_accepted(captured.path, ports) == [""] * 6


def versions_accepted(path: Path, ports: list[Port]) -> list[str]:
    """What each server chose: "0x0304" is TLS 1.3, and nothing is TLS 1.2."""
    rows = read(path, ports, ("tls.handshake.extensions.supported_version",), display="tls.handshake.type == 2")
    return [version for (version,) in rows]
