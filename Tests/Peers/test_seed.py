"""The two conversations of the page of 1997 come out of `show --notation rs` line for line."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.mailtee import Mailtee
from harness.script import connect, play, receive_all, scripted_server, turns

SEED = Path(__file__).with_name("seed")
PASSWORD = b"sesame1"


def transcript(name: str) -> list[str]:
    return (SEED / name).read_text(encoding="utf-8").split("\n")[:-1]


def wire_form(line: str) -> bytes:
    """The bytes that were sent: the page shows the password as X and the Japanese decoded."""
    return line.encode("iso2022_jp").replace(b"PASS XXXXXXX", b"PASS " + PASSWORD) + b"\r\n"


@pytest.mark.parametrize("protocol", ["smtp", "pop3"])
def test_conversation_of_1997_is_shown_as_on_its_page(mailtee: Mailtee, protocol: str) -> None:
    page = transcript(f"{protocol}.txt")
    dialogue = turns([(line[0], wire_form(line[2:])) for line in page])
    with scripted_server(lambda peer: play("R", dialogue, peer)) as server:
        with mailtee.tap(f"0={protocol}://127.0.0.1:{server.port}") as tap, connect(tap.port) as client:
            play("S", dialogue, client)
            assert receive_all(client) == b""
            client.close()
            mailtee.wait_for_sessions(1)
    shown = mailtee.run("show", "latest", "--notation", "rs").decode()
    assert shown.split("\n")[:-1] == page


@pytest.mark.parametrize("protocol", ["smtp", "pop3"])
def test_same_conversation_in_the_notation_of_rfc_5321(mailtee: Mailtee, protocol: str) -> None:
    page = transcript(f"{protocol}.txt")
    dialogue = turns([(line[0], wire_form(line[2:])) for line in page])
    with scripted_server(lambda peer: play("R", dialogue, peer)) as server:
        with mailtee.tap(f"0={protocol}://127.0.0.1:{server.port}") as tap, connect(tap.port) as client:
            play("S", dialogue, client)
            assert receive_all(client) == b""
            client.close()
            mailtee.wait_for_sessions(1)
    shown = mailtee.run("show", "latest", "--notation", "cs").decode()
    letters = {"R": "S:", "S": "C:"}
    assert shown.split("\n")[:-1] == [letters[line[0]] + line[1:] for line in page]
