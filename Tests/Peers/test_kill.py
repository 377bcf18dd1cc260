"""What was passed on is in the record, even where mailtee is killed; and the index can be made anew."""

from __future__ import annotations

import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from harness.clients import FETCHERS, SENDERS, Login
from harness.dovecot import dovecot_pop3
from harness.exim import exim_daemon
from harness.mailtee import Json, Mailtee, commands, replies
from harness.messages import japanese
from harness.script import connect, receive_line, scripted_server
from harness.smtp_script import serve_smtp
from harness.waiting import wait_for

PROMISE = 0.1
"""Seconds after which what was passed on is in the record, whatever happens."""


def everything(mailtee: Mailtee) -> list[tuple[Json, Json]]:
    return [(one, mailtee.show(one["id"])) for one in mailtee.sessions()]


def quietly_serve_smtp(peer: object) -> None:
    try:
        serve_smtp(peer)  # type: ignore[arg-type]
    except (AssertionError, ConnectionError):
        pass  # the tap is killed: the end of the stream is expected


def recorded(mailtee: Mailtee) -> bytes:
    return b"".join(segment.read_bytes() for segment in mailtee.store.glob("segments/*.pcapng"))


def index_of(mailtee: Mailtee) -> dict[str, list[tuple[object, ...]]]:
    """All that stands in the index, without the numbers of its rows."""
    queries = {
        "session": "SELECT id, writer, ended, summary, flow, text_whole, exchanges_whole FROM session",
        "segment": "SELECT writer, number, size, read, damaged FROM segment",
        "text": "SELECT id, lines FROM text JOIN session ON text.rowid = row",
        **{table: f"SELECT session.id, {table}.* FROM {table} JOIN session ON session = row"
           for table in ("extent", "exchange", "message")},
    }
    with closing(sqlite3.connect(mailtee.store / "index.sqlite")) as database:
        numbered = {"extent", "exchange", "message"}
        return {table: sorted(((row[0], *row[2:]) if table in numbered else row for row in database.execute(query)), key=repr)
                for table, query in queries.items()}


@pytest.mark.parametrize("exchanges", [1, 50])
def test_kill_in_mid_session(mailtee: Mailtee, exchanges: int) -> None:
    with scripted_server(quietly_serve_smtp) as upstream:
        running = mailtee.start("tap", f"0=smtp://127.0.0.1:{upstream.port}")
        try:
            running.wait_for_listeners(1)
            with connect(running.port) as client:
                receive_line(client)
                for number in range(exchanges):
                    client.sendall(b"NOOP exchange-%d\r\n" % number)
                    receive_line(client)
                time.sleep(PROMISE)  # the promise itself, not a wait for a condition
                running.process.stop(signal.SIGKILL)
        finally:
            running.process.end_group()
    session = mailtee.show()
    assert commands(session) == ["NOOP"] * exchanges
    assert replies(session) == ["220"] + ["250"] * exchanges
    assert f"exchange-{exchanges - 1}" in str(session)
    assert session["end"] == "broken-off"
    before, index = everything(mailtee), index_of(mailtee)
    mailtee.run("index", "--rebuild")
    assert everything(mailtee) == before
    assert index_of(mailtee) == index


def test_next_start_after_a_kill_adds_to_the_record(mailtee: Mailtee) -> None:
    with scripted_server(quietly_serve_smtp) as upstream:
        for how in (signal.SIGKILL, signal.SIGTERM):
            running = mailtee.start("tap", f"0=smtp://127.0.0.1:{upstream.port}")
            try:
                running.wait_for_listeners(1)
                with connect(running.port) as client:
                    receive_line(client)
                    client.sendall(b"NOOP " + how.name.encode() + b"\r\n")
                    receive_line(client)
                    wait_for("the exchange to be recorded", lambda: how.name.encode() in recorded(mailtee))
                    running.process.stop(how)
            finally:
                running.process.end_group()
    sessions = mailtee.sessions()
    assert len(sessions) == 2
    assert [str(mailtee.show(one["id"])["exchanges"][1]["command"]) for one in sessions] == [
        "NOOP SIGKILL", "NOOP SIGTERM"]


def test_index_made_anew_is_the_same(mailtee: Mailtee, folder: Path) -> None:
    login = Login("noizumi", "index-made-anew")
    with exim_daemon(folder / "exim") as (smtp, _), dovecot_pop3(folder / "dovecot", login.password) as pop3:
        pop3.put(login.user, "1", japanese("index"))
        with mailtee.tap(f"0=smtp://127.0.0.1:{smtp}", f"0=pop3://127.0.0.1:{pop3.port}") as tap:
            for send in SENDERS.values():
                send(tap.ports[0], "noizumi@peer.example", japanese("index"), folder, None)
            for fetch in FETCHERS.values():
                fetch(tap.ports[1], login, folder)
            mailtee.wait_for_sessions(len(SENDERS) + len(FETCHERS), or_more=True)
    before = everything(mailtee)
    found = mailtee.run("search", "index@peer.example")
    index = index_of(mailtee)
    mailtee.run("index", "--rebuild")
    assert index_of(mailtee) == index
    assert everything(mailtee) == before
    assert mailtee.run("search", "index@peer.example") == found
