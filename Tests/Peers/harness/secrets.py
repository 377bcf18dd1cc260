"""Looking for what must not be found."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from .mailtee import Mailtee

WINDOW = 8
"""A piece of a secret of so many bytes is a leak too: a secret may come in two halves."""


def forms(secret: bytes) -> set[bytes]:
    """A secret as it may stand somewhere: bare, in base64, as JSON text."""
    return {secret, base64.b64encode(secret), json.dumps(secret.decode("latin-1"))[1:-1].encode()}


def pieces(secret: bytes) -> set[bytes]:
    if len(secret) <= WINDOW:
        return {secret}
    return {secret[start:start + WINDOW] for start in range(len(secret) - WINDOW + 1)}


def places(mailtee: Mailtee, shown: list[str]) -> Iterator[tuple[str, bytes]]:
    """Everything that mailtee has written or says: the store, its logs, and what it prints of the sessions."""
    for path in sorted(mailtee.store.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(mailtee.store)), path.read_bytes()
    for log in mailtee.logs:
        yield log.name, log.read_bytes()
    yield "list", mailtee.run("list")
    yield "list --json", mailtee.run("list", "--json")
    for session in shown:
        yield "show", mailtee.run("show", session)
        yield "show --json", mailtee.run("show", session, "--json")
        yield "show --json, base64 taken off", b"".join(
            base64.b64decode(one.get("base64") or "") + b"\n" for one in mailtee.show(session)["utterances"])
        yield "show --notation rs", mailtee.run("show", session, "--notation", "rs")
        for form in ("text", "json", "pcapng"):
            yield f"export --format {form}", mailtee.run("export", session, "--format", form)


def assert_not_found(mailtee: Mailtee, secrets: list[bytes], shown: list[str]) -> None:
    """None of the secrets, in whole or in a piece, is in any place. `shown`: the sessions that are also printed."""
    wanted = {piece for secret in secrets for form in forms(secret) for piece in pieces(form)}
    for place, content in places(mailtee, shown):
        found = sorted(piece for piece in wanted if piece in content)
        assert not found, f"{place} has {found[:5]!r}"
