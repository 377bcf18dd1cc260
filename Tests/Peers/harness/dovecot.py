"""dovecot's POP3, IMAP and ManageSieve servers, with any user and one password, in plain text and with TLS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .certificates import Identity
from .ports import free_port, wait_until_listening
from .processes import background
from .requirements import program, root

PACKAGES = {"pop3": "dovecot-pop3d", "imap": "dovecot-imapd", "sieve": "dovecot-managesieved"}
PROGRAMS = {"sieve": "managesieve"}


@dataclass(frozen=True)
class Dovecot:
    """The ports are 0 where the server does not offer the protocol: `pop3s` and `imaps` need an identity."""

    mail: Path
    log: Path
    pop3: int = 0
    pop3s: int = 0
    imap: int = 0
    imaps: int = 0
    sieve: int = 0
    sieves: int = 0
    address: str = "127.0.0.1"

    @property
    def port(self) -> int:
        """POP3 in plain text."""
        return self.pop3

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
    """POP3 in plain text and nothing else."""
    with dovecot(folder, password, protocols=("pop3",)) as server:
        yield server


@contextmanager
def dovecot(folder: Path, password: str, identity: Identity | None = None,
            protocols: tuple[str, ...] = ("pop3", "imap"), require_tls: bool = False,
            client_authority: Path | None = None, highest: str | None = None,
            compress: bool = False) -> Iterator[Dovecot]:
    """With `identity`, STLS and STARTTLS on the plain ports, and TLS from the first byte on two more.

    `require_tls`: no login before TLS. dovecot takes a client with the server's own address for a safe one, so it listens
    on 127.0.0.2 then, which clients reach from 127.0.0.1. `client_authority`: no login without a certificate of that
    authority. `highest`: the highest version of TLS, "1.2" or "1.3".
    `compress`: COMPRESS=DEFLATE in IMAP."""
    root("dovecot")
    binary = program("dovecot", "dovecot-core")
    for protocol in protocols:
        program(f"/usr/lib/dovecot/{PROGRAMS.get(protocol, protocol)}", PACKAGES[protocol])
    mail = folder / "mail"
    mail.mkdir(parents=True)
    mail.chmod(0o777)
    address = "127.0.0.2" if require_tls else "127.0.0.1"
    names = [name for protocol in protocols for name in (protocol, protocol + "s") if identity or name == protocol]
    server = Dovecot(mail, folder / "dovecot.log", **{name: free_port(address) for name in names}, address=address)
    configuration = folder / "dovecot.conf"
    configuration.write_text(f"""
protocols = {" ".join(protocols)}
listen = {address}
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {server.log}
disable_plaintext_auth = {"yes" if require_tls else "no"}
auth_mechanisms = plain login cram-md5 scram-sha-256 apop
first_valid_uid = 1
mail_location = maildir:{mail}/%u
{"".join(login_service(protocol, server) for protocol in protocols)}
passdb {{
  driver = static
  args = password={password} allow_nets=127.0.0.1
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={mail}/%u
}}
{COMPRESSION if compress else ""}
{tls(identity, require_tls, client_authority, highest)}
""")
    environment = {}
    if highest:
        limits = folder / "openssl.conf"
        limits.write_text(OPENSSL_LIMITS.format(highest=highest))
        environment["OPENSSL_CONF"] = str(limits)
    # It ends by SIGKILL to its group: SIGTERM would take it a second.
    with background([binary, "-F", "-c", configuration], folder, "dovecot", environment):
        for name in names:
            wait_until_listening(getattr(server, name))
        yield server


def login_service(protocol: str, server: Dovecot) -> str:
    listeners = "".join(f"  inet_listener {name} {{\n    port = {getattr(server, name)}\n  }}\n"
                        for name in (protocol, protocol + "s"))
    return f"service {PROGRAMS.get(protocol, protocol)}-login {{\n{listeners}}}\n"


def tls(identity: Identity | None, require: bool, client_authority: Path | None, highest: str | None) -> str:
    if identity is None:
        return "ssl = no\n"
    lines = [f"ssl = {'required' if require else 'yes'}", f"ssl_cert = <{identity.certificate}",
             f"ssl_key = <{identity.key}"]
    if client_authority:
        lines += [f"ssl_ca = <{client_authority}", "ssl_verify_client_cert = yes", "auth_ssl_require_client_cert = yes",
                  "ssl_require_crl = no"]
    if highest:
        lines += ["import_environment = $import_environment OPENSSL_CONF"]
    return "\n".join(lines) + "\n"


COMPRESSION = """
mail_plugins = zlib
protocol imap {
  mail_plugins = zlib imap_zlib
}
"""

OPENSSL_LIMITS = """
openssl_conf = main
[main]
ssl_conf = ssl
[ssl]
system_default = limits
[limits]
MaxProtocol = TLSv{highest}
"""
"""dovecot has a setting for the lowest version of TLS only; OpenSSL's own file has one for the highest."""
