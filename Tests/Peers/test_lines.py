"""NNTP, FTP, ManageSieve and IRC through a tap: the chat with times and directions, and no password anywhere."""

from __future__ import annotations

import base64
import ftplib
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.dovecot import dovecot
from harness.mailtee import Json, Mailtee
from harness.ports import free_port, wait_until_listening
from harness.processes import background
from harness.requirements import program, unpacked
from harness.script import connect, receive_all, receive_exactly, receive_line, scripted_server
from harness.secrets import assert_not_found
from harness.waiting import PATIENCE

USER = "noizumi"
PASSWORD = "Ikasama+pa55/Wort~30"
PLAIN = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode())
SECRETS = [PASSWORD.encode(), PLAIN[12:]]
"""The user's name stands in base64 in other places too."""


def chat(mailtee: Mailtee, protocol: str) -> list[tuple[str, str]]:
    """What the only session has: who said which line. Times have to rise, and the secrets to be nowhere."""
    session = mailtee.wait_for_sessions(1)[0]
    assert session["protocol"] == protocol
    shown = mailtee.show(session["id"])
    utterances: list[Json] = shown["utterances"]
    assert all(one["at"] for one in utterances)
    assert [one["at"] for one in utterances] == sorted(one["at"] for one in utterances)
    text = mailtee.run("show", session["id"]).decode()
    assert "→" in text and "←" in text
    assert_not_found(mailtee, SECRETS, [session["id"]])
    return [(one["from"], one["text"]) for one in utterances]


def ask(peer: socket.socket, line: bytes, end: tuple[bytes, ...]) -> bytes:
    """Says a line, and hears up to a line that begins as the answer ends."""
    peer.sendall(line + b"\r\n")
    return hear(peer, end)


def hear(peer: socket.socket, end: tuple[bytes, ...]) -> bytes:
    while not (line := receive_line(peer)).startswith(end):
        pass
    return line


# ManageSieve

DONE = (b"OK", b"NO", b"BYE")
SCRIPT = b'# in here AUTHENTICATE "PLAIN" "x" is no command\r\nkeep;\r\n'


def test_managesieve(mailtee: Mailtee, folder: Path) -> None:
    logins = {
        "quoted": b'AUTHENTICATE "PLAIN" "%s"' % PLAIN,
        "literal": b'AUTHENTICATE "PLAIN" {%d+}\r\n%s' % (len(PLAIN), PLAIN),
        "steps": b'AUTHENTICATE "LOGIN"',
    }
    with dovecot(folder / "dovecot", PASSWORD, protocols=("sieve",)) as server:
        with mailtee.tap(f"0=sieve://127.0.0.1:{server.sieve}") as tap:
            for name, login in logins.items():
                with connect(tap.port) as client:
                    assert hear(client, DONE).startswith(b"OK")
                    if name == "steps":
                        ask(client, login, (b'"', b"{"))
                        ask(client, b'"%s"' % base64.b64encode(USER.encode()), (b'"', b"{"))
                        login = b'"%s"' % base64.b64encode(PASSWORD.encode())
                    assert ask(client, login, DONE).startswith(b"OK")
                    script = b'PUTSCRIPT "a" {%d+}\r\n%s' % (len(SCRIPT), SCRIPT)
                    assert ask(client, script, DONE).startswith(b"OK")
                    assert ask(client, b"LISTSCRIPTS", DONE).startswith(b"OK")
                    assert ask(client, b"LOGOUT", DONE).startswith(b"OK")
            sessions = mailtee.wait_for_sessions(len(logins))
    for session in sessions:
        assert session["protocol"] == "sieve"
        said = [one["text"] for one in mailtee.show(session["id"])["utterances"] if one["from"] == "client"]
        assert said[0].startswith("AUTHENTICATE ")
        assert said[-6:] == [f'PUTSCRIPT "a" {{{len(SCRIPT)}+}}', *SCRIPT.decode().splitlines(), "", "LISTSCRIPTS",
                             "LOGOUT"]
    assert_not_found(mailtee, SECRETS, [one["id"] for one in sessions])


def test_sieve_connect(mailtee: Mailtee, folder: Path) -> None:
    client = program("sieve-connect", "sieve-connect")
    with dovecot(folder / "dovecot", PASSWORD, protocols=("sieve",)) as server:
        with mailtee.tap(f"0=sieve://127.0.0.1:{server.sieve}") as tap:
            result = subprocess.run(
                [client, "--server", "127.0.0.1", "--port", str(tap.port), "--user", USER, "--passwordfd", "0",
                 "--clearchan", "--authmech", "PLAIN", "--list"],
                input=f"{PASSWORD}\n".encode(), capture_output=True, timeout=PATIENCE, check=False)
            assert result.returncode == 0, result
            lines = chat(mailtee, "sieve")
    assert any(who == "client" and text.startswith("AUTHENTICATE") for who, text in lines)
    assert ("client", "LISTSCRIPTS") in lines


# FTP

FTPD = """
import sys
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
authorizer = DummyAuthorizer()
authorizer.add_user(sys.argv[2], sys.argv[3], sys.argv[4])
FTPHandler.authorizer = authorizer
FTPServer(("127.0.0.1", int(sys.argv[1])), FTPHandler).serve_forever()
"""


@contextmanager
def ftpd(folder: Path) -> Iterator[int]:
    """pyftpdlib, from Debian's package: hence Debian's Python."""
    python = Path("/usr/bin/python3")
    if subprocess.run([python, "-c", "import pyftpdlib"], capture_output=True, check=False).returncode != 0:
        pytest.skip("pyftpdlib is missing: Tests/install installs it (package python3-pyftpdlib)")
    home = folder / "ftp"
    home.mkdir()
    (home / "one.txt").write_text("one\n")
    port = free_port()
    with background([python, "-W", "ignore", "-c", FTPD, str(port), USER, PASSWORD, home], folder, "ftpd"):
        wait_until_listening(port)
        yield port


def test_ftp(mailtee: Mailtee, folder: Path) -> None:
    with ftpd(folder) as port, mailtee.tap(f"0=ftp://127.0.0.1:{port}") as tap:
        with ftplib.FTP() as client:
            client.connect("127.0.0.1", tap.port, PATIENCE)
            client.login(USER, PASSWORD, "account of " + PASSWORD)
            assert client.nlst() == ["one.txt"]
            client.quit()
        lines = chat(mailtee, "ftp")
    said = [text for who, text in lines if who == "client"]
    assert said[0] == f"USER {USER}"
    assert said[1].startswith("PASS ") and set(said[1][5:]) == {"X"}
    assert said[-1] == "QUIT"
    assert [text[:3] for who, text in lines if who == "server"][:3] == ["220", "331", "230"]


# IRC

def test_irc(mailtee: Mailtee, folder: Path) -> None:
    port = free_port()
    configuration = folder / "ngircd.conf"
    configuration.write_text(f"""
[Global]
Name = irc.peer.example
AdminInfo1 = peer
AdminInfo2 = peer
AdminEMail = peer@peer.example
Listen = 127.0.0.1
Ports = {port}
Password = {PASSWORD}
ServerUID = 65534
ServerGID = 65534
[Options]
DNS = no
Ident = no
PAM = no
[Operator]
Name = {USER}
Password = {PASSWORD}
""")
    configuration.chmod(0o644)
    server = unpacked("ngircd", "usr/sbin/ngircd")
    with background([server, "-n", "-f", configuration], folder, "ngircd"):
        wait_until_listening(port)
        with mailtee.tap(f"0=irc://127.0.0.1:{port}") as tap:
            with connect(tap.port) as client:
                for line in (f"PASS {PASSWORD}", f"NICK {USER}", f"USER {USER} 0 * :{USER}"):
                    client.sendall(line.encode() + b"\r\n")
                hear(client, (b":irc.peer.example 422", b":irc.peer.example 376"))
                ask(client, f"OPER {USER} {PASSWORD}".encode(), (b":irc.peer.example 381",))
                ask(client, f"PRIVMSG NickServ :IDENTIFY {PASSWORD}".encode(), (b":irc.peer.example 401",))
                client.sendall(b"QUIT :bye\r\n")
                receive_all(client)
            lines = chat(mailtee, "irc")
    said = [text for who, text in lines if who == "client"]
    assert [text.replace("X", "") for text in said] == [
        "PASS ", f"NICK {USER}", f"USER {USER} 0 * :{USER}", f"OPER {USER} ", "PRIVMSG NickServ :IDENTIFY ",
        "QUIT :bye"]
    assert any(text.startswith(":irc.peer.example 001 ") for who, text in lines if who == "server")


def test_irc_with_sasl(mailtee: Mailtee) -> None:
    dialogue = [
        ("client", b"CAP REQ :sasl"), ("server", b":irc CAP * ACK :sasl"), ("client", b"AUTHENTICATE PLAIN"),
        ("server", b"AUTHENTICATE +"), ("client", b"AUTHENTICATE " + PLAIN), ("server", b":irc 904 * :failed"),
        ("client", b"AUTHENTICATE PLAIN"), ("server", b"AUTHENTICATE +"), ("client", b"AUTHENTICATE *"),
        ("server", b":irc 906 * :aborted"), ("client", b"QUIT"),
    ]
    lines = play(mailtee, "irc", dialogue)
    assert ("client", "AUTHENTICATE *") in lines
    assert ("client", "AUTHENTICATE " + "X" * len(PLAIN)) in lines


# NNTP

def test_nntp(mailtee: Mailtee) -> None:
    """A scripted server: INN is more than a test should install."""
    password = base64.b64encode(PASSWORD.encode())
    dialogue = [
        ("server", b"200 news.peer.example InterNetNews NNRP server INN 2.7.1 ready (posting ok)"),
        ("client", b"AUTHINFO USER " + USER.encode()), ("server", b"381 more"),
        ("client", b"AUTHINFO PASS " + PASSWORD.encode()), ("server", b"481 no"),
        ("client", b"AUTHINFO SASL PLAIN " + PLAIN), ("server", b"481 no"),
        ("client", b"AUTHINFO SASL PLAIN"), ("server", b"383 ="), ("client", PLAIN), ("server", b"481 no"),
        ("client", b"AUTHINFO SASL LOGIN"), ("server", b"383 VXNlcm5hbWU6"), ("client", b"*"), ("server", b"481 no"),
        ("client", b"AUTHINFO SASL LOGIN"), ("server", b"383 VXNlcm5hbWU6"),
        ("client", base64.b64encode(USER.encode())), ("server", b"383 UGFzc3dvcmQ6"), ("client", password),
        ("server", b"281 ok"), ("client", b"POST"), ("server", b"340 go"),
        ("client", b"Subject: one\r\n\r\nbody\r\n."), ("server", b"240 ok"), ("client", b"QUIT"),
        ("server", b"205 bye"),
    ]
    lines = play(mailtee, "nntp", dialogue)
    assert ("client", "AUTHINFO USER " + USER) in lines
    assert ("client", "AUTHINFO PASS " + "X" * len(PASSWORD)) in lines
    assert ("client", "*") in lines
    assert [text for who, text in lines if who == "client"][-6:] == ["POST", "Subject: one", "", "body", ".", "QUIT"]


def play(mailtee: Mailtee, protocol: str, dialogue: list[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """Has both sides say their lines in turn, the client's byte by byte, and returns the chat."""
    def serve(peer: socket.socket) -> None:
        for who, line in dialogue:
            if who == "server":
                peer.sendall(line + b"\r\n")
            else:
                assert receive_exactly(peer, len(line) + 2) == line + b"\r\n"

    with scripted_server(serve) as server, mailtee.tap(f"0={protocol}://127.0.0.1:{server.port}") as tap:
        with connect(tap.port) as client:
            for who, line in dialogue:
                if who == "client":
                    for byte in line + b"\r\n":
                        client.sendall(bytes([byte]))
                else:
                    assert receive_line(client) == line + b"\r\n"
            client.shutdown(socket.SHUT_WR)
            receive_all(client)
        return chat(mailtee, protocol)
