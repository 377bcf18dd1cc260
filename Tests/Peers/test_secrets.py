"""No password is found in the store, in logs or on the screen, whatever the mechanism and wherever packets end."""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.clients import (Login, fetch_by_curl, fetch_by_fetchmail, fetch_by_mpop, fetch_by_poplib, send_by_curl,
                             send_by_msmtp, send_by_smtplib, send_by_swaks)
from harness.dovecot import dovecot_pop3
from harness.exim import exim_daemon
from harness.mailtee import Mailtee, binary
from harness.messages import japanese
from harness.pop3_script import serve_pop3
from harness.processes import background
from harness.script import Handler, connect, receive_all, receive_line, receive_reply, scripted_server
from harness.secrets import assert_not_found
from harness.smtp_script import serve_smtp
from harness.waiting import PATIENCE, wait_for

USER = b"noizumi"
PASSWORD = b"Ikasama+pa55/Wort~30"


def b64(data: bytes) -> bytes:
    return base64.b64encode(data)


def digest(challenge: bytes) -> bytes:
    return hmac.new(PASSWORD, challenge, hashlib.md5).hexdigest().encode()


PLAIN = b64(b"\0" + USER + b"\0" + PASSWORD)
PLAIN_WITHOUT_USER = PLAIN[12:]
"""The user's name stands in base64 in other places too, such as a recipient's line in JSON."""
CRAM = digest(b"<1896.697170952@scripted>")
TOKEN = b"ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"
XOAUTH2 = b64(b"user=" + USER + b"\1auth=Bearer " + TOKEN + b"\1\1")
SCRAM_FIRST = b64(b"n,,n=noizumi,r=clientnonce")
PROOF = b64(hashlib.sha256(PASSWORD).digest())
SCRAM_FINAL = b64(b"c=biws,r=clientnonceservernonce,p=" + PROOF)
APOP = hashlib.md5(b"<1896.697170952@scripted>" + PASSWORD).hexdigest().encode()


@dataclass(frozen=True)
class LoginCase:
    """The lines that the client says, each after the reply to the one before, and what is secret in them."""

    name: str
    lines: tuple[bytes, ...]
    secrets: tuple[bytes, ...]


SMTP = [
    LoginCase("PLAIN with initial response", (b"AUTH PLAIN " + PLAIN,), (PASSWORD, PLAIN)),
    LoginCase("PLAIN without", (b"AUTH PLAIN", PLAIN), (PASSWORD, PLAIN)),
    LoginCase("plain in small letters", (b"auth plain " + PLAIN,), (PASSWORD, PLAIN)),
    LoginCase("LOGIN", (b"AUTH LOGIN", b64(USER), b64(PASSWORD)), (PASSWORD,)),
    LoginCase("LOGIN with initial response", (b"AUTH LOGIN " + b64(USER), b64(PASSWORD)), (PASSWORD,)),
    LoginCase("CRAM-MD5", (b"AUTH CRAM-MD5", b64(USER + b" " + CRAM)), (CRAM, b64(USER + b" " + CRAM))),
    LoginCase("XOAUTH2 with initial response", (b"AUTH XOAUTH2 " + XOAUTH2,), (TOKEN, XOAUTH2)),
    LoginCase("XOAUTH2 without", (b"AUTH XOAUTH2", XOAUTH2), (TOKEN, XOAUTH2)),
    LoginCase("SCRAM-SHA-256", (b"AUTH SCRAM-SHA-256 " + SCRAM_FIRST, SCRAM_FINAL, b""), (PROOF, SCRAM_FINAL)),
]
POP3 = [
    LoginCase("USER and PASS", (b"USER " + USER, b"PASS " + PASSWORD), (PASSWORD,)),
    LoginCase("pass in small letters", (b"user " + USER, b"pass " + PASSWORD), (PASSWORD,)),
    LoginCase("PASS with blanks", (b"USER " + USER, b"PASS  two words " + PASSWORD), (PASSWORD,)),
    LoginCase("APOP", (b"APOP " + USER + b" " + APOP,), (APOP,)),
    LoginCase("AUTH PLAIN", (b"AUTH PLAIN", PLAIN), (PASSWORD, PLAIN)),
    LoginCase("AUTH PLAIN with initial response", (b"AUTH PLAIN " + PLAIN,), (PASSWORD, PLAIN)),
    LoginCase("AUTH CRAM-MD5", (b"AUTH CRAM-MD5", b64(USER + b" " + CRAM)), (CRAM, b64(USER + b" " + CRAM))),
]


class Meter:
    """Counts what the server has read, so that the client can send the next piece when the last one has arrived."""

    def __init__(self) -> None:
        self.count = 0
        self.changed = threading.Condition()

    def add(self, count: int) -> None:
        with self.changed:
            self.count += count
            self.changed.notify_all()

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.count >= count, PATIENCE), f"{self.count} of {count} arrived"


class MeteredSocket:
    """A socket that tells a meter what is read from it."""

    def __init__(self, peer: socket.socket, meter: Meter) -> None:
        self.peer = peer
        self.meter = meter

    def recv(self, size: int) -> bytes:
        data = self.peer.recv(size)
        self.meter.add(len(data))
        return data

    def sendall(self, data: bytes) -> None:
        self.peer.sendall(data)


def say(client: socket.socket, meter: Meter, sent: int, data: bytes, cuts: list[int]) -> int:
    """Sends `data`, cut at `cuts`, each piece when the server has the one before it."""
    for start, end in zip([0, *cuts], [*cuts, len(data)]):
        client.sendall(data[start:end])
        sent += end - start
        meter.wait_for(sent)
    return sent


def log_in(port: int, meter: Meter, login: LoginCase, cuts_of: "CutsOf") -> None:
    with connect(port) as client:
        receive_line(client)
        sent = meter.count
        for line in login.lines:
            data = line + b"\r\n"
            sent = say(client, meter, sent, data, cuts_of(data))
            receive_reply(client)
        say(client, meter, sent, b"QUIT\r\n", [])
        receive_all(client)


class CutsOf:
    """Where a line is cut: nowhere, everywhere, or at one position counted from its start or end."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, data: bytes) -> list[int]:
        if self.name == "whole":
            return []
        if self.name == "bytes":
            return list(range(1, len(data)))
        position = int(self.name)
        return [position] if 0 < position < len(data) else []


def ways(login: LoginCase) -> list[CutsOf]:
    longest = max(len(line) for line in login.lines) + 2
    return [CutsOf("whole"), CutsOf("bytes"), *(CutsOf(str(position)) for position in range(1, longest))]


def assert_secret_in_every_cut(mailtee: Mailtee, protocol: str, server: Handler, login: LoginCase) -> None:
    meter = Meter()
    with scripted_server(lambda peer: server(MeteredSocket(peer, meter))) as upstream:  # type: ignore[arg-type]
        with mailtee.tap(f"0={protocol}://127.0.0.1:{upstream.port}") as tap:
            for cuts_of in ways(login):
                log_in(tap.port, meter, login, cuts_of)
            sessions = mailtee.wait_for_sessions(len(ways(login)))
    printed = [one["id"] for one in (*sessions[:3], sessions[len(sessions) // 2], sessions[-1])]
    assert_not_found(mailtee, list(login.secrets), printed)
    assert any(one["secret"] for one in mailtee.show(printed[0])["utterances"])


@pytest.mark.parametrize("login", SMTP, ids=lambda login: login.name)
def test_smtp(mailtee: Mailtee, login: LoginCase) -> None:
    assert_secret_in_every_cut(mailtee, "smtp", serve_smtp, login)


@pytest.mark.tshark_by_lines("tshark takes each piece of a POP3 command that comes in several packets for one of its own")
@pytest.mark.parametrize("login", POP3, ids=lambda login: login.name)
def test_pop3(mailtee: Mailtee, login: LoginCase) -> None:
    assert_secret_in_every_cut(mailtee, "pop3", serve_pop3, login)


def test_pipelined_login(mailtee: Mailtee) -> None:
    with scripted_server(serve_pop3) as upstream, mailtee.tap(f"0=pop3://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as client:
            client.sendall(b"USER " + USER + b"\r\nPASS " + PASSWORD + b"\r\nQUIT\r\n")
            receive_all(client)
        session = mailtee.wait_for_sessions(1)[0]
    assert_not_found(mailtee, [PASSWORD], [session["id"]])


def test_login_that_the_server_refuses(mailtee: Mailtee) -> None:
    """A client that sends its password although the server has refused the mechanism."""
    def server(peer: socket.socket) -> None:
        peer.sendall(b"220 refuses\r\n")
        receive_line(peer)
        peer.sendall(b"334 VXNlcm5hbWU6\r\n")
        receive_line(peer)
        peer.sendall(b"334 UGFzc3dvcmQ6\r\n")
        receive_line(peer)
        peer.sendall(b"535 5.7.8 no\r\n")
        receive_all(peer)

    with scripted_server(server) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as client:
            receive_line(client)
            for line in (b"AUTH LOGIN", b64(USER), b64(PASSWORD)):
                client.sendall(line + b"\r\n")
                receive_line(client)
        session = mailtee.wait_for_sessions(1)[0]
    assert_not_found(mailtee, [PASSWORD], [session["id"]])


def test_live_screen(mailtee: Mailtee, folder: Path) -> None:
    with scripted_server(serve_pop3) as upstream, mailtee.tap(f"0=pop3://127.0.0.1:{upstream.port}") as tap:
        with background([binary(), "tail", "--store", mailtee.store], folder, "tail") as tail:
            with connect(tap.port) as client:
                receive_line(client)
                for line in (b"USER " + USER, b"PASS " + PASSWORD, b"STAT"):
                    client.sendall(line + b"\r\n")
                    receive_line(client)
                wait_for("STAT on the screen", lambda: "STAT" in tail.said())
                client.sendall(b"QUIT\r\n")
                receive_all(client)
            wait_for("QUIT on the screen", lambda: "QUIT" in tail.said())
            assert PASSWORD.decode() not in tail.said()
            assert "PASS" in tail.said()


REAL_SMTP = [(send_by_swaks, "PLAIN"), (send_by_swaks, "LOGIN"), (send_by_swaks, "CRAM-MD5"), (send_by_msmtp, "plain"),
             (send_by_msmtp, "login"), (send_by_msmtp, "cram-md5"), (send_by_curl, ""), (send_by_smtplib, "")]


def test_real_smtp_clients(mailtee: Mailtee, folder: Path) -> None:
    login = Login(USER.decode(), PASSWORD.decode())
    with exim_daemon(folder / "exim", login.user, login.password) as (port, _):
        with mailtee.tap(f"0=smtp://127.0.0.1:{port}") as tap:
            for send, mechanism in REAL_SMTP:
                options = (mechanism,) if mechanism else ()
                send(tap.port, "noizumi@peer.example", japanese(), folder, login, *options)  # type: ignore[operator]
            sessions = mailtee.wait_for_sessions(len(REAL_SMTP), or_more=True)
        assert (folder / "exim" / "log" / "mainlog").read_text().count(f":{login.user} ") >= len(REAL_SMTP)
    assert_not_found(mailtee, [PASSWORD, PLAIN_WITHOUT_USER], [one["id"] for one in sessions])


REAL_POP3 = [(fetch_by_poplib, ""), (fetch_by_fetchmail, ""), (fetch_by_curl, ""), (fetch_by_mpop, "user"),
             (fetch_by_mpop, "plain"), (fetch_by_mpop, "cram-md5"), (fetch_by_mpop, "scram-sha-256")]


def test_real_pop3_clients(mailtee: Mailtee, folder: Path) -> None:
    login = Login(USER.decode(), PASSWORD.decode())
    with dovecot_pop3(folder / "dovecot", login.password) as server:
        server.put(login.user, "1", japanese("real"))
        with mailtee.tap(f"0=pop3://127.0.0.1:{server.port}") as tap:
            for fetch, mechanism in REAL_POP3:
                options = (mechanism,) if mechanism else ()
                fetch(tap.port, login, folder, *options)  # type: ignore[operator]
            sessions = mailtee.wait_for_sessions(len(REAL_POP3), or_more=True)
    assert_not_found(mailtee, [PASSWORD, PLAIN_WITHOUT_USER], [one["id"] for one in sessions])


def test_store_is_private_to_its_user(mailtee: Mailtee) -> None:
    with scripted_server(serve_pop3) as upstream, mailtee.tap(f"0=pop3://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as client:
            receive_line(client)
            client.sendall(b"QUIT\r\n")
            receive_all(client)
        mailtee.wait_for_sessions(1)
    assert mailtee.store.stat().st_mode & 0o777 == 0o700
    for path in mailtee.store.rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
