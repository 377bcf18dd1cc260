"""Full disks, damaged files, children that die, endless lines: the conversation goes on, the cause is said, and nothing
that was recorded earlier is lost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.mailtee import Mailtee, Running, binary, commands
from harness.private_view import PrivateView
from harness.processes import Background
from harness.script import connect, receive_all, receive_exactly, receive_line, scripted_server
from harness.smtp_script import serve_smtp
from harness.waiting import PATIENCE, wait_for

pytestmark = pytest.mark.without_tshark("several of these stores are damaged or not there")


def say(port: int, *lines: bytes) -> None:
    """A session of these commands and QUIT, that has to work."""
    with connect(port) as client:
        receive_line(client)
        for line in lines:
            client.sendall(line + b"\r\n")
            assert receive_line(client)[:1] == b"2"
        client.sendall(b"QUIT\r\n")
        assert receive_all(client) == b"221 2.0.0 Bye\r\n"


def record(mailtee: Mailtee, *markers: str) -> list[str]:
    """Records a session with a NOOP for each marker, each by a mailtee (and so in a segment) of its own; the ids."""
    with scripted_server(serve_smtp) as upstream:
        for number, marker in enumerate(markers):
            with mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
                say(tap.port, b"NOOP " + marker.encode())
                mailtee.wait_for_sessions(number + 1)
    return [one["id"] for one in mailtee.sessions()]


# The store

@pytest.mark.parametrize("variables, place", [
    ({"XDG_DATA_HOME": ""}, ".local/share/mailtee"),
    ({"XDG_DATA_HOME": "relative"}, ".local/share/mailtee"),
    ({"MAILTEE_STORE": ""}, ".local/share/mailtee"),
    ({"XDG_DATA_HOME": "{home}/data"}, "data/mailtee"),
    ({"MAILTEE_STORE": "{home}/there", "XDG_DATA_HOME": "{home}/data"}, "there"),
])
def test_what_is_empty_in_the_environment_names_no_store(variables: dict[str, str], place: str, folder: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("MAILTEE_STORE", "XDG_DATA_HOME")}
    named = {name: value.format(home=folder) for name, value in variables.items()}
    done = subprocess.run(
        [binary(), "list"], env=kept | named | {"HOME": str(folder)}, cwd=folder, capture_output=True, text=True)
    assert f"Error: {folder / place}: nothing is recorded here" in done.stderr


def test_store_that_cannot_be_made_is_said_with_cause_and_remedy(mailtee: Mailtee, folder: Path) -> None:
    (folder / "file").write_text("not a folder")
    mailtee.store = folder / "file" / "store"
    result = mailtee.attempt("tap", "0=smtp://127.0.0.1:25")
    assert result.returncode != 0
    said = result.stderr.decode()
    assert str(folder / "file") in said and "Not a directory" in said and "--store" in said


def test_inetd_serves_the_client_even_without_a_store(mailtee: Mailtee, folder: Path) -> None:
    """Nobody reads the standard error of what inetd starts: the mail has to go through all the same."""
    (folder / "file").write_text("not a folder")
    ours, theirs = socket.socketpair()
    with ours, (folder / "inetd.err").open("wb") as errors:

        child = subprocess.Popen(
            [binary(), "inetd", "--store", folder / "file" / "store", "--protocol", "smtp", "--", "/bin/echo", "220 on"],
            stdin=theirs, stdout=theirs, stderr=errors)
        theirs.close()
        ours.settimeout(PATIENCE)
        heard = receive_all(ours)
        child.wait(PATIENCE)
    assert heard == b"220 on\n"
    assert "file" in (folder / "inetd.err").read_text()


@contextmanager
def tap_on_small_disk(mailtee: Mailtee, folder: Path, size: str, spec: str) -> Iterator[tuple[Running, Path]]:
    """A tap whose store is on a disk of that size; and the way to that disk from outside of its mount name space."""
    view = PrivateView(folder / "view")
    mailtee.store.mkdir(mode=0o700)
    mount = f"mount -t tmpfs -o size={size},mode=0700 small {mailtee.store}"
    command = view.command("sh", "-c", f'{mount} && exec "$@"', "sh", binary(), "tap", "--store", mailtee.store,
                           "--json", spec)
    running = Running(Background(command, folder, "small-disk"))
    try:
        running.wait_for_listeners(1)
        yield running, Path(f"/proc/{running.process.process.pid}/root{mailtee.store}")
        assert running.process.stop() == 0, running.process.said()
    finally:
        running.process.end_group()


def test_disk_that_is_full(mailtee: Mailtee, folder: Path) -> None:
    big = 4 << 20

    def server(peer: socket.socket) -> None:
        peer.sendall(b"220 ready\r\n")
        while line := receive_line(peer):
            if line == b"QUIT\r\n":
                peer.sendall(b"221 2.0.0 Bye\r\n")
                return
            count = int(line.split()[1]) if line.startswith(b"SEND ") else 0
            peer.sendall(b"2" + b"x" * count + b"\r\n")

    with scripted_server(server) as upstream:
        with tap_on_small_disk(mailtee, folder, "2m", f"0=plain://127.0.0.1:{upstream.port}") as (tap, disk):
            say(tap.port, b"NOOP before")
            inside = Mailtee(folder, disk)
            before = inside.wait_for_sessions(1)[0]
            earlier = inside.show(before["id"])
            with connect(tap.port) as client:
                receive_line(client)
                client.sendall(b"SEND %d\r\n" % big)
                assert len(receive_exactly(client, big + 3)) == big + 3
                client.sendall(b"QUIT\r\n")
                assert receive_all(client) == b"221 2.0.0 Bye\r\n"
            say(tap.port, b"NOOP after")
            wait_for("the cause on standard error", lambda: "No space left on device" in tap.process.said())
            assert "--store" in tap.process.said() or "space" in tap.process.said().replace("No space left on device", "")
            # The index may find no room for itself either; reading has to work nevertheless.
            assert inside.show(before["id"])["utterances"] == earlier["utterances"]


def test_store_that_may_only_be_read(mailtee: Mailtee, folder: Path) -> None:
    (session,) = record(mailtee, "earlier")
    view = PrivateView(folder / "view")
    read_only = f"mount --bind {mailtee.store} {mailtee.store} && mount -o remount,ro,bind {mailtee.store}"

    def inside(*arguments: str | Path) -> list[str | Path]:
        return view.command("sh", "-c", f'{read_only} && exec "$@"', "sh", binary(), *arguments)

    for path in mailtee.store.glob("index.sqlite*"):
        path.unlink()
    shown = subprocess.run(
        inside("show", "--store", mailtee.store, session), capture_output=True, check=True, timeout=PATIENCE)
    assert b"NOOP earlier" in shown.stdout and b"index cannot be kept" in shown.stderr
    with scripted_server(serve_smtp) as upstream:
        running = Running(Background(
            inside("tap", "--store", mailtee.store, "--json", f"0=smtp://127.0.0.1:{upstream.port}"), folder, "read-only"))
        try:
            running.wait_for_listeners(1)
            say(running.port, b"NOOP later")
            wait_for("the cause on standard error", lambda: "Read-only file system" in running.process.said())
            assert running.process.stop() == 0
        finally:
            running.process.end_group()
    assert [one["id"] for one in mailtee.sessions()] == [session]


def test_store_of_a_newer_version(mailtee: Mailtee) -> None:
    record(mailtee, "one")
    version = json.loads((mailtee.store / "store.json").read_text())
    version["version"] += 1
    (mailtee.store / "store.json").write_text(json.dumps(version))
    for command in (("list",), ("show", "latest"), ("tap", "0=smtp://127.0.0.1:25"), ("index", "--rebuild")):
        result = mailtee.attempt(*command)
        assert result.returncode != 0, command
        assert b"newer" in result.stderr, command


def test_store_that_does_not_exist_is_said(mailtee: Mailtee) -> None:
    result = mailtee.attempt("show", "latest")
    assert result.returncode != 0
    assert str(mailtee.store).encode() in result.stderr


def test_unknown_id_is_said(mailtee: Mailtee) -> None:
    record(mailtee, "one")
    result = mailtee.attempt("show", "nonesuch")
    assert result.returncode != 0
    assert b"nonesuch" in result.stderr


# Damage

def segments(mailtee: Mailtee) -> list[Path]:
    return sorted(mailtee.store.glob("segments/*.pcapng"))


def assert_others_are_readable(mailtee: Mailtee, damaged: str, ids: list[str], markers: list[str]) -> None:
    listed = {one["id"] for one in mailtee.sessions()}
    for session, marker in zip(ids, markers):
        if session != damaged:
            assert session in listed
            assert f"NOOP {marker}" in str(mailtee.show(session))


@pytest.mark.parametrize("index_too", [False, True], ids=["with index", "without index"])
def test_segment_cut_off_anywhere(mailtee: Mailtee, index_too: bool) -> None:
    markers = ["one", "two", "three"]
    ids = record(mailtee, *markers)
    segment = next(path for path in segments(mailtee) if b"NOOP two" in path.read_bytes())
    whole = segment.read_bytes()
    for length in sorted({0, 1, 7, 27, 28, 100, len(whole) // 3, len(whole) // 2, len(whole) - 5, len(whole) - 1}):
        segment.write_bytes(whole[:length])
        remove_index(mailtee, index_too)
        assert_others_are_readable(mailtee, ids[1], ids, markers)
        mailtee.attempt("show", ids[1], "--json")
    segment.write_bytes(whole)
    mailtee.run("index", "--rebuild")
    assert "NOOP two" in str(mailtee.show(ids[1]))


@pytest.mark.parametrize("index_too", [False, True], ids=["with index", "without index"])
def test_segment_with_wrong_bytes_anywhere(mailtee: Mailtee, index_too: bool) -> None:
    markers = ["one", "two", "three"]
    ids = record(mailtee, *markers)
    segment = next(path for path in segments(mailtee) if b"NOOP two" in path.read_bytes())
    whole = segment.read_bytes()
    for start in range(0, len(whole), max(1, len(whole) // 12)):
        for wrong in (b"\0" * 16, b"\xff" * 16):
            segment.write_bytes(whole[:start] + wrong + whole[start + 16:])
            remove_index(mailtee, index_too)
            assert_others_are_readable(mailtee, ids[1], ids, markers)
            mailtee.attempt("show", ids[1], "--json")


def remove_index(mailtee: Mailtee, really: bool) -> None:
    for path in mailtee.store.glob("index.sqlite*"):
        if really:
            path.unlink()


@pytest.mark.parametrize("garbage", [b"", b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 4096],
                         ids=["empty", "garbage", "looks like one"])
def test_index_overwritten_with_garbage_is_made_anew(mailtee: Mailtee, garbage: bytes) -> None:
    record(mailtee, "one", "two")
    before = mailtee.sessions()
    for path in mailtee.store.glob("index.sqlite*"):
        path.unlink()
    (mailtee.store / "index.sqlite").write_bytes(garbage)
    assert mailtee.sessions() == before
    assert "NOOP two" in str(mailtee.show())


def test_segment_that_is_no_capture_at_all(mailtee: Mailtee) -> None:
    ids = record(mailtee, "one")
    (mailtee.store / "segments" / "notes.txt").write_text("not ours")
    stranger = segments(mailtee)[0].with_name("20991231T235959-0000000000000-0001.pcapng")
    stranger.write_bytes(b"From someone\n" * 100)
    assert [one["id"] for one in mailtee.sessions()] == ids


# Children

def test_child_that_does_not_exist(mailtee: Mailtee) -> None:
    with mailtee.tap("0=smtp+exec:/nonexistent/sendmail -bs") as tap:
        with connect(tap.port) as client:
            try:
                receive_all(client)
            except ConnectionResetError:
                pass
        session = mailtee.wait_for_sessions(1)[0]
    assert "No such file" in session["end"] or "No such file" in str(mailtee.show())


@pytest.mark.parametrize("script,trace", [
    ("exit 3", "exited with 3"), ("kill -9 $$", "signal 9"), ("echo cannot start >&2", "cannot start")])
def test_child_that_dies_at_once(mailtee: Mailtee, folder: Path, script: str, trace: str) -> None:
    program = folder / "child"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    with mailtee.tap(f"0=smtp+exec:{program}") as tap:
        with connect(tap.port) as client:
            try:
                assert receive_all(client) == b""
            except ConnectionResetError:
                pass
        mailtee.wait_for_sessions(1)
        with connect(tap.port) as client:  # the tap itself lives on
            try:
                receive_all(client)
            except ConnectionResetError:
                pass
        sessions = mailtee.wait_for_sessions(2)
    assert trace in mailtee.run("show", sessions[0]["id"]).decode()


# Bytes

def echo_once(size: int, heard: list[bytes], everything: bytes) -> "object":
    def server(peer: socket.socket) -> None:
        talk = threading.Thread(target=peer.sendall, args=(everything,))
        talk.start()
        heard.append(receive_exactly(peer, size))
        talk.join(PATIENCE)
    return server


@pytest.mark.parametrize("protocol", ["smtp", "pop3", "plain"])
def test_all_bytes_pass_unchanged_both_ways(mailtee: Mailtee, protocol: str) -> None:
    everything = bytes(range(256)) * 512 + b"\r\n\r\r\n\n\0\r\n.\r\n..\r\n" + bytes(reversed(range(256))) * 512
    heard: list[bytes] = []
    with scripted_server(echo_once(len(everything), heard, everything)) as upstream:  # type: ignore[arg-type]
        with mailtee.tap(f"0={protocol}://127.0.0.1:{upstream.port}") as tap, connect(tap.port) as client:
            talk = threading.Thread(target=client.sendall, args=(everything,))
            talk.start()
            assert receive_exactly(client, len(everything)) == everything
            talk.join(PATIENCE)
            client.close()
            session = mailtee.wait_for_sessions(1)[0]
    assert heard == [everything]
    assert session["bytes"] == {"client": len(everything), "server": len(everything)}
    assert session["lost"] == {"client": 0, "server": 0}


@pytest.mark.parametrize("protocol", ["smtp", "pop3", "plain"])
def test_line_without_end(mailtee: Mailtee, protocol: str) -> None:
    size = 20 << 20
    line = b"NOOP " + b"x" * size
    heard: list[bool] = []

    def server(peer: socket.socket) -> None:
        peer.sendall(b"220 ready\r\n" if protocol == "smtp" else b"+OK ready\r\n")
        data = bytearray()
        while len(data) < len(line) and (more := peer.recv(1 << 20)):
            data += more
        heard.append(data == line)
        peer.sendall(b"500 too long\r\n")

    with scripted_server(server) as upstream:
        with mailtee.tap(f"0={protocol}://127.0.0.1:{upstream.port}") as tap, connect(tap.port) as client:
            receive_line(client)
            client.sendall(line)
            assert receive_all(client) == b"500 too long\r\n"
            client.close()
            session = mailtee.wait_for_sessions(1)[0]
            assert tap.process.running
    assert heard == [True]
    assert session["bytes"]["client"] == len(line)
    assert len(mailtee.run("show", session["id"])) < size / 10, "a line without end is not printed whole"


def test_commands_no_server_has_heard_of(mailtee: Mailtee) -> None:
    with scripted_server(serve_smtp) as upstream, mailtee.tap(f"0=smtp://127.0.0.1:{upstream.port}") as tap:
        with connect(tap.port) as client:
            receive_line(client)
            for line in (b"", b" ", b"\0\0\0", b"\xff\xfe\xfd", b"GET / HTTP/1.0", b"NOOP still heard"):
                client.sendall(line + b"\r\n")
                receive_line(client)
            client.sendall(b"QUIT\r\n")
            receive_all(client)
        mailtee.wait_for_sessions(1)
    assert commands(mailtee.show())[-2:] == ["NOOP", "QUIT"]
