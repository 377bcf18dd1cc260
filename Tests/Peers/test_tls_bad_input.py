"""What goes wrong with TLS: each time a clear message, the record as far as it came, other sessions untouched."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.certificates import Identity, TestAuthority
from harness.clients import Login
from harness.exim import exim_with_tls
from harness.mailtee import Json, Mailtee, verbs_inside
from harness.messages import japanese
from harness.requirements import program
from harness.script import connect, receive_all, receive_line, receive_reply, reset
from harness.tls_clients import clients
from harness.tls_task import Task

LOGIN = Login("noizumi", "nothing-shows-this")
pytestmark = pytest.mark.without_tshark


@pytest.fixture
def authority(folder: Path) -> TestAuthority:
    return TestAuthority(folder / "authority")


@pytest.fixture
def upstream(folder: Path, authority: TestAuthority) -> Iterator[int]:
    with exim_with_tls(folder / "exim", authority.good(), LOGIN.user, LOGIN.password) as server:
        yield server.smtp


def failures(session: Json) -> dict[str, Json]:
    return {one["leg"]: one["failure"] for one in session["handshakes"] if "failure" in one}


def options(authority: TestAuthority) -> tuple[str, str]:
    return ("--upstream-ca", str(authority.certificate))


def ask_for_tls(port: int) -> "object":
    client = connect(port)
    receive_reply(client)
    client.sendall(b"EHLO bad.example\r\n")
    receive_reply(client)
    client.sendall(b"STARTTLS\r\n")
    assert receive_line(client).startswith(b"220")
    return client


def test_client_hangs_up_in_the_handshake(mailtee: Mailtee, authority: TestAuthority, upstream: int) -> None:
    hello = ssl.MemoryBIO()
    context = ssl.create_default_context()
    try:
        context.wrap_bio(ssl.MemoryBIO(), hello, server_hostname="localhost").do_handshake()
    except ssl.SSLWantReadError:
        pass
    said = hello.read()
    with mailtee.tap(f"0=smtp://localhost:{upstream}", options=options(authority)) as tap:
        other = ask_for_tls(tap.port)
        for count, end in ((0, "close"), (5, "close"), (len(said), "close"), (len(said), "reset")):
            client = ask_for_tls(tap.port)
            client.sendall(said[:count])
            reset(client) if end == "reset" else client.close()
        with trusting(mailtee).wrap_socket(other, server_hostname="localhost") as secure:
            secure.sendall(b"EHLO untouched.example\r\nQUIT\r\n")
            assert b"250" in receive_all(secure)
        sessions = mailtee.wait_for_sessions(5)
    shown = [mailtee.show(one["id"]) for one in sessions]
    assert [verbs_inside(session) for session in shown] == [["EHLO", "QUIT"], [], [], [], []]
    for session in shown[1:]:
        assert "hung up in the middle of the handshake" in failures(session)["client"]["means"]
        assert session["end"].startswith("client-")


def trusting(mailtee: Mailtee) -> ssl.SSLContext:
    return ssl.create_default_context(cadata=mailtee.run_words("ca", "export").decode())


@pytest.mark.parametrize(("version", "name"), [("-tls1", "TLS 1.0"), ("-tls1_1", "TLS 1.1")])
def test_client_offers_old_versions_only(mailtee: Mailtee, authority: TestAuthority, upstream: int, version: str,
                                         name: str) -> None:
    with mailtee.tap(f"0=smtp://localhost:{upstream}", options=options(authority)) as tap:
        result = subprocess.run(
            [program("openssl", "openssl"), "s_client", "-starttls", "smtp", "-connect", f"127.0.0.1:{tap.port}", version,
             "-cipher", "ALL:@SECLEVEL=0"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        mailtee.wait_for_sessions(1)
    assert b"alert protocol version" in result.stderr
    failure = failures(mailtee.show())["client"]
    assert failure["by"] == "mailtee" and failure["alert"] == "protocol_version"
    assert failure["means"].startswith(f"It offers {name} at most")


def test_client_speaks_in_clear_instead(mailtee: Mailtee, authority: TestAuthority, upstream: int) -> None:
    """The server sees what it would see without mailtee."""
    with mailtee.tap(f"0=smtp://localhost:{upstream}", options=options(authority)) as tap:
        client = ask_for_tls(tap.port)
        client.sendall(b"MAIL FROM:<clear@bad.example>\r\n")
        client.close()
        mailtee.wait_for_sessions(1)
    session = mailtee.show()
    assert "spoke in clear where its handshake should have been" in failures(session)["client"]["means"]
    assert any("clear@bad.example" in one["text"] and not one["tls"] for one in session["utterances"])


def test_client_speaks_in_clear_where_tls_is_implicit(mailtee: Mailtee, authority: TestAuthority, folder: Path) -> None:
    with exim_with_tls(folder / "exim", authority.good()) as server, mailtee.tap(
            f"0=smtps://localhost:{server.smtps}", options=options(authority)) as tap:
        with connect(tap.port) as client:
            client.sendall(b"EHLO clear.example\r\n")
            assert receive_all(client) == b""
        mailtee.wait_for_sessions(1)
    session = mailtee.show()
    assert "spoke in clear" in failures(session)["client"]["means"]
    assert any("clear.example" in one["text"] for one in session["utterances"])


@pytest.mark.parametrize("client", clients("smtp"), ids=str)
def test_client_that_does_not_trust_is_told_how(mailtee: Mailtee, authority: TestAuthority, upstream: int, client: "object") -> None:
    with mailtee.tap(f"0=smtp://localhost:{upstream}", options=options(authority)) as tap:
        outcome = client.attempt(
            Task(tap.port, "starttls", authority.certificate, mailtee.folder / "client", LOGIN, japanese("untrusted")))
        mailtee.wait_for_sessions(1)
    assert not outcome.ok
    session = mailtee.show()
    told = [one["means"] for one in failures(session).values()] + [one["text"] for one in session["notes"]]
    assert any("mailtee ca trust" in text for text in told), told


@pytest.mark.parametrize(("kind", "words"), [
    ("expired", "it expired at"), ("not_yet_valid", "it begins at"), ("self_signed", "self-signed"),
    ("unknown", "is not trusted here"), ("wrong_name", "not for localhost")])
def test_server_with_a_certificate_that_is_not_good(mailtee: Mailtee, authority: TestAuthority, folder: Path, kind: str,
                                                    words: str) -> None:
    identity: Identity = getattr(authority, kind)()
    client = clients("smtp")[0]
    with exim_with_tls(folder / "exim", identity, LOGIN.user, LOGIN.password) as server:
        task = Task(0, "starttls", folder / "mailtee-ca.pem", folder / "client", LOGIN, japanese("not-good"))
        for more in ((), ("--upstream-verify", "none")):
            with mailtee.tap(f"0=smtp://localhost:{server.smtp}", options=options(authority) + more) as tap:
                task.ca.write_bytes(mailtee.run_words("ca", "export"))
                outcome = client.attempt(Task(**{**task.__dict__, "port": tap.port}))
                mailtee.wait_for_sessions(2 if more else 1)
            session = mailtee.show()
            server_leg = next(one for one in session["handshakes"] if one["leg"] == "server")
            assert words in server_leg["verification"]
            if more:
                assert outcome.ok and server_leg["verification"].startswith("not verified: ")
                assert any(one["rule"] == "tls.server-certificate" for one in session["findings"])
            else:
                assert not outcome.ok and words in session["end"] and session["end"].startswith("unreachable: no TLS")
        assert server.delivered().count(b"X-Marker: not-good") == 1


@pytest.mark.parametrize(("harm", "words"), [
    (lambda folder: (folder / "ca.pem").write_text("nonsense"), "no PEM"),
    (lambda folder: (folder / "ca-key.pem").unlink(), "ca-key.pem"),
    (lambda folder: (folder / "ca-key.pem").chmod(0o644), "chmod"),
    (lambda folder: (folder / "ca-key.pem").write_bytes((folder / "ca-key.pem").read_bytes()[:80]), "ca-key.pem"),
], ids=["damaged", "half", "exposed", "cut-off"])
def test_authority_that_cannot_be_used(mailtee: Mailtee, harm: "object", words: str) -> None:
    mailtee.run_words("ca", "create")
    secret = (mailtee.store / "authority" / "ca-key.pem").read_text().splitlines()[1]
    harm(mailtee.store / "authority")
    result = mailtee.attempt("tap", "0=smtp://127.0.0.1:25", timeout=30)
    assert result.returncode not in (0, -6), result
    said = result.stderr.decode()
    assert words in said and str(mailtee.store) in said and secret[:20] not in said


def test_authority_that_cannot_be_made(mailtee: Mailtee, authority: TestAuthority, upstream: int) -> None:
    with mailtee.tap(f"0=smtp://localhost:{upstream}", options=options(authority)) as tap:
        (mailtee.store / "authority").write_text("in the way")
        client = ask_for_tls(tap.port)
        with pytest.raises((ssl.SSLError, ConnectionError)):
            ssl.create_default_context().wrap_socket(client, server_hostname="localhost")
        mailtee.wait_for_sessions(1)
    assert "authority" in failures(mailtee.show())["client"]["means"]
