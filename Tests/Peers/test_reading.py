"""The reading commands: list, show, tail, search, export, delete."""

from __future__ import annotations

import base64
import email
import json
import quopri
import smtplib
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from harness.clients import SENDERS, send_by_smtplib
from harness.mailtee import Mailtee, binary
from harness.messages import BODY, CHARSETS, SUBJECT, japanese
from harness.processes import background
from harness.script import connect, receive_all, receive_line, scripted_server
from harness.smtp_script import serve_smtp
from harness.waiting import wait_for

FIELDS_OF_A_SESSION = {"id", "protocol", "client", "server", "started", "ended", "end", "tls", "exchanges", "messages"}
FIELDS_OF_AN_UTTERANCE = {"from", "at", "offset", "length", "kind", "text", "base64", "secret", "tls"}
FIELDS_OF_AN_EXCHANGE = {"command", "reply", "latency", "phase"}


@pytest.fixture
def recorded(mailtee: Mailtee, folder: Path) -> Mailtee:
    """Two sessions, each with one Japanese message."""
    with scripted_server(serve_smtp) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        for number, marker in enumerate(("alpha", "omega")):
            send_by_smtplib(tap.port, "noizumi@peer.example", japanese(marker), folder)
            mailtee.wait_for_sessions(number + 1)
    return mailtee


def test_list_has_the_promised_fields(recorded: Mailtee) -> None:
    for session in recorded.sessions():
        assert FIELDS_OF_A_SESSION <= set(session)
        assert session["messages"] == 1 and session["tls"] is False and session["protocol"] == "smtp"
        assert session["started"] < session["ended"]
    text = recorded.run("list").decode()
    assert all(session["client"] in text or session["id"] in text for session in recorded.sessions())
    assert "\x1b" not in text, "colour only on a terminal"


def test_show_has_the_promised_fields(recorded: Mailtee) -> None:
    shown = recorded.show()
    assert FIELDS_OF_A_SESSION - {"exchanges"} <= set(shown)
    for utterance in shown["utterances"]:
        assert FIELDS_OF_AN_UTTERANCE <= set(utterance), utterance
    for exchange in shown["exchanges"]:
        assert FIELDS_OF_AN_EXCHANGE <= set(exchange), exchange
        assert exchange["reply"] is None or {"code", "text"} <= set(exchange["reply"])


def test_show_decodes_what_is_japanese(recorded: Mailtee) -> None:
    text = recorded.run("show", "latest").decode()
    assert SUBJECT in text and BODY in text
    assert "omega@peer.example" in text and "alpha@peer.example" not in text
    assert "\x1b" not in text


def test_ids_may_be_abbreviated(recorded: Mailtee) -> None:
    for session in recorded.sessions():
        others = [one["id"] for one in recorded.sessions() if one["id"] != session["id"]]
        length = next(count for count in range(1, 99)
                      if not any(other.startswith(session["id"][:count]) for other in others))
        assert recorded.show(session["id"][:length])["id"] == session["id"]


def test_search_finds_words_of_messages_and_commands(recorded: Mailtee) -> None:
    first, last = (session["id"] for session in recorded.sessions())
    found = recorded.run("search", "omega@peer.example").decode()
    assert last in found and first not in found
    found = recorded.run("search", "smtplib.example").decode()
    assert first in found and last in found
    found = recorded.run("search", SUBJECT).decode()
    assert first in found and last in found
    nothing = recorded.attempt("search", "no-such-word-anywhere")
    assert first not in nothing.stdout.decode() and last not in nothing.stdout.decode()


def test_search_finds_commands_by_verb_and_replies_by_code(recorded: Mailtee) -> None:
    found = [json.loads(line) for line in recorded.run("search", "--verb", "rcpt", "--code", "25", "--json").splitlines()]
    assert [one["id"] for one in found] == [session["id"] for session in recorded.sessions()]
    assert all(one["text"].startswith("rcpt TO:") and "→ 250" in one["text"] for one in found)
    assert recorded.run("search", "--code", "5") == b""
    assert recorded.attempt("search").returncode == 64


def test_list_of_the_last(recorded: Mailtee) -> None:
    (line,) = recorded.run("list", "--last", "1", "--json").splitlines()
    assert json.loads(line)["id"] == recorded.sessions()[-1]["id"]
    assert SUBJECT in recorded.run("list", "-l", "1").decode()


def test_answers_are_shown_with_their_commands_and_times(recorded: Mailtee) -> None:
    lines = recorded.run("show", "latest").decode().splitlines()
    answered = [line.rpartition("(")[2].split(",")[0] for line in lines if line.endswith(" ms)")]
    assert answered == ["EHLO", "MAIL", "RCPT", "DATA", "the message", "QUIT"]


def test_folded_messages(recorded: Mailtee) -> None:
    folded = recorded.run("show", "latest", "--fold").decode()
    assert SUBJECT not in folded and "bytes of a message]" in folded


def test_delete_all(recorded: Mailtee) -> None:
    recorded.run("delete", "--all")
    assert recorded.sessions() == []
    assert list(recorded.store.glob("segments/*.pcapng")) == []


def test_index_says_what_the_store_holds(recorded: Mailtee) -> None:
    held = json.loads(recorded.run("index", "--json"))
    (segment,) = recorded.store.glob("segments/*.pcapng")
    assert held == {"sessions": 2, "segments": 1, "bytes": segment.stat().st_size, "damaged": 0}


def test_the_oldest_are_deleted_beyond_the_size_to_keep(mailtee: Mailtee, folder: Path) -> None:
    with scripted_server(serve_smtp) as upstream:
        for number in range(3):
            # The store is looked through when a recorder starts, once a minute at most.
            (mailtee.store / "retention.lock").unlink(missing_ok=True)
            with mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}", options=("--keep-size", "1k")) as tap:
                wait_for("the old segment to go", lambda: not list(mailtee.store.glob("segments/*.pcapng")))
                send_by_smtplib(tap.port, "noizumi@peer.example", japanese(f"number-{number}"), folder)
                mailtee.wait_for_sessions(1)
    assert "number-2" in str(mailtee.show())
    for wrong in ("0g", "-1m", "5", "5x", "99999999999999t"):
        assert mailtee.attempt("tap", "--keep-size", wrong, "0=smtp://127.0.0.1:25").returncode == 64


def test_export_as_mail_is_the_message(recorded: Mailtee) -> None:
    exported = recorded.run("export", "latest", "--format", "eml")
    assert exported == japanese("omega")
    message = email.message_from_bytes(exported)
    assert str(make_header(decode_header(message["Subject"]))) == SUBJECT


def test_export_as_json_is_what_show_prints(recorded: Mailtee) -> None:
    exported = json.loads(recorded.run("export", "latest", "--format", "json"))
    assert exported["id"] == recorded.show()["id"]
    assert exported["utterances"] == recorded.show()["utterances"]


def test_export_as_text(recorded: Mailtee) -> None:
    text = recorded.run("export", "latest", "--format", "text").decode()
    assert "354 Go ahead" in text and "omega@peer.example" in text


def test_delete_takes_one_session_out_of_everything(recorded: Mailtee) -> None:
    first, last = (session["id"] for session in recorded.sessions())
    recorded.run("delete", first)
    assert [session["id"] for session in recorded.sessions()] == [last]
    assert recorded.attempt("show", first).returncode != 0
    assert first not in recorded.run("search", "smtplib.example").decode()
    recorded.run("index", "--rebuild")
    assert [session["id"] for session in recorded.sessions()] == [last]
    for path in recorded.store.rglob("*"):
        assert path.is_dir() or b"alpha@peer.example" not in path.read_bytes(), f"{path.name} still has the message"


def test_tail_shows_a_session_while_it_is_open(mailtee: Mailtee, folder: Path) -> None:
    with scripted_server(serve_smtp) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with background([binary(), "tail", "--store", mailtee.store], folder, "tail") as tail:
            with connect(tap.port) as client:
                receive_line(client)
                for number in range(3):
                    client.sendall(b"NOOP line-%d\r\n" % number)
                    receive_line(client)
                    wait_for("the command on the screen", lambda wanted=f"NOOP line-{number}": wanted in tail.said())
                wait_for("the reply on the screen", lambda: tail.said().count("250 2.0.0 Ok") == 3)
                client.sendall(b"QUIT\r\n")
                receive_all(client)
            wait_for("the end on the screen", lambda: "221 2.0.0 Bye" in tail.said())
            assert tail.running


def test_tail_of_one_session_shows_no_other(mailtee: Mailtee, folder: Path) -> None:
    with scripted_server(serve_smtp) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as watched, connect(tap.port) as other:
            receive_line(watched)
            receive_line(other)
            watched.sendall(b"NOOP watched-one\r\n")
            receive_line(watched)
            wait_for("both sessions in the list", lambda: len(mailtee.sessions()) == 2)
            session = wait_for("the watched session", lambda: [
                one["id"] for one in mailtee.sessions() if "watched-one" in str(mailtee.show(one["id"]))])[0]
            with background([binary(), "tail", "--store", mailtee.store, session], folder, "tail") as tail:
                wait_for("what was said before", lambda: "watched-one" in tail.said())
                other.sendall(b"NOOP other\r\nQUIT\r\n")
                receive_all(other)
                watched.sendall(b"NOOP watched-two\r\n")
                receive_line(watched)
                wait_for("what is said now", lambda: "watched-two" in tail.said())
                assert "NOOP other" not in tail.said()
            watched.sendall(b"QUIT\r\n")
            receive_all(watched)


def test_every_sender_is_listed_with_its_message(mailtee: Mailtee, folder: Path) -> None:
    with scripted_server(serve_smtp) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        for send in SENDERS.values():
            send(tap.port, "noizumi@peer.example", japanese("each"), folder, None)
        sessions = mailtee.wait_for_sessions(len(SENDERS))
    assert [session["messages"] for session in sessions] == [1] * len(SENDERS)


@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_a_mail_in_each_charset_is_shown_as_it_was_meant_beside_its_bytes(mailtee: Mailtee, encoding: str) -> None:
    encode = {"8bit": lambda text: text, "base64": base64.b64encode,
              "quoted-printable": lambda text: quopri.encodestring(text).rstrip(b"\n").replace(b"=\n", b"")}[encoding]
    with scripted_server(serve_smtp) as server, mailtee.tap(f"0=smtp://127.0.0.1:{server.port}") as tap:
        for number, (name, (codec, text)) in enumerate(CHARSETS.items(), start=1):
            body = encode(text.encode(codec))
            subject = base64.b64encode(text.encode(codec)).decode()
            message = (f"Subject: =?{name}?B?{subject}?=\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\n"
                       f"Content-Type: text/plain; charset={name}\r\n"
                       f"Content-Transfer-Encoding: {encoding}\r\n\r\n").encode() + body + b"\r\n"
            with smtplib.SMTP("127.0.0.1", tap.port) as client:
                client.sendmail("a@b.example", ["c@d.example"], message)
            session = mailtee.wait_for_sessions(number)[-1]
            lines = mailtee.run("show", session["id"], "--bare").decode().splitlines()
            assert f"= Subject: {text}" in [line.strip() for line in lines], (name, lines)
            meant = next(index for index, line in enumerate(lines) if line.strip() == f"= {text}")
            said = next(one for one in mailtee.show(session["id"])["utterances"] if one.get("decoded") == text)
            assert base64.b64decode(said["base64"]) == body, name
            # The bytes, as far as a terminal can show them, in the line above.
            assert lines[meant - 1].split("→ ")[1], name
