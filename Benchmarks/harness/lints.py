"""Lint over a record: sessions of some size, one with a long message, one with many exchanges; and the same ten times
smaller, to see that the cost grows with the size and no faster."""
import random
import struct
import subprocess
import time
from pathlib import Path

from harness import captures, tools
from harness.processes import Failed, Process, wait_until

PATIENCE = 900
SMALLER = 10


class Size:
    """Bytes of ordinary sessions, bytes of the one message, exchanges of the one session."""

    def __init__(self, sessions, message, exchanges):
        self.sessions = sessions
        self.message = message
        self.exchanges = exchanges


FULL = Size(sessions=512 << 20, message=200 << 20, exchanges=100_000)
QUICK = Size(sessions=32 << 20, message=8 << 20, exchanges=4_000)


class Store:
    """A record made by importing a generated capture; `said` is how many bytes the peers say in it."""

    def __init__(self, load, folder, write):
        self.load = load
        self.path = Path(folder, load)
        capture = Path(folder, f"{load}.pcap")
        self.said = write(capture)
        done = subprocess.run([tools.MAILTEE, "import", "--store", self.path, capture], capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f"the capture for {load} was not imported: {done.stderr}")
        capture.unlink()


def stores(folder, size):
    """Those of a run: each load, and its smaller one."""
    return [Store(name, folder, write) for name, write in (
        ("lint", lambda path: sum(captures.write(path, size.sessions, 200)["said"].values())),
        ("lint-message", lambda path: one_session(path, [_message(size.message)])),
        ("lint-message-small", lambda path: one_session(path, [_message(size.message // SMALLER)])),
        ("lint-exchanges", lambda path: one_session(path, [_NOOP] * size.exchanges)),
        ("lint-exchanges-small", lambda path: one_session(path, [_NOOP] * (size.exchanges // SMALLER))),
    )]


def measure(store, folder):
    """One run: all sessions of the record through machine, message reading and all rules."""
    command = [tools.MAILTEE, "lint", "--all", "--json", "--fail-on", "never", "--store", store.path]
    began = time.perf_counter()
    with Process("mailtee", command, folder, {}) as process:
        if not wait_until(lambda: not process.running(), PATIENCE, pause=0.001):
            raise process.complaint(f"not finished after {PATIENCE} s")
        seconds = time.perf_counter() - began
        if process.popen.returncode != 0:
            raise process.complaint("failed")
    return {"seconds": seconds, "cpu": process.cpu_at_exit(), "peak": process.usage.ru_maxrss * 1024,
            "bytes": store.said}


_NOOP = ((b"NOOP\r\n", b"250 2.0.0 Ok\r\n"),)


class Repeated:
    """A text said so many times, then an end: never held whole, since a process begins with its parent's memory."""

    def __init__(self, head, text, times, end):
        self.pieces = lambda: iter((head, *(text for _ in range(times)), end))


def _message(size):
    chance = random.Random(1997)
    words = b"the quick brown fox jumps over lazy dog and then goes on to end".split()
    text = b"".join(b" ".join(chance.choice(words) for _ in range(12)) + b"\r\n" for _ in range(1000))
    head = (b"From: <a@example.org>\r\nTo: <b@example.net>\r\nSubject: long\r\nMessage-ID: <x@example.org>\r\n"
            b"Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n\r\n")
    body = Repeated(head, text, size // len(text), b".\r\n")
    return ((b"MAIL FROM:<a@example.org>\r\n", b"250 2.1.0 Ok\r\n"), (b"RCPT TO:<b@example.net>\r\n", b"250 2.1.5 Ok\r\n"),
            (b"DATA\r\n", b"354 Go\r\n"), (body, b"250 2.0.0 Ok\r\n"))


def one_session(path, dialogues):
    """A capture of one session. Returns how many bytes are said in it."""
    flow = captures._Flow(1)
    said, now = 0, 1_700_000_000 * 10**9
    with open(path, "wb", buffering=1 << 20) as file:
        file.write(struct.pack("<IHHiIII", captures.MAGIC_NANOSECONDS, 2, 4, 0, 0, 262144, captures.LINKTYPE_ETHERNET))

        def put(frames):
            nonlocal now
            for frame in frames:
                now += 2_000
                file.write(struct.pack("<IIII", now // 10**9, now % 10**9, len(frame), len(frame)))
                file.write(frame)

        put([flow.frame(0, captures.SYN), flow.frame(1, captures.SYN | captures.ACK), flow.frame(0, captures.ACK)])
        opening = [(None, b"220 mx.example.net ESMTP\r\n"),
                   (b"EHLO client.example.org\r\n", b"250-mx.example.net\r\n250 SIZE\r\n")]
        for pairs in [opening, *dialogues, [(b"QUIT\r\n", b"221 2.0.0 Bye\r\n")]]:
            for command, reply in pairs:
                for side, words in ((0, command), (1, reply)):
                    for piece in words.pieces() if isinstance(words, Repeated) else [words] if words else []:
                        put(flow.say(side, piece))
                        said += len(piece)
        put([flow.frame(1, captures.FIN | captures.ACK), flow.frame(0, captures.FIN | captures.ACK),
             flow.frame(1, captures.ACK)])
    return said
