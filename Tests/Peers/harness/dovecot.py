"""dovecot's POP3 server, with any user and one password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .ports import free_port, wait_until_listening
from .processes import background
from .requirements import program, root


@dataclass(frozen=True)
class Dovecot:
    port: int
    mail: Path

    def put(self, user: str, name: str, message: bytes) -> None:
        """Puts a message into the user's mailbox."""
        box = self.mail / user / "new"
        for folder in (self.mail / user, box, box.parent / "cur", box.parent / "tmp"):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o777)
        (box / name).write_bytes(message)
        (box / name).chmod(0o666)


@contextmanager
def dovecot_pop3(folder: Path, password: str) -> Iterator[Dovecot]:
    root("dovecot")
    binary = program("dovecot", "dovecot-pop3d")
    mail = folder / "mail"
    mail.mkdir(parents=True)
    mail.chmod(0o777)
    port = free_port()
    configuration = folder / "dovecot.conf"
    configuration.write_text(f"""
protocols = pop3
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 scram-sha-256 apop
first_valid_uid = 1
mail_location = maildir:{mail}/%u
service pop3-login {{
  inet_listener pop3 {{
    port = {port}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
passdb {{
  driver = static
  args = password={password} allow_nets=127.0.0.1
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={mail}/%u
}}
""")
    with background([binary, "-F", "-c", configuration], folder, "dovecot") as server:
        wait_until_listening(port)
        yield Dovecot(port, mail)
        server.stop()
