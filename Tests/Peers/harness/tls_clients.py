"""Real clients in plain text, with STARTTLS and with TLS from the first byte, each verifying the server by a given CA.

What they are like with TLS, as measured on Debian 12, in both modes and with TLS 1.2 and 1.3 (self-signed and not
yet valid: with 1.3; the end of swaks and fetchmail, which write no keys: with 1.2):

| Client | Library | Unknown authority, self-signed, expired, not yet valid | Wrong name |
|---|---|---|---|
| smtplib, poplib, imaplib | OpenSSL | refused, with the alert that fits | refused, alert bad_certificate |
| fetchmail | OpenSSL | refused, with the alert that fits | refused, alert bad_certificate |
| openssl s_client | OpenSSL | refused, with the alert that fits | refused, alert bad_certificate |
| curl | OpenSSL | refused, with the alert that fits | refused after the handshake, by close_notify |
| msmtp, mpop | GnuTLS | refused after the handshake, by FIN alone | refused after the handshake, by FIN alone |
| swaks | OpenSSL | refused, with the alert that fits | **accepted** |

The alert that fits is unknown_ca or certificate_expired. With TLS 1.3, the FIN of msmtp and mpop comes in one packet with
their Finished.

| Client | Name (SNI) | close_notify at the end | Versions it can be held to | Writes the session's keys |
|---|---|---|---|---|
| smtplib, poplib, imaplib | yes | **never** | any range | by its context |
| swaks | **no** | **never** | any range | no |
| curl | yes | yes | any range | by SSLKEYLOGFILE |
| fetchmail | yes | yes | 1.2 alone, 1.3 alone, one and later | no |
| openssl s_client | by -servername | yes | any range | by -keylogfile |
| msmtp, mpop | yes | yes | any range | by SSLKEYLOGFILE |

None of them offers ALPN. When the server offers no STARTTLS, all of them give up before they log in; fetchmail and openssl
ask for it all the same, and openssl then begins TLS whatever the reply. All of them come to 127.0.0.1 by the name localhost,
also where that is ::1 first."""

from __future__ import annotations

import imaplib
import poplib
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

from .clients import SENDER, private_file
from .openssl_client import fetch_imap_by_openssl, fetch_pop3_by_openssl, send_by_openssl
from .requirements import program
from .tls_settings import curl_url, curl_words, fetchmail_words, msmtp_lines, python_context, swaks_words
from .tls_task import RECIPIENT, WITH_TLS, Client, Protocol, Refusal, Task, run_program


@contextmanager
def python_words() -> Iterator[None]:
    """An exception of Python's own clients is what a program would say."""
    try:
        yield
    except (OSError, EOFError, smtplib.SMTPException, poplib.error_proto, imaplib.IMAP4.error) as failure:
        raise Refusal(None, "\nafter ".join(chain(failure))) from failure


def chain(failure: BaseException | None) -> Iterator[str]:
    """What went wrong and what had gone wrong before it: poplib and imaplib trip over a socket that ssl has closed."""
    while failure:
        yield f"{type(failure).__name__}: {failure}"
        failure = failure.__context__


# SMTP

def send_by_smtplib(task: Task) -> None:
    with python_words(), smtp_session(task) as session:
        if task.mode == "starttls":
            session.starttls(context=python_context(task))
        session.ehlo_or_helo_if_needed()
        if task.login:
            session.user, session.password = task.login.user, task.login.password
            session.auth("PLAIN", session.auth_plain)
        session.sendmail(SENDER, [RECIPIENT], task.to_send)


def smtp_session(task: Task) -> smtplib.SMTP:
    name = "smtplib.example"
    if task.mode == "implicit":
        return smtplib.SMTP_SSL(task.host, task.port, name, timeout=task.patience, context=python_context(task))
    return smtplib.SMTP(task.host, task.port, name, timeout=task.patience)


def send_by_swaks(task: Task) -> None:
    (task.folder / "swaks.eml").write_bytes(task.to_send)
    login = task.login
    words = ["--auth", "PLAIN", "--auth-user", login.user, "--auth-password", login.password] if login else []
    run_program(task, program("swaks", "swaks"), "--server", task.host, "--port", str(task.port), "--helo", "swaks.example",
                "--from", SENDER, "--to", RECIPIENT, "--data", "@" + str(task.folder / "swaks.eml"), *words,
                *swaks_words(task))


def send_by_msmtp(task: Task) -> None:
    login = task.login
    account = f"auth plain\nuser {login.user}\npassword {login.password}\n" if login else "auth off\n"
    rc = private_file(task.folder / "msmtprc",
                      f"defaults\naccount default\nhost {task.host}\nport {task.port}\nfrom {SENDER}\n"
                      f"domain msmtp.example\n{account}{msmtp_lines(task)}")
    run_program(task, program("msmtp", "msmtp"), "-C", rc, "--debug", "--", RECIPIENT, given=task.to_send)


def send_by_curl(task: Task) -> None:
    (task.folder / "curl.eml").write_bytes(task.to_send)
    run_program(task, program("curl", "curl"), *curl_words(task), "--url", curl_url(task, "smtp", "curl.example"),
                "--mail-from", SENDER, "--mail-rcpt", RECIPIENT, "--upload-file", task.folder / "curl.eml")


# POP3

def fetch_by_poplib(task: Task) -> bytes:
    login = task.to_log_in
    with python_words():
        session = pop3_session(task)
        try:
            if task.mode == "starttls":
                session.stls(python_context(task))
            session.user(login.user)
            session.pass_(login.password)
            lines = session.retr(1)[1]
            session.quit()
        finally:
            session.close()
    return b"\r\n".join(lines) + b"\r\n"


def pop3_session(task: Task) -> poplib.POP3:
    if task.mode == "implicit":
        return poplib.POP3_SSL(task.host, task.port, timeout=task.patience, context=python_context(task))
    return poplib.POP3(task.host, task.port, timeout=task.patience)


def fetch_by_mpop(task: Task) -> bytes:
    target, known = task.folder / "fetched-by-mpop", task.folder / "mpop-uidls"
    for left in (target, known):
        left.unlink(missing_ok=True)
    login = task.to_log_in
    rc = private_file(task.folder / "mpoprc",
                      f"defaults\naccount default\nhost {task.host}\nport {task.port}\nuser {login.user}\n"
                      f"password {login.password}\nauth user\npipelining off\nkeep on\ndelivery mbox {target}\n"
                      f"uidls_file {known}\nreceived_header off\n{msmtp_lines(task)}")
    run_program(task, program("mpop", "mpop"), "-C", rc, "--debug")
    return target.read_bytes()


# IMAP

def fetch_by_imaplib(task: Task) -> bytes:
    login = task.to_log_in
    with python_words(), imap_session(task) as session:
        if task.mode == "starttls":
            session.starttls(python_context(task))
        session.login(login.user, login.password)
        session.select()
        parts = session.fetch("1", "(BODY.PEEK[])")[1]
    assert isinstance(parts[0], tuple), parts
    return parts[0][1]


def imap_session(task: Task) -> imaplib.IMAP4:
    if task.mode == "implicit":
        return imaplib.IMAP4_SSL(task.host, task.port, ssl_context=python_context(task), timeout=task.patience)
    return imaplib.IMAP4(task.host, task.port, task.patience)


# POP3 and IMAP

def fetch_pop3_by_curl(task: Task) -> bytes:
    return run_program(task, program("curl", "curl"), *curl_words(task), curl_url(task, "pop3", "1"))


def fetch_imap_by_curl(task: Task) -> bytes:
    return run_program(task, program("curl", "curl"), *curl_words(task), curl_url(task, "imap", "INBOX;MAILINDEX=1"))


def fetch_pop3_by_fetchmail(task: Task) -> bytes:
    return fetch_by_fetchmail(task, "pop3")


def fetch_imap_by_fetchmail(task: Task) -> bytes:
    return fetch_by_fetchmail(task, "imap")


def fetch_by_fetchmail(task: Task, protocol: Protocol) -> bytes:
    login = task.to_log_in
    target = task.folder / f"fetched-by-fetchmail-{protocol}"
    target.unlink(missing_ok=True)
    rc = private_file(task.folder / "fetchmailrc", (
        f'poll "{task.host}" service {task.port} proto {protocol} auth password user "{login.user}" '
        f'password "{login.password}" is root here keep fetchall fetchlimit 1 no rewrite mda "cat >\'{target}\'" '
        f"{fetchmail_words(task)}\n"))
    run_program(task, program("fetchmail", "fetchmail"), "-f", rc, "--nodetach", "-d0", "-v",
                "-i", task.folder / "fetchids", "--pidfile", task.folder / "fetchmail.pid")
    return target.read_bytes()


CLIENTS = (
    Client("smtplib", "smtp", send_by_smtplib),
    Client("swaks", "smtp", send_by_swaks, checks_name=False, names_server=False),
    Client("msmtp", "smtp", send_by_msmtp),
    Client("curl", "smtp", send_by_curl),
    Client("openssl", "smtp", send_by_openssl, WITH_TLS),
    Client("poplib", "pop3", fetch_by_poplib),
    Client("fetchmail", "pop3", fetch_pop3_by_fetchmail),
    Client("mpop", "pop3", fetch_by_mpop),
    Client("curl", "pop3", fetch_pop3_by_curl),
    Client("openssl", "pop3", fetch_pop3_by_openssl, WITH_TLS),
    Client("imaplib", "imap", fetch_by_imaplib),
    Client("fetchmail", "imap", fetch_imap_by_fetchmail),
    Client("curl", "imap", fetch_imap_by_curl),
    Client("openssl", "imap", fetch_imap_by_openssl, WITH_TLS),
)


def clients(*protocols: Protocol) -> list[Client]:
    """Those of these protocols."""
    return [client for client in CLIENTS if client.protocol in protocols]


def named(name: str, protocol: Protocol) -> Client:
    return next(client for client in CLIENTS if (client.name, client.protocol) == (name, protocol))
