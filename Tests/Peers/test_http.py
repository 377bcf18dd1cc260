"""A browser in front of an httpd, as the page of 1997 promised: shown, and exported as an HTTP Archive."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from harness.mailtee import Json, Mailtee, binary, replies
from harness.private_view import PrivateView
from harness.requirements import program
from harness.secrets import assert_not_found
from harness.superservers import Service, openbsd_inetd
from harness.web_server import IMAGE, PAGE, SESSION, web_server

PASSWORD = "Sesam-öffne-dich-7531"
SCHEMA = Path(__file__).with_name("har-1.2.schema.json")


def curl(*arguments: str, stdin: bytes = b"") -> bytes:
    command = [program("curl", "curl"), "-q", "-sS", "--noproxy", "*", "--max-time", "60", *arguments]
    result = subprocess.run(command, input=stdin, capture_output=True, timeout=90, check=False)
    assert result.returncode == 0, result.stderr.decode(errors="replace")
    return result.stdout


def site(folder: Path) -> Path:
    made = folder / "site"
    made.mkdir(mode=0o755)
    (made / "index.html").write_text(PAGE)
    (made / "other.txt").write_text("another\n")
    return made


def har(mailtee: Mailtee, session: str) -> list[Json]:
    """The entries of the session's HTTP Archive, which has to be a valid one."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is missing: Tests/install installs it")
    archive = json.loads(mailtee.run("export", session, "--format", "har"))
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(archive)
    for entry in archive["log"]["entries"]:
        assert entry["time"] == pytest.approx(sum(entry["timings"].values()))
    return archive["log"]["entries"]


def fields(message: Json) -> dict[str, str]:
    return {one["name"].lower(): one["value"] for one in message["headers"]}


def asked(session: Json) -> list[tuple[str, list[str]]]:
    return [(one["verb"], one["replies"]) for one in session["exchanges"]]


def seen_by_tshark(mailtee: Mailtee) -> tuple[list[str], list[str]]:
    """The methods and the status codes in all segments."""
    tshark = program("tshark", "tshark")
    methods: list[str] = []
    codes: list[str] = []
    for segment in sorted(mailtee.store.glob("segments/*.pcapng")):
        command = [tshark, "-n", "-r", segment, "-Y", "http", "-T", "fields", "-e", "http.request.method",
                   "-e", "http.response.code"]
        for line in subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.splitlines():
            method, code = line.split("\t")
            methods += [one for one in method.split(",") if one]
            codes += [one for one in code.split(",") if one]
    return methods, codes


def test_an_httpd_under_inetd(mailtee: Mailtee, folder: Path) -> None:
    busybox = program("busybox", "busybox")
    child = [busybox, "httpd", "-i", "-h", site(folder)]
    service = Service.on_free_port([binary(), "inetd", "--store", mailtee.store, "--", *child])
    with openbsd_inetd(folder, PrivateView(folder / "view"), service):
        base = f"http://127.0.0.1:{service.port}"
        assert curl(f"{base}/", f"{base}/other.txt") == (PAGE + "another\n").encode()
        curl(f"{base}/missing", "-o", "/dev/null")
        sessions = mailtee.wait_for_sessions(3, or_more=True)
    assert all(one["protocol"] == "http" for one in sessions)
    shown = [mailtee.show(one["id"]) for one in sessions]
    assert [one for session in shown for one in asked(session)] == [("GET", ["200"]), ("GET", ["200"]), ("GET", ["404"])]
    assert PAGE.strip() in mailtee.run("show", sessions[0]["id"]).decode()
    entries = [entry for one in sessions for entry in har(mailtee, one["id"])]
    assert [entry["response"]["status"] for entry in entries] == [200, 200, 404]
    assert [entry["request"]["url"] for entry in entries] == [f"{base}/", f"{base}/other.txt", f"{base}/missing"]
    assert entries[0]["response"]["content"]["text"] == PAGE
    assert seen_by_tshark(mailtee) == (["GET"] * 3, ["200", "200", "404"])


def test_an_httpd_as_child_of_a_tap(mailtee: Mailtee, folder: Path) -> None:
    busybox = program("busybox", "busybox")
    with mailtee.tap(f"0=exec:{busybox} httpd -i -f -h {site(folder)}") as tap:
        assert tap.listeners[0].protocol == "http"
        assert curl(f"http://127.0.0.1:{tap.port}/") == PAGE.encode()
        session = mailtee.wait_for_sessions(1)[0]
    assert asked(mailtee.show(session["id"])) == [("GET", ["200"])]
    assert har(mailtee, session["id"])[0]["response"]["content"]["text"] == PAGE


def test_a_browser_like_conversation(mailtee: Mailtee) -> None:
    """One connection: keep-alive, a login and cookies, POST with 100-continue, a chunked upload, gzip, chunks, HEAD."""
    with web_server() as port, mailtee.tap(f"0=http://127.0.0.1:{port}") as tap:
        base = f"http://127.0.0.1:{tap.port}"
        next_one: list[str] = ["--next", "-sS", "--noproxy", "*"]
        curl(
            "-u", f"noizumi:{PASSWORD}", "-b", SESSION, f"{base}/page?a=1&b=%C3%A9+c", f"{base}/image",
            *next_one, "--compressed", f"{base}/gzip", f"{base}/chunked",
            *next_one, "-H", "Expect: 100-continue", "--data", "name=value&x=%20y", f"{base}/form",
            *next_one, "-H", "Content-Type: text/plain", "-T", "-", f"{base}/upload",
            *next_one, "-I", f"{base}/page",
            *next_one, f"{base}/missing",
            stdin=b"uploaded\n")
        session = mailtee.wait_for_sessions(1)[0]
    shown = mailtee.show(session["id"])
    # Whether it waits for leave to send the upload is curl's to decide.
    conversation = [(verb, codes[-1:] if verb == "PUT" else codes) for verb, codes in asked(shown)]
    assert conversation == [
        ("GET", ["200"]), ("GET", ["200"]), ("GET", ["200"]), ("GET", ["200"]), ("POST", ["100", "200"]),
        ("PUT", ["200"]), ("HEAD", ["200"]), ("GET", ["404"])]
    assert session["messages"] == 0

    entries = har(mailtee, session["id"])
    page, image, zipped, chunked, form, upload, head, missing = entries
    assert page["request"]["queryString"] == [{"name": "a", "value": "1"}, {"name": "b", "value": "é c"}]
    assert page["response"]["content"]["text"] == PAGE
    assert page["response"]["headersSize"] > 0
    assert page["response"]["bodySize"] == len(PAGE.encode())
    assert base64.b64decode(image["response"]["content"]["text"]) == IMAGE
    assert image["response"]["content"]["encoding"] == "base64"
    content = zipped["response"]["content"]
    assert content["text"] == PAGE * 100
    assert content["size"] == content["compression"] + zipped["response"]["bodySize"] == len(PAGE.encode()) * 100
    assert chunked["response"]["content"]["text"] == "one\ntwo\nthree"
    assert form["request"]["postData"]["params"] == [{"name": "name", "value": "value"}, {"name": "x", "value": " y"}]
    assert upload["request"]["postData"]["text"] == "uploaded\n"
    assert upload["request"]["bodySize"] == len("uploaded\n")
    assert (head["response"]["bodySize"], head["response"]["content"]["size"]) == (0, 0)
    assert (missing["response"]["status"], missing["response"]["statusText"]) == (404, "Not Found")

    # Secrets stand masked, the scheme of the login is to be seen.
    scheme, secret = fields(page["request"])["authorization"].split(" ")
    assert scheme == "Basic" and set(secret) == {"X"}
    assert set(fields(page["request"])["cookie"]) == {"X"}
    assert set(fields(page["response"])["set-cookie"]) == {"X"}
    assert_not_found(mailtee, [f"noizumi:{PASSWORD}".encode(), SESSION.encode()], [session["id"]])

    text = mailtee.run("show", session["id"]).decode()
    assert f"[{len(IMAGE)} bytes of image/png]" in text
    assert "three" in text and "uploaded" in text
    assert f"[{zipped['response']['bodySize']} bytes of text/html; charset=utf-8, gzip]" in text
    methods, codes = seen_by_tshark(mailtee)
    assert methods == [one["verb"] for one in shown["exchanges"]]
    assert codes == replies(shown)


def test_no_archive_of_mail(mailtee: Mailtee, folder: Path) -> None:
    with mailtee.serve() as server:
        curl("--mail-from", "a@b.example", "--mail-rcpt", "c@d.example", "-T", "-",
             f"smtp://127.0.0.1:{server.port_of('smtp')}/me.example", stdin=b"Subject: x\r\n\r\nx\r\n")
        session = mailtee.wait_for_sessions(1)[0]
    result = mailtee.attempt("export", session["id"], "--format", "har")
    assert result.returncode == 64
    assert b"is smtp" in result.stderr
