"""What mailtee finds wrong with TLS in the conversations of real clients, and what it does not."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from harness.certificates import TestAuthority
from harness.clients import Login
from harness.mailtee import Mailtee, rules
from harness.messages import japanese
from harness.script import connect, receive_command, receive_line, receive_reply, scripted_server
from harness.tls_clients import CLIENTS, clients, named
from harness.tls_servers import tls_servers
from harness.tls_task import Client, Task

LOGIN = Login("noizumi", "found-and-not-shown")
pytestmark = pytest.mark.without_tshark


@pytest.mark.parametrize("client", CLIENTS, ids=str)
def test_client_and_server_that_do_right(mailtee: Mailtee, folder: Path, client: Client) -> None:
    """Of the client nothing is found; both servers offer logins in clear, which is their own matter."""
    authority = TestAuthority(folder / "authority")
    with tls_servers(folder, authority.good(), LOGIN) as servers:
        servers.dovecot.put(LOGIN.user, "1", japanese("right"))
        with mailtee.tap(f"0={client.protocol}://localhost:{servers.port(client.protocol, 'starttls')}",
                         options=("--upstream-ca", str(authority.certificate))) as tap:
            message = japanese("right") if client.protocol == "smtp" else None
            client.run(Task(tap.port, "starttls", mailtee.trusted(), folder / "client", LOGIN, message))
            sessions = mailtee.wait_for_sessions(1, or_more=True)
    for one in sessions:
        session = mailtee.show(one["id"])
        about_tls = [found for found in session["findings"] if found["rule"].startswith("tls.")]
        by_client = [found for found in about_tls if found["side"] != "server" and found["severity"] != "note"]
        assert by_client == [], by_client
        assert {found["rule"] for found in about_tls} <= {"tls.auth-offered-clear", "tls.no-new-ehlo", "tls.no-sni"}


def test_password_in_clear_though_tls_was_offered(mailtee: Mailtee, folder: Path) -> None:
    authority = TestAuthority(folder / "authority")
    with tls_servers(folder, authority.good(), LOGIN) as servers:
        servers.dovecot.put(LOGIN.user, "1", japanese("clear"))
        with mailtee.tap(f"0=pop3://localhost:{servers.port('pop3', 'starttls')}") as tap:
            named("curl", "pop3").run(Task(tap.port, "plain", authority.certificate, folder / "client", LOGIN))
            mailtee.wait_for_sessions(1)
    session = mailtee.show()
    found = next(one for one in session["findings"] if one["rule"] == "tls.password-clear")
    assert found["severity"] == "error" and found["side"] == "client" and "offer" in found["means"]
    assert "tls.not-used-though-offered" not in rules(session), "one cause gives one finding"
    assert LOGIN.password not in str(session)


def test_tls_offered_and_not_used(mailtee: Mailtee, folder: Path) -> None:
    authority = TestAuthority(folder / "authority")
    with tls_servers(folder, authority.good(), LOGIN) as servers:
        with mailtee.tap(f"0=smtp://localhost:{servers.port('smtp', 'starttls')}") as tap:
            named("curl", "smtp").run(
                Task(tap.port, "plain", authority.certificate, folder / "client", None, japanese("unused")))
            mailtee.wait_for_sessions(1)
    assert "tls.not-used-though-offered" in rules(mailtee.show())


def test_offer_that_is_gone(mailtee: Mailtee) -> None:
    offers = [b"250-mx\r\n250 STARTTLS\r\n", b"250 mx\r\n"]

    def serve(peer: socket.socket) -> None:
        peer.sendall(b"220 mx\r\n")
        while line := receive_command(peer):
            peer.sendall(offers[0] if line.startswith(b"EHLO") else b"250 ok\r\n")
            if line.startswith(b"QUIT"):
                return

    with scripted_server(serve) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        for count in (1, 2):
            with connect(tap.port) as client:
                receive_reply(client)
                client.sendall(b"EHLO a.example\r\n")
                receive_reply(client)
                client.sendall(b"QUIT\r\n")
                receive_line(client)
            mailtee.wait_for_sessions(count)
            offers.pop(0)
    first, second = (mailtee.show(one["id"]) for one in mailtee.sessions())
    assert "tls.offer-gone" not in rules(first) and "tls.offer-gone" in rules(second)


def test_bad_certificate_that_is_accepted(mailtee: Mailtee, folder: Path) -> None:
    authority = TestAuthority(folder / "authority")
    with tls_servers(folder, authority.good(), LOGIN) as servers:
        options = ("--upstream-ca", str(authority.certificate), "--tls-fault", "wrong-name")
        with mailtee.tap(f"0=smtp://localhost:{servers.port('smtp', 'starttls')}", options=options) as tap:
            for name in ("swaks", "smtplib"):
                named(name, "smtp").attempt(
                    Task(tap.port, "starttls", mailtee.trusted(), folder / "client", LOGIN, japanese("accepted")))
            sessions = mailtee.wait_for_sessions(2)
    accepted = {(session := mailtee.show(one["id"]))["messages"]: rules(session) for one in sessions}
    assert "tls.bad-certificate-accepted" in accepted[1] and "tls.bad-certificate-accepted" not in accepted[0]


def test_findings_are_printed(mailtee: Mailtee, folder: Path) -> None:
    authority = TestAuthority(folder / "authority")
    with tls_servers(folder, authority.good(), LOGIN) as servers:
        with mailtee.tap(f"0=smtp://localhost:{servers.port('smtp', 'starttls')}") as tap:
            clients("smtp")[0].run(
                Task(tap.port, "plain", authority.certificate, folder / "client", LOGIN, japanese("printed")))
            mailtee.wait_for_sessions(1)
    shown = mailtee.run("show").decode()
    assert "tls.password-clear, client" in shown and LOGIN.password not in shown
    assert "tls.password-clear" not in mailtee.run("show", "--notation", "rs").decode()
