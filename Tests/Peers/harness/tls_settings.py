"""How each program is told to use TLS and to verify the server."""

from __future__ import annotations

import ssl
from pathlib import Path

from .tls_task import ANY, Protocol, Task, Versions

# Python

PYTHON_VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}


def python_context(task: Task) -> ssl.SSLContext:
    made = ssl.create_default_context(cafile=str(task.ca))
    if task.versions.lowest:
        made.minimum_version = PYTHON_VERSIONS[task.versions.lowest]
    if task.versions.highest:
        made.maximum_version = PYTHON_VERSIONS[task.versions.highest]
    if task.key_log:
        made.keylog_filename = str(task.key_log)
    if task.identity:
        made.load_cert_chain(task.identity.certificate, task.identity.key)
    return made


# swaks

def swaks_words(task: Task) -> list[str | Path]:
    if task.mode == "plain":
        return []
    words: list[str | Path] = ["--tls" if task.mode == "starttls" else "--tlsc", "--tls-verify", "--tls-ca-path", task.ca]
    if task.versions != ANY:
        allowed = [name for one, name in (("1.2", "tlsv1_2"), ("1.3", "tlsv1_3")) if task.versions.allow(one)]
        words += ["--tls-protocol", ",".join(allowed)]
    if task.identity:
        words += ["--tls-cert", task.identity.certificate, "--tls-key", task.identity.key]
    return words


# curl

def curl_words(task: Task) -> list[str | Path]:
    words: list[str | Path] = ["-sS", "-v", "-4", "--noproxy", "*", "--cacert", task.ca]
    if task.mode == "starttls":
        words.append("--ssl-reqd")
    if task.versions.lowest:
        words.append("--tlsv" + task.versions.lowest)
    if task.versions.highest:
        words += ["--tls-max", task.versions.highest]
    if task.identity:
        words += ["--cert", task.identity.certificate, "--key", task.identity.key]
    if task.login:
        words += ["--user", f"{task.login.user}:{task.login.password}", "--login-options", "AUTH=PLAIN"]
    return words


def curl_url(task: Task, protocol: Protocol, path: str) -> str:
    return f"{protocol}{'s' if task.mode == 'implicit' else ''}://{task.host}:{task.port}/{path}"


# msmtp and mpop, which are of one author

def msmtp_lines(task: Task) -> str:
    if task.mode == "plain":
        return "tls off\n"
    lines = ["tls on", f"tls_starttls {'on' if task.mode == 'starttls' else 'off'}", f"tls_trust_file {task.ca}"]
    if task.versions != ANY:
        lines.append(f"tls_priorities {gnutls_priorities(task.versions)}")
    if task.identity:
        lines += [f"tls_cert_file {task.identity.certificate}", f"tls_key_file {task.identity.key}"]
    return "\n".join(lines) + "\n"


def gnutls_priorities(versions: Versions) -> str:
    return "NORMAL:-VERS-ALL" + "".join(f":+VERS-TLS{one}" for one in ("1.2", "1.3") if versions.allow(one))


# fetchmail

def fetchmail_words(task: Task) -> str:
    words = [f"sslproto '{fetchmail_versions(task)}'"]
    if task.mode == "implicit":
        words.append("ssl")
    if task.mode != "plain":
        words.append(f"sslcertck sslcertfile '{task.ca}'")
    if task.identity:
        words.append(f"sslcert '{task.identity.certificate}' sslkey '{task.identity.key}'")
    return " ".join(words)


def fetchmail_versions(task: Task) -> str:
    """An empty name means "no STARTTLS", one with a plus "or later"; there is no highest version."""
    if task.mode == "plain":
        return ""
    lowest, highest = task.versions.lowest, task.versions.highest
    if highest is None:
        return f"TLS{lowest}+" if lowest else "auto"
    assert lowest in (None, highest), "fetchmail knows no range"
    return f"TLS{highest}"


# openssl

def openssl_words(task: Task, protocol: Protocol) -> list[str | Path]:
    words: list[str | Path] = ["-4", "-connect", f"{task.host}:{task.port}", "-servername", task.host,
                               "-CAfile", task.ca, "-verify", "4", "-verify_return_error", "-verify_hostname", task.host,
                               "-quiet"]
    if task.mode == "starttls":
        words += ["-starttls", protocol, "-name", "openssl.example"]
    for option, version in (("-min_protocol", task.versions.lowest), ("-max_protocol", task.versions.highest)):
        if version:
            words += [option, f"TLSv{version}"]
    if task.identity:
        words += ["-cert", task.identity.certificate, "-key", task.identity.key]
    if task.key_log:
        words += ["-keylogfile", task.key_log]
    return words
