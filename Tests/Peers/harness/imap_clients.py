"""Real IMAP clients in plain text, each for one task: fetch the first message of INBOX."""

from __future__ import annotations

import imaplib
import os
import pty
import re
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .clients import Login, private_file, run
from .requirements import UNPACKED, program
from .waiting import PATIENCE

Fetch = Callable[[int, Login, Path], bytes]
"""The port, the login, a folder of its own; gives the message as the client has it."""


def fetch_by_imaplib(port: int, login: Login, folder: Path) -> bytes:
    """A LOGIN in quotes."""
    del folder
    with imaplib.IMAP4("127.0.0.1", port, PATIENCE) as session:
        session.login(login.user, login.password)
        session.select()
        parts = session.fetch("1", "(UID BODY.PEEK[])")[1]
    assert isinstance(parts[0], tuple), parts
    return parts[0][1]


def imapclient_module() -> Any:
    """imapclient, which Debian 12 does not have."""
    folder = str(UNPACKED / "python")
    if folder not in sys.path:
        sys.path.append(folder)
    return pytest.importorskip("imapclient", reason="imapclient is missing: Tests/install installs it")


def fetch_by_imapclient(port: int, login: Login, folder: Path) -> bytes:
    del folder
    imapclient = imapclient_module()
    with imapclient.IMAPClient("127.0.0.1", port, ssl=False, timeout=PATIENCE) as session:
        session.login(login.user, login.password)
        session.select_folder("INBOX", readonly=True)
        first = session.search()[0]
        return session.fetch([first], ["BODY.PEEK[]", "ENVELOPE"])[first][b"BODY[]"]


def fetch_by_curl(port: int, login: Login, folder: Path) -> bytes:
    return run(program("curl", "curl"), "-sS", f"imap://127.0.0.1:{port}/INBOX;MAILINDEX=1",
               "--user", f"{login.user}:{login.password}", folder=folder)


def fetch_by_mbsync(port: int, login: Login, folder: Path) -> bytes:
    """Gives the file that it made, which has a line more of its own and LF for CRLF."""
    near = folder / "near"
    near.mkdir()
    rc = private_file(folder / "mbsyncrc", f"""
IMAPAccount far
Host localhost
Port {port}
User {login.user}
Pass {login.password}
SSLType None
AuthMechs LOGIN PLAIN

IMAPStore far
Account far

MaildirStore near
Path {near}/
Inbox {near}/INBOX

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
""")
    run(program("mbsync", "isync"), "-c", rc, "-a", folder=folder)
    return next((near / "INBOX").glob("*/[0-9]*")).read_bytes()


def fetch_by_fetchmail(port: int, login: Login, folder: Path) -> bytes:
    """Asks for the header and for the body, each by a command of its own."""
    target = folder / "fetched-by-fetchmail"
    rc = private_file(folder / "fetchmailrc",
                      f'poll "localhost" service {port} proto imap auth password user "{login.user}" '
                      f'password "{login.password}" is root here keep fetchall fetchlimit 1 no rewrite '
                      f"mda \"cat >'{target}'\"\nsslproto ''\n")
    run(program("fetchmail", "fetchmail"), "-f", rc, "--nodetach", "-d0", "-i", folder / "fetchids",
        "--pidfile", folder / "fetchmail.pid", folder=folder)
    return target.read_bytes()


def fetch_by_neomutt(port: int, login: Login, folder: Path) -> bytes:
    """Wants a terminal. It is told which keys to press; it drops the connection without LOGOUT."""
    target = folder / "fetched-by-neomutt"
    rc = private_file(folder / "neomuttrc", f"""
set imap_user="{login.user}" imap_pass="{login.password}"
set ssl_starttls=no ssl_force_tls=no
set folder="imap://localhost:{port}/" spoolfile="imap://localhost:{port}/INBOX"
set quit=yes pipe_decode=no wait_key=no mail_check=600 imap_idle=no
push "<pipe-message>cat >'{target}'<enter><exit>"
""")
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [str(program("neomutt", "neomutt")), "-F", str(rc)], stdin=terminal, stdout=terminal, stderr=terminal,
        start_new_session=True, cwd=folder, env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "TERM": "xterm", "LANG": "C"})
    os.close(terminal)
    screen = threading.Thread(target=drain, args=(controller,), daemon=True)
    screen.start()
    try:
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
    return target.read_bytes()


def drain(terminal: int) -> None:
    """Reads what a program writes to its screen, so that it does not wait for its reader."""
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:
        pass
    os.close(terminal)


FETCHERS: dict[str, Fetch] = {
    "imaplib": fetch_by_imaplib,
    "imapclient": fetch_by_imapclient,
    "mbsync": fetch_by_mbsync,
    "curl": fetch_by_curl,
    "fetchmail": fetch_by_fetchmail,
    "neomutt": fetch_by_neomutt,
}


class Connection:
    """A client of a few lines that says what it is told and hears what comes, compressed or not (RFC 4978)."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.heard = b""
        self.deflate: zlib._Compress | None = None
        self.inflate: zlib._Decompress | None = None

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def say(self, data: bytes) -> None:
        if self.deflate:
            data = self.deflate.compress(data) + self.deflate.flush(zlib.Z_SYNC_FLUSH)
        self.socket.sendall(data)

    def until(self, start: bytes) -> bytes:
        """What is heard up to the end of the first line that begins so."""
        line = re.compile(rb"^" + re.escape(start) + rb"[^\n]*\r\n", re.MULTILINE)
        while not (found := line.search(self.heard)):
            more = self.socket.recv(65536)
            assert more, f"the stream ended after {self.heard!r}"
            self.heard += self.inflate.decompress(more) if self.inflate else more
        said, self.heard = self.heard[:found.end()], self.heard[found.end():]
        return said

    def command(self, tag: bytes, words: bytes) -> bytes:
        """Says a command and hears everything up to its completion."""
        self.say(tag + b" " + words + b"\r\n")
        return self.until(tag + b" ")

    def compress(self, tag: bytes) -> None:
        assert b"OK" in self.command(tag, b"COMPRESS DEFLATE")
        self.deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        self.inflate = zlib.decompressobj(-15)
        self.heard = self.inflate.decompress(self.heard) if self.heard else b""
