"""`mailtee message` beside Python's email package, on every message of this test suite."""

from __future__ import annotations

import base64
import email.message
import email.policy
import json
import os
import quopri
from collections.abc import Callable
from pathlib import Path

import pytest

from harness import python_mail, transcripts
from harness.mailtee import Json, Mailtee
from harness.messages import CHARSETS, japanese
from harness.requirements import REPOSITORY

CAPTURES = Path(os.environ.get("MAILTEE_CAPTURES", REPOSITORY.parent / "shared" / "captures"))
FILES = sorted(path for path in CAPTURES.glob("*") if path.is_file()) if CAPTURES.is_dir() else []

EIGHT_BIT = "bytes above 127 in a header: Python shows U+FFFD, mailtee what they most likely mean"
HEADER_ENDS = ("a line without a colon: Python takes it for the end of the header, mailtee goes on where fields follow, "
               "as a defect of one line")
EXPLAINED = {
    ("57-message-raw-shift-jis", "decoded"): EIGHT_BIT,
    ("msg.header-raw-jis/breaks", "decoded"): EIGHT_BIT,
    ("60-message-boundary-inside-header", "parts"): HEADER_ENDS,
    ("msg.header-syntax/breaks", "header"): HEADER_ENDS,
    ("msg.header-syntax/breaks", "decoded"): HEADER_ENDS,
    ("msg.header-syntax/breaks", "parts"): HEADER_ENDS,
    ("msg.base64-syntax/breaks", "parts"):
        "more behind the padding: Python leaves it out, mailtee decodes it, as many mailers do, and tells of it",
    ("msg.boundary/breaks", "parts"): "no line closes the multipart: Python takes the last line end for the boundary's",
    ("msg.encoded-word/breaks", "decoded"): "an encoded word inside a word: Python puts blanks around it",
    ("msg.param-2231/breaks", "decoded"): "an encoded word inside a word: Python puts blanks around it",
    ("msg.param-2231/breaks", "parts"):
        "an encoded word in a file name, against RFC 2047 section 5: mailtee decodes it, as mailers do, and tells of it",
    ("msg.beyond-limits/breaks", "parts"): "parts within parts: mailtee follows 50, which RFC 2049 leaves to it",
    ("smtp__mime-header-size-limit.pcap.gz", "header"): "a field of 4 MB: mailtee keeps 256 KiB of a header",
    ("smtp__mime-header-size-limit.pcap.gz", "decoded"): "a field of 4 MB: mailtee keeps 256 KiB of a header",
    ("smtp__smtp-many-addresses.pcap.gz", "header"): "1,806 fields: mailtee keeps 1,000",
    ("smtp__smtp-many-addresses.pcap.gz", "decoded"): "1,806 fields: mailtee keeps 1,000",
}
"""Where the two differ, each with the reason."""


def shown(mailtee: Mailtee, folder: Path, messages: dict[str, bytes]) -> list[Json]:
    """What `mailtee message --json` says of each."""
    files = []
    for number, octets in enumerate(messages.values()):
        files.append(folder / f"{number}.eml")
        files[-1].write_bytes(octets)
    read = [json.loads(line) for line in mailtee.run("message", "--json", *map(str, files)).splitlines()]
    assert len(read) == len(messages)
    return read


def compare(mailtee: Mailtee, folder: Path, messages: dict[str, bytes]) -> dict[tuple[str, str], str]:
    """How the two differ: by message, and by what of it is compared."""
    differences = {}
    for (name, octets), one in zip(messages.items(), shown(mailtee, folder, messages)):
        ours, theirs = python_mail.ours(one), python_mail.reading(octets)
        for what in ours:
            if ours[what] != theirs[what]:
                differences[name, what] = f"mailtee: {ours[what]}\nPython: {theirs[what]}"
    return differences


def assert_only_explained(found: dict[tuple[str, str], str], messages: dict[str, bytes]) -> None:
    explained = {one for one in EXPLAINED if one[0] in messages}
    assert set(found) == explained, "\n".join(f"{one}: {how}" for one, how in found.items() if one not in explained)


def test_messages_of_the_transcripts(mailtee: Mailtee, folder: Path) -> None:
    messages = transcripts.messages()
    assert len(messages) > 100
    assert_only_explained(compare(mailtee, folder, messages), messages)


@pytest.mark.without_tshark("test_import.py compares the captures")
@pytest.mark.skipif(not FILES, reason="by design: shared/captures is not here; the test needs captures of others")
def test_messages_in_captures_of_others(mailtee: Mailtee, folder: Path) -> None:
    messages: dict[str, bytes] = {}
    for capture in FILES:
        sessions = [json.loads(line) for line in mailtee.run("import", "--json", str(capture)).splitlines()]
        for session in sessions:
            for number in range(1, session["messages"] + 1):
                name = capture.name + (f"/{len(messages)}" if capture.name in messages else "")
                messages[name] = mailtee.run("export", session["id"], "--format", "eml", "--message", str(number))
    assert len(messages) > 20
    assert_only_explained(compare(mailtee, folder, messages), messages)


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "8bit": lambda text: text, "base64": base64.encodebytes, "quoted-printable": quopri.encodestring}


def labelled() -> dict[str, bytes]:
    """A message in each charset and encoding, subject and text."""
    messages = {}
    for name, (codec, text) in CHARSETS.items():
        subject = base64.b64encode(text.encode(codec)).decode()
        for encoding, encode in ENCODINGS.items():
            head = (f"Subject: =?{name}?B?{subject}?=\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\n"
                    f"Content-Type: text/plain; charset={name}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n")
            messages[f"{name} {encoding}"] = head.encode() + encode(text.encode(codec))
    return messages


def test_messages_in_each_charset_are_read_as_python_reads_them(mailtee: Mailtee, folder: Path) -> None:
    messages = labelled()
    found = compare(mailtee, folder, messages)
    # Python knows neither iso-2022-jp-ms nor the label cp932 of a header.
    assert {one: how for one, how in found.items() if "iso-2022-jp-ms" not in one[0]} == {}
    for name, one in zip(messages, shown(mailtee, folder, messages)):
        assert one["parts"][0]["text"].strip() == CHARSETS[name.split()[0]][1], name


def built() -> dict[str, bytes]:
    """What Python writes itself: parts within parts, attachments with names, messages within."""
    inner = email.message.EmailMessage(policy=email.policy.SMTP)
    inner["Subject"] = "内側の件名"
    inner["From"] = "山田 <yamada@b.example>"
    inner.set_content("内側\n")
    messages = {"forwarded": inner.as_bytes(), "winbiff": japanese("one")}
    for name in ["報告書.pdf", "Größe mit Leerzeichen.txt", "a" * 200 + ".bin", 'with "quotes".txt', "日本語" * 40 + ".txt"]:
        outer = email.message.EmailMessage(policy=email.policy.SMTP)
        outer["Subject"] = "とても長い件名" * 12
        outer["To"] = ", ".join(f"宛先 {number} <to{number}@c.example>" for number in range(20))
        outer.set_content("本文\n" * 50)
        outer.add_alternative("<p>本文</p>\n", subtype="html", charset="iso-2022-jp")
        outer.add_attachment(bytes(range(256)) * 40, maintype="application", subtype="octet-stream", filename=name)
        outer.add_attachment(inner)
        messages[f"built {name}"] = outer.as_bytes()
        messages[f"built {name}, bare LF"] = outer.as_bytes().replace(b"\r\n", b"\n")
    return messages


def test_messages_that_python_wrote(mailtee: Mailtee, folder: Path) -> None:
    assert compare(mailtee, folder, built()) == {}


def test_a_message_is_outlined_for_people(mailtee: Mailtee, folder: Path) -> None:
    (folder / "one.eml").write_bytes(built()["built 報告書.pdf"])
    lines = mailtee.run("message", str(folder / "one.eml")).decode().splitlines()
    assert "Subject: " + "とても長い件名" * 12 in lines
    tree = lines[lines.index("") + 1:]
    assert tree[:8] == [
        "multipart/mixed, 3 parts",
        "├ multipart/alternative, 2 parts",
        "│ ├ text/plain, utf-8, 8bit, 400 octets",
        "│ └ text/html, iso-2022-jp, 7bit, 19 octets",
        "├ application/octet-stream “報告書.pdf”, base64, 10240 octets, attachment",
        "└ message/rfc822, attachment",
        "  └ text/plain, utf-8, 8bit, 8 octets",
        "",
    ]
    assert tree[8] == "本文"


def test_a_message_that_is_not_there(mailtee: Mailtee) -> None:
    for subject, why in [("/nowhere/at.eml", "No such file"), ("latest", "")]:
        result = mailtee.attempt("message", subject)
        assert result.returncode != 0
        assert why in result.stderr.decode()
