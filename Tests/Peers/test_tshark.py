"""tshark reads the same commands and replies in the record as `show` prints, whatever the client.

Beside this, every store that a test of this folder leaves is compared in the same way (see conftest.py)."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from harness.clients import FETCHERS, SENDERS, Login
from harness.dovecot import dovecot_pop3
from harness.exim import exim_daemon
from harness.mailtee import Mailtee
from harness.messages import japanese
from harness.script import connect, receive_all, receive_reply, scripted_server
from harness.smtp_script import serve_smtp
from harness.tshark import Dialogue, assert_same_as_tshark, dialogue_of, dialogues
from harness.waiting import PATIENCE

LOGIN = Login("noizumi", "tshark-sees-no-secret")


@pytest.fixture(autouse=True)
def tshark() -> None:
    if not shutil.which("tshark"):
        pytest.skip("tshark is missing: Tests/install installs it (package tshark)")


def test_real_clients_and_servers(mailtee: Mailtee, folder: Path) -> None:
    with exim_daemon(folder / "exim", user=LOGIN.user, password=LOGIN.password) as (smtp, _), \
            dovecot_pop3(folder / "dovecot", LOGIN.password) as pop3:
        pop3.put(LOGIN.user, "1", japanese("tshark"))
        with mailtee.tap(f"0=smtp://127.0.0.1:{smtp}", f"0=pop3://127.0.0.1:{pop3.port}") as tap:
            for send in SENDERS.values():
                send(tap.ports[0], "noizumi@peer.example", japanese("tshark"), folder, None)
                send(tap.ports[0], "noizumi@peer.example", japanese("tshark"), folder, LOGIN)
            for fetch in FETCHERS.values():
                fetch(tap.ports[1], LOGIN, folder)
            mailtee.wait_for_sessions(2 * len(SENDERS) + len(FETCHERS), or_more=True)
    assert_same_as_tshark(mailtee)


def test_pipelined_group(mailtee: Mailtee, folder: Path) -> None:
    with exim_daemon(folder / "exim") as (port, _), mailtee.tap(f"0=smtp://127.0.0.1:{port}") as tap:
        with connect(tap.port) as client:
            receive_reply(client)
            client.sendall(b"EHLO pipeline.example\r\n")
            receive_reply(client)
            client.sendall(b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nRCPT TO:<e@f.example>\r\nDATA\r\n")
            assert [receive_reply(client)[:3] for _ in range(4)] == [b"250", b"250", b"250", b"354"]
            client.sendall(b"Subject: pipelined\r\n\r\n.. a dot\r\n.\r\nQUIT\r\n")
            receive_all(client)
        mailtee.wait_for_sessions(1)
    expected = Dialogue("EHLO MAIL RCPT RCPT DATA QUIT".split(), "220 250 250 250 250 354 250 221".split())
    assert dialogue_of(mailtee.show()) == expected
    (segment,) = mailtee.store.glob("segments/*.pcapng")
    assert dialogues(segment) == [expected]


def test_chunks_and_commands_in_one_write(mailtee: Mailtee, folder: Path) -> None:
    with exim_daemon(folder / "exim") as (port, _), mailtee.tap(f"0=smtp://127.0.0.1:{port}") as tap:
        with connect(tap.port) as client:
            receive_reply(client)
            client.sendall(b"EHLO chunks.example\r\n")
            receive_reply(client)
            client.sendall(b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\n"
                           b"BDAT 12\r\nSubject: a\r\nBDAT 10 LAST\r\n\r\nEHLO x\r\nQUIT\r\n")
            receive_all(client)
        mailtee.wait_for_sessions(1)
    expected = Dialogue("EHLO MAIL RCPT BDAT BDAT QUIT".split(), "220 250 250 250 250 250 221".split())
    assert dialogue_of(mailtee.show()) == expected
    (segment,) = mailtee.store.glob("segments/*.pcapng")
    assert dialogues(segment) == [expected]


def test_client_port_that_is_used_again(mailtee: Mailtee) -> None:
    with scripted_server(serve_smtp) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        source = 0
        for number in range(3):
            with socket.socket() as client:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                client.settimeout(PATIENCE)
                client.bind(("127.0.0.1", source))
                source = client.getsockname()[1]
                client.connect(("127.0.0.1", tap.port))
                receive_reply(client)
                client.sendall(b"QUIT\r\n")
                receive_all(client)
            mailtee.wait_for_sessions(number + 1)
    (segment,) = mailtee.store.glob("segments/*.pcapng")
    assert dialogues(segment) == 3 * [Dialogue(["QUIT"], ["220", "221"])]


def test_exported_session_is_a_capture_of_its_own(mailtee: Mailtee, folder: Path) -> None:
    with exim_daemon(folder / "exim") as (port, _), mailtee.tap(f"0=smtp://127.0.0.1:{port}") as tap:
        for send in SENDERS.values():
            send(tap.port, "noizumi@peer.example", japanese("export"), folder, None)
        sessions = mailtee.wait_for_sessions(len(SENDERS))
    for one in sessions:
        capture = folder / "exported.pcapng"
        capture.write_bytes(mailtee.run("export", one["id"], "--format", "pcapng"))
        assert dialogues(capture) == [dialogue_of(mailtee.show(one["id"]))]
