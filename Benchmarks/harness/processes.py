"""Start, watch and end processes; read what the kernel says about them."""
import os
import random
import resource
import signal
import socket
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
# Below the range from which the kernel takes ports for outgoing connections, so that none of them is in the way.
PORTS = range(12000, 30000)


class Failed(Exception):
    """A process did not do what the benchmark needs; the text says which and why."""


class Process:
    """One process in a group of its own, so that the children it forks end and are counted with it."""

    def __init__(self, name, command, folder, environment=None):
        self.name = name
        self.out = Path(folder, f"{name}.out")
        self.err = Path(folder, f"{name}.err")
        with open(self.out, "wb") as out, open(self.err, "wb") as err:
            self.popen = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                env={**os.environ, **(environment or {})}, start_new_session=True)
        self.pid = self.popen.pid
        self.usage = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop(patience=10)

    def running(self):
        if self.usage is not None:
            return False
        pid, status, usage = os.wait4(self.pid, os.WNOHANG)
        if pid:
            self._ended(status, usage)
        return pid == 0

    def stop(self, patience):
        """SIGTERM, then SIGKILL to whatever is left of the group. False if it had to be killed."""
        if self.running():
            os.kill(self.pid, signal.SIGTERM)
        obeyed = wait_until(lambda: not self.running(), patience)
        _kill_group(self.pid)
        if not obeyed:
            _, status, usage = os.wait4(self.pid, 0)
            self._ended(status, usage)
        return obeyed

    def cpu(self):
        """CPU seconds so far of the whole group: the process, its living children and those it has reaped."""
        ticks = 0
        for entry in os.scandir("/proc"):
            fields = _stat(entry.name) if entry.name.isdigit() else None
            if fields and int(fields[2]) == self.pid:
                ticks += sum(map(int, fields[11:15]))
        return ticks / TICKS

    def cpu_at_exit(self):
        return self.usage.ru_utime + self.usage.ru_stime if self.usage else None

    def memory(self):
        """The Vm and Rss lines of /proc/PID/status, in bytes."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        pairs = (line.split(":", 1) for line in lines if line.startswith(("Vm", "Rss")))
        return {key: int(value.split()[0]) * 1024 for key, value in pairs}

    def complaint(self, what):
        tail = self.err.read_text(errors="replace").strip().splitlines()[-5:]
        code = "" if self.popen.returncode is None else f" (exit code {self.popen.returncode})"
        return Failed(f"{self.name}: {what}{code}" + "".join(f"\n    {line}" for line in tail))

    def _ended(self, status, usage):
        self.usage = usage
        self.popen.returncode = os.waitstatus_to_exitcode(status)


def start_listening(name, command, port, folder, environment=None):
    """Start a server and wait until it listens, without a connection that would count as a session."""
    process = Process(name, command, folder, environment)
    try:
        ready = wait_until(lambda: not process.running() or listens(port), 10)
        if not ready or not process.running():
            raise process.complaint(f"does not listen on port {port}")
        return process
    except BaseException:
        process.stop(patience=1)
        raise


def listens(port):
    wanted = f":{port:04X}"
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if os.path.exists(table):
            for line in Path(table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and fields[1].endswith(wanted):
                    return True
    return False


def free_port():
    for _ in range(1000):
        port = random.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise Failed(f"no free port in {PORTS}")


def wait_until(condition, patience, pause=0.005):
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def allow_many_files():
    """A thousand sessions need two thousand descriptors in a relay; the children inherit this limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 20000 if hard == resource.RLIM_INFINITY else min(hard, 20000)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _stat(pid):
    try:
        text = Path("/proc", pid, "stat").read_text()
    except OSError:
        return None
    return text[text.rindex(")") + 2:].split()


def _kill_group(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass
