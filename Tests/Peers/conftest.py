"""Fixtures of the tests with real peers. See README.md."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.register_assert_rewrite("harness")

from harness.mailtee import Mailtee, binary  # noqa: E402  (after the line above, so that asserts in it explain themselves)
from harness.tshark import assert_same_as_tshark  # noqa: E402

BY_DESIGN = "by design:"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI, a skip is a failure, unless its reason begins with "by design:"."""
    outcome: Any = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if not reason.startswith(BY_DESIGN):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI: {reason}"
    setattr(item, f"report_{report.when}", report)


def has_failed(request: pytest.FixtureRequest) -> bool:
    report = getattr(request.node, "report_call", None)
    return report is None or report.failed


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder for this test alone, which servers under other users can pass through."""
    made = Path(tempfile.mkdtemp(prefix="mailtee-"))
    made.chmod(0o711)
    yield made
    if has_failed(request) and os.environ.get("MAILTEE_KEEP"):
        print(f"kept: {made}")
    else:
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def mailtee(folder: Path, request: pytest.FixtureRequest) -> Iterator[Mailtee]:
    """mailtee with a store of its own. When the test has passed, tshark reads that store, and has to see the same."""
    if not binary().exists():
        pytest.fail(f"{binary()} does not exist: build it, or set MAILTEE")
    made = Mailtee(folder)
    yield made
    for log in made.logs:
        if text := log.read_text(errors="replace") if log.exists() else "":
            print(f"{log.name}:\n{text[-4000:]}")
    if not has_failed(request) and not request.node.get_closest_marker("without_tshark"):
        assert_same_as_tshark(made, by_lines=request.node.get_closest_marker("tshark_by_lines") is not None)
