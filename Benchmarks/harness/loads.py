"""The timed loads. Each says how long it took, how much it did, and what a complete recording of it must hold."""
import json
import sys
import time
from pathlib import Path

from harness import sinks, tools
from harness.processes import Process, wait_until
from harness.recording import Expected
from harness.relays import ALL as ALL_RELAYS

PATIENCE = 300
IPERF_COOKIE = 37      # what iperf3 sends first on each of its connections


class Sizes:
    def __init__(self, connections, messages, bulk, handshakes, parallel=4, length=2000):
        self.connections = connections
        self.messages = messages
        self.bulk = bulk
        self.handshakes = handshakes
        self.parallel = parallel
        self.length = length


FULL = Sizes(connections=4000, messages=20000, bulk=2 << 30, handshakes=1000)
QUICK = Sizes(connections=500, messages=2000, bulk=256 << 20, handshakes=100)


class Done:
    """`amount` in the load's `unit`; `cpu` are the CPU seconds of client and sink, where they are known."""

    def __init__(self, seconds, amount, expected, cpu=None):
        self.seconds = seconds
        self.amount = amount
        self.expected = expected
        self.cpu = cpu


class Load:
    protocol, unit = "smtp", "messages"
    relays = ALL_RELAYS
    target = 1.2       # mailtee's time in haproxy's, at most; None: it is only told

    def sink(self, kind, folder):
        return sinks.smtp(folder)


class Connections(Load):
    name = "connections"

    def title(self, sizes):
        return (f"{sizes.connections} messages of {sizes.length} bytes, one per connection, "
                f"{sizes.parallel} connections at a time")

    def run(self, relay, sink, sizes, folder):
        count = sizes.connections
        seconds = _smtp_source(relay.port, sizes, count, [], folder)
        return Done(seconds, count, Expected(sessions=count, messages=count))


class Messages(Load):
    name = "messages"

    def title(self, sizes):
        return f"{sizes.messages} messages of {sizes.length} bytes on {sizes.parallel} connections"

    def run(self, relay, sink, sizes, folder):
        seconds = _smtp_source(relay.port, sizes, sizes.messages, ["-d"], folder)
        return Done(seconds, sizes.messages, Expected(sessions=sizes.parallel, messages=sizes.messages))


class Bulk(Load):
    name, protocol, unit = "bulk", "plain", "MiB"

    def title(self, sizes):
        return f"{sizes.bulk >> 20} MiB in one stream"

    def sink(self, kind, folder):
        return sinks.iperf(folder)

    def run(self, relay, sink, sizes, folder):
        command = [tools.find("iperf3"), "-c", "127.0.0.1", "-p", relay.port, "-n", sizes.bulk, "-J"]
        with Process("iperf3", command, folder) as client:
            _finish(client)
            end = json.loads(client.out.read_text())["end"]
        sent, received = end["sum_sent"]["bytes"], end["sum_received"]["bytes"]
        # What a relay still holds when the client has written its last byte has not arrived: time per byte arrived.
        seconds = end["sum_received"]["seconds"] * sizes.bulk / received
        largest = received + IPERF_COOKIE, sent + IPERF_COOKIE
        return Done(seconds, sizes.bulk >> 20, Expected(sessions=2, largest=largest))


class Tls(Load):
    """STARTTLS on both legs of mailtee; haproxy knows none, so it and `direct` get TLS at once. socat has no part."""
    name, target = "tls", 1.3
    relays = [kind for kind in ALL_RELAYS if kind != "socat"]

    def title(self, sizes):
        return (f"{sizes.messages} messages of {sizes.length} bytes on {sizes.parallel} connections, "
                "through TLS on both legs")

    def sink(self, kind, folder):
        return sinks.tls(folder, starttls=kind == "mailtee")

    def run(self, relay, sink, sizes, folder):
        return _tls_source(relay, sink, sizes, sizes.parallel, sizes.messages // sizes.parallel, folder)


class Handshakes(Tls):
    name, unit, target = "handshakes", "connections", None

    def title(self, sizes):
        return (f"{sizes.handshakes} connections through TLS on both legs, a message of {sizes.length} bytes each, "
                f"{sizes.parallel} at a time")

    def run(self, relay, sink, sizes, folder):
        return _tls_source(relay, sink, sizes, sizes.handshakes, 1, folder)


ALL = [Connections(), Messages(), Bulk(), Tls(), Handshakes()]


def _smtp_source(port, sizes, messages, options, folder):
    command = [tools.find("smtp-source"), *options, "-s", sizes.parallel, "-m", messages, "-l", sizes.length,
               f"127.0.0.1:{port}"]
    began = time.perf_counter()
    with Process("smtp-source", command, folder, tools.postfix_environment()) as client:
        _finish(client)
        return time.perf_counter() - began


def _tls_source(relay, sink, sizes, connections, messages, folder):
    """`messages` on each connection. The seconds are the program's own: Python takes its time to start."""
    command = [sys.executable, "-B", Path(__file__).with_name("tls_source.py"), relay.port, relay.tls.authority,
               "--parallel", sizes.parallel, "--connections", connections, "--messages", messages,
               "--length", sizes.length, *["--starttls"] * relay.tls.starttls]
    sink_at_start = sink.process.cpu()
    with Process("tls-source", command, folder) as client:
        _finish(client)
        told = json.loads(client.out.read_text())
    count = connections * messages
    expected = Expected(sessions=connections, messages=count, largest=(told["said"], told["said"]), tls=True)
    cpu = {"client": told["cpu"], "sink": sink.process.cpu() - sink_at_start}
    return Done(told["seconds"], count, expected, cpu)


def _finish(client):
    if not wait_until(lambda: not client.running(), PATIENCE, pause=0.001):
        raise client.complaint(f"not finished after {PATIENCE} s")
    if client.popen.returncode != 0:
        raise client.complaint("failed")
