"""From single runs to medians, ratios, verdicts and a table."""
from statistics import median

from harness import memory

MEMORY_LIMIT = 64 << 20


class Verdict:
    def __init__(self, passed, text):
        self.passed = passed
        self.text = text

    def __str__(self):
        return f"{'PASS' if self.passed else 'FAIL'}  {self.text}"


def summary(runs, load, relay):
    """Medians of one relay under one load; ratios are medians of the ratios within each round."""
    good = _good(runs, load, relay)
    if not good:
        return None
    seconds = [run["seconds"] for run in good]
    return {
        "load": load, "relay": relay, "runs": len(good), "seconds": median(seconds),
        "per_second": median(run["amount"] / run["seconds"] for run in good),
        "fastest": min(seconds), "slowest": max(seconds), "spread": spread(seconds),
        "to_direct": ratio(runs, load, relay, "direct"), "to_haproxy": ratio(runs, load, relay, "haproxy"),
        "cpu": _median(good, "cpu"), "cpu_after": _median(good, "cpu_after"),
        "stop_seconds": _median(good, "stop_seconds"),
    }


def ratio(runs, load, relay, base):
    """Median over the rounds of relay's time to base's time in the same round, so that slow drift cancels."""
    return ratio_of_times(_good(runs, load, relay), _good(runs, load, base))


def ratio_of_times(numerator, denominator):
    """The same of two lists of runs; None if they have no round in common."""
    mine, theirs = ({run["round"]: run["seconds"] for run in runs} for runs in (numerator, denominator))
    both = mine.keys() & theirs.keys()
    return median(mine[number] / theirs[number] for number in both) if both else None


def verdicts(runs, memory_runs, loads):
    """The targets of these loads, as far as this run can judge them: those that need a relay that did not run are left
    out."""
    judged = []
    for load in loads:
        judged += _speed_verdicts(runs, load)
    for case in memory.ALL:
        judged += [_memory_verdict(run, case) for run in memory_runs
                   if run["load"] == case.name and run["relay"] == "mailtee" and "memory" in run]
    return judged


def table(runs, memory_runs, loads, sizes):
    lines = []
    for load in loads:
        rows = [row for relay in _relays(runs) if (row := summary(runs, load.name, relay))]
        if rows:
            heading = _HEADING.format(f"{load.unit}/s")
            lines += [f"{load.name}: {load.title(sizes)}", heading, *map(_row, rows), *_cost_of_load(runs, load), ""]
    if memory_runs:
        lines += _memory_table(memory_runs)
    return "\n".join(lines)


def _speed_verdicts(runs, load):
    judged = []
    to_haproxy = ratio(runs, load.name, "mailtee", "haproxy")
    if to_haproxy is not None and load.target is not None:
        judged.append(Verdict(to_haproxy <= load.target,
                              f"{load.name}: mailtee takes {to_haproxy:.2f} x haproxy's time (at most {load.target})"))
    to_socat = ratio(runs, load.name, "mailtee", "socat")
    if to_socat is not None:
        judged.append(Verdict(to_socat < 1, f"{load.name}: mailtee takes {to_socat:.2f} x socat's time (less than 1)"))
    return judged


def _memory_verdict(run, case):
    peak = run["memory"]["VmHWM"]
    return Verdict(peak <= MEMORY_LIMIT,
                   f"{case.name}: mailtee's resident memory peaks at {mib(peak)} MiB (at most {mib(MEMORY_LIMIT)})")


def health_verdicts(runs):
    """One line for each run that failed or whose recording is not complete, one if all are."""
    judged = [Verdict(False, f"{_where(run)}: {run['error']}") for run in runs if "error" in run]
    recorded = [run for run in runs if "recording" in run]
    incomplete = [run for run in recorded if run["recording"]]
    judged += [Verdict(False, f"{_where(run)}: recording not complete: {'; '.join(run['recording'])}")
               for run in incomplete]
    if recorded and not incomplete:
        judged.append(Verdict(True, f"recording complete in each of {len(recorded)} runs"))
    return judged


def who(run):
    return f"{run['load']}, {run['relay'] if 'relay' in run else run['program']}"


def _where(run):
    return who(run) + (f", round {run['round'] + 1}" if "round" in run else "")


def _relays(runs):
    return list(dict.fromkeys(run["relay"] for run in sorted(runs, key=lambda run: run["round"])))


def _good(runs, load, relay):
    return [run for run in runs if run["load"] == load and run["relay"] == relay and "seconds" in run]


def _median(runs, key):
    values = [run[key] for run in runs if run.get(key) is not None]
    return median(values) if values else None


def spread(values):
    """Half the distance between fastest and slowest, as a part of the median."""
    return (max(values) - min(values)) / 2 / median(values)


def _cost_of_load(runs, load):
    """What client and sink themselves take of the CPU, by the runs without a relay, if that is known."""
    known = [run for run in _good(runs, load.name, "direct") if run.get("load_cpu")]
    if not known:
        return []
    client, sink = (median(run["load_cpu"][who] / run["amount"] for run in known) * 1e6 for who in ("client", "sink"))
    each = f"client {client:.0f} µs and sink {sink:.0f} µs of CPU for each of the {load.unit}"
    return [f"  the load itself, direct: {each}"]


_HEADING = "  relay     median s   spread  {:>13}  x direct  x haproxy   CPU s  CPU after  stop s"


def _row(row):
    cells = [_cell(row["to_direct"], 8, 2), _cell(row["to_haproxy"], 9, 2), _cell(row["cpu"], 6, 2),
             _cell(row["cpu_after"], 9, 2), _cell(row["stop_seconds"], 6, 2)]
    times = f"{row['seconds']:>8.3f}  ±{row['spread']:>5.1%}  {row['per_second']:>13,.0f}"
    return "  ".join([f"  {row['relay']:<8}", times, *cells])


def _cell(value, width, places):
    return f"{'-':>{width}}" if value is None else f"{value:>{width}.{places}f}"


def _memory_table(runs):
    lines = ["memory: resident, in MiB (now = VmRSS with the sessions open or the message passed, "
             "peak = VmHWM)", "  case             relay        now    peak  of now: anonymous  file"]
    for run in runs:
        if "memory" in run:
            cells = [mib(run["memory"].get(key, 0)) for key in ("VmRSS", "VmHWM", "RssAnon", "RssFile")]
            lines.append("  {:<15}  {:<8} {:>7} {:>7} {:>18} {:>5}".format(run["load"], run["relay"], *cells))
    return lines + [""]


def mib(size):
    return f"{size / (1 << 20):.1f}"
