"""`mailtee serve`: mail goes in by SMTP and comes out by POP3 of mailtee itself, and both are recorded."""

from __future__ import annotations

import poplib
import smtplib
from pathlib import Path

import pytest

from harness.clients import FETCHERS, SENDER, SENDERS, Login
from harness.mailtee import Mailtee, commands, replies
from harness.messages import body_in_wire_form, japanese
from harness.script import connect, receive_all, receive_line
from harness.waiting import PATIENCE

ANYBODY = Login("anybody", "any-word-will-do")


def fetch(port: int) -> list[bytes]:
    """All messages, with all their bytes."""
    session = poplib.POP3("127.0.0.1", port, timeout=PATIENCE)
    session.user(ANYBODY.user)
    session.pass_(ANYBODY.password)
    count, size = session.stat()
    messages = [b"".join(line + b"\r\n" for line in session.retr(number)[1]) for number in range(1, count + 1)]
    session.quit()
    assert size == sum(len(message) for message in messages)
    return messages


def without_trace(message: bytes, sent: bytes) -> bytes:
    """What was sent; a server may put trace lines before it (RFC 5321 section 4.4), and nothing else."""
    head = message[:len(message) - len(sent)]
    assert head == b"" or head.startswith((b"Received:", b"Return-Path:")), head
    return message[len(head):]


def test_message_comes_out_as_it_went_in(mailtee: Mailtee) -> None:
    tricky = (b"Subject: tricky\r\n\r\n.\r\n..\r\n.a dot\r\n\r\ntab\there\r\n" + b"x" * 998 + b"\r\n"
              + "ünï\r\n".encode() + b"\r\n\r\nlast line\r\n")
    with mailtee.serve() as served:
        with smtplib.SMTP("127.0.0.1", served.port_of("smtp"), timeout=PATIENCE) as session:
            for message in (japanese("one"), tricky):
                session.sendmail(SENDER, ["somebody@example.com", "another@example.com"], message)
        fetched = fetch(served.port_of("pop3"))
        mailtee.wait_for_sessions(2)
    assert [without_trace(one, sent) for one, sent in zip(fetched, (japanese("one"), tricky))] == [japanese("one"), tricky]
    smtp, pop3 = (mailtee.show(one["id"]) for one in mailtee.sessions())
    assert commands(smtp).count("DATA") == 2 and replies(smtp)[-1] == "221"
    assert commands(pop3)[-1] == "QUIT" and replies(pop3)[0] == "+OK"
    assert ANYBODY.password not in str(pop3)


def test_every_client(mailtee: Mailtee, folder: Path) -> None:
    with mailtee.serve() as served:
        for name, send in SENDERS.items():
            send(served.port_of("smtp"), "somebody@example.com", japanese(name), folder, None)
        for name, fetch_first in FETCHERS.items():
            message = fetch_first(served.port_of("pop3"), ANYBODY, folder)
            assert body_in_wire_form() in message, name
        messages = fetch(served.port_of("pop3"))
        sessions = mailtee.wait_for_sessions(len(SENDERS) + len(FETCHERS) + 1, or_more=True)
    assert len(messages) == len(SENDERS)
    for name, message in zip(SENDERS, messages):
        assert b"X-Marker: " + name.encode() in message
        assert body_in_wire_form() in message
    assert {one["protocol"] for one in sessions} == {"smtp", "pop3"}


@pytest.mark.parametrize("name", ["swaks", "msmtp", "curl", "smtplib"])
def test_any_login_is_taken(mailtee: Mailtee, folder: Path, name: str) -> None:
    with mailtee.serve() as served:
        SENDERS[name](served.port_of("smtp"), "somebody@example.com", japanese(name), folder, ANYBODY)
        assert len(fetch(served.port_of("pop3"))) == 1
    assert ANYBODY.password not in "".join(str(mailtee.show(one["id"])) for one in mailtee.sessions())


def test_deleted_messages_are_gone_after_quit_only(mailtee: Mailtee) -> None:
    with mailtee.serve() as served:
        with smtplib.SMTP("127.0.0.1", served.port_of("smtp"), timeout=PATIENCE) as session:
            session.sendmail(SENDER, ["somebody@example.com"], japanese("one"))
        for goodbye, left in ((False, 1), (True, 0)):
            pop3 = poplib.POP3("127.0.0.1", served.port_of("pop3"), timeout=PATIENCE)
            pop3.user(ANYBODY.user)
            pop3.pass_(ANYBODY.password)
            pop3.dele(1)
            if goodbye:
                pop3.quit()
            else:
                pop3.close()
            assert len(fetch(served.port_of("pop3"))) == left


@pytest.mark.without_tshark("what tshark makes of nonsense is not ours to match")
def test_nonsense_is_answered_and_does_not_end_the_server(mailtee: Mailtee) -> None:
    with mailtee.serve() as served:
        for port, code, goodbye in ((served.port_of("smtp"), b"5", b"221"), (served.port_of("pop3"), b"-", b"+OK")):
            with connect(port) as client:
                receive_line(client)
                for line in (b"FROBNICATE", b"\0\xff", b"DATA now", b"RCPT", b""):
                    client.sendall(line + b"\r\n")
                    assert receive_line(client)[:1] == code, line
                client.sendall(b"QUIT\r\n")
                assert receive_all(client).startswith(goodbye)
