"""However a conversation ends, the other side sees it as it would without mailtee, and the record tells it."""

from __future__ import annotations

import signal
import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from harness.mailtee import Mailtee, commands, text_from
from harness.ports import free_port
from harness.script import connect, receive_all, receive_line, reset, scripted_server
from harness.smtp_script import serve_smtp
from harness.waiting import PATIENCE, wait_for


def is_knocking(port: int) -> bool:
    """Somebody has sent a SYN to `port` of this machine that is not answered yet: state 02, SYN_SENT."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return any(int(row[2].split(":")[1], 16) == port and row[3] == "02" for row in rows)


def test_half_close_by_the_client_reaches_the_server_and_the_reply_still_comes(mailtee: Mailtee) -> None:
    def server(peer: socket.socket) -> None:
        everything = receive_all(peer)
        peer.sendall(b"250 heard %d bytes\r\n" % len(everything))

    with scripted_server(server) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as client:
            client.sendall(b"NOOP\r\n")
            client.shutdown(socket.SHUT_WR)
            assert receive_all(client) == b"250 heard 6 bytes\r\n"
        session = mailtee.wait_for_sessions(1)[0]
    assert session["end"] == "client-closed"


@pytest.mark.parametrize("protocol", ["smtp", "nntp"])
def test_client_that_has_said_all_before_the_server_accepts(mailtee: Mailtee, protocol: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        # Its queue holds one connection; the next has to knock again, which the system does a second later.
        listener.listen(0)
        port = listener.getsockname()[1]
        with connect(port), mailtee.tap(f"0={protocol}://127.0.0.1:{port}") as tap, connect(tap.port) as client:
            client.sendall(b"QUIT\r\n")
            client.shutdown(socket.SHUT_WR)
            wait_for("a connection that is not accepted yet", lambda: is_knocking(port))
            listener.settimeout(PATIENCE)
            listener.accept()[0].close()
            with listener.accept()[0] as server:
                server.settimeout(PATIENCE)
                assert receive_all(server) == b"QUIT\r\n"
                server.sendall(b"221 Bye\r\n")
            assert receive_all(client) == b"221 Bye\r\n"
            mailtee.wait_for_sessions(1)
    assert text_from(mailtee.show(), "client").rstrip() == "QUIT"


def test_half_close_by_the_server_reaches_the_client_and_the_server_still_hears(mailtee: Mailtee) -> None:
    heard: list[bytes] = []

    def server(peer: socket.socket) -> None:
        peer.sendall(b"220 talks no more\r\n")
        peer.shutdown(socket.SHUT_WR)
        heard.append(receive_all(peer))

    with scripted_server(server) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as client:
            assert receive_all(client) == b"220 talks no more\r\n"
            client.sendall(b"QUIT\r\n")
        session = mailtee.wait_for_sessions(1)[0]
        upstream.join()
    assert heard == [b"QUIT\r\n"]
    assert session["end"] == "server-closed"


def test_reset_by_the_client_reaches_the_server_as_a_reset(mailtee: Mailtee) -> None:
    endings: list[str] = []

    def server(peer: socket.socket) -> None:
        peer.sendall(b"220 ready\r\n")
        try:
            endings.append("closed" if peer.recv(1) == b"" else "data")
        except ConnectionResetError:
            endings.append("reset")

    with scripted_server(server) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        client = connect(tap.port)
        receive_line(client)
        reset(client)
        session = mailtee.wait_for_sessions(1)[0]
        upstream.join()
    assert endings == ["reset"]
    assert session["end"] == "client-reset"


def test_reset_by_the_server_reaches_the_client_as_a_reset(mailtee: Mailtee) -> None:
    def server(peer: socket.socket) -> None:
        peer.sendall(b"220 ready\r\n")
        receive_line(peer)
        reset(peer)

    with scripted_server(server) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as client:
            receive_line(client)
            client.sendall(b"NOOP\r\n")
            try:
                ending = "closed" if client.recv(1) == b"" else "data"
            except ConnectionResetError:
                ending = "reset"
        session = mailtee.wait_for_sessions(1)[0]
    assert ending == "reset"
    assert session["end"] == "server-reset"


def test_server_that_closes_first_after_quit(mailtee: Mailtee) -> None:
    """The first `tee` of 1997 kept the client waiting for an end that never came."""
    with scripted_server(serve_smtp) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as client:
            receive_line(client)
            client.sendall(b"QUIT\r\n")
            assert receive_all(client) == b"221 2.0.0 Bye\r\n"
            # The client has not closed its side, and yet it was told.
        session = mailtee.wait_for_sessions(1)[0]
    assert session["end"] == "server-closed"


def test_child_that_exits_first(mailtee: Mailtee) -> None:
    with mailtee.tap("0=smtp+exec:/bin/echo 220 said and gone") as tap, connect(tap.port) as client:
        assert receive_all(client) == b"220 said and gone\n"
        client.close()
        session = mailtee.wait_for_sessions(1)[0]
    assert session["end"] == "server-closed"


def test_client_that_vanishes_in_the_middle_of_a_command(mailtee: Mailtee) -> None:
    heard: list[bytes] = []

    def server(peer: socket.socket) -> None:
        peer.sendall(b"220 ready\r\n")
        heard.append(receive_all(peer))

    with scripted_server(server) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as client:
            receive_line(client)
            client.sendall(b"MAIL FROM:<a@b")
        session = mailtee.wait_for_sessions(1)[0]
        upstream.join()
    assert heard == [b"MAIL FROM:<a@b"]
    assert session["end"] == "client-closed"
    assert "MAIL FROM:<a@b" in str(mailtee.show())


def test_upstream_that_is_down(mailtee: Mailtee) -> None:
    with mailtee.tap(f"0=smtp://127.0.0.1:{free_port()}") as tap:
        # The reset may come before the client knows itself connected.
        with suppress(ConnectionResetError), connect(tap.port) as client:
            assert receive_all(client) == b""
        session = mailtee.wait_for_sessions(1)[0]
    assert "refused" in session["end"]


def test_stop_in_the_middle_ends_the_session_in_the_record(mailtee: Mailtee) -> None:
    served = threading.Event()

    def server(peer: socket.socket) -> None:
        peer.sendall(b"220 ready\r\n")
        served.set()
        try:
            receive_all(peer)
        except ConnectionResetError:
            pass

    with scripted_server(server) as upstream:
        with mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
            client = connect(tap.port)
            receive_line(client)
            assert served.wait(PATIENCE)
            assert tap.process.stop(signal.SIGTERM) == 0
        session = mailtee.wait_for_sessions(1)[0]
        client.close()
    assert session["end"] == "stopped"


def test_unknown_host_is_said_at_the_start(mailtee: Mailtee) -> None:
    result = mailtee.attempt("tap", "0=smtp://no-such-host.invalid:25")
    assert result.returncode != 0
    assert b"no-such-host.invalid" in result.stderr


def test_port_in_use_is_said_at_the_start(mailtee: Mailtee) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = mailtee.attempt("tap", f"127.0.0.1:{port}=smtp://127.0.0.1:25")
    assert result.returncode != 0
    assert str(port).encode() in result.stderr and b"in use" in result.stderr


def test_a_second_session_while_the_first_is_open(mailtee: Mailtee) -> None:
    with scripted_server(serve_smtp) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as first:
            receive_line(first)
            with connect(tap.port) as second:
                receive_line(second)
                second.sendall(b"QUIT\r\n")
                receive_all(second)
            wait_for("one ended session beside an open one", lambda: sorted(
                bool(one["ended"]) for one in mailtee.sessions()) == [False, True])
            first.sendall(b"NOOP\r\nQUIT\r\n")
            receive_all(first)
        mailtee.wait_for_sessions(2)
    assert sorted(len(commands(mailtee.show(one["id"]))) for one in mailtee.sessions()) == [1, 2]
