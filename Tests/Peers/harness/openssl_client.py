"""`openssl s_client`, driven: it knows TLS and nothing of mail, so the dialogues are spoken here, one turn at a time."""

from __future__ import annotations

import base64
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .clients import SENDER
from .requirements import program
from .script import receive_exactly, receive_line, receive_reply
from .tls_settings import openssl_words
from .tls_task import RECIPIENT, Protocol, Refusal, Task
from .waiting import PATIENCE


@contextmanager
def s_client(task: Task, protocol: Protocol) -> Iterator[socket.socket]:
    """A socket to what is said inside TLS. With -quiet, s_client passes everything on as it stands, also lines that begin
    with Q or R, and ends when the server has closed the connection; it has to end with 0."""
    ours, its = socket.socketpair()
    with ours, tempfile.TemporaryFile() as errors:
        with its:
            process = subprocess.Popen([program("openssl", "openssl"), "s_client", *openssl_words(task, protocol)],
                                       stdin=its.fileno(), stdout=its.fileno(), stderr=errors, cwd=task.folder)

        def said() -> str:
            errors.seek(0)
            return errors.read().decode(errors="replace")

        ours.settimeout(task.patience)
        try:
            yield ours
            code = process.wait(task.patience)
        except (AssertionError, ConnectionError) as failure:
            # The stream has ended, and s_client is about to: it waits half a second for a server that does not close.
            ours.close()
            raise Refusal(process.wait(PATIENCE), f"{failure}\n{said()}") from failure
        except (Refusal, OSError, subprocess.TimeoutExpired) as failure:
            raise Refusal(None, f"{failure}\n{said()}") from failure
        finally:
            process.kill()
            process.wait()
        if code != 0:
            raise Refusal(code, said())


def ask(peer: socket.socket, command: bytes, expected: bytes, receive: Callable[[socket.socket], bytes]) -> bytes:
    """Says a command, if there is one, and hears the reply."""
    peer.sendall(command)
    reply = receive(peer)
    if not reply.startswith(expected):
        raise Refusal(None, f"{command!r} was answered with {reply!r}")
    return reply


def plain(task: Task) -> bytes:
    login = task.to_log_in
    return base64.b64encode(f"\0{login.user}\0{login.password}".encode())


def send_by_openssl(task: Task) -> None:
    with s_client(task, "smtp") as peer:
        if task.mode == "implicit":
            ask(peer, b"", b"220", receive_reply)
        ask(peer, b"EHLO openssl.example\r\n", b"250", receive_reply)
        if task.login:
            ask(peer, b"AUTH PLAIN " + plain(task) + b"\r\n", b"235", receive_reply)
        ask(peer, f"MAIL FROM:<{SENDER}>\r\n".encode(), b"250", receive_reply)
        ask(peer, f"RCPT TO:<{RECIPIENT}>\r\n".encode(), b"250", receive_reply)
        ask(peer, b"DATA\r\n", b"354", receive_reply)
        stuffed = (b"\r\n" + task.to_send).replace(b"\r\n.", b"\r\n..")[2:]
        ask(peer, stuffed + b".\r\n", b"250", receive_reply)
        ask(peer, b"QUIT\r\n", b"221", receive_reply)


def fetch_pop3_by_openssl(task: Task) -> bytes:
    login = task.to_log_in
    with s_client(task, "pop3") as peer:
        if task.mode == "implicit":
            ask(peer, b"", b"+OK", receive_line)
        ask(peer, f"USER {login.user}\r\n".encode(), b"+OK", receive_line)
        ask(peer, f"PASS {login.password}\r\n".encode(), b"+OK", receive_line)
        ask(peer, b"RETR 1\r\n", b"+OK", receive_line)
        message = b""
        while (line := receive_line(peer)) != b".\r\n":
            message += line.removeprefix(b".")
        ask(peer, b"QUIT\r\n", b"+OK", receive_line)
    return message


def fetch_imap_by_openssl(task: Task) -> bytes:
    with s_client(task, "imap") as peer:
        if task.mode == "implicit":
            ask(peer, b"", b"* OK", receive_line)
        ask(peer, b"a AUTHENTICATE PLAIN\r\n", b"+", receive_line)
        ask(peer, plain(task) + b"\r\n", b"a OK", until_tagged)
        ask(peer, b"b SELECT INBOX\r\n", b"b OK", until_tagged)
        start = ask(peer, b"c FETCH 1 BODY.PEEK[]\r\n", b"* 1 FETCH", receive_line)
        message = receive_exactly(peer, int(start.rpartition(b"{")[2].partition(b"}")[0]))
        ask(peer, b"", b"c OK", until_tagged)
        ask(peer, b"d LOGOUT\r\n", b"d OK", until_tagged)
    return message


def until_tagged(peer: socket.socket) -> bytes:
    """The line that ends the replies to a command, after the last of a FETCH and those that begin with `*`."""
    while (line := receive_line(peer)).startswith((b"*", b")", b" ")):
        pass
    return line
