"""IMAP: real clients and dovecot. What was said is shown with each command beside its completion; fetched messages come
out as the server stored them; no password is found anywhere."""

from __future__ import annotations

import base64
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.certificates import TestAuthority
from harness.clients import Login
from harness.dovecot import Dovecot, dovecot
from harness.imap_clients import FETCHERS, Connection, imapclient_module
from harness.mailtee import Json, Mailtee
from harness.messages import japanese
from harness.requirements import program
from harness.secrets import assert_not_found
from harness.waiting import wait_for

LOGIN = Login("noizumi", "Ikasama+pa55/Wort~30")
MESSAGE = japanese("stored")
APPENDED = b"Subject: appended\r\nFrom: a@b.example\r\n\r\n* 1 FETCH (BODY[] {4}\r\na9 OK done\r\n.\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    folder = Path(tempfile.mkdtemp(prefix="mailtee-"))
    folder.chmod(0o711)
    identity = TestAuthority(folder / "authority").good()
    with dovecot(folder / "dovecot", LOGIN.password, identity, protocols=("imap",), compress=True) as started:
        started.put(LOGIN.user, "1", MESSAGE)
        yield started
    shutil.rmtree(folder, ignore_errors=True)


def box(server: Dovecot, name: str, *messages: bytes) -> Login:
    """A user of this test's own with these messages."""
    for number, message in enumerate(messages, 1):
        server.put(name, str(number), message)
    return Login(name, LOGIN.password)


def messages_of(mailtee: Mailtee, session: Json) -> list[bytes]:
    return [mailtee.run("export", session["id"], "--format", "eml", "--message", str(number))
            for number in range(1, session["messages"] + 1)]


def assert_paired(session: Json, unanswered: tuple[str, ...] = ()) -> None:
    """Each command stands beside the completion that has its tag, in the server's own words."""
    said = [one["text"] for one in session["utterances"] if one["from"] == "server"]
    for exchange in session["exchanges"]:
        if not exchange["command"] or exchange["verb"] == "DONE":
            continue
        if exchange["reply"] is None:
            assert exchange["verb"] in unanswered, exchange
            continue
        tag = "+" if exchange["reply"]["code"] == "+" else exchange["command"].split()[0] + " " + exchange["reply"]["code"]
        assert any(line.startswith(tag) and line.endswith(exchange["reply"]["text"]) for line in said), exchange
        assert exchange["latency"] >= 0


@pytest.mark.parametrize("client", FETCHERS)
def test_what_a_client_fetches(mailtee: Mailtee, folder: Path, server: Dovecot, client: str) -> None:
    own = folder / "client"
    own.mkdir()
    with mailtee.tap(f"0=imap://127.0.0.1:{server.imap}") as tap:
        fetched = FETCHERS[client](tap.port, LOGIN, own)
        sessions = mailtee.wait_for_sessions(1, or_more=True)
    assert b"X-Marker: stored" in fetched
    assert MESSAGE in [message for session in sessions for message in messages_of(mailtee, session)]
    for one in sessions:
        session = mailtee.show(one["id"])
        # curl and neomutt do not wait for the answer to their last command.
        assert_paired(session, unanswered=("LOGOUT", "CLOSE", "IDLE", "NOOP"))
        assert session["findings"] is not None
    verbs = {one["verb"] for each in sessions for one in mailtee.show(each["id"])["exchanges"]}
    assert verbs & {"FETCH", "UID FETCH"} and verbs & {"SELECT", "EXAMINE"}
    assert any(one["subject"] == "てすと" for one in sessions)
    assert_not_found(mailtee, [LOGIN.password.encode()], [one["id"] for one in sessions])


def test_imapclient_names_appends_and_idles(mailtee: Mailtee, server: Dovecot) -> None:
    imapclient = imapclient_module()
    login = box(server, "idler", MESSAGE)
    with mailtee.tap(f"0=imap://127.0.0.1:{server.imap}") as tap:
        with imapclient.IMAPClient("127.0.0.1", tap.port, ssl=False, timeout=60) as session:
            session.login(login.user, login.password)
            session.create_folder("日本語 & 台北")
            session.append("日本語 & 台北", APPENDED, flags=[b"\\Seen"])
            session.list_folders()
            session.select_folder("INBOX")
            session.idle()
            server.put(login.user, "2", MESSAGE)
            heard: list[object] = []

            def told() -> list[object]:
                heard.extend(session.idle_check(timeout=0.1))
                return [one for one in heard if isinstance(one, tuple) and b"EXISTS" in one]

            wait_for("the second message", told)
            session.idle_done()
        one = mailtee.wait_for_sessions(1)[0]
    shown = mailtee.show()
    assert_paired(shown)
    verbs = [exchange["verb"] for exchange in shown["exchanges"]]
    idle = shown["exchanges"][verbs.index("IDLE")]
    done = shown["exchanges"][verbs.index("DONE")]
    assert idle["reply"]["code"] == "+" and done["reply"]["code"] == "OK"
    exists = next(line for line in shown["utterances"] if line["text"] == "* 2 EXISTS")
    assert idle["reply"]["at"] <= exists["at"] <= done["at"]
    assert messages_of(mailtee, one) == [APPENDED]
    decoded = [line["decoded"] for line in shown["utterances"] if line.get("decoded")]
    assert any("CREATE" in line and "日本語 & 台北" in line for line in decoded)
    assert any(line.startswith("* LIST") and "日本語 & 台北" in line for line in decoded)
    assert "日本語 & 台北".encode() in mailtee.run("show")
    assert mailtee.run("search", "台北")
    assert_not_found(mailtee, [LOGIN.password.encode()], [one["id"]])


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "tls"])
def test_what_is_compressed_is_shown(mailtee: Mailtee, server: Dovecot, secure: bool) -> None:
    login = box(server, "secure" if secure else "compressed", MESSAGE)
    options = ("--upstream-ca", str(authority_of(server)))
    with mailtee.tap(f"0=imaps://localhost:{server.imaps}" if secure else f"0=imap://localhost:{server.imap}",
                     options=options) as tap:
        with connected(tap.port, mailtee if secure else None) as session:
            session.until(b"* OK")
            password = login.password.encode()
            session.say(b"a1 LOGIN {%d+}\r\n%s {%d+}\r\n%s\r\n" % (
                len(login.user), login.user.encode(), len(password), password))
            session.until(b"a1 OK")
            session.compress(b"a2")
            session.command(b"a3", b"SELECT INBOX")
            fetched = session.command(b"a4", b"FETCH 1 BODY[]")
            assert MESSAGE in fetched
            session.say(b"a5 APPEND INBOX {%d}\r\n" % len(APPENDED))
            session.until(b"+ ")
            session.say(APPENDED + b"\r\n")
            session.until(b"a5 OK")
            session.command(b"a6", b"LOGOUT")
        one = mailtee.wait_for_sessions(1)[0]
    assert messages_of(mailtee, one) == [MESSAGE, APPENDED]
    shown = mailtee.show()
    assert_paired(shown)
    assert [exchange["verb"] for exchange in shown["exchanges"][1:]] == [
        "LOGIN", "COMPRESS", "SELECT", "FETCH", "APPEND", "LOGOUT"]
    inside = [line["text"] for line in shown["utterances"] if line.get("compressed") and line["kind"] == "command"]
    assert [line.split()[0] for line in inside] == ["a3", "a4", "a5", "a6"]
    assert mailtee.run("search", "a4 FETCH 1 BODY[]")
    assert_not_found(mailtee, [LOGIN.password.encode()], [one["id"]])
    # tshark takes the lines of the message for commands as well, and waits for the literal that one of them announces.
    known = ("LOGIN", "COMPRESS", "SELECT", "FETCH", "APPEND")
    assert [word for word in tshark_commands(mailtee) if word in known] == list(known)


def authority_of(server: Dovecot) -> Path:
    return next((server.mail.parent.parent / "authority").glob("*-authority.pem"))


def connected(port: int, mailtee: Mailtee | None) -> Connection:
    connection = Connection(port)
    if mailtee:
        context = ssl.create_default_context(cafile=str(mailtee.trusted()))
        connection.socket = context.wrap_socket(connection.socket, server_hostname="localhost")
    return connection


def tshark_commands(mailtee: Mailtee) -> list[str]:
    """The commands that tshark sees in the store."""
    seen: list[str] = []
    for segment in sorted(mailtee.store.glob("segments/*.pcapng")):
        result = subprocess.run(
            [program("tshark", "tshark"), "-n", "-r", segment, "-T", "fields", "-e", "imap.request.command"],
            capture_output=True, text=True, check=True, timeout=120, env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"})
        seen += [word.upper() for line in result.stdout.split("\n") for word in line.split(",") if word]
    return seen


def test_commands_at_once_and_messages_both_ways(mailtee: Mailtee, server: Dovecot) -> None:
    """Commands that are not waited for, each with its own completion, and messages that pass at the same time."""
    large = MESSAGE + b"".join(b"%06d a long line of a long message\r\n" % number for number in range(8000))
    login = box(server, "pipeliner", large)
    with mailtee.tap(f"0=imap://127.0.0.1:{server.imap}") as tap:
        with Connection(tap.port) as session:
            session.until(b"* OK")
            session.say(b'a1 LOGIN %s "%s"\r\n' % (login.user.encode(), login.password.encode()))
            session.until(b"a1 OK")
            session.command(b"a2", b"SELECT INBOX")
            session.say(b"x1 FETCH 1 BODY[]\r\nx2 NOOP\r\nx3 APPEND INBOX {%d+}\r\n%s\r\nx4 STATUS INBOX (MESSAGES)\r\n"
                        b"x5 NOSUCH\r\nx6 FETCH 1 (BODY[HEADER] BODY[TEXT])\r\n" % (len(APPENDED), APPENDED))
            session.until(b"x6 OK")
            session.command(b"a3", b"LOGOUT")
        one = mailtee.wait_for_sessions(1)[0]
    shown = mailtee.show()
    assert_paired(shown)
    replies = {exchange["command"].split()[0]: exchange["reply"]["code"]
               for exchange in shown["exchanges"] if exchange["command"]}
    assert replies == {"a1": "OK", "a2": "OK", "x1": "OK", "x2": "OK", "x3": "OK", "x4": "OK", "x5": "BAD", "x6": "OK",
                       "a3": "OK"}
    assert sorted(messages_of(mailtee, one), key=len) == sorted([APPENDED, large, large], key=len)
    assert one["messages"] == 3


def test_passwords_in_every_form(mailtee: Mailtee, server: Dovecot) -> None:
    """As a literal, in quotes, with a quote that is not closed, in an authentication with and without its first step."""
    user, password = LOGIN.user.encode(), LOGIN.password.encode()
    plain = base64.b64encode(b"\0" + user + b"\0" + password)
    said = [
        b"a LOGIN {%d+}\r\n%s {%d+}\r\n%s\r\n" % (len(user), user, len(password), password),
        b'a LOGIN %s "%s"\r\n' % (user, password),
        b'a LOGIN "%s" {%d+}\r\n%s\r\n' % (user, len(password), password),
        b'a LOGIN "%s %s\r\n' % (user, password),
        b"a AUTHENTICATE PLAIN %s\r\n" % plain,
    ]
    with mailtee.tap(f"0=imap://127.0.0.1:{server.imap}") as tap:
        for line in said:
            with Connection(tap.port) as session:
                session.until(b"* OK")
                session.say(line)
                session.until(b"a ")
        with Connection(tap.port) as session:
            session.until(b"* OK")
            session.say(b"a AUTHENTICATE PLAIN\r\n")
            session.until(b"+")
            session.say(plain + b"\r\n")
            session.until(b"a OK")
        sessions = mailtee.wait_for_sessions(len(said) + 1)
    assert_not_found(mailtee, [password, plain[12:]], [one["id"] for one in sessions])
    for one in sessions:
        assert_paired(mailtee.show(one["id"]))
