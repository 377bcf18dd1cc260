"""With `--proxy-protocol`, the server is told the client's own address first, and no client notices."""

from __future__ import annotations

import ipaddress
import socket
import struct

import pytest

from harness.mailtee import Mailtee, commands
from harness.script import connect, receive_all, receive_exactly, receive_line, scripted_server
from harness.smtp_script import serve_smtp

SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"


def read_v1(peer: socket.socket) -> tuple[str, ...]:
    line = receive_line(peer)
    assert len(line) <= 107
    proxy, family, source, target, source_port, target_port = line.decode().split()
    assert proxy == "PROXY"
    return family, source, source_port, target, target_port


def read_v2(peer: socket.socket) -> tuple[str, ...]:
    header = receive_exactly(peer, 16)
    assert header[:12] == SIGNATURE
    assert header[12] == 0x21, "version 2, PROXY"
    family, size = {0x11: ("TCP4", 4), 0x21: ("TCP6", 16)}[header[13]]
    rest = receive_exactly(peer, struct.unpack("!H", header[14:16])[0])
    source, target = (str(ipaddress.ip_address(rest[start:start + size])) for start in (0, size))
    source_port, target_port = struct.unpack("!HH", rest[2 * size:2 * size + 4])
    return family, source, str(source_port), target, str(target_port)


@pytest.mark.parametrize("host,listen,family", [("127.0.0.1", "127.0.0.1:0", "TCP4"), ("::1", "[::1]:0", "TCP6")])
@pytest.mark.parametrize("version,read", [("v1", read_v1), ("v2", read_v2)])
def test_server_is_told_the_client(
        mailtee: Mailtee, version: str, read: "object", host: str, listen: str, family: str) -> None:
    told: list[tuple[str, ...]] = []

    def server(peer: socket.socket) -> None:
        told.append(read(peer))  # type: ignore[operator]
        serve_smtp(peer)

    with scripted_server(server) as upstream:
        with mailtee.tap(f"{listen}=smtp://127.0.0.1:{upstream.port}", options=("--proxy-protocol", version)) as tap:
            with connect(tap.port, host) as client:
                port = client.getsockname()[1]
                assert receive_line(client) == b"220 scripted ESMTP\r\n"
                client.sendall(b"QUIT\r\n")
                receive_all(client)
            mailtee.wait_for_sessions(1)
    assert told == [(family, host, str(port), host, str(tap.port))]
    # The header is no part of what the client said.
    assert commands(mailtee.show()) == ["QUIT"]
    assert mailtee.show()["utterances"][0]["from"] == "server"


def test_without_the_option_nothing_is_added(mailtee: Mailtee) -> None:
    heard: list[bytes] = []

    def server(peer: socket.socket) -> None:
        heard.append(receive_all(peer))

    with scripted_server(server) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as client:
            client.sendall(b"QUIT\r\n")
            client.shutdown(socket.SHUT_WR)
            receive_all(client)
        mailtee.wait_for_sessions(1)
    assert heard == [b"QUIT\r\n"]
