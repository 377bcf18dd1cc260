"""Programs that a test needs, and the reason for a skip where one is missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
UNPACKED = REPOSITORY / ".build" / "peers"


def program(name: str, package: str) -> Path:
    """An installed program."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin")
    if found is None:
        pytest.skip(f"{name} is missing: Tests/install installs it (package {package})")
    return Path(found)


def unpacked(package: str, path: str) -> Path:
    """A program of a package that Tests/install only unpacks."""
    found = UNPACKED / package / path
    if not found.exists():
        pytest.skip(f"{package} is missing: Tests/install unpacks it")
    return found


def root(why: str) -> None:
    if os.geteuid() != 0:
        pytest.skip(f"not root, which is needed for {why}")
