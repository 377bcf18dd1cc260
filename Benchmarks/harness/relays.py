"""What stands between client and server: nothing, haproxy, socat or mailtee, each fresh for one run."""
import json
import time
from contextlib import contextmanager
from pathlib import Path

from harness import certificates, tools
from harness.processes import Process, free_port, start_listening, wait_until

ALL = ["direct", "haproxy", "socat", "mailtee"]
HOST = "127.0.0.1"
HAPROXY_CONFIGURATION = """\
global
    nbthread 1
    maxconn 4096
defaults
    mode tcp
    timeout connect 10s
    timeout client 10m
    timeout server 10m
listen relay
    bind {host}:{port} backlog 1024 {client_tls}
    server sink {host}:{target} {server_tls}
"""
HAPROXY_CLIENT_TLS = "ssl crt {leg.certificate}"
HAPROXY_SERVER_TLS = "ssl verify required ca-file {leg.authority} verifyhost {name}"


class Relay:
    """One running relay: `port` is where the load connects, `tls` the leg to there if that has TLS; the rest is known
    when it has stopped."""

    def __init__(self, port, tls=None, process=None, store=None):
        self.port = port
        self.tls = tls
        self.process = process
        self.store = store
        self.cpu_at_start = process.cpu() if process else None
        self.cpu = None            # CPU seconds while the load ran
        self.cpu_after = None      # CPU seconds after the load, until the process had ended
        self.stop_seconds = None   # from SIGTERM to the end of the process

    def load_ended(self):
        if self.process:
            if not self.process.running():
                raise self.process.complaint("ended during the load")
            self.cpu = self.process.cpu() - self.cpu_at_start

    def stop(self):
        if self.process:
            began = time.monotonic()
            if not self.process.stop(patience=60):
                raise self.process.complaint("did not end within 60 s of SIGTERM")
            self.stop_seconds = time.monotonic() - began
            if self.process.name != "socat":   # its CPU is known only from children it has reaped
                self.cpu_after = max(0, self.process.cpu_at_exit() - self.cpu_at_start - (self.cpu or 0))


@contextmanager
def running(kind, sink, protocol, folder):
    """The relay `kind` in front of `sink`. Ends its processes however the block is left."""
    if kind == "direct":
        yield Relay(sink.port, sink.tls)
        return
    start = {"haproxy": _haproxy, "socat": _socat, "mailtee": _mailtee}[kind]
    relay = start(sink, protocol, folder)
    with relay.process:
        yield relay


def _haproxy(sink, protocol, folder):
    port = free_port()
    configuration = Path(folder, "haproxy.cfg")
    client_tls, server_tls = (words.format(leg=sink.tls, name=certificates.HOST) if sink.tls else ""
                              for words in (HAPROXY_CLIENT_TLS, HAPROXY_SERVER_TLS))
    configuration.write_text(HAPROXY_CONFIGURATION.format(host=HOST, port=port, target=sink.port,
                                                          client_tls=client_tls, server_tls=server_tls))
    command = [tools.find("haproxy"), "-f", configuration, "-db"]
    return Relay(port, sink.tls, start_listening("haproxy", command, port, folder))


def _socat(sink, protocol, folder):
    port = free_port()
    listen, connect = f"TCP-LISTEN:{port},bind={HOST},fork,reuseaddr,backlog=512", f"TCP:{HOST}:{sink.port}"
    command = [tools.find("socat"), listen, connect]
    return Relay(port, None, start_listening("socat", command, port, folder))


def _mailtee(sink, protocol, folder):
    port = free_port()
    store = Path(folder, "store")
    # The name that the server's certificate is made out to stands in the tap: mailtee verifies it.
    options, host = (["--upstream-ca", sink.tls.authority], certificates.HOST) if sink.tls else ([], HOST)
    leg = certificates.Leg(_authority_of(store, folder), sink.tls.starttls) if sink.tls else None
    command = [tools.MAILTEE, "tap", "--store", store, "--json", *options,
               f"{HOST}:{port}={protocol}://{host}:{sink.port}"]
    process = Process("mailtee", command, folder)
    try:
        wait_until(lambda: not process.running() or _says_listening(process), 15)
        if not process.running() or not _says_listening(process):
            raise process.complaint('no {"event":"listening"} on standard error')
        return Relay(port, leg, process, store)
    except BaseException:
        process.stop(patience=1)
        raise


def _authority_of(store, folder):
    """What mailtee's clients trust; made here, so that the tap need not make it under load."""
    certificates.run("mailtee ca create", [tools.MAILTEE, "ca", "create", "--store", store])
    authority = Path(folder, "mailtee-authority.pem")
    authority.write_text(certificates.run("mailtee ca export", [tools.MAILTEE, "ca", "export", "--store", store]))
    return authority


def _says_listening(process):
    for line in process.err.read_text(errors="replace").splitlines():
        try:
            if json.loads(line).get("event") == "listening":
                return True
        except (ValueError, AttributeError):
            continue
    return False
