"""Processes that a test starts and that end with it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


class Background:
    """A process in the background, the leader of its own group, with its output in files."""

    def __init__(self, command: Sequence[str | Path], folder: Path, name: str,
                 environment: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.output = folder / f"{name}.out"
        self.errors = folder / f"{name}.err"
        with self.output.open("wb") as output, self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
                start_new_session=True, env={**os.environ, **(environment or {})})

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        return self.errors.read_text(errors="replace") + self.output.read_text(errors="replace")

    def stop(self, how: signal.Signals = signal.SIGTERM, patience: float = 30) -> int:
        """Asks the process to end and returns its exit code (negative: the signal that ended it)."""
        if self.running:
            self.process.send_signal(how)
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.end_group()
            raise AssertionError(f"{self.process.args!r} did not end {patience} s after {how.name}") from None

    def end_group(self) -> None:
        """Ends whatever is left of the process and of what it started."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()


@contextmanager
def background(command: Sequence[str | Path], folder: Path, name: str,
               environment: Mapping[str, str] | None = None) -> Iterator[Background]:
    started = Background(command, folder, name, environment)
    try:
        yield started
    finally:
        started.end_group()
