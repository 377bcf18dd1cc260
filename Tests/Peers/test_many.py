"""Many exchanges, many sessions, many listeners."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.exim import exim
from harness.mailtee import Mailtee, binary, commands, replies, text_from
from harness.private_view import PrivateView
from harness.script import connect, receive_all, receive_line, receive_reply, scripted_server
from harness.smtp_script import serve_smtp
from harness.superservers import Service, openbsd_inetd

CONNECTIONS_IN_A_ROW = 10_000 if os.environ.get("MAILTEE_LONG") == "1" else 300


@contextmanager
def busy_processes(count: int) -> Iterator[None]:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def say_quit(port: int, host: str = "127.0.0.1") -> None:
    with connect(port, host) as client:
        receive_line(client)
        client.sendall(b"QUIT\r\n")
        assert receive_all(client) == b"221 2.0.0 Bye\r\n"


def test_no_reply_stands_before_its_command_on_a_busy_machine(mailtee: Mailtee) -> None:
    count = 5_000
    with scripted_server(serve_smtp) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with busy_processes(4), connect(tap.port) as client:
            receive_line(client)
            for _ in range(count):
                client.sendall(b"NOOP\r\n")
                assert receive_line(client) == b"250 2.0.0 Ok\r\n"
        mailtee.wait_for_sessions(1)
    session = mailtee.show()
    assert commands(session) == ["NOOP"] * count
    assert replies(session) == ["220"] + ["250"] * count
    order = [one["from"] for one in session["utterances"]]
    assert order == ["server"] + ["client", "server"] * count
    times = [one["at"] for one in session["utterances"]]
    assert times == sorted(times)


def test_fifty_sessions_at_once_through_inetd(mailtee: Mailtee, folder: Path) -> None:
    count = 50
    view = PrivateView(folder / "view")
    server = exim(folder / "exim", view)
    service = Service.on_free_port(
        [binary(), "inetd", "--store", mailtee.store, "--protocol", "smtp", "--", *server.on_standard_input])
    together = threading.Barrier(count)

    def talk(number: int) -> None:
        marker = b"client-%02d.example" % number
        with connect(service.port) as client:
            client.settimeout(240)
            receive_reply(client)
            together.wait(240)  # all fifty are open now
            for line in (b"HELO " + marker, b"MAIL FROM:<from@" + marker + b">", b"RCPT TO:<to@" + marker + b">", b"RSET"):
                client.sendall(line + b"\r\n")
                assert receive_reply(client).startswith(b"250"), line
            client.sendall(b"QUIT\r\n")
            assert receive_all(client).startswith(b"221")

    with openbsd_inetd(folder, view, service), ThreadPoolExecutor(count) as pool:
        list(pool.map(talk, range(count)))
        sessions = mailtee.wait_for_sessions(count)

    markers = set()
    for one in sessions:
        said = text_from(mailtee.show(one["id"]), "client")
        marker = said.split("client-")[1][:2]
        assert said.count("client-") == said.count(f"client-{marker}.example") == 3
        markers.add(marker)
    assert len(markers) == count
    assert len({one["client"] for one in sessions}) == count


def test_several_listeners_in_one_process(mailtee: Mailtee) -> None:
    def server(name: bytes) -> "object":
        def serve(peer: socket.socket) -> None:
            peer.sendall(b"220 " + name + b"\r\n")
            receive_all(peer)
        return serve

    with scripted_server(server(b"one")) as one, scripted_server(server(b"two")) as two:
        with mailtee.tap(f"0=smtp://127.0.0.1:{one.port}", f"0=plain://127.0.0.1:{two.port}") as tap:
            assert [listener.protocol for listener in tap.listeners] == ["smtp", "plain"]
            for port, name in zip(tap.ports, (b"one", b"two")):
                with connect(port) as client:
                    assert receive_line(client) == b"220 " + name + b"\r\n"
            sessions = mailtee.wait_for_sessions(2)
    assert [session["protocol"] for session in sessions] == ["smtp", "plain"]
    assert [session["server"] for session in sessions] == [f"127.0.0.1:{server.port}" for server in (one, two)]


def test_ipv6_on_both_sides(mailtee: Mailtee) -> None:
    if not Path("/proc/net/if_inet6").exists():
        pytest.skip("this machine has no IPv6")
    with scripted_server(serve_smtp, ("::1", 0)) as upstream:
        with mailtee.tap(f"[::1]:0=smtp://[::1]:{upstream.port}") as tap:
            assert tap.listeners[0].address.startswith("[::1]:")
            say_quit(tap.port, "::1")
            session = mailtee.wait_for_sessions(1)[0]
    assert session["client"].startswith("[::1]:")
    assert session["server"] == f"[::1]:{upstream.port}"


def test_unix_sockets_on_both_sides(mailtee: Mailtee, folder: Path) -> None:
    with scripted_server(serve_smtp, str(folder / "upstream")):
        with mailtee.tap(f"unix:{folder}/listen=smtp+unix:{folder}/upstream") as tap:
            assert tap.listeners[0].address == f"unix:{folder}/listen"
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(folder / "listen"))
                receive_line(client)
                client.sendall(b"QUIT\r\n")
                assert receive_all(client) == b"221 2.0.0 Bye\r\n"
            mailtee.wait_for_sessions(1)
    assert commands(mailtee.show()) == ["QUIT"]


def test_connections_in_a_row(mailtee: Mailtee) -> None:
    with scripted_server(serve_smtp) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        descriptors = Path(f"/proc/{tap.process.process.pid}/fd")
        say_quit(tap.port)
        mailtee.wait_for_sessions(1)
        before = len(list(descriptors.iterdir()))
        for _ in range(CONNECTIONS_IN_A_ROW - 1):
            say_quit(tap.port)
        sessions = mailtee.wait_for_sessions(CONNECTIONS_IN_A_ROW)
        after = len(list(descriptors.iterdir()))
    assert {one["end"] for one in sessions} == {"server-closed"}
    assert {one["exchanges"] for one in sessions} == {sessions[0]["exchanges"]}
    assert after <= before + 2, "descriptors stay open"
