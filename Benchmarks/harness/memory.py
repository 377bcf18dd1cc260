"""Resident memory of a relay with many sessions open, and with one large message passing through."""
import socket
import time

from harness import relays, sinks
from harness.recording import Expected

SESSIONS = 1000
MESSAGE = 200_000_000
LINE = b"x" * 76 + b"\r\n"
BLOCK = LINE * 840                     # near 64 KiB, whole lines
SETTLE = 1.0                           # seconds for what a relay does behind the forwarding


class SessionsOpen:
    name = "memory-sessions"
    title = f"{SESSIONS} open SMTP sessions"

    def run(self, relay):
        clients = []
        try:
            for _ in range(SESSIONS):
                client = Client(relay.port)
                clients.append(client)
                client.greet()
            time.sleep(SETTLE)
            memory = relay.process.memory()
        finally:
            for client in clients:
                client.close()
        return memory, Expected(sessions=SESSIONS, messages=0)


class LargeMessage:
    name = "memory-message"
    title = f"one message of {MESSAGE // 1_000_000} MB passing through"

    def run(self, relay):
        client = Client(relay.port)
        try:
            client.greet()
            for command in (b"MAIL FROM:<a@example.com>", b"RCPT TO:<b@example.com>", b"DATA"):
                client.say(command)
            for _ in range(MESSAGE // len(BLOCK)):
                client.send(BLOCK)
            client.say(b".")
            memory = relay.process.memory()
            client.say(b"QUIT")
        finally:
            client.close()
        return memory, Expected(sessions=1, messages=1, largest=(client.sent, client.sent))


ALL = [SessionsOpen(), LargeMessage()]


def measure(case, kind, folder):
    """One run of one case. Returns the relay (stopped), its memory by /proc and what its recording must hold."""
    with sinks.smtp(folder) as sink, relays.running(kind, sink, "smtp", folder) as relay:
        memory, expected = case.run(relay)
        relay.load_ended()
        time.sleep(SETTLE)
        memory["VmHWM"] = relay.process.memory()["VmHWM"]
        relay.stop()
    return relay, memory, expected


class Client:
    """As little of an SMTP client as can be: each command waits for its reply, which must not be an error."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.file = self.socket.makefile("rb")
        self.sent = 0

    def greet(self):
        self.reply()
        self.say(b"EHLO bench.example")

    def say(self, command):
        self.send(command + b"\r\n")
        self.reply()

    def send(self, data):
        self.socket.sendall(data)
        self.sent += len(data)

    def reply(self):
        while True:
            line = self.file.readline()
            if line[:1] not in (b"2", b"3"):
                raise ConnectionError(f"not a good reply: {line!r}")
            if line[3:4] != b"-":
                return

    def close(self):
        self.file.close()
        self.socket.close()
