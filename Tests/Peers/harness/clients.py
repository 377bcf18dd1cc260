"""Real clients, each for one task: hand one message in by SMTP, or fetch the first one by POP3."""

from __future__ import annotations

import poplib
import smtplib
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .requirements import program
from .waiting import PATIENCE

SENDER = "winbiff@peer.example"


@dataclass(frozen=True)
class Login:
    user: str
    password: str


Send = Callable[[int, str, bytes, Path, "Login | None"], None]
Fetch = Callable[[int, Login, Path], bytes]


def run(*words: str | Path, folder: Path, given: bytes = b"") -> bytes:
    result = subprocess.run(
        [str(word) for word in words], input=given, capture_output=True, timeout=2 * PATIENCE, check=False, cwd=folder,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(folder), "FETCHMAILHOME": str(folder), "LANG": "C"})
    assert result.returncode == 0, f"{words[0]} ended with {result.returncode}: {result.stdout!r} {result.stderr!r}"
    return result.stdout


def private_file(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


# SMTP

def send_by_smtplib(port: int, recipient: str, message: bytes, folder: Path, login: Login | None = None) -> None:
    del folder
    with smtplib.SMTP("127.0.0.1", port, local_hostname="smtplib.example", timeout=PATIENCE) as session:
        if login:
            session.login(login.user, login.password)
        session.sendmail(SENDER, [recipient], message)


def send_by_swaks(port: int, recipient: str, message: bytes, folder: Path, login: Login | None = None,
                  mechanism: str = "PLAIN") -> None:
    (folder / "swaks.eml").write_bytes(message)
    extra = ["--auth", mechanism, "--auth-user", login.user, "--auth-password", login.password] if login else []
    run(program("swaks", "swaks"), "--server", "127.0.0.1", "--port", str(port), "--helo", "swaks.example",
        "--from", SENDER, "--to", recipient, "--data", "@" + str(folder / "swaks.eml"), *extra, folder=folder)


def send_by_msmtp(port: int, recipient: str, message: bytes, folder: Path, login: Login | None = None,
                  mechanism: str = "plain") -> None:
    account = f"auth {mechanism}\nuser {login.user}\npassword {login.password}\n" if login else "auth off\n"
    rc = private_file(folder / "msmtprc", f"defaults\naccount default\nhost 127.0.0.1\nport {port}\n"
                                          f"from {SENDER}\ndomain msmtp.example\ntls off\n{account}")
    run(program("msmtp", "msmtp"), "-C", rc, "--", recipient, folder=folder, given=message)


def send_by_curl(port: int, recipient: str, message: bytes, folder: Path, login: Login | None = None) -> None:
    (folder / "curl.eml").write_bytes(message)
    extra = ["--user", f"{login.user}:{login.password}"] if login else []
    run(program("curl", "curl"), "-sS", "--url", f"smtp://127.0.0.1:{port}/curl.example", "--mail-from", SENDER,
        "--mail-rcpt", recipient, "--upload-file", folder / "curl.eml", *extra, folder=folder)


SENDERS: dict[str, Send] = {
    "smtplib": send_by_smtplib,
    "swaks": send_by_swaks,
    "msmtp": send_by_msmtp,
    "curl": send_by_curl,
}


# POP3

def fetch_by_poplib(port: int, login: Login, folder: Path) -> bytes:
    del folder
    session = poplib.POP3("127.0.0.1", port, timeout=PATIENCE)
    session.user(login.user)
    session.pass_(login.password)
    lines = session.retr(1)[1]
    session.quit()
    return b"\r\n".join(lines) + b"\r\n"


def fetch_by_fetchmail(port: int, login: Login, folder: Path) -> bytes:
    target = folder / "fetched-by-fetchmail"
    rc = private_file(folder / "fetchmailrc",
                      f'poll "localhost" service {port} proto pop3 user "{login.user}" password "{login.password}" '
                      f"is root here keep fetchall no rewrite mda \"cat >'{target}'\"\nsslproto ''\n")
    run(program("fetchmail", "fetchmail"), "-f", rc, "--nodetach", "-d0", "-i", folder / "fetchids",
        "--pidfile", folder / "fetchmail.pid", folder=folder)
    return target.read_bytes()


def fetch_by_mpop(port: int, login: Login, folder: Path, mechanism: str = "user") -> bytes:
    target = folder / "fetched-by-mpop"
    rc = private_file(folder / "mpoprc",
                      f"defaults\naccount default\nhost 127.0.0.1\nport {port}\nuser {login.user}\n"
                      f"password {login.password}\nauth {mechanism}\ntls off\npipelining off\nkeep on\ndelivery mbox {target}\n"
                      f"uidls_file {folder}/mpop-uidls\nreceived_header off\n")
    run(program("mpop", "mpop"), "-C", rc, folder=folder)
    return target.read_bytes()


def fetch_by_curl(port: int, login: Login, folder: Path) -> bytes:
    return run(program("curl", "curl"), "-sS", "--url", f"pop3://127.0.0.1:{port}/1",
               "--user", f"{login.user}:{login.password}", folder=folder)


FETCHERS: dict[str, Fetch] = {
    "poplib": fetch_by_poplib,
    "fetchmail": fetch_by_fetchmail,
    "mpop": fetch_by_mpop,
    "curl": fetch_by_curl,
}
