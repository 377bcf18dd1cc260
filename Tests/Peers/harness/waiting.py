"""Waiting for a condition, never for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")

PATIENCE = 60.0
"""Seconds after which a condition counts as never coming true. A working run takes milliseconds of it."""


def wait_for(what: str, condition: Callable[[], Value], patience: float = PATIENCE) -> Value:
    """The first true value of `condition`; fails with `what` if there never is one."""
    deadline = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience:.0f} s in vain for {what}; last value: {value!r}")
        time.sleep(0.01)
