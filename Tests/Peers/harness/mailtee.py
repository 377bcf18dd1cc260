"""mailtee itself, with a store of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .processes import Background
from .requirements import REPOSITORY
from .waiting import wait_for

Json = dict[str, Any]


def binary() -> Path:
    return Path(REPOSITORY, os.environ.get("MAILTEE", ".build/debug/mailtee")).absolute()


@dataclass(frozen=True)
class Listener:
    address: str
    protocol: str
    upstream: str | None

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


class Running:
    """A mailtee in the background that listens."""

    def __init__(self, process: Background) -> None:
        self.process = process
        self.listeners: list[Listener] = []

    @property
    def port(self) -> int:
        assert len(self.listeners) == 1, self.listeners
        return self.listeners[0].port

    @property
    def ports(self) -> list[int]:
        return [listener.port for listener in self.listeners]

    def port_of(self, protocol: str) -> int:
        return next(listener.port for listener in self.listeners if listener.protocol == protocol)

    def events(self) -> list[Json]:
        """The complete JSON lines on standard error so far."""
        lines = self.process.errors.read_text(errors="replace").split("\n")[:-1]
        return [json.loads(line) for line in lines if line.startswith("{")]

    def wait_for_listeners(self, count: int) -> None:
        def listening() -> list[Json]:
            found = [event for event in self.events() if event.get("event") == "listening"]
            if len(found) < count and not self.process.running:
                raise AssertionError(f"mailtee ended before it listened:\n{self.process.said()}")
            return found if len(found) >= count else []

        found = wait_for(f"{count} listening lines", listening)
        self.listeners = [Listener(event["address"], event["protocol"], event.get("upstream")) for event in found]


class Mailtee:
    """The command line over one store."""

    def __init__(self, folder: Path, store: Path | None = None) -> None:
        self.folder = folder
        self.store = store or folder / "store"
        self.logs: list[Path] = []

    # Commands that end by themselves

    def attempt(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[bytes]:
        """Runs a command whatever its exit code."""
        command, *rest = arguments
        return subprocess.run(
            [binary(), command, "--store", str(self.store), *rest], stdin=subprocess.DEVNULL,
            capture_output=True, timeout=timeout, check=False)

    def run(self, *arguments: str, timeout: float = 120) -> bytes:
        """Runs a command that must succeed and returns its standard output."""
        result = self.attempt(*arguments, timeout=timeout)
        assert result.returncode == 0, (
            f"mailtee {' '.join(arguments)} ended with {result.returncode}:\n{result.stderr.decode(errors='replace')}")
        return result.stdout

    def run_help(self, command: str) -> str:
        result = subprocess.run([binary(), command, "--help"], capture_output=True, timeout=60, check=True)
        return result.stdout.decode()

    def trusted(self) -> Path:
        """mailtee's own authority, in a file as a client needs it."""
        path = self.folder / "mailtee-ca.pem"
        path.write_bytes(self.run_words("ca", "export"))
        return path

    def run_words(self, command: str, subcommand: str, *rest: str) -> bytes:
        """The same for a command that has commands of its own."""
        result = subprocess.run(
            [binary(), command, subcommand, "--store", str(self.store), *rest], stdin=subprocess.DEVNULL,
            capture_output=True, timeout=120, check=False)
        assert result.returncode == 0, result.stderr.decode(errors="replace")
        return result.stdout

    def sessions(self) -> list[Json]:
        """`list --json`, oldest first."""
        lines = self.run("list", "--json").decode().splitlines()
        return sorted((json.loads(line) for line in lines), key=lambda session: session["started"])

    def show(self, session: str = "latest", *options: str) -> Json:
        return json.loads(self.run("show", session, "--json", *options))

    def wait_for_sessions(self, count: int, or_more: bool = False) -> list[Json]:
        """The sessions, once exactly so many of them are there and have ended. Some clients connect more than once
        for one task, as fetchmail does where a server has no CAPA: hence `or_more`."""
        def ended() -> list[Json]:
            sessions = self.sessions()
            assert or_more or len(sessions) <= count, f"{len(sessions)} sessions, {count} expected: {sessions}"
            return sessions if len(sessions) >= count and all(one.get("ended") for one in sessions) else []

        return wait_for(f"{count} ended sessions", ended)

    def command(self, command: str, *rest: str) -> list[str]:
        """The words by which somebody else starts it."""
        return [str(binary()), command, "--store", str(self.store), *rest]

    # Commands that listen

    @contextmanager
    def tap(self, *specs: str, options: tuple[str, ...] = ()) -> Iterator[Running]:
        with self.listening(len(specs), "tap", *options, *specs) as running:
            yield running

    @contextmanager
    def serve(self, smtp: str = "127.0.0.1:0", pop3: str = "127.0.0.1:0") -> Iterator[Running]:
        with self.listening(2, "serve", "--smtp", smtp, "--pop3", pop3) as running:
            yield running

    @contextmanager
    def serve_implicit(self) -> Iterator[Running]:
        """The embedded server with TLS from the first byte on, SMTP first."""
        with self.listening(2, "serve", "--smtp", "off", "--pop3", "off", "--smtps", "0", "--pop3s", "0") as running:
            yield running

    @contextmanager
    def listening(self, count: int, command: str, *rest: str) -> Iterator[Running]:
        """Runs until the block ends; then SIGTERM has to end it with exit code 0."""
        running = self.start(command, *rest)
        try:
            running.wait_for_listeners(count)
            yield running
            if running.process.running:
                code = running.process.stop(signal.SIGTERM)
                assert code == 0, f"exit code {code} after SIGTERM:\n{running.process.said()}"
        finally:
            running.process.end_group()

    def start(self, command: str, *rest: str) -> Running:
        process = Background([binary(), command, "--store", self.store, "--json", *rest], self.folder,
                             f"mailtee-{len(self.logs) // 2}")
        self.logs += [process.errors, process.output]
        return Running(process)


# What `show --json` says

def commands(session: Json) -> list[str]:
    """The verbs of the client in order, in capitals; the greeting has none."""
    return [str(one["command"]).split(" ")[0].strip().upper() for one in session["exchanges"] if one.get("command")]


def replies(session: Json) -> list[str]:
    """The codes of the replies in order, those in the middle of an exchange too: "250", "354", "+OK", "-ERR"."""
    return [str(code) for one in session["exchanges"] for code in one["replies"]]


def text_from(session: Json, side: str) -> str:
    return "".join(one.get("text") or "" for one in session["utterances"] if one["from"] == side)


def verbs_inside(session: Json) -> list[str]:
    """The verbs of the commands that the client said inside TLS."""
    return [one["text"].split(" ")[0].strip().upper() for one in session["utterances"]
            if one["from"] == "client" and one["tls"] and one["kind"] == "command"]


def legs(session: Json) -> dict[str, Json]:
    """What is known of TLS on each leg."""
    return {one["leg"]: one for one in session["handshakes"]}


def rules(session: Json) -> list[str]:
    """What was found, by the rules' ids."""
    return sorted(one["rule"] for one in session["findings"])
