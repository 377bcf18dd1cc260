"""Python's email package as a second reader of messages, in the words of `mailtee message --json`."""

from __future__ import annotations

import email.header
import email.message
import email.policy
import re
from email.parser import BytesParser

from .mailtee import Json


def reading(octets: bytes) -> Json:
    """`header`: names and values; `parts`: type, charset, filename, octets and text of each."""
    message = BytesParser(policy=email.policy.compat32).parsebytes(octets)
    return {
        "header": [(name, unfolded(value)) for name, value in message.raw_items()],
        "decoded": [decoded(unfolded(value)) for _, value in message.raw_items()],
        "parts": [part_of(part) for part in message.walk()],
    }


def ours(shown: Json) -> Json:
    """The same of what mailtee says."""
    return {
        "header": [(one["name"], one["value"]) for one in shown["header"]],
        "decoded": [one["text"] for one in shown["header"]],
        "parts": [
            (one["type"], one["charset"] and one["charset"].lower(), one["filename"]) +
            (() if is_composite(one["type"]) else (one["octets"],)) for one in shown["parts"]],
    }


def is_composite(kind: str) -> bool:
    return kind.startswith("multipart/") or kind == "message/rfc822"


def part_of(part: email.message.Message) -> tuple[object, ...]:
    kind = part.get_content_type()
    content = part.get_payload(decode=True)
    charset = part.get_param("charset", header="content-type")
    if isinstance(charset, tuple):
        charset = charset[2]
    size = () if is_composite(kind) else (len(content) if isinstance(content, bytes) else None,)
    return (kind, charset and charset.lower(), part.get_filename()) + size


def unfolded(value: str) -> str:
    octets = value.encode("ascii", "surrogateescape")
    return re.sub(rb"\r?\n", b"", octets).strip(b" \t").decode("utf-8", "replace")


def decoded(value: str) -> str:
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, UnicodeError, email.errors.HeaderParseError):
        return value
