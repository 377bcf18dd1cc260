"""A private view of the system's files for a server that insists on fixed paths.

`unshare -m` gives the process a mount name space of its own, in which copies stand in the place of /etc/passwd,
/etc/shadow, /etc/hosts, /var/mail and so on. Nothing of it is seen outside, and nothing is left when the process ends.
"""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from .requirements import program, root


@dataclass
class PrivateView:
    folder: Path
    binds: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        root("a private mount name space")
        self.folder.mkdir(parents=True, exist_ok=True)

    def file(self, path: str, text: str, mode: int = 0o644) -> Path:
        """Puts a file of this text in the place of `path`, which has to exist."""
        copy = self.folder / path.strip("/").replace("/", "-")
        copy.write_text(text)
        copy.chmod(mode)
        self.binds[path] = copy
        return copy

    def directory(self, path: str, mode: int = 0o755) -> Path:
        """Puts an empty folder in the place of `path`."""
        copy = self.folder / path.strip("/").replace("/", "-")
        copy.mkdir(exist_ok=True)
        copy.chmod(mode)
        self.binds[path] = copy
        return copy

    def user(self, name: str, password: str | None, number: int) -> None:
        """Adds a user, with a password that PAM accepts."""
        passwd = self.folder / "etc-passwd"
        shadow = self.folder / "etc-shadow"
        group = self.folder / "etc-group"
        if not passwd.exists():
            self.file("/etc/passwd", Path("/etc/passwd").read_text())
            self.file("/etc/shadow", Path("/etc/shadow").read_text(), 0o600)
            self.file("/etc/group", Path("/etc/group").read_text())
        digest = "!" if password is None else subprocess.run(
            [program("openssl", "openssl"), "passwd", "-6", password], check=True, capture_output=True,
            text=True).stdout.strip()
        with passwd.open("a") as lines:
            lines.write(f"{name}:x:{number}:{number}::/nonexistent:/bin/false\n")
        with shadow.open("a") as lines:
            lines.write(f"{name}:{digest}:19000:0:99999:7:::\n")
        with group.open("a") as lines:
            lines.write(f"{name}:x:{number}:\n")

    def command(self, *words: str | Path) -> list[str]:
        """The command that runs `words` in this view."""
        mounts = [f"mount --bind {shlex.quote(str(copy))} {shlex.quote(path)}" for path, copy in self.binds.items()]
        script = " && ".join([*mounts, "exec " + shlex.join(str(word) for word in words)])
        return [str(program("unshare", "util-linux")), "-m", "sh", "-c", script]
