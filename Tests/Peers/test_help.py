"""The manual page and the completions know every command and every option."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from harness.mailtee import binary
from harness.requirements import REPOSITORY

PAGE = REPOSITORY / "docs" / "man" / "mailtee.1"


def all_commands() -> list[dict[str, Any]]:
    dump = subprocess.run([binary(), "--experimental-dump-help"], capture_output=True, check=True, timeout=60).stdout
    root = json.loads(dump)["command"]
    return [root, *(one for one in root["subcommands"] if one["commandName"] != "help")]


@pytest.mark.parametrize("command", all_commands(), ids=lambda command: command["commandName"])
def test_manual_page_is_of_this_version(command: dict[str, Any]) -> None:
    """`make man` renews it."""
    page = PAGE.read_text().replace("\\-", "-")
    assert command["commandName"] in page
    for argument in command.get("arguments", []):
        for name in argument.get("names", []):
            assert f" -{name['name']}" in page if name["kind"] == "long" else True, name
        if text := argument.get("abstract"):
            assert " ".join(text.split()) in " ".join(page.replace("\n", " ").split()), text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions(shell: str) -> None:
    script = subprocess.run([binary(), "--generate-completion-script", shell], capture_output=True, check=True, timeout=60).stdout
    for command in all_commands()[1:]:
        assert command["commandName"].encode() in script


def test_every_command_has_help() -> None:
    for command in all_commands()[1:]:
        text = subprocess.run([binary(), command["commandName"], "--help"], capture_output=True, check=True, timeout=60).stdout
        assert command["abstract"].split()[0].encode() in text
