"""exim4: one session on standard input (as inetd starts it), or a daemon, in plain text or with TLS."""

from __future__ import annotations

import shutil
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

AUTHENTICATORS = """
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if and{{{{eq{{$auth1}}{{{user}}}}}{{eq{{$auth2}}{{{password}}}}}}}}}
  server_set_id = $auth1
cram_md5:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = ${{if eq{{$auth1}}{{{user}}}{{{password}}}fail}}
  server_set_id = $auth1
"""

WITHOUT_TLS = """
tls_advertise_hosts =
auth_advertise_hosts = *
"""

WITH_TLS = """
tls_advertise_hosts = *
auth_advertise_hosts = *
tls_certificate = {certificate}
tls_privatekey = {key}
tls_on_connect_ports = {implicit}
"""

ONLY_WITH_TLS = """
auth_advertise_hosts = ${if def:tls_in_cipher{*}{}}
acl_smtp_mail = ${if def:tls_in_cipher{accept}{deny message = 530 5.7.0 Must issue a STARTTLS command first}}
"""


@dataclass(frozen=True)
class Exim:
    program: Path
    configuration: Path
    mail: Path

    @property
    def on_standard_input(self) -> list[str]:
        return [str(self.program), "-C", str(self.configuration), "-bs"]

    def delivered(self) -> bytes:
        """All that was delivered so far, whoever the recipient."""
        return b"".join(path.read_bytes() for path in sorted(self.mail.iterdir()) if ".lock" not in path.name)


def exim(folder: Path, view: PrivateView, mail: Path | None = None, user: str = "", password: str = "",
         tls: str = WITHOUT_TLS) -> Exim:
    """Accepts everything and appends it to one mailbox; with `user`, offers AUTH. It has to run in `view`, since
    Debian's build wants a user Debian-exim, even where its configuration names others."""
    program = unpacked("exim4-daemon-light", "usr/sbin/exim4")
    view.user("Debian-exim", None, 64003)
    for name in ("", "spool", "log"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name).chmod(0o777)
    if mail is None:
        mail = folder / "mail"
        mail.mkdir(exist_ok=True)
        mail.chmod(0o777)
    configuration = folder / "exim.conf"
    configuration.write_text(f"""
primary_hostname = peer.example
qualify_domain = peer.example
domainlist local_domains = *
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
exim_user = mail
exim_group = mail
deliver_drop_privilege
keep_environment =
acl_smtp_rcpt = accept
acl_smtp_data = accept
smtp_accept_max = 500
smtp_accept_queue_per_connection = 0
{tls}
host_lookup =
rfc1413_hosts =
queue_only = false
message_size_limit = 100M
begin routers
everything:
  driver = accept
  transport = append
begin transports
append:
  driver = appendfile
  file = {mail}/{MAILBOX}
  mode = 0666
  mode_fail_narrower = false
  user = mail
  group = mail
begin authenticators
{AUTHENTICATORS.format(user=user, password=password) if user else ""}
""")
    return Exim(program, configuration, mail)


@contextmanager
def exim_daemon(folder: Path, user: str = "", password: str = "") -> Iterator[tuple[int, Exim]]:
    view = PrivateView(folder / "view")
    configured = exim(folder, view, user=user, password=password)
    port = free_port()
    command = [configured.program, "-C", configured.configuration, "-bdf", "-oX", f"127.0.0.1.{port}",
               "-oP", folder / "exim.pid"]
    with background(view.command(*command), folder, "exim"):
        wait_until_listening(port)
        yield port, configured


@dataclass(frozen=True)
class EximWithTLS:
    """Two ports of one daemon: STARTTLS on `smtp`, TLS from the first byte on `smtps`."""

    smtp: int
    smtps: int
    exim: Exim
    log: Path

    def delivered(self) -> bytes:
        return self.exim.delivered()


@contextmanager
def exim_with_tls(folder: Path, identity: Identity, user: str = "", password: str = "", require_tls: bool = False,
                  client_authority: Path | None = None, highest: str | None = None) -> Iterator[EximWithTLS]:
    """`require_tls`: AUTH is not offered and MAIL is refused before TLS. `client_authority`: the handshake fails without
    a certificate of that authority. `highest`: the highest version of TLS, "1.2" or "1.3"."""
    view = PrivateView(folder / "view")
    smtp, smtps = free_port(), free_port()
    tls = tls_settings(readable(identity, folder), smtps, require_tls, client_authority, highest)
    configured = exim(folder, view, user=user, password=password, tls=tls)
    command = view.command(configured.program, "-C", configured.configuration, "-bdf",
                           "-oX", f"127.0.0.1.{smtp}:127.0.0.1.{smtps}", "-oP", folder / "exim.pid")
    with background(command, folder, "exim"):
        wait_until_listening(smtp)
        wait_until_listening(smtps)
        yield EximWithTLS(smtp, smtps, configured, folder / "log" / "mainlog")


def tls_settings(identity: Identity, implicit: int, require: bool, client_authority: Path | None,
                 highest: str | None) -> str:
    lines = WITH_TLS.format(certificate=identity.certificate, key=identity.key, implicit=implicit)
    if require:
        lines = lines.replace("auth_advertise_hosts = *\n", ONLY_WITH_TLS)
    if client_authority:
        lines += f"tls_verify_hosts = *\ntls_verify_certificates = {client_authority}\n"
    if highest == "1.2":
        lines += "tls_require_ciphers = NORMAL:-VERS-TLS1.3\n"
    return lines


def readable(identity: Identity, folder: Path) -> Identity:
    """A copy in `folder` that exim can read: it has given up root when it does."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = Identity(folder / "server.pem", folder / "server.key")
    for source, target in ((identity.certificate, copy.certificate), (identity.key, copy.key)):
        shutil.copyfile(source, target)
        target.chmod(0o644)
    return copy
