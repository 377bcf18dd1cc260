"""Ports on loopback."""

from __future__ import annotations

import socket

from .waiting import wait_for


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on now. Wherever possible, bind port 0 instead."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def wait_until_listening(port: int) -> None:
    """Returns once somebody listens on the port, without connecting to it (a connection would be a session)."""
    wanted = f"{port:04X}"

    def listening() -> bool:
        with open("/proc/net/tcp", encoding="ascii") as table:
            rows = [line.split() for line in table]
        return any(row[1].endswith(":" + wanted) and row[3] == "0A" for row in rows[1:])

    wait_for(f"a listener on port {port}", listening)
