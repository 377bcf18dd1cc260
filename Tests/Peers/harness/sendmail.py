"""sendmail 8.17 with one session on standard input: `sendmail -bs`, the server of 1997."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from .private_view import PrivateView
from .requirements import program, unpacked


@dataclass(frozen=True)
class Sendmail:
    program: Path
    configuration: Path
    queue: Path

    @property
    def on_standard_input(self) -> list[str]:
        return [str(self.program), "-Am", "-bs", "-C", str(self.configuration)]

    def queued(self) -> bytes:
        """The messages that sendmail took and keeps in its queue: headers and bodies."""
        return b"".join(path.read_bytes() for path in sorted(self.queue.iterdir()) if path.name[:2] in ("qf", "df"))


def sendmail(folder: Path, view: PrivateView) -> Sendmail:
    """Takes everything into a queue that is never run. It has to run in `view`, which gives the host a qualified
    name: without one, sendmail sleeps for a minute at its start."""
    binary = unpacked("sendmail-bin", "usr/libexec/sendmail/sendmail")
    macros = unpacked("sendmail-cf", "usr/share/sendmail/cf")
    view.file("/etc/hosts", "127.0.0.1 peer.example.test localhost " + Path("/etc/hostname").read_text())
    queue = folder / "queue"
    queue.mkdir(parents=True, exist_ok=True)
    queue.chmod(0o700)
    (folder / "aliases").write_text("")
    source = folder / "sendmail.mc"
    source.write_text(f"""divert(0)dnl
OSTYPE(`linux')dnl
define(`QUEUE_DIR', `{queue}')dnl
define(`ALIAS_FILE', `')dnl
define(`STATUS_FILE', `')dnl
define(`confPID_FILE', `{folder}/sendmail.pid')dnl
define(`confDELIVERY_MODE', `queueonly')dnl
define(`confDONT_BLAME_SENDMAIL', `GroupWritableDirPathSafe,TrustStickyBit')dnl
define(`confDOMAIN_NAME', `peer.example.test')dnl
define(`confCONNECTION_RATE_THROTTLE', `0')dnl
FEATURE(`nocanonify')dnl
FEATURE(`accept_unresolvable_domains')dnl
FEATURE(`promiscuous_relay')dnl
undefine(`confDONT_PROBE_INTERFACES')dnl
MAILER(`local')dnl
MAILER(`smtp')dnl
""")
    configuration = folder / "sendmail.cf"
    made = subprocess.run(
        [program("m4", "m4"), f"-D_CF_DIR_={macros}/", str(macros / "m4" / "cf.m4"), str(source)],
        capture_output=True, check=True, cwd=macros)
    configuration.write_bytes(made.stdout)
    return Sendmail(binary, configuration, queue)
