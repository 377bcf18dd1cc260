"""Who TLS is with: the embedded server, children, servers that ask for a certificate, names and protocols passed on."""

from __future__ import annotations

import shlex
import ssl
from pathlib import Path

import pytest

from harness.certificates import TestAuthority
from harness.clients import Login
from harness.dovecot import dovecot
from harness.exim import exim, exim_with_tls, readable, tls_settings
from harness.mailtee import Json, Mailtee, legs, verbs_inside
from harness.messages import body_in_wire_form, japanese
from harness.private_view import PrivateView
from harness.script import connect, receive_line, receive_reply, scripted_server
from harness.tls_clients import clients
from harness.tls_task import Client, Mode, Task

LOGIN = Login("noizumi", "whoever-it-is-with")


@pytest.mark.parametrize("mode", ["starttls", "implicit"])
@pytest.mark.parametrize("sender", clients("smtp"), ids=str)
def test_embedded_server(mailtee: Mailtee, sender: Client, mode: Mode) -> None:
    """Mail goes in by SMTP and comes out by POP3, both inside TLS."""
    with (mailtee.serve() if mode == "starttls" else mailtee.serve_implicit()) as running:
        folder = mailtee.folder / "client"
        task = Task(running.ports[0], mode, mailtee.trusted(), folder, LOGIN, japanese("embedded"))
        sender.run(task)
        for reader in clients("pop3"):
            fetched = reader.run(Task(running.ports[1], mode, task.ca, folder, LOGIN))
            assert fetched is not None and body_in_wire_form() in fetched, reader
        sessions = mailtee.wait_for_sessions(1 + len(clients("pop3")), or_more=True)
    for one in sessions:
        session = mailtee.show(one["id"])
        assert legs(session)["client"]["version"].startswith("TLS 1."), session
        assert not any(said["secret"] and not said["tls"] for said in session["utterances"])
        assert not any(one["side"] == "server" for one in session["findings"]), "mailtee does not accuse itself"


@pytest.mark.parametrize("command", ["tap", "inetd"])
def test_child_with_starttls(mailtee: Mailtee, folder: Path, command: str) -> None:
    authority = TestAuthority(folder / "authority")
    view = PrivateView(folder / "view")
    settings = tls_settings(readable(authority.good(), folder), 0, False, None, None)
    configured = exim(folder, view, user=LOGIN.user, password=LOGIN.password, tls=settings)
    child = [str(word) for word in view.command(*configured.on_standard_input)]
    # A child has no name that its certificate could be for.
    options = ("--upstream-ca", str(authority.certificate))
    if command == "inetd":
        inner = [str(word) for word in mailtee.command("inetd", *options, "--protocol", "smtp", "--", *child)]
        with Mailtee(folder, folder / "outer").tap("0=exec:" + shlex.join(inner)) as outer:
            clients("smtp")[0].run(
                Task(outer.port, "starttls", mailtee.trusted(), folder / "client", LOGIN, japanese("child")))
            mailtee.wait_for_sessions(1)
    else:
        with mailtee.tap("0=smtp+exec:" + shlex.join(child), options=options) as tap:
            clients("smtp")[0].run(
                Task(tap.port, "starttls", mailtee.trusted(), folder / "client", LOGIN, japanese("child")))
            mailtee.wait_for_sessions(1)
    session = mailtee.show()
    assert verbs_inside(session) == ["EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]
    assert legs(session)["server"]["verification"] == "verified"
    assert b"child" in configured.delivered()


def test_server_that_asks_for_a_certificate(mailtee: Mailtee, folder: Path) -> None:
    authority = TestAuthority(folder / "authority")
    identity = authority.client()
    options = ("--upstream-ca", str(authority.certificate))
    shown = ("--upstream-certificate", str(identity.certificate), "--upstream-key", str(identity.key))
    with exim_with_tls(folder / "exim", authority.good(), LOGIN.user, LOGIN.password,
                       client_authority=authority.certificate) as server:
        for more in (shown, ()):
            with mailtee.tap(f"0=smtps://localhost:{server.smtps}", options=options + more) as tap:
                outcome = clients("smtp")[0].attempt(
                    Task(tap.port, "implicit", mailtee.trusted(), folder / "client", LOGIN, japanese("shown")))
                mailtee.wait_for_sessions(1 if more else 2)
            assert outcome.ok == bool(more)


def test_certificate_of_the_users_own(mailtee: Mailtee, folder: Path) -> None:
    authority = TestAuthority(folder / "authority")
    own = authority.good()
    with exim_with_tls(folder / "exim", authority.good(), LOGIN.user, LOGIN.password) as server:
        options = ("--upstream-ca", str(authority.certificate), "--certificate", str(own.certificate),
                   "--key", str(own.key))
        with mailtee.tap(f"0=smtp://localhost:{server.smtp}", options=options) as tap:
            clients("smtp")[0].run(
                Task(tap.port, "starttls", authority.certificate, folder / "client", LOGIN, japanese("own")))
            mailtee.wait_for_sessions(1)
    session = mailtee.show()
    assert legs(session)["client"]["chain"][0]["issuer"] == "CN=mailtee test authority"
    assert not (mailtee.store / "authority").exists(), "nobody needed it"


@pytest.mark.without_tshark
@pytest.mark.parametrize("highest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_name_and_protocol_are_passed_on(mailtee: Mailtee, folder: Path, highest: ssl.TLSVersion) -> None:
    authority = TestAuthority(folder / "authority")
    identity = authority.good("mail.asked.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.certificate, identity.key)
    context.set_alpn_protocols(["imap", "smtp"])
    heard: list[tuple[str | None, str | None]] = []
    names: list[str] = []
    context.sni_callback = lambda _, name, __: names.append(name)

    def serve(peer) -> None:
        with context.wrap_socket(peer, server_side=True) as secure:
            heard.append((names[-1] if names else None, secure.selected_alpn_protocol()))
            secure.sendall(b"220 ready\r\n")
            receive_line(secure)
            secure.sendall(b"221 bye\r\n")

    with scripted_server(serve) as upstream, mailtee.tap(
            f"0=smtps://localhost:{upstream.port}", options=("--upstream-ca", str(authority.certificate))) as tap:
        asking = ssl.create_default_context(cafile=str(mailtee.trusted()))
        asking.maximum_version = highest
        asking.set_alpn_protocols(["smtp", "lmtp"])
        with asking.wrap_socket(connect(tap.port), server_hostname="mail.asked.example") as client:
            assert client.selected_alpn_protocol() == "smtp"
            assert "mail.asked.example" in [name for _, name in client.getpeercert()["subjectAltName"]]
            receive_reply(client)
            client.sendall(b"QUIT\r\n")
            receive_line(client)
        mailtee.wait_for_sessions(1)
    assert heard == [("mail.asked.example", "smtp")]
    session = mailtee.show()
    for leg in legs(session).values():
        assert leg["serverName"] == "mail.asked.example" and leg["applicationProtocol"] == "smtp"
    assert legs(session)["client"]["version"] == ("TLS 1.2" if highest == ssl.TLSVersion.TLSv1_2 else "TLS 1.3")


def test_old_session_is_read_while_a_new_one_shakes_hands(mailtee: Mailtee, folder: Path) -> None:
    """STLS for many readers at once: none is mixed with another."""
    authority = TestAuthority(folder / "authority")
    with dovecot(folder / "dovecot", LOGIN.password, authority.good(), protocols=("pop3",)) as store:
        store.put(LOGIN.user, "1", japanese("many"))
        with mailtee.tap(f"0=pop3://localhost:{store.pop3}", options=("--upstream-ca", str(authority.certificate))) as tap:
            context = ssl.create_default_context(cafile=str(mailtee.trusted()))
            peers = []
            for number in range(20):
                client = connect(tap.port)
                receive_line(client)
                client.sendall(b"STLS\r\n")
                peers.append((number, client))
            for number, client in peers:
                receive_line(client)
            secured = [(number, context.wrap_socket(client, server_hostname="localhost")) for number, client in peers]
            for number, client in secured:
                client.sendall(f"USER reader-{number}\r\n".encode())
                receive_line(client)
                client.sendall(b"QUIT\r\n")
                receive_line(client)
                client.close()
            sessions = mailtee.wait_for_sessions(20)
    said = sorted(text for one in sessions for text in inside(mailtee.show(one["id"])))
    assert said == sorted([f"USER reader-{number}" for number in range(20)] + ["QUIT"] * 20)


def inside(session: Json) -> list[str]:
    return [one["text"] for one in session["utterances"] if one["from"] == "client" and one["tls"]]
