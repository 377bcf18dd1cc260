"""What somebody on the way puts in clear before the handshake: nothing of it is obeyed, passed inside TLS or missing."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest

from harness.certificates import TestAuthority
from harness.exim import exim_daemon
from harness.mailtee import Mailtee, rules, verbs_inside
from harness.script import connect, receive_command, receive_line, receive_reply, scripted_server
from harness.tls_servers import tls_servers

INJECTED = b"MAIL FROM:<evil@example>\r\n"


def trusting(mailtee: Mailtee) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=mailtee.run_words("ca", "export").decode())


class StartTLSServer:
    """A scripted server that does TLS after STARTTLS, and writes down what it hears in clear and inside."""

    def __init__(self, authority: TestAuthority, behind: bytes = b"") -> None:
        identity = authority.good()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(identity.certificate, identity.key)
        self.behind = behind
        self.clear: list[bytes] = []
        self.inside: list[bytes] = []

    def __call__(self, peer: socket.socket) -> None:
        peer.sendall(b"220 scripted ESMTP\r\n")
        while line := receive_command(peer):
            self.clear.append(line)
            if line.upper().startswith(b"STARTTLS"):
                peer.sendall(b"220 go\r\n" + self.behind)
                break
            peer.sendall(b"250-scripted\r\n250 STARTTLS\r\n" if line[:4].upper() == b"EHLO" else b"250 ok\r\n")
        else:
            return
        # What was said in clear behind STARTTLS is thrown away, as RFC 3207 asks.
        peer.setblocking(False)
        try:
            while not (peeked := peer.recv(1, socket.MSG_PEEK)) or peeked[0] != 0x16:
                if not peeked:
                    return
                self.clear.append(peer.recv(1))
        except BlockingIOError:
            pass
        peer.setblocking(True)
        with self.context.wrap_socket(peer, server_side=True) as secure:
            while line := receive_command(secure):
                self.inside.append(line)
                secure.sendall(b"250 scripted\r\n")
                if line.upper().startswith(b"QUIT"):
                    return


def talk_inside(client: socket.socket, mailtee: Mailtee) -> list[bytes]:
    with trusting(mailtee).wrap_socket(client, server_hostname="localhost") as secure:
        replies = []
        for command in (b"EHLO honest.example\r\n", b"NOOP\r\n", b"QUIT\r\n"):
            secure.sendall(command)
            replies.append(receive_line(secure))
        return replies


@pytest.mark.without_tshark
def test_command_behind_starttls_is_not_passed_inside(mailtee: Mailtee, folder: Path) -> None:
    authority = TestAuthority(folder / "authority")
    server = StartTLSServer(authority)
    with scripted_server(server) as upstream, mailtee.tap(
            f"0=smtp://localhost:{upstream.port}", options=("--upstream-ca", str(authority.certificate))) as tap:
        with connect(tap.port) as client:
            receive_reply(client)
            client.sendall(b"EHLO honest.example\r\n")
            receive_reply(client)
            client.sendall(b"STARTTLS\r\n" + INJECTED)
            assert receive_line(client).startswith(b"220")
            talk_inside(client, mailtee)
        mailtee.wait_for_sessions(1)
    assert [line.split()[0] for line in server.inside] == [b"EHLO", b"NOOP", b"QUIT"]
    session = mailtee.show()
    assert verbs_inside(session) == ["EHLO", "NOOP", "QUIT"]
    assert any("evil@example" in one["text"] and not one["tls"] for one in session["utterances"])
    assert "tls.data-after-starttls" in rules(session)


@pytest.mark.without_tshark
def test_command_behind_starttls_is_thrown_away_by_mailtee(mailtee: Mailtee, folder: Path) -> None:
    """Where mailtee itself is the one that agrees on TLS."""
    with exim_daemon(folder / "exim") as (port, exim), mailtee.tap(
            f"0=smtp://localhost:{port}", options=("--client-tls", "starttls", "--server-tls", "none")) as tap:
        with connect(tap.port) as client:
            receive_reply(client)
            client.sendall(b"EHLO honest.example\r\n")
            assert b"STARTTLS" in receive_reply(client)
            client.sendall(b"STARTTLS\r\n" + INJECTED)
            assert receive_line(client).startswith(b"220")
            with trusting(mailtee).wrap_socket(client, server_hostname="localhost") as secure:
                secure.sendall(b"RCPT TO:<victim@example>\r\n")
                assert receive_line(secure).startswith(b"5"), "there is no MAIL before it"
                secure.sendall(b"QUIT\r\n")
                receive_line(secure)
        mailtee.wait_for_sessions(1)
    session = mailtee.show()
    assert verbs_inside(session) == ["RCPT", "QUIT"]
    assert any("evil@example" in one["text"] for one in session["utterances"])
    assert "tls.data-after-starttls" in rules(session)


@pytest.mark.without_tshark
def test_command_behind_starttls_is_not_obeyed_by_the_embedded_server(mailtee: Mailtee) -> None:
    with mailtee.serve() as running:
        with connect(running.port_of("smtp")) as client:
            receive_reply(client)
            client.sendall(b"EHLO honest.example\r\n")
            assert b"STARTTLS" in receive_reply(client)
            client.sendall(b"STARTTLS\r\n" + INJECTED)
            assert receive_line(client).startswith(b"220")
            with trusting(mailtee).wrap_socket(client, server_hostname="localhost") as secure:
                secure.sendall(b"EHLO honest.example\r\nRCPT TO:<victim@example>\r\nQUIT\r\n")
                assert receive_reply(secure).startswith(b"250")
                assert receive_line(secure).startswith(b"503")
        mailtee.wait_for_sessions(1)
    session = mailtee.show()
    assert verbs_inside(session) == ["EHLO", "RCPT", "QUIT"]
    assert any("evil@example" in one["text"] for one in session["utterances"])
    assert "tls.data-after-starttls" in rules(session)


@pytest.mark.without_tshark
def test_response_behind_the_agreement_is_not_passed_inside(mailtee: Mailtee, folder: Path) -> None:
    authority = TestAuthority(folder / "authority")
    server = StartTLSServer(authority, behind=b"250 injected\r\n")
    with scripted_server(server) as upstream, mailtee.tap(
            f"0=smtp://localhost:{upstream.port}", options=("--upstream-ca", str(authority.certificate))) as tap:
        with connect(tap.port) as client:
            receive_reply(client)
            client.sendall(b"EHLO honest.example\r\n")
            receive_reply(client)
            client.sendall(b"STARTTLS\r\n")
            assert receive_line(client).startswith(b"220")
            assert receive_line(client) == b"250 injected\r\n", "in clear, as the server said it"
            replies = talk_inside(client, mailtee)
        mailtee.wait_for_sessions(1)
    assert replies == [b"250 scripted\r\n"] * 3
    session = mailtee.show()
    assert any("injected" in one["text"] and not one["tls"] for one in session["utterances"])
    assert "tls.server-data-after-ok" in rules(session)


@pytest.mark.without_tshark
def test_response_to_mailtees_own_request_is_thrown_away(mailtee: Mailtee, folder: Path) -> None:
    authority = TestAuthority(folder / "authority")
    server = StartTLSServer(authority, behind=b"250 injected\r\n")
    options = ("--upstream-ca", str(authority.certificate), "--client-tls", "none", "--server-tls", "starttls")
    with scripted_server(server) as upstream, mailtee.tap(f"0=smtp://localhost:{upstream.port}", options=options) as tap:
        with connect(tap.port) as client:
            assert receive_reply(client) == b"220 scripted ESMTP\r\n"
            client.sendall(b"EHLO honest.example\r\n")
            assert receive_reply(client) == b"250 scripted\r\n"
            client.sendall(b"QUIT\r\n")
            receive_line(client)
        mailtee.wait_for_sessions(1)
    session = mailtee.show()
    assert any("injected" in note["text"] for note in session["notes"]), "it is told"
    assert not any("injected" in one["text"] for one in session["utterances"])
