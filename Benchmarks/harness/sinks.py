"""The servers at the far end, each fresh and on a port of its own for one run."""
import os

from harness import tools
from harness.processes import free_port, start_listening


def smtp(folder):
    """smtp-sink takes every message and throws it away."""
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = [tools.find("smtp-sink"), *user, "-m", "4000", f"127.0.0.1:{port}", "1000"]
    return _Sink(port, start_listening("smtp-sink", command, port, folder, tools.postfix_environment()))


def iperf(folder):
    port = free_port()
    command = [tools.find("iperf3"), "-s", "-1", "-B", "127.0.0.1", "-p", str(port)]
    return _Sink(port, start_listening("iperf3-server", command, port, folder))


class _Sink:
    def __init__(self, port, process):
        self.port = port
        self.process = process

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stop(patience=5)
