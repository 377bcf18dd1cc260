"""The servers at the far end, each fresh and on a port of its own for one run."""
import os
import sys
from pathlib import Path

from harness import certificates, tools
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


def tls(folder, starttls):
    """tls_sink.py takes every message inside TLS and throws it away."""
    port = free_port()
    leg = certificates.Server(folder, starttls)
    command = [sys.executable, "-B", Path(__file__).with_name("tls_sink.py"), port, leg.certificate]
    return _Sink(port, start_listening("tls-sink", command + ["--starttls"] * starttls, port, folder), leg)


class _Sink:
    """One running server: `port` is where it listens, `tls` the leg in front of it if that has TLS."""

    def __init__(self, port, process, tls=None):
        self.port = port
        self.process = process
        self.tls = tls

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stop(patience=5)
