"""Certificates, made with the openssl command: those that a client has to accept, and those that it must refuse."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import ClassVar

from .requirements import program
from .waiting import PATIENCE

HOST = "localhost"
"""The host name that clients connect to: several compare names only, never addresses."""

SERVER_USE = "extendedKeyUsage = serverAuth\n"
CLIENT_USE = "extendedKeyUsage = clientAuth\n"
AUTHORITY_USE = "basicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign, cRLSign\n"
LEAF_USE = "basicConstraints = critical, CA:FALSE\nkeyUsage = critical, digitalSignature\n"

CONFIGURATION = """
[ca]
default_ca = test
[test]
database = {folder}/index
new_certs_dir = {folder}
unique_subject = no
rand_serial = yes
default_md = sha256
policy = any
email_in_dn = no
[any]
commonName = supplied
"""


@dataclass(frozen=True)
class Identity:
    """A certificate and its private key, both PEM."""

    certificate: Path
    key: Path


class TestAuthority:
    """An authority of its own in a folder of its own. Each method makes a new certificate with a new P-256 key."""

    __test__: ClassVar[bool] = False  # no test, whatever pytest thinks of the name

    def __init__(self, folder: Path, name: str = "mailtee test authority") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index").write_text("")
        (folder / "ca.conf").write_text(CONFIGURATION.format(folder=folder))
        self.count = 0
        self.identity = self.issue("authority", name, AUTHORITY_USE, itself=True)

    @property
    def certificate(self) -> Path:
        """What a client trusts: the file for its CA option."""
        return self.identity.certificate

    # What a client has to accept

    def good(self, host: str = HOST) -> Identity:
        """For a server: `localhost`, 127.0.0.1, 127.0.0.2 and `host`."""
        return self.issue("good", HOST, LEAF_USE + SERVER_USE + names(HOST, host))

    def client(self, name: str = "noizumi") -> Identity:
        """For a client that a server asks for a certificate."""
        return self.issue("client", name, LEAF_USE + CLIENT_USE)

    # What a client has to refuse

    def expired(self) -> Identity:
        """The right names and the right authority, but it ended yesterday."""
        return self.issue("expired", HOST, LEAF_USE + SERVER_USE + names(HOST), ends=-1)

    def not_yet_valid(self) -> Identity:
        """The right names and the right authority, but it begins tomorrow."""
        return self.issue("not-yet-valid", HOST, LEAF_USE + SERVER_USE + names(HOST), begins=1)

    def wrong_name(self, host: str = "wrong.example") -> Identity:
        """The right authority, but for a host and an address that nobody asked for."""
        return self.issue("wrong-name", host, LEAF_USE + SERVER_USE + names(host, addresses=("192.0.2.1",)))

    def self_signed(self) -> Identity:
        """The right names, signed with its own key."""
        return self.issue("self-signed", HOST, LEAF_USE + SERVER_USE + names(HOST), itself=True)

    def unknown(self) -> Identity:
        """The right names, signed by an authority that nobody trusts, under the same name as this one."""
        self.count += 1
        return TestAuthority(self.folder / f"{self.count}-unknown").good()

    # How

    def issue(self, kind: str, common_name: str, extensions: str, begins: int = -2, ends: int = 30,
              itself: bool = False) -> Identity:
        """`begins` and `ends` in days from now; with `itself`, signed with its own key."""
        self.count += 1
        made = Identity(self.folder / f"{self.count}-{kind}.pem", self.folder / f"{self.count}-{kind}.key")
        request = made.certificate.with_suffix(".csr")
        file = made.certificate.with_suffix(".ext")
        file.write_text(extensions)
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-subj", f"/CN={common_name}", "-keyout", made.key, "-out", request)
        signer: list[str | Path] = ["-selfsign", "-keyfile", made.key] if itself else [
            "-cert", self.certificate, "-keyfile", self.identity.key]
        openssl("ca", "-batch", "-notext", "-config", self.folder / "ca.conf", "-startdate", day(begins),
                "-enddate", day(ends), "-extfile", file, "-in", request, "-out", made.certificate, *signer)
        return made


def names(*hosts: str, addresses: tuple[str, ...] = ("127.0.0.1", "127.0.0.2")) -> str:
    """The extension with a server's names: these hosts, each once, and these addresses."""
    entries = [f"DNS:{host}" for host in dict.fromkeys(hosts)] + [f"IP:{address}" for address in addresses]
    return f"subjectAltName = {', '.join(entries)}\n"


def day(offset: int) -> str:
    return (datetime.now(timezone.utc) + timedelta(days=offset)).strftime("%Y%m%d%H%M%SZ")


def openssl(*words: str | Path) -> None:
    result = subprocess.run([program("openssl", "openssl"), *words], stdin=subprocess.DEVNULL, capture_output=True,
                            text=True, timeout=PATIENCE, check=False)
    assert result.returncode == 0, f"openssl {words[0]} ended with {result.returncode}: {result.stderr}"
