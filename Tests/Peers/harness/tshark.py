"""tshark, the independent reader of the record."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from .mailtee import Json, Mailtee, commands, replies

VERBS = frozenset(
    "EHLO HELO LHLO MAIL RCPT DATA BDAT RSET NOOP QUIT AUTH VRFY EXPN HELP STARTTLS "
    "USER PASS APOP CAPA STAT LIST UIDL RETR DELE TOP STLS".split())
"""What counts as a command: tshark also takes the lines of an authentication for some."""

EVERY_VERB = VERBS | frozenset(
    "CAPABILITY LOGIN AUTHENTICATE SELECT EXAMINE LSUB FETCH STORE SEARCH CLOSE LOGOUT".split())
"""The same with IMAP."""

FIELDS = ("tcp.stream", "tcp.dstport", "smtp.req.command", "smtp.response.code", "pop.request.command", "pop.response.indicator",
          "tcp.payload", "tcp.srcport", "frame.comment")


@dataclass
class Dialogue:
    """The commands and the codes of one session, in order."""

    commands: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{' '.join(self.commands)} / {' '.join(self.codes)}"


def dialogues(capture: Path, by_lines: bool = False) -> list[Dialogue]:
    """What tshark sees in a capture, a dialogue for each TCP stream; what a session said in clear and what it said inside
    TLS, which are two streams, in one. With `by_lines` the commands of POP3 are those at the
    beginning of a line in the stream that tshark put together."""
    words = ["tshark", "-n", "-r", str(capture), "-Y", "tcp", "-T", "fields"]
    for name in FIELDS:
        words += ["-e", name]
    # No home: the user's own preferences could give a port another protocol.
    result = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120,
                            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"})
    assert result.returncode == 0, f"tshark cannot read {capture.name}: {result.stderr}"
    streams: dict[str, Dialogue] = {}
    begun: dict[str, str] = {}
    unfinished: set[str] = set()
    said: dict[str, bytes] = {}
    for line in result.stdout.splitlines():
        stream, port, smtp_commands, smtp_codes, pop_commands, pop_codes, payload, source, comment = line.split("\t")
        if stream not in begun:
            begun[stream] = source
            outside = re.search(r'"outside":(\d+)', comment)
            if outside:
                streams[stream] = streams[next(one for one, client in reversed(begun.items()) if client == outside[1])]
        dialogue = streams.setdefault(stream, Dialogue())
        if by_lines and port == "110":
            said[stream] = said.get(stream, b"") + bytes.fromhex(payload)
            pop_commands = ""
        dialogue.commands += known((smtp_commands + "," + pop_commands).upper().split(","))
        codes = significant((smtp_codes + "," + pop_codes).split(","))
        if codes and stream in unfinished:
            del codes[0]
        dialogue.codes += codes
        if smtp_codes:
            unfinished.discard(stream)
            if ends_in_mid_reply(bytes.fromhex(payload)):
                unfinished.add(stream)
    for stream, text in said.items():
        lines = text.decode("latin-1").split("\n")
        streams[stream].commands += known([line.split(" ")[0].strip().upper() for line in lines])
    return list({id(dialogue): dialogue for dialogue in streams.values()}.values())


def ends_in_mid_reply(payload: bytes) -> bool:
    """A reply of several lines that goes on in the next packet, where tshark counts it once more: sendmail answers
    EHLO in two writes."""
    last = payload.rstrip(b"\r\n").rpartition(b"\n")[2]
    return last[:3].isdigit() and last[3:4] == b"-"


def dialogues_by_client(capture: Path) -> dict[str, Dialogue]:
    """What tshark sees in a capture of others of SMTP, POP3 and IMAP, by the client's address and port."""
    words = ["tshark", "-n", "-o", "tcp.reassemble_out_of_order:TRUE", "-r", str(capture), "-Y", "smtp||pop||imap", "-T",
             "fields"]
    for name in ("tcp.stream", "ip.src", "ipv6.src", "tcp.srcport", "ip.dst", "ipv6.dst", "tcp.dstport", "smtp.req.command",
                 "pop.request.command", "imap.request.command", "smtp.response.code", "pop.response.indicator",
                 "imap.response.status", "tcp.payload"):
        words += ["-e", name]
    result = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120,
                            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"})
    streams: dict[str, tuple[str, Dialogue]] = {}
    unfinished: set[str] = set()
    for line in result.stdout.splitlines():
        stream, v4, v6, port, to4, to6, to_port, *said, payload = line.split("\t")
        verbs = [word for one in said[:3] for word in one.upper().split(",") if word]
        codes = significant([word for one in said[3:] for word in one.split(",")])
        if not verbs and not codes:
            continue
        is_client = bool(verbs)
        client = (f"[{v6}]" if v6 else v4, port) if is_client else (f"[{to6}]" if to6 else to4, to_port)
        dialogue = streams.setdefault(stream, (":".join(client), Dialogue()))[1]
        dialogue.commands += known(verbs, EVERY_VERB)
        if said[3]:
            if stream in unfinished:
                del codes[0]
            unfinished.discard(stream)
            if ends_in_mid_reply(bytes.fromhex(payload)):
                unfinished.add(stream)
        dialogue.codes += codes
    return dict(streams.values())


def known(words: list[str], verbs: frozenset[str] = VERBS) -> list[str]:
    # tshark shows the first four letters of this one.
    words = ["STARTTLS" if word == "STAR" else word for word in words]
    return [word for word in words if word in verbs]


def significant(codes: list[str]) -> list[str]:
    """Without the `+` of a POP3 authentication, which tshark does not show."""
    return [code for code in codes if code and code != "+"]


def dialogue_of(session: Json) -> Dialogue:
    """What `mailtee show --json` says of a session."""
    return Dialogue(known(commands(session)), significant(replies(session)))


def assert_same_as_tshark(mailtee: Mailtee, by_lines: bool = False) -> None:
    """Compares all sessions of a store with what tshark sees in its segments."""
    segments = sorted(mailtee.store.glob("segments/*.pcapng"))
    if not segments or not shutil.which("tshark"):
        return
    sessions = [one for one in mailtee.sessions() if one["protocol"] in ("smtp", "pop3")]
    shown = sorted(str(dialogue_of(mailtee.show(one["id"], "--bare"))) for one in sessions)
    seen = sorted(str(one) for segment in segments for one in dialogues(segment, by_lines))
    empty = str(Dialogue())
    assert [one for one in seen if one != empty] == [one for one in shown if one != empty]
