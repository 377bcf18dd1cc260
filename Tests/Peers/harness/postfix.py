"""postfix, the whole of it, run from the unpacked package: takes everything, in plain text or with TLS."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .certificates import Identity
from .ports import free_port, wait_until_listening
from .private_view import PrivateView
from .processes import background
from .requirements import unpacked

MAILBOX = "noizumi"
OWNER = 64004
QUEUES = "active bounce corrupt defer deferred flush hold incoming maildrop pid private public saved trace".split()

MAIN = """
compatibility_level = 3.6
mail_owner = postfix
setgid_group = postdrop
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = {package}/usr/lib/postfix/sbin
command_directory = {package}/usr/sbin
shlib_directory = {package}/usr/lib/postfix
import_environment = MAIL_CONFIG LANG=C LD_LIBRARY_PATH
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = peer.example
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = static:all
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:{mailbox}
virtual_minimum_uid = 1
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
smtpd_tls_security_level = {level}
smtpd_tls_chain_files = {key} {certificate}
smtpd_tls_loglevel = 1
smtpd_tls_session_cache_database =
"""

MASTER = """
{smtp} inet n - n - - smtpd
{smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """STARTTLS on `smtp`, TLS from the first byte on `smtps`."""

    smtp: int
    smtps: int
    mail: Path
    log: Path

    def delivered(self) -> bytes:
        box = self.mail / MAILBOX
        return box.read_bytes() if box.exists() else b""


@contextmanager
def postfix(folder: Path, identity: Identity, require_tls: bool = False) -> Iterator[Postfix]:
    """Appends every message to one mailbox. There is no AUTH. `require_tls`: MAIL is refused before TLS."""
    master = unpacked("postfix", "usr/lib/postfix/sbin/master")
    view = PrivateView(folder / "view")
    view.user("postfix", None, OWNER)
    view.user("postdrop", None, OWNER + 1)
    server = Postfix(free_port(), free_port(), folder / "mail", folder / "postfix.log")
    make_folders(folder)
    package = master.parents[4]
    an_hour_old(folder / "main.cf", MAIN.format(
        folder=folder, package=package, mailbox=MAILBOX, level="encrypt" if require_tls else "may",
        certificate=identity.certificate, key=identity.key))
    an_hour_old(folder / "master.cf", MASTER.format(smtp=f"127.0.0.1:{server.smtp}", smtps=f"127.0.0.1:{server.smtps}"))
    environment = {"MAIL_CONFIG": str(folder), "LD_LIBRARY_PATH": str(package / "usr/lib/postfix")}
    with background(view.command(master, "-s"), folder, "postfix", environment) as process:
        wait_until_listening(server.smtp)
        wait_until_listening(server.smtps)
        yield server
        process.stop()


def an_hour_old(path: Path, text: str) -> None:
    """postfix reads a file that has just been written again and again until it is two seconds old."""
    path.write_text(text)
    os.utime(path, 2 * (time.time() - 3600,))


def make_folders(folder: Path) -> None:
    """What `postfix start` would make."""
    for name in ("queue", "data", "mail", *(f"queue/{one}" for one in QUEUES)):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in (folder / "data", *((folder / "queue" / one) for one in QUEUES if one != "pid")):
        os.chown(path, OWNER, OWNER + 1 if path.name in ("public", "maildrop") else OWNER)
        path.chmod(0o710 if path.name == "public" else 0o700)
    (folder / "mail").chmod(0o777)
