"""What starts a program for each connection: openbsd-inetd with tcpd, xinetd, and systemd's Accept=yes."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .ports import free_port, wait_until_listening
from .private_view import PrivateView
from .processes import background
from .requirements import program, unpacked


@dataclass(frozen=True)
class Service:
    """A program that a super-server starts, with the connection as its standard input and output."""

    command: Sequence[str | Path]
    port: int = 0

    @staticmethod
    def on_free_port(command: Sequence[str | Path]) -> "Service":
        return Service(command, free_port())


@contextmanager
def openbsd_inetd(folder: Path, view: PrivateView, *services: Service) -> Iterator[None]:
    """Runs inetd with a line for each service, all through tcpd, as the page of 1997 had it."""
    inetd = unpacked("openbsd-inetd", "usr/sbin/inetd")
    tcpd = program("tcpd", "tcpd")
    view.directory("/run")  # inetd writes /run/inetd.pid
    configuration = folder / "inetd.conf"
    configuration.write_text("".join(
        f"127.0.0.1:{one.port} stream tcp nowait.10000 root {tcpd} {' '.join(str(word) for word in one.command)}\n"
        for one in services))
    with background(view.command(inetd, "-i", "-q", "512", configuration), folder, "inetd"):
        for one in services:
            wait_until_listening(one.port)
        yield


@contextmanager
def xinetd(folder: Path, view: PrivateView, *services: Service) -> Iterator[None]:
    binary = unpacked("xinetd", "usr/sbin/xinetd")
    blocks = [
        f"service peer{number}\n{{\n"
        "  type = UNLISTED\n  socket_type = stream\n  protocol = tcp\n  wait = no\n  user = root\n"
        f"  bind = 127.0.0.1\n  port = {one.port}\n  server = {one.command[0]}\n"
        + (f"  server_args = {' '.join(str(word) for word in one.command[1:])}\n" if one.command[1:] else "") +
        "  instances = UNLIMITED\n  per_source = UNLIMITED\n  cps = 10000 1\n}\n"
        for number, one in enumerate(services)]
    configuration = folder / "xinetd.conf"
    configuration.write_text("\n".join(blocks))
    command = view.command(binary, "-dontfork", "-f", configuration, "-pidfile", folder / "xinetd.pid",
                           "-filelog", folder / "xinetd.log")
    with background(command, folder, "xinetd"):
        for one in services:
            wait_until_listening(one.port)
        yield


@contextmanager
def accept_yes(folder: Path, view: PrivateView, *services: Service) -> Iterator[list[int]]:
    """As systemd with `Accept=yes`, `StandardInput=socket`: the accepted socket is 0 and 1, 2 goes elsewhere, and
    REMOTE_ADDR and REMOTE_PORT say who the client is. Yields the ports."""
    listeners = []
    children: list[subprocess.Popen[bytes]] = []
    with (folder / "accept-yes.err").open("ab") as errors:
        def accept(listener: socket.socket, command: list[str]) -> None:
            while True:
                try:
                    peer, (address, port) = listener.accept()
                except OSError:
                    return
                with peer:
                    children.append(subprocess.Popen(
                        command, stdin=peer, stdout=peer, stderr=errors, start_new_session=True,
                        env={"PATH": os.environ["PATH"], "REMOTE_ADDR": address, "REMOTE_PORT": str(port)}))

        for one in services:
            listener = socket.create_server(("127.0.0.1", one.port), backlog=512)
            listeners.append(listener)
            command = view.command(*one.command)
            threading.Thread(target=accept, args=(listener, command), daemon=True).start()
        try:
            yield [listener.getsockname()[1] for listener in listeners]
            for child in children:
                child.wait(30)
        finally:
            for listener in listeners:
                listener.shutdown(socket.SHUT_RDWR)
                listener.close()
            for child in children:
                if child.poll() is None:
                    child.kill()
                    child.wait()
