"""From single runs of lint to medians, verdicts and a table."""
from statistics import median

from harness import lints, report

RATE = 150e6                 # bytes of recorded SMTP conversation a second, on one core
GROWTH = 1.2                 # the time for what is ten times as large, in ten times that for the small one, at most
TARGETS = f"at least {RATE / 1e6:.0f} MB/s on one core, and cost that grows no faster than the session"


def _good(runs, load):
    return [run for run in runs if run["load"] == load and "seconds" in run]


def verdicts(runs):
    judged = []
    whole = _good(runs, "lint")
    if whole:
        rate = median(run["bytes"] / run["cpu"] for run in whole)
        judged.append(report.Verdict(rate >= RATE, f"lint: {rate / 1e6:.0f} MB/s of conversation for each second of one "
                                                   f"core (at least {RATE / 1e6:.0f})"))
    for load in ("lint-message", "lint-exchanges"):
        large, small = _good(runs, load), _good(runs, f"{load}-small")
        if large and small:
            size = large[0]["bytes"] / small[0]["bytes"]
            growth = median(run["cpu"] for run in large) / median(run["cpu"] for run in small) / size
            judged.append(report.Verdict(growth <= GROWTH, f"{load}: what is {size:.1f} x as large takes {growth:.2f} x "
                                                           f"as long for each byte (at most {GROWTH})"))
    return judged


def title(size):
    return (f"lint of {size.sessions >> 20} MiB of SMTP sessions, of a message of {size.message >> 20} MiB, of a session "
            f"of {size.exchanges:,} exchanges")


def table(runs, size):
    lines = [title(size), "  record                    MB   median s    MB/s   CPU s  peak MiB"]
    for load in dict.fromkeys(run["load"] for run in runs):
        good = _good(runs, load)
        if good:
            seconds = median(run["seconds"] for run in good)
            lines.append(f"  {load:<22}  {good[0]['bytes'] / 1e6:>6.1f}  {seconds:>9.3f}  "
                         f"{good[0]['bytes'] / 1e6 / seconds:>6.0f}  {median(run['cpu'] for run in good):>6.2f}  "
                         f"{report.mib(max(run['peak'] for run in good)):>8}")
    return "\n".join(lines) + "\n"
