"""Where the programs are that the benchmark runs, and what is missing."""
import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POSTFIX = ROOT / ".build/peers/postfix"
MAILTEE = Path(os.environ.get("MAILTEE", ROOT / ".build-release/release/mailtee"))
NEEDED_BY_LOAD = {
    "connections": ["smtp-source", "smtp-sink"],
    "messages": ["smtp-source", "smtp-sink"],
    "bulk": ["iperf3"],
    "tls": ["openssl"],
    "handshakes": ["openssl"],
    "memory": ["smtp-sink"],
    "import": ["tshark", "tcpflow"],
    "lint": [],
}
_SYSTEM_FOLDERS = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])


def find(name):
    """The path of a program, the unpacked copy first; None if there is none."""
    unpacked = POSTFIX / "usr/sbin" / name
    return str(unpacked) if os.access(unpacked, os.X_OK) else shutil.which(name, path=_SYSTEM_FOLDERS)


def postfix_environment():
    """The unpacked programs find their libraries by this; installed ones do not mind it."""
    return {"LD_LIBRARY_PATH": str(POSTFIX / "usr/lib/postfix")} if POSTFIX.exists() else {}


def complaint(loads, relays):
    """What to do before these loads and relays can run; empty if nothing is missing."""
    names = {name for load in loads for name in NEEDED_BY_LOAD[load]}
    names |= {relay for relay in relays if relay in ("haproxy", "socat")}
    missing = sorted(name for name in names if find(name) is None)
    lines = []
    if missing:
        lines.append(f"missing: {', '.join(missing)}. Install with: Tests/install bench")
    if ("mailtee" in relays or "import" in loads) and not os.access(MAILTEE, os.X_OK):
        lines.append(f"missing: {MAILTEE}. Build it (release), name it with MAILTEE=PATH, "
                     "or leave it out with --relays direct,haproxy,socat and an --only without import")
    return "\n".join(lines)
