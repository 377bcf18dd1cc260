"""popa3d, the POP3 server that inetd starts: mailboxes in /var/mail, passwords in /etc/shadow."""

from __future__ import annotations

from pathlib import Path

from .private_view import PrivateView
from .requirements import unpacked

USER = "noizumi"
PASSWORD = "ikasama-mail-30"


def popa3d(view: PrivateView) -> tuple[list[str], Path]:
    """The command that serves one session on standard input, and the folder of mailboxes. It has to run in `view`."""
    binary = unpacked("popa3d", "usr/sbin/popa3d")
    view.user("popa3d", None, 64001)
    view.user(USER, PASSWORD, 64002)
    (view.directory("/var/lib") / "popa3d").mkdir(exist_ok=True)
    mail = view.directory("/var/mail", 0o1777)
    return [str(binary)], mail
