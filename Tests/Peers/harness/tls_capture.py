"""What goes over the wire, recorded on loopback by tcpdump, and what tshark reads inside TLS with the sessions' keys."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .processes import background
from .requirements import program, root
from .tls_task import Mode, Protocol
from .tshark import VERBS, Dialogue
from .waiting import PATIENCE, wait_for

OPTIONS = ("-i", "lo", "-n", "-Z", "root", "-U", "--immediate-mode", "-s", "66000", "-B", "65536")
"""Each packet goes to the file at once. The buffer then has places of the size of the longest packet that may come, so it
has to be a large one: with tcpdump's own two megabytes, packets are lost in any burst of more than eight."""

KNOWN = VERBS | frozenset("CAPABILITY LOGIN AUTHENTICATE SELECT EXAMINE FETCH UID STORE SEARCH CLOSE LOGOUT".split())
"""The verbs of tshark.py, and those of IMAP."""

DISSECTORS = {"smtp": "smtp", "pop3": "pop", "imap": "imap"}
COMMAND = {"smtp": rb"(\w+)", "pop3": rb"(\w+)", "imap": rb"\S+ (\w+)"}
CODE = {"smtp": rb"(\d\d\d)(?: |$)", "pop3": rb"(\+OK|-ERR)", "imap": rb"[^*+\s]\S* (OK|NO|BAD) "}
"""In a line: a command, and the code that ends a reply. IMAP's replies without a tag do not count."""

RECORD = re.compile(rb"[\x15\x16]\x03[\x01-\x04]")
"""How TLS begins: a handshake, or an alert instead of it."""


@dataclass(frozen=True)
class Port:
    """A port, and what is spoken on it."""

    number: int
    protocol: Protocol
    mode: Mode

    def words(self) -> list[str]:
        """tshark's options for it: what comes first on the port, and what comes inside TLS."""
        dissector = DISSECTORS[self.protocol]
        if self.mode == "implicit":
            return ["-d", f"tcp.port=={self.number},tls", "-d", f"tls.port=={self.number},{dissector}"]
        return ["-d", f"tcp.port=={self.number},{dissector}"]


class Capture:
    """A capture that goes on. `flush` returns when the file has all that was sent before."""

    def __init__(self, path: Path, marker: socket.socket) -> None:
        self.path = path
        self.marker = marker
        self.marks = 0

    def mark(self) -> bytes:
        """Sends a datagram to ourselves, which comes after all that was sent before it."""
        self.marks += 1
        mark = f"mailtee-mark-{self.marks:08}".encode()
        self.marker.send(mark)
        self.marker.recv(len(mark))
        return mark

    def holds(self, mark: bytes) -> bool:
        return self.path.exists() and mark in self.path.read_bytes()

    def flush(self) -> None:
        mark = self.mark()
        wait_for("the capture to have all that was sent", lambda: self.holds(mark))


@contextmanager
def capture(folder: Path, *ports: int) -> Iterator[Capture]:
    """Records what goes over these ports of loopback while the block runs."""
    root("a capture")
    tcpdump = program("tcpdump", "tcpdump")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as marker:
        marker.bind(("127.0.0.1", 0))
        marker.connect(marker.getsockname())
        kept = [f"udp port {marker.getsockname()[1]}", *(f"tcp port {port}" for port in ports)]
        capturing = Capture(folder / "wire.pcap", marker)
        with background([tcpdump, *OPTIONS, "-w", capturing.path, " or ".join(kept)], folder, "tcpdump") as process:
            def begun() -> bool:
                assert process.running, f"tcpdump does not record: {process.said()}"
                return capturing.holds(capturing.mark())

            wait_for("the capture to begin", begun)
            yield capturing
            capturing.flush()
            assert process.stop(signal.SIGINT) == 0, process.said()
            assert "\n0 packets dropped by kernel" in process.said(), process.said()


def read(path: Path, ports: list[Port], names: tuple[str, ...], key_log: Path | None = None,
         display: str = "tcp") -> list[list[str]]:
    """The named fields of each packet that the display filter passes; several values of one field are joined by
    commas."""
    words = ["-Y", display, "-T", "fields", *(word for name in names for word in ("-e", name))]
    return [line.split("\t") for line in tshark(path, ports, words, key_log).splitlines()]


def tshark(path: Path, ports: list[Port], words: list[str], key_log: Path | None) -> str:
    command = [str(program("tshark", "tshark")), "-n", "-r", str(path), *words]
    for port in ports:
        command += port.words()
    if key_log:
        command += ["-o", f"tls.keylog_file:{key_log}"]
    # No home: the user's own preferences could give a port another protocol.
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=2 * PATIENCE,
                            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"})
    assert result.returncode == 0, f"tshark cannot read {path.name}: {result.stderr}"
    return result.stdout


@dataclass
class Sides:
    """What the two said, each side's bytes in one."""

    client: bytes = b""
    server: bytes = b""


@dataclass(frozen=True)
class Spoken:
    """A TCP stream as tshark puts it together: what was said in plain text, and what was said inside TLS."""

    port: Port
    plain: Sides
    inside: Sides

    def dialogue(self) -> Dialogue:
        """The commands and codes, before TLS and inside it, in order.

        They come from the lines and not from tshark's own fields: tshark's SMTP, which keeps one state for a packet, loses
        its way where a packet has several records of TLS, as msmtp's have, and then takes QUIT for text."""
        protocol = self.port.protocol
        commands = matches(COMMAND[protocol], self.plain.client) + matches(COMMAND[protocol], self.inside.client)
        codes = matches(CODE[protocol], self.plain.server) + matches(CODE[protocol], self.inside.server)
        return Dialogue([word for word in commands if word in KNOWN], codes)


def matches(pattern: bytes, text: bytes) -> list[str]:
    """What stands at the beginning of lines, in capitals."""
    found = (re.match(pattern, line) for line in text.split(b"\r\n"))
    return [match[1].decode().upper() for match in found if match]


def spoken(path: Path, ports: list[Port], key_log: Path | None) -> list[Spoken]:
    """The streams to these ports in the order of their beginning. Without their keys, nothing is inside TLS."""
    streams = read(path, ports, ("tcp.stream", "tcp.dstport"), display="tcp.flags.syn == 1 and tcp.flags.ack == 0")
    words = ["-q"]
    for stream, _ in streams:
        words += ["-z", f"follow,tcp,raw,{stream}", "-z", f"follow,tls,raw,{stream}"]
    followed = {(kind, stream): block for block in tshark(path, ports, words, key_log).split("=" * 67)
                for kind, stream in re.findall(r"Follow: (\w+),raw\nFilter: tcp.stream eq (\d+)", block)}
    by_number = {str(port.number): port for port in ports}
    made = []
    for stream, number in streams:
        if number not in by_number:
            continue
        wire = sides(followed["tcp", stream], number)
        made.append(Spoken(by_number[number], Sides(before_tls(wire.client), before_tls(wire.server)),
                           sides(followed["tls", stream], number)))
    return made


def sides(block: str, server_port: str) -> Sides:
    """Takes tshark's listing of a stream apart: in it, the lines of the second of the two nodes begin with a tab."""
    server_first = re.search(rf"^Node 0: \S*:{server_port}$", block, re.MULTILINE) is not None
    made = Sides()
    for line in block.splitlines():
        if not re.fullmatch(r"\t?(?:[0-9a-f]{2})+", line):
            continue
        if line.startswith("\t") == server_first:
            made.client += bytes.fromhex(line)
        else:
            made.server += bytes.fromhex(line)
    return made


def before_tls(data: bytes) -> bytes:
    start = RECORD.search(data)
    return data[:start.start()] if start else data


@dataclass(frozen=True)
class ClientHello:
    """What a client offers at the beginning of TLS: the server's name, protocols by ALPN, versions."""

    port: int
    name: str
    protocols: tuple[str, ...]
    versions: tuple[str, ...]


def client_hellos(path: Path, ports: list[Port]) -> list[ClientHello]:
    """The ClientHello messages of a capture in order; no keys are needed."""
    rows = read(path, ports, ("tcp.dstport", "tls.handshake.extensions_server_name", "tls.handshake.extensions_alpn_str",
                              "tls.handshake.extensions.supported_version"), display="tls.handshake.type == 1")
    return [ClientHello(int(port), name, listed(protocols), listed(versions)) for port, name, protocols, versions in rows]


def listed(values: str) -> tuple[str, ...]:
    return tuple(value for value in values.split(",") if value)
