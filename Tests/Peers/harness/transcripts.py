"""The messages in the transcripts that the rules bring along (docs/rules.md) and in the broken conversations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .requirements import REPOSITORY


def messages() -> dict[str, bytes]:
    """By where they stand: `msg.boundary/breaks`, `60-message-boundary-inside-header`."""
    found: dict[str, bytes] = {}
    pages = (REPOSITORY / "docs" / "rules.md").read_text()
    for page in re.split(r"^## ", pages, flags=re.MULTILINE)[1:]:
        rule = page.splitlines()[0]
        for how, transcript in zip(("breaks", "keeps"), re.findall(r"^```\n(.*?)^```", page, re.DOTALL | re.MULTILINE)):
            found |= numbered(f"{rule}/{how}", transcript)
    for path in sorted((REPOSITORY / "Tests" / "LintTests" / "Broken").glob("*.txt")):
        found |= numbered(path.stem, path.read_text())
    return found


def numbered(name: str, transcript: str) -> dict[str, bytes]:
    return {name + (f"/{number}" if number else ""): octets for number, octets in enumerate(sent(transcript))}


def sent(transcript: str) -> Iterator[bytes]:
    """What was said between 354 and the dot."""
    lines = iter(transcript.splitlines())
    for line in lines:
        if not line.startswith("S: 354"):
            continue
        message = b""
        for said in lines:
            if not said.startswith("C: ") or said == "C: .":
                break
            message += octets(said[3:]).removeprefix(b".")
        yield message


def octets(line: str) -> bytes:
    r"""`\xHH` is an octet, `\c` at the end leaves the line end out, « » mark a secret."""
    line, ends = (line[:-2], b"") if line.endswith("\\c") else (line, b"\r\n")
    said = line.replace("«", "").replace("»", "").encode()
    return re.sub(rb"\\x([0-9A-F]{2})", lambda one: bytes([int(one[1], 16)]), said) + ends
