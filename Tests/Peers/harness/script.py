"""Fixed dialogues over sockets: a transcript that both sides play, and servers and clients of a few lines."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .waiting import PATIENCE

Handler = Callable[[socket.socket], None]


@dataclass
class Turn:
    """What one side says before the other side's turn."""

    side: str
    data: bytes


def turns(lines: list[tuple[str, bytes]]) -> list[Turn]:
    """Joins the lines of one side that follow each other."""
    joined: list[Turn] = []
    for side, line in lines:
        if joined and joined[-1].side == side:
            joined[-1].data += line
        else:
            joined.append(Turn(side, line))
    return joined


def play(side: str, dialogue: list[Turn], peer: socket.socket) -> None:
    """Says the turns of `side` and hears those of the other side, byte for byte."""
    for turn in dialogue:
        if turn.side == side:
            peer.sendall(turn.data)
        else:
            heard = receive_exactly(peer, len(turn.data))
            assert heard == turn.data, f"{side} heard {heard!r} instead of {turn.data!r}"


def receive_exactly(peer: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = peer.recv(count - len(data))
        assert more, f"the stream ended after {data!r}, {count - len(data)} bytes early"
        data += more
    return data


def receive_line(peer: socket.socket, begun: bytes = b"") -> bytes:
    """One line with its CRLF, and not a byte more; `begun` is what was read of it before."""
    line = begun
    while not line.endswith(b"\r\n"):
        more = peer.recv(1)
        assert more, f"the stream ended in the line {line!r}"
        line += more
    return line


def receive_command(peer: socket.socket) -> bytes:
    """One line with its CRLF; nothing where the client has ended the stream between two commands."""
    first = peer.recv(1)
    return receive_line(peer, first) if first else b""


def receive_reply(peer: socket.socket) -> bytes:
    """One SMTP reply with all its lines."""
    reply = b""
    while True:
        line = receive_line(peer)
        reply += line
        if line[3:4] != b"-":
            return reply


def receive_all(peer: socket.socket) -> bytes:
    """Everything up to the end of the stream."""
    data = bytearray()
    while more := peer.recv(1 << 16):
        data += more
    return bytes(data)


def connect(port: int, host: str = "127.0.0.1") -> socket.socket:
    peer = socket.create_connection((host, port), timeout=PATIENCE)
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return peer


def reset(peer: socket.socket) -> None:
    """Closes the connection with a TCP reset."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


@dataclass
class ScriptedServer:
    """A server on loopback that runs `handler` in a thread for each connection."""

    listener: socket.socket
    handler: Handler
    port: int = 0
    failures: list[BaseException] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def accept(self) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            peer.settimeout(PATIENCE)
            thread = threading.Thread(target=self.handle, args=(peer,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def handle(self, peer: socket.socket) -> None:
        if peer.family != socket.AF_UNIX:
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            with peer:
                self.handler(peer)
        except BaseException as failure:  # pylint: disable=broad-except
            self.failures.append(failure)

    def join(self) -> None:
        """Waits for the dialogues that have begun and raises what went wrong in them."""
        for thread in list(self.threads):
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a scripted server still waits for its client"
        if self.failures:
            raise self.failures[0]


@contextmanager
def scripted_server(handler: Handler, address: str | tuple[str, int] = ("127.0.0.1", 0)) -> Iterator[ScriptedServer]:
    """Serves while the block runs; a failure in a handler fails the test at its end."""
    family = socket.AF_UNIX if isinstance(address, str) else (
        socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
    with socket.socket(family) as listener:
        if family != socket.AF_UNIX:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(512)
        server = ScriptedServer(listener, handler, 0 if family == socket.AF_UNIX else listener.getsockname()[1])
        accepting = threading.Thread(target=server.accept, daemon=True)
        accepting.start()
        try:
            yield server
            server.join()
        finally:
            listener.shutdown(socket.SHUT_RDWR)
