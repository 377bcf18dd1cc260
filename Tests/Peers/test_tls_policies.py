"""Each leg by its own policy: a client without TLS reaches a server that demands it, and the other way round."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.certificates import TestAuthority
from harness.clients import Login
from harness.dovecot import dovecot
from harness.exim import exim_daemon, exim_with_tls
from harness.mailtee import Mailtee, legs
from harness.messages import body_in_wire_form, japanese
from harness.tls_clients import named
from harness.tls_task import Mode, Task

LOGIN = Login("noizumi", "each-leg-by-itself")


@pytest.mark.parametrize("server", ["starttls", "implicit"])
@pytest.mark.parametrize("name", ["smtplib", "msmtp", "curl"])
def test_client_without_tls_reaches_a_server_that_demands_it(
        mailtee: Mailtee, folder: Path, name: str, server: Mode) -> None:
    authority = TestAuthority(folder / "authority")
    with exim_with_tls(folder / "exim", authority.good(), LOGIN.user, LOGIN.password, require_tls=True) as exim:
        upstream = exim.smtps if server == "implicit" else exim.smtp
        options = ("--client-tls", "none", "--server-tls", server, "--upstream-ca", str(authority.certificate))
        with mailtee.tap(f"0=smtp://localhost:{upstream}", options=options) as tap:
            task = Task(tap.port, "plain", authority.certificate, folder / "client", LOGIN, japanese("demanded"))
            named(name, "smtp").run(task)
            mailtee.wait_for_sessions(1)
        assert b"demanded" in exim.delivered()
    session = mailtee.show()
    assert list(legs(session)) == ["server"] and legs(session)["server"]["verification"] == "verified"
    assert not any("STARTTLS" in one["text"] for one in session["utterances"])
    assert all(not one["tls"] for one in session["utterances"])


@pytest.mark.parametrize("server", ["starttls", "implicit"])
@pytest.mark.parametrize(("name", "protocol"), [("poplib", "pop3"), ("mpop", "pop3"), ("imaplib", "imap"), ("curl", "imap")])
def test_reader_without_tls_reaches_a_server_that_demands_it(
        mailtee: Mailtee, folder: Path, name: str, protocol: str, server: Mode) -> None:
    authority = TestAuthority(folder / "authority")
    with dovecot(folder / "dovecot", LOGIN.password, authority.good(), require_tls=True) as store:
        store.put(LOGIN.user, "1", japanese("demanded"))
        port = getattr(store, protocol + ("s" if server == "implicit" else ""))
        options = ("--client-tls", "none", "--server-tls", server, "--upstream-ca", str(authority.certificate))
        with mailtee.tap(f"0={protocol}://{store.address}:{port}", options=options) as tap:
            fetched = named(name, protocol).run(
                Task(tap.port, "plain", authority.certificate, folder / "client", LOGIN))
            mailtee.wait_for_sessions(1, or_more=True)
    assert fetched is not None and body_in_wire_form() in fetched
    session = mailtee.show()
    assert list(legs(session)) == ["server"]
    assert not any("STARTTLS" in one["text"] or "STLS" in one["text"] for one in session["utterances"])


@pytest.mark.parametrize("client", ["starttls", "implicit"])
@pytest.mark.parametrize("name", ["smtplib", "swaks", "msmtp", "curl"])
def test_client_that_demands_tls_reaches_a_server_without(
        mailtee: Mailtee, folder: Path, name: str, client: Mode) -> None:
    with exim_daemon(folder / "exim", LOGIN.user, LOGIN.password) as (port, exim):
        options = ("--client-tls", client, "--server-tls", "none")
        with mailtee.tap(f"0=smtp://localhost:{port}", options=options) as tap:
            task = Task(tap.port, client, mailtee.trusted(), folder / "client", LOGIN, japanese("given"))
            named(name, "smtp").run(task)
            mailtee.wait_for_sessions(1)
        assert b"given" in exim.delivered()
    session = mailtee.show()
    assert list(legs(session)) == ["client"]
    inside = [one["text"] for one in session["utterances"] if one["tls"]]
    assert any(text.upper().startswith("MAIL FROM") for text in inside)
    assert not any("STARTTLS" in text for text in inside), "it is not offered again inside TLS"


@pytest.mark.parametrize("client", ["starttls", "implicit"])
@pytest.mark.parametrize(("name", "protocol"), [("poplib", "pop3"), ("fetchmail", "pop3"), ("imaplib", "imap"), ("curl", "imap")])
def test_reader_that_demands_tls_reaches_a_server_without(
        mailtee: Mailtee, folder: Path, name: str, protocol: str, client: Mode) -> None:
    with dovecot(folder / "dovecot", LOGIN.password) as store:
        store.put(LOGIN.user, "1", japanese("given"))
        options = ("--client-tls", client, "--server-tls", "none")
        with mailtee.tap(f"0={protocol}://localhost:{getattr(store, protocol)}", options=options) as tap:
            fetched = named(name, protocol).run(
                Task(tap.port, client, mailtee.trusted(), folder / "client", LOGIN))
            mailtee.wait_for_sessions(1, or_more=True)
    assert fetched is not None and body_in_wire_form() in fetched
    assert list(legs(mailtee.show())) == ["client"]
