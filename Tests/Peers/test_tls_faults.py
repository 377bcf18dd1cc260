"""Faults of TLS that mailtee plays, and what real clients make of them: as docs/tls-faults.md says."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.certificates import TestAuthority
from harness.clients import Login
from harness.mailtee import Mailtee
from harness.messages import japanese
from harness.requirements import REPOSITORY
from harness.tls_clients import named
from harness.tls_servers import TLSServers, tls_servers
from harness.tls_task import Client, Task

LOGIN = Login("noizumi", "no-fault-shows-this")
TABLE = Path(REPOSITORY, "docs", "tls-faults.md")
HANGS = "waits"
"""Seconds that a client is given which nobody answers: it is not waited for to the end of its own patience."""
PATIENCE = 3.0


def rows() -> list[tuple[str, str, str, str]]:
    """Of the table: fault, client, protocol, what it does."""
    found = []
    columns: list[str] = []
    for line in TABLE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| Client"):
            columns = cells[2:]
        elif columns and line.startswith("| ") and len(cells) == len(columns) + 2:
            found += [(fault.strip("`"), cells[0], cells[1], what) for fault, what in zip(columns, cells[2:], strict=True)]
        elif not line.startswith("|"):
            columns = []
    return found


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[TLSServers, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="mailtee-"))
    folder.chmod(0o711)
    authority = TestAuthority(folder / "authority")
    with tls_servers(folder, authority.good(), LOGIN) as running:
        running.dovecot.put(LOGIN.user, "1", japanese("fault"))
        yield running, authority.certificate
    shutil.rmtree(folder, ignore_errors=True)


def values_of(option: str, text: str) -> list[str]:
    found = re.search(rf"--{option} <.*?values:([a-z, \n-]+)", text, re.S)
    assert found
    return found[1].replace(",", " ").split()


def test_table_has_every_fault_with_three_clients_at_least() -> None:
    named = set(values_of("tls-fault", Mailtee(Path("/nonexistent")).run_help("tap")))
    told: dict[str, int] = {}
    for fault, *_ in rows():
        told[fault] = told.get(fault, 0) + 1
    assert named == set(told)
    assert min(told.values()) >= 3


@pytest.mark.without_tshark
@pytest.mark.parametrize(("fault", "name", "protocol", "what"), rows(), ids=lambda value: value.replace(" ", "-"))
def test_fault(mailtee: Mailtee, servers: tuple[TLSServers, Path], fault: str, name: str, protocol: str, what: str) -> None:
    running, authority = servers
    client = named(name, protocol)
    options = ("--upstream-ca", str(authority), "--tls-fault", fault)
    with mailtee.tap(f"0={protocol}://localhost:{running.port(protocol, 'starttls')}", options=options) as tap:
        trusted = mailtee.folder / "mailtee-ca.pem"
        trusted.write_bytes(mailtee.run_words("ca", "export"))
        message = japanese("fault") if protocol == "smtp" else None
        patience = PATIENCE if what == HANGS else 60.0
        outcome = client.attempt(
            Task(tap.port, "starttls", trusted, mailtee.folder / "client", LOGIN, message, patience=patience))
        mailtee.wait_for_sessions(1, or_more=True)
    session = mailtee.show()
    notes = " ".join(note["text"] for note in session["notes"])
    assert did(outcome.ok, outcome.output) == what
    # poplib does not ask what the server can do, so there is nothing to take out of the answer.
    if fault != "strip-announcement" or any(one["verb"] in ("EHLO", "CAPA", "CAPABILITY") for one in session["exchanges"]):
        assert f"fault {fault}: mailtee " in notes
    in_clear = [one["text"] for one in session["utterances"] if one["secret"] and not one["tls"]]
    assert not in_clear, "a password was said in clear"


def did(ok: bool, output: str) -> str:
    if ok:
        return "goes on"
    return HANGS if "still running" in output or "timed out" in output else "gives up"
