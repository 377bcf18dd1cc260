"""`mailtee import`: captures of others become sessions, and tshark judges what is in them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from harness.clients import SENDERS
from harness.exim import exim_daemon
from harness.frames import overlapping, packets, pcap, reordered, retransmitted
from harness.mailtee import Json, Mailtee
from harness.messages import japanese
from harness.processes import Background
from harness.requirements import REPOSITORY, program
from harness.script import connect, receive_all, receive_reply
from harness.tshark import EVERY_VERB, Dialogue, dialogues_by_client, known, significant
from harness.waiting import wait_for

CAPTURES = Path(os.environ.get("MAILTEE_CAPTURES", REPOSITORY.parent / "shared" / "captures"))
FILES = sorted(path for path in CAPTURES.glob("*") if path.is_file()) if CAPTURES.is_dir() else []

BDAT = "tshark shows no BDAT whose size is no number of 64 bits"
BEHIND = "tshark does not look behind a chunk for the commands in the same packet, nor behind a gap"
EXPLAINED = {
    "smtp__smtp-bdat-cmd-chunk-size-overflow.pcap": BDAT,
    "smtp__smtp-bdat-cmd-chunk-size-overflow2.pcap": BDAT,
    "smtp__smtp-bdat-cmd-invalid.pcapng": BDAT,
    "smtp__smtp-bdat-cmd-negative-chunk-size.pcap": BDAT,
    "smtp__smtp-bdat-gap.pcap": BEHIND,
    "smtp__smtp-bdat-pipeline-8bitmime.pcap": BEHIND,
}
"""Where tshark sees fewer commands than were said; docs/import.md says who is right and why."""

WORDS = [
    (1, b"220 mx.example.net ESMTP\r\n"), (0, b"EHLO client.example.org\r\n"),
    (1, b"250-mx.example.net\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n"),
    (0, b"AUTH PLAIN AG5vaXp1bWkAaW1wb3J0LXNlZXMtbm8tc2VjcmV0\r\n"), (1, b"235 2.7.0 welcome\r\n"),
    (0, b"MAIL FROM:<a@example.org>\r\n"), (1, b"250 2.1.0 Ok\r\n"), (0, b"RCPT TO:<b@example.net>\r\n"),
    (1, b"250 2.1.5 Ok\r\n"), (0, b"DATA\r\n"), (1, b"354 Go on\r\n"),
    (0, b"Subject: a capture\r\n\r\n" + b"A line of the body, one of many.\r\n" * 200 + b"..\r\n.\r\n"),
    (1, b"250 2.0.0 Ok\r\n"), (0, b"QUIT\r\n"), (1, b"221 2.0.0 Bye\r\n"),
]
SECRET = b"AG5vaXp1bWkAaW1wb3J0LXNlZXMtbm8tc2VjcmV0"


def imported(mailtee: Mailtee, *files: Path) -> list[Json]:
    lines = mailtee.run("import", "--json", *map(str, files)).decode().splitlines()
    return [json.loads(line) for line in lines]


def dialogue(session: Json) -> Dialogue:
    """Commands and codes, in the words in which tshark says them."""
    verbs = [one.removeprefix("UID ") for one in (str(one["verb"]) for one in session["exchanges"])]
    spoken = [one for one in session["exchanges"] if one["verb"] or session["protocol"] != "imap"]
    codes = [str(code) for one in spoken for code in one["replies"]]
    return Dialogue(known(verbs, EVERY_VERB), significant(codes))


@pytest.mark.without_tshark("the test compares the captures themselves")
@pytest.mark.parametrize("capture", FILES or [None], ids=lambda path: path.name if path else "none")
def test_captures(mailtee: Mailtee, capture: Path | None) -> None:
    if capture is None:
        pytest.skip("by design: no captures are here; MAILTEE_CAPTURES names a folder of them")
    if not shutil.which("tshark"):
        pytest.skip("tshark is missing: Tests/install installs it (package tshark)")
    ours = {one["client"]: mailtee.show(one["id"]) for one in imported(mailtee, capture)}
    theirs = dialogues_by_client(capture)
    assert theirs.keys() <= ours.keys(), "tshark sees a conversation that was not imported"
    differ = []
    for client, seen in theirs.items():
        shown = dialogue(ours[client])
        if capture.name in EXPLAINED:
            # tshark's are ours without some of the commands; the codes are the same.
            rest = iter(shown.commands)
            assert all(command in rest for command in seen.commands), (client, str(seen), str(shown))
            assert seen.codes == shown.codes
            differ.append(seen.commands != shown.commands)
        else:
            assert str(seen) == str(shown), client
    assert (capture.name in EXPLAINED) == any(differ), "docs/import.md explains a difference that is none"


def transcript(session: Json) -> list[tuple[str, str, str]]:
    return [(one["from"], one["kind"], one["text"]) for one in session["utterances"]]


@pytest.mark.parametrize("change", ["none", "retransmitted", "reordered", "overlapping", "all"])
@pytest.mark.parametrize("largest", [40, 1460])
def test_one_conversation_captured_in_many_ways(mailtee: Mailtee, folder: Path, change: str, largest: int) -> None:
    for seed in range(3):
        made = packets(WORDS, largest, first=(0xFFFFFF00, 0xFFFFFFF0 - seed))
        if change in ("overlapping", "all"):
            made = overlapping(made, seed)
        if change in ("retransmitted", "all"):
            made = retransmitted(made, seed)
        if change in ("reordered", "all"):
            made = reordered(made, seed)
        path = folder / f"{change}-{seed}.pcap"
        path.write_bytes(pcap(made, packed=seed == 1))
        whole = folder / "whole.pcap"
        whole.write_bytes(pcap(packets(WORDS)))
        (one,), (other,) = imported(mailtee, path), imported(mailtee, whole)
        assert transcript(mailtee.show(one["id"])) == transcript(mailtee.show(other["id"]))
        assert one["end"] == other["end"] == "server-closed"
    for segment in mailtee.store.glob("segments/*.pcapng"):
        assert SECRET not in segment.read_bytes()
    message = mailtee.run("export", "latest", "--format", "eml")
    assert message == WORDS[11][1][:-3].replace(b"\r\n..\r\n", b"\r\n.\r\n")


def test_what_real_peers_said_as_tcpdump_heard_it(mailtee: Mailtee, folder: Path) -> None:
    """The same conversations by a tap and by tcpdump before it: what is imported is what the tap recorded."""
    if os.geteuid() != 0:
        pytest.skip("by design: only root may capture")
    tcpdump = program("tcpdump", "tcpdump")
    path = folder / "beside.pcap"
    with exim_daemon(folder / "exim") as (port, _), mailtee.tap(f"0=smtp://127.0.0.1:{port}") as tap:
        capture = Background([tcpdump, "-i", "lo", "-n", "-Z", "root", "-U", "--immediate-mode", "-B", "65536", "-w", path,
                              "tcp", "port", str(tap.port)], folder, "tcpdump")
        try:
            wait_for("tcpdump to listen", lambda: "listening on" in capture.errors.read_text())
            for send in SENDERS.values():
                send(tap.port, "noizumi@peer.example", japanese("tcpdump"), folder, None)
            sessions = mailtee.wait_for_sessions(len(SENDERS))
            size = path.stat().st_size
            wait_for("the capture to be whole", lambda: captured(path) >= len(SENDERS) and size > 0)
        finally:
            capture.stop(signal.SIGTERM)
    tapped = [transcript(mailtee.show(one["id"])) for one in sessions]
    other = Mailtee(folder, folder / "imported")
    sessions = sorted(imported(other, path), key=lambda one: one["started"])
    assert [transcript(other.show(one["id"])) for one in sessions] == tapped


def captured(path: Path) -> int:
    """Connections of the capture so far that have ended."""
    words = ["tshark", "-n", "-r", str(path), "-Y", "tcp.flags.fin==1", "-T", "fields", "-e", "tcp.stream"]
    result = subprocess.run(words, capture_output=True, text=True, check=False,
                            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"})
    return len({line for line in result.stdout.split() if result.stdout.split().count(line) >= 2})


@pytest.mark.parametrize("source", ["pipe", "file"])
def test_a_capture_is_shown_while_it_grows(mailtee: Mailtee, folder: Path, source: str) -> None:
    whole = pcap(packets(WORDS))
    middle = whole.index(b"354 Go on\r\n") + len(b"354 Go on\r\n")
    path = folder / "growing.pcap"
    path.write_bytes(whole[:middle] if source == "file" else b"")
    words = mailtee.command("import", "--follow", "-" if source == "pipe" else str(path))
    with open(folder / "shown", "wb") as shown:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=shown, stderr=subprocess.PIPE)
    try:
        assert process.stdin
        if source == "pipe":
            process.stdin.write(whole[:middle])
            process.stdin.flush()

        def said(text: str) -> bool:
            return text in (folder / "shown").read_text(errors="replace")

        wait_for("what was captured so far to be shown", lambda: said("RCPT TO:<b@example.net>") and said("250 2.1.5 Ok"))
        assert not said("QUIT") and process.poll() is None
        if source == "pipe":
            process.stdin.write(whole[middle:])
            process.stdin.close()
        else:
            with open(path, "ab") as file:
                file.write(whole[middle:])
            wait_for("the rest to be shown", lambda: said("221 2.0.0 Bye"))
            process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0, process.stderr.read().decode() if process.stderr else ""
        assert said("221 2.0.0 Bye") and said("server-closed") and not said(SECRET.decode())
    finally:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


def test_a_passive_tap(mailtee: Mailtee, folder: Path) -> None:
    """tcpdump writes into a pipe, and what a client says is shown before it has said all."""
    if os.geteuid() != 0:
        pytest.skip("by design: only root may capture")
    with exim_daemon(folder / "exim") as (port, _), open(folder / "shown", "wb") as shown, \
            open(folder / "tcpdump.err", "wb") as errors:
        dump = subprocess.Popen([program("tcpdump", "tcpdump"), "-i", "lo", "-n", "-Z", "root", "-U", "--immediate-mode", "-w", "-",
                                 "tcp", "port", str(port)], stdout=subprocess.PIPE, stderr=errors)
        tap = subprocess.Popen(mailtee.command("import", "--follow", "-"), stdin=dump.stdout, stdout=shown,
                               stderr=subprocess.DEVNULL)
        try:
            if dump.stdout:
                dump.stdout.close()

            def said(text: str) -> bool:
                return text in (folder / "shown").read_text(errors="replace")

            wait_for("tcpdump to listen", lambda: "listening on" in (folder / "tcpdump.err").read_text())
            with connect(port) as client:
                receive_reply(client)
                client.sendall(b"EHLO passive.example\r\n")
                receive_reply(client)
                wait_for("the half of a session to be shown", lambda: said("→ EHLO passive.example") and said("← 250"))
                client.sendall(b"QUIT\r\n")
                receive_all(client)
            wait_for("its end to be shown", lambda: said("→ QUIT") and said("← 221"))
            dump.send_signal(signal.SIGTERM)
            assert tap.wait(60) == 0
        finally:
            for process in (dump, tap):
                process.kill()
                process.wait()


@pytest.mark.parametrize(("content", "words"), [
    (b"", "at byte 0: the file is empty"),
    (b"From: somebody\r\n", "at byte 0: this is neither pcap nor pcapng"),
    (pcap(packets(WORDS))[:1000], "the file ends in the middle of a packet of"),
    (pcap(packets(WORDS), packed=True)[:700], "its compression is damaged or cut off here"),
    (pcap(packets(WORDS))[:500] + bytes([0xFF] * 100), "which cannot be"),
], ids=["empty", "text", "cut", "cut-gzip", "damaged"])
def test_what_cannot_be_read_is_told_and_the_rest_kept(
        mailtee: Mailtee, folder: Path, content: bytes, words: str) -> None:
    path = folder / "broken.pcap"
    path.write_bytes(content)
    result = mailtee.attempt("import", str(path))
    assert result.returncode == 1
    assert words in result.stderr.decode() and str(path) in result.stderr.decode()
    if len(content) > 500:
        assert "EHLO client.example.org" in mailtee.run("show", "latest").decode()


def test_a_file_that_is_not_there(mailtee: Mailtee, folder: Path) -> None:
    result = mailtee.attempt("import", str(folder / "nothing"))
    assert (result.returncode, b"No such file" in result.stderr) == (1, True)


@pytest.mark.without_tshark("so many sessions, each of which says the same")
def test_many_connections(mailtee: Mailtee, folder: Path) -> None:
    """Each says a greeting and no more, and half of them never end; memory stays bounded. MAILTEE_LONG=1 for 100,000."""
    count = 100_000 if os.environ.get("MAILTEE_LONG") else 10_000
    path = folder / "many.pcap"
    one = packets([(1, b"220 x ESMTP\r\n")])
    with open(path, "wb") as file:
        file.write(pcap([]))
        for number in range(count):
            ports = (1024 + number % 60_000, 25 if number < 60_000 else 587)
            file.write(pcap(one[:4] if number % 2 else one, ports)[24:])
    script = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); " \
             "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run(["/usr/bin/python3", "-c", script, *mailtee.command("import", str(path))],
                          capture_output=True, text=True, check=True, timeout=600)
    assert f"{count} sessions of {count} connections" in done.stderr
    assert int(done.stdout) < 256 << 10, f"{done.stdout} KiB"
