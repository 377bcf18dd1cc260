"""Is what mailtee recorded complete? Asked of `mailtee list --json`, as a user would."""
import json
import subprocess

from harness import tools


class Expected:
    """What a complete recording holds. `largest` is the least and the most bytes from the client in the largest
    session, `said` the bytes of each side in all sessions; with `tls`, each session has TLS."""

    def __init__(self, sessions, messages=None, largest=None, tls=False, said=None):
        self.sessions = sessions
        self.messages = messages
        self.largest = largest
        self.tls = tls
        self.said = said or {}


def faults(store, expected):
    """What is missing from the recording, one sentence each; empty if it is complete."""
    try:
        sessions = _list(store)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return [f"cannot list the recording: {error}"]
    found = []
    if len(sessions) != expected.sessions:
        found.append(f"{len(sessions)} sessions recorded, {expected.sessions} expected")
    messages = sum(_count(session.get("messages")) for session in sessions)
    if expected.messages is not None and messages != expected.messages:
        found.append(f"{messages} messages recorded, {expected.messages} expected")
    lost = [session for session in sessions if any((session.get("lost") or {}).values())]
    if lost:
        found.append(f"{len(lost)} sessions with losses, the first: {lost[0]['lost']}")
    in_clear = [session for session in sessions if session.get("tls") is not True]
    if expected.tls and in_clear:
        found.append(f"{len(in_clear)} sessions recorded without TLS")
    if expected.largest:
        found += _wrong_bytes(sessions, *expected.largest)
    for side, said in expected.said.items():
        recorded = sum(session["bytes"][side] for session in sessions)
        if recorded != said:
            found.append(f"{recorded} bytes recorded from the {side}s, {said} expected")
    return found


def _list(store):
    command = [tools.MAILTEE, "list", "--store", store, "--json"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    if done.returncode != 0:
        raise ValueError(f"exit code {done.returncode}: {done.stderr.decode(errors='replace').strip()[-500:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]


def _wrong_bytes(sessions, least, most):
    try:
        largest = max((session["bytes"]["client"] for session in sessions), default=0)
    except (KeyError, TypeError):
        return ["`list --json` has no bytes.client"]
    if least <= largest <= most:
        return []
    passed = f"{least}" if least == most else f"{least} to {most}"
    return [f"{largest} bytes recorded from the client, {passed} passed"]


def _count(messages):
    return messages if isinstance(messages, int) else len(messages or [])
