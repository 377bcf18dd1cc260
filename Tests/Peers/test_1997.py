"""The set-up of 1997 with mailtee in the place of `tee`: a super-server, a mail server on standard input, POP3."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from harness.clients import FETCHERS, SENDERS, Login, send_by_smtplib
from harness.exim import exim
from harness.mailtee import Mailtee, binary, commands, replies
from harness.messages import SUBJECT, body_in_wire_form, japanese
from harness.popa3d import PASSWORD, USER, popa3d
from harness.private_view import PrivateView
from harness.sendmail import sendmail
from harness.superservers import Service, accept_yes, openbsd_inetd, xinetd
from harness.waiting import wait_for

SuperServer = Callable[..., AbstractContextManager[Any]]
CLIENT = re.compile(r"127\.0\.0\.1:[1-9][0-9]*")


def inetd_command(mailtee: Mailtee, protocol: str, child: list[str]) -> list[str | Path]:
    return [binary(), "inetd", "--store", mailtee.store, "--protocol", protocol, "--", *child]


@pytest.mark.parametrize("super_server", [openbsd_inetd, xinetd, accept_yes])
def test_mail_goes_in_and_comes_out_and_both_are_recorded(
        mailtee: Mailtee, folder: Path, super_server: SuperServer) -> None:
    view = PrivateView(folder / "view")
    pop3, mail = popa3d(view)
    smtp = exim(folder / "exim", view, mail)
    incoming = Service.on_free_port(inetd_command(mailtee, "smtp", smtp.on_standard_input))
    outgoing = Service.on_free_port(inetd_command(mailtee, "pop3", pop3))
    with super_server(folder, view, incoming, outgoing):
        for name, send in SENDERS.items():
            marker = f"X-Marker: sent-by-{name}".encode()
            send(incoming.port, "noizumi@peer.example", japanese(f"sent-by-{name}"), folder, None)
            wait_for(f"the mail of {name}", lambda wanted=marker: wanted in smtp.delivered())
        for name, fetch in FETCHERS.items():
            message = fetch(outgoing.port, Login(USER, PASSWORD), folder)
            assert body_in_wire_form() in message, name
            assert b"Subject: =?ISO-2022-JP?B?" in message, name
        sessions = mailtee.wait_for_sessions(len(SENDERS) + len(FETCHERS), or_more=True)

    assert all(CLIENT.fullmatch(one["client"]) for one in sessions), sessions
    assert len({one["client"] for one in sessions}) == len(sessions)
    shown = [mailtee.show(one["id"]) for one in sessions]
    assert all(replies(one)[0] in ("220", "+OK") for one in shown)
    assert PASSWORD not in str(shown)
    sent = [one for one in shown if one["protocol"] == "smtp"]
    assert len(sent) == len(SENDERS)
    for one in sent:
        assert [verb for verb in commands(one) if verb in ("MAIL", "RCPT", "DATA")] == ["MAIL", "RCPT", "DATA"]
        assert sessions[shown.index(one)]["messages"] == 1
    fetched = [one for one in shown if one["protocol"] == "pop3" and "RETR" in commands(one)]
    assert len(fetched) == len(FETCHERS)
    assert SUBJECT in mailtee.run("show", sessions[0]["id"]).decode()


def test_sendmail_itself_behind_inetd_and_tcpd(mailtee: Mailtee, folder: Path) -> None:
    view = PrivateView(folder / "view")
    server = sendmail(folder / "sendmail", view)
    service = Service.on_free_port(inetd_command(mailtee, "smtp", server.on_standard_input))
    with openbsd_inetd(folder, view, service):
        for name, send in SENDERS.items():
            send(service.port, "noizumi@peer.example.test", japanese(f"sent-by-{name}"), folder, None)
        sessions = mailtee.wait_for_sessions(len(SENDERS))
    assert server.queued().count(body_in_wire_form()) == len(SENDERS)
    for one in sessions:
        assert CLIENT.fullmatch(one["client"])
        assert replies(mailtee.show(one["id"]))[0] == "220"


def test_child_of_a_tap_is_recorded_like_one_of_inetd(mailtee: Mailtee, folder: Path) -> None:
    view = PrivateView(folder / "view")
    server = sendmail(folder / "sendmail", view)
    # A shell of its own makes the private view, so that sendmail needs none of the system's files.
    script = folder / "server"
    script.write_text(f"#!/bin/sh\nexec {shlex.join(view.command(*server.on_standard_input))}\n")
    script.chmod(0o755)
    with mailtee.tap(f"0=smtp+exec:{script}") as tap:
        send_by_smtplib(tap.port, "noizumi@peer.example.test", japanese("child"), folder)
        session = mailtee.wait_for_sessions(1)[0]
    assert body_in_wire_form() in server.queued()
    assert CLIENT.fullmatch(session["client"])
