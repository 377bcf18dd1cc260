"""A capture of many interleaved sessions, read by mailtee, tshark and tcpflow: time, CPU and resident memory."""
import time
from pathlib import Path

from harness import captures, recording, tools
from harness.processes import Failed, Process, wait_until
from harness.recording import Expected

PART = 8               # the small capture is so many times smaller: does memory grow with the file?
PATIENCE = 1800
BLOCK = 1 << 20


class Size:
    """`bytes` of the whole capture, in which `at_once` sessions go on at a time."""

    def __init__(self, bytes, at_once):
        self.bytes = bytes
        self.at_once = at_once


FULL = Size(bytes=1 << 30, at_once=200)
QUICK = Size(bytes=64 << 20, at_once=20)


class Capture:
    """One generated file; `name` is the load's. It has some more `bytes` than asked for: its sessions are complete."""

    def __init__(self, name, path, bytes, at_once):
        counts = captures.write(path, bytes, at_once)
        self.name = name
        self.path = path
        self.bytes = path.stat().st_size
        self.sessions = counts["sessions"]
        self.messages = counts["messages"]
        self.said = counts["said"]

    def warm(self):
        """Brings the file into the page cache, so that whoever reads it first does not pay for the disk."""
        with open(self.path, "rb", buffering=0) as file:
            while file.read(BLOCK):
                pass


class Mailtee:
    name = "mailtee"

    def command(self, capture, folder):
        return [tools.MAILTEE, "import", "--store", folder / "store", capture.path], {}

    def faults(self, capture, folder, process):
        return recording.faults(folder / "store", Expected(capture.sessions, capture.messages, said=capture.said))


class Tshark:
    name = "tshark"

    def command(self, capture, folder):
        # A user's preferences can turn dissectors off, and on: here there are none.
        home = folder / "home"
        home.mkdir()
        return ([tools.find("tshark"), "-q", "-z", "conv,tcp", "-r", capture.path],
                {"HOME": str(home), "XDG_CONFIG_HOME": str(home)})

    def faults(self, capture, folder, process):
        return _other(process.out.read_text(errors="replace").count("<->"), capture.sessions, "conversations")


class Tcpflow:
    name = "tcpflow"

    def command(self, capture, folder):
        return [tools.find("tcpflow"), "-r", capture.path, "-o", folder / "flows"], {}

    def faults(self, capture, folder, process):
        flows = [file.stat().st_size for file in (folder / "flows").iterdir() if file.name != "report.xml"]
        return (_other(len(flows), 2 * capture.sessions, "flows")
                + _other(sum(flows), sum(capture.said.values()), "bytes of flows"))


PROGRAMS = [Tshark(), Tcpflow(), Mailtee()]


def generate(folder, size):
    """The whole capture and the small one."""
    return (Capture("import", Path(folder, "whole.pcap"), size.bytes, size.at_once),
            Capture("import-small", Path(folder, "small.pcap"), size.bytes // PART, size.at_once))


def pairs(whole, small):
    """What a round runs: each program with the whole capture, mailtee with the small one too."""
    return [(program, whole) for program in PROGRAMS] + [(PROGRAMS[-1], small)]


def measure(program, capture, folder):
    """One run of one program. `memory` is the largest resident set, in bytes, that the kernel saw (a process begins
    with that of its parent, this one, which is small beside what is measured)."""
    folder = Path(folder)
    capture.warm()
    command, environment = program.command(capture, folder)
    began = time.perf_counter()
    with Process(program.name, command, folder, environment) as process:
        if not wait_until(lambda: not process.running(), PATIENCE, pause=0.001):
            raise process.complaint(f"not finished after {PATIENCE} s")
        seconds = time.perf_counter() - began
        if process.popen.returncode != 0:
            raise process.complaint("failed")
    faults = program.faults(capture, folder, process)
    done = {"seconds": seconds, "cpu": process.cpu_at_exit(), "peak": process.usage.ru_maxrss * 1024,
            "bytes": capture.bytes, "sessions": capture.sessions, "messages": capture.messages}
    if program.name == "mailtee":
        return {**done, "recording": faults}
    if faults:
        raise Failed(f"{program.name}: {faults[0]}")
    return done


def _other(found, expected, what):
    return [] if found == expected else [f"{found} {what} found, {expected} expected"]
