"""What a client of tls_clients.py is asked to do, and what comes of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .certificates import HOST, Identity
from .clients import Login
from .waiting import PATIENCE

Mode = Literal["plain", "starttls", "implicit"]
Protocol = Literal["smtp", "pop3", "imap"]

WITH_TLS: tuple[Mode, ...] = ("starttls", "implicit")

RECIPIENT = "noizumi@peer.example"


@dataclass(frozen=True)
class Versions:
    """The versions of TLS that a client may use, "1.2" or "1.3"; None leaves the choice to the program."""

    lowest: str | None = None
    highest: str | None = None

    def allow(self, version: str) -> bool:
        return (self.lowest or "1.2") <= version <= (self.highest or "1.3")


ANY = Versions()
ONLY_1_2 = Versions("1.2", "1.2")
ONLY_1_3 = Versions("1.3", "1.3")


@dataclass(frozen=True)
class Task:
    """Send `message`, or fetch the first one, over a connection that is safe in the way that `mode` says: a client that
    is told to use TLS and cannot, or cannot verify the server by `ca` and `host`, must give up before it logs in.

    `identity` is what the client shows of itself, `key_log` where it writes the secrets of its session, if it can."""

    port: int
    mode: Mode
    ca: Path
    folder: Path
    login: Login | None = None
    message: bytes | None = None
    versions: Versions = ANY
    host: str = HOST
    identity: Identity | None = None
    key_log: Path | None = None
    patience: float = 2 * PATIENCE

    @property
    def to_send(self) -> bytes:
        assert self.message is not None, "a client that sends needs a message"
        return self.message

    @property
    def to_log_in(self) -> Login:
        assert self.login is not None, "a client that fetches needs a login"
        return self.login


class Refusal(Exception):
    """The client has not done its task. `code` is its exit code; None where it has none, or was killed."""

    def __init__(self, code: int | None, output: str) -> None:
        super().__init__(output)
        self.code = code


@dataclass(frozen=True)
class Outcome:
    """What came of a task: `output` are the program's own words where it failed, `fetched` the message of a fetch."""

    ok: bool
    code: int | None
    output: str = ""
    fetched: bytes | None = None


@dataclass(frozen=True)
class Client:
    """A program and what it can do: `perform` returns what it fetched, or raises Refusal. `checks_name` is false where it
    takes a certificate of a known authority for any host, `names_server` where it sends no SNI."""

    name: str
    protocol: Protocol
    perform: Callable[[Task], bytes | None]
    modes: tuple[Mode, ...] = ("plain", "starttls", "implicit")
    checks_name: bool = True
    names_server: bool = True

    def __str__(self) -> str:
        return f"{self.name}-{self.protocol}"

    def attempt(self, task: Task) -> Outcome:
        """Does the task, whatever comes of it. A client that does not end within the task's patience is killed."""
        assert task.mode in self.modes, f"{self} has no mode {task.mode}"
        task.folder.mkdir(parents=True, exist_ok=True)
        try:
            return Outcome(True, 0, fetched=self.perform(task))
        except Refusal as refusal:
            return Outcome(False, refusal.code, str(refusal))

    def run(self, task: Task) -> bytes | None:
        """Does the task, and returns what was fetched. Fails with the program's own words."""
        outcome = self.attempt(task)
        assert outcome.ok, f"{self}, {task.mode}, ended with {outcome.code}: {outcome.output}"
        return outcome.fetched


def run_program(task: Task, *words: str | Path, given: bytes = b"") -> bytes:
    """Runs a client to its end, in the task's folder as its home; returns its standard output."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(task.folder), "FETCHMAILHOME": str(task.folder),
                   "LANG": "C"}
    if task.key_log:
        environment["SSLKEYLOGFILE"] = str(task.key_log)
    try:
        result = subprocess.run([str(word) for word in words], input=given, capture_output=True, timeout=task.patience,
                                check=False, cwd=task.folder, env=environment)
    except subprocess.TimeoutExpired as expired:
        said = (expired.stdout or b"") + (expired.stderr or b"")
        raise Refusal(None, f"still running after {task.patience:.0f} s: {said.decode(errors='replace')}") from None
    if result.returncode != 0:
        raise Refusal(result.returncode, (result.stdout + result.stderr).decode(errors="replace"))
    return result.stdout
