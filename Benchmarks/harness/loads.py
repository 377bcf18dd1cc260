"""The three timed loads. Each returns the seconds taken and what a complete recording of it must hold."""
import json
import time

from harness import sinks, tools
from harness.processes import Process, wait_until
from harness.recording import Expected

PATIENCE = 300
IPERF_COOKIE = 37      # what iperf3 sends first on each of its connections


class Sizes:
    def __init__(self, connections, messages, bulk, parallel=4, length=2000):
        self.connections = connections
        self.messages = messages
        self.bulk = bulk
        self.parallel = parallel
        self.length = length


FULL = Sizes(connections=4000, messages=20000, bulk=2 << 30)
QUICK = Sizes(connections=500, messages=2000, bulk=256 << 20)


class Connections:
    name, protocol, sink = "connections", "smtp", staticmethod(sinks.smtp)

    def title(self, sizes):
        return (f"{sizes.connections} messages of {sizes.length} bytes, one per connection, "
                f"{sizes.parallel} connections at a time")

    def run(self, port, sizes, folder):
        seconds = _smtp_source(port, sizes, sizes.connections, [], folder)
        return seconds, Expected(sessions=sizes.connections, messages=sizes.connections)


class Messages:
    name, protocol, sink = "messages", "smtp", staticmethod(sinks.smtp)

    def title(self, sizes):
        return f"{sizes.messages} messages of {sizes.length} bytes on {sizes.parallel} connections"

    def run(self, port, sizes, folder):
        seconds = _smtp_source(port, sizes, sizes.messages, ["-d"], folder)
        return seconds, Expected(sessions=sizes.parallel, messages=sizes.messages)


class Bulk:
    name, protocol, sink = "bulk", "plain", staticmethod(sinks.iperf)

    def title(self, sizes):
        return f"{sizes.bulk >> 20} MiB in one stream"

    def run(self, port, sizes, folder):
        command = [tools.find("iperf3"), "-c", "127.0.0.1", "-p", port, "-n", sizes.bulk, "-J"]
        with Process("iperf3", command, folder) as client:
            _finish(client)
            end = json.loads(client.out.read_text())["end"]
        sent, received = end["sum_sent"]["bytes"], end["sum_received"]["bytes"]
        # What a relay still holds when the client has written its last byte has not arrived: time per byte arrived.
        seconds = end["sum_received"]["seconds"] * sizes.bulk / received
        return seconds, Expected(sessions=2, largest=(received + IPERF_COOKIE, sent + IPERF_COOKIE))


ALL = [Connections(), Messages(), Bulk()]


def _smtp_source(port, sizes, messages, options, folder):
    command = [tools.find("smtp-source"), *options, "-s", sizes.parallel, "-m", messages, "-l", sizes.length,
               f"127.0.0.1:{port}"]
    began = time.perf_counter()
    with Process("smtp-source", command, folder, tools.postfix_environment()) as client:
        _finish(client)
        return time.perf_counter() - began


def _finish(client):
    if not wait_until(lambda: not client.running(), PATIENCE, pause=0.001):
        raise client.complaint(f"not finished after {PATIENCE} s")
    if client.popen.returncode != 0:
        raise client.complaint("failed")
