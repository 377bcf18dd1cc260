"""exim and dovecot with one identity: a server for each protocol and mode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .certificates import Identity
from .clients import Login
from .dovecot import Dovecot, dovecot
from .exim import EximWithTLS, exim_with_tls
from .tls_capture import Port
from .tls_task import Mode, Protocol


@dataclass(frozen=True)
class TLSServers:
    exim: EximWithTLS
    dovecot: Dovecot

    def port(self, protocol: Protocol, mode: Mode) -> int:
        plain, implicit = {
            "smtp": (self.exim.smtp, self.exim.smtps),
            "pop3": (self.dovecot.pop3, self.dovecot.pop3s),
            "imap": (self.dovecot.imap, self.dovecot.imaps),
        }[protocol]
        return implicit if mode == "implicit" else plain

    def ports(self) -> list[Port]:
        """All six, for a capture."""
        protocols: tuple[Protocol, ...] = ("smtp", "pop3", "imap")
        modes: tuple[Mode, ...] = ("starttls", "implicit")
        return [Port(self.port(protocol, mode), protocol, mode) for protocol in protocols for mode in modes]

    def done(self) -> int:
        """How many messages were taken and how many logins have succeeded, by the servers' own logs."""
        return text(self.exim.log).count(" <= ") + text(self.dovecot.log).count("Login: user=")


def text(log: Path) -> str:
    return log.read_text(errors="replace") if log.exists() else ""


@contextmanager
def tls_servers(folder: Path, identity: Identity, login: Login, client_authority: Path | None = None,
                highest: str | None = None) -> Iterator[TLSServers]:
    """They accept `login`; see exim.py and dovecot.py for the options."""
    with exim_with_tls(folder / "exim", identity, login.user, login.password, client_authority=client_authority,
                       highest=highest) as smtp, \
            dovecot(folder / "dovecot", login.password, identity, client_authority=client_authority,
                    highest=highest) as other:
        yield TLSServers(smtp, other)
