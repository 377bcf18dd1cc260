"""From single runs of an import to medians, ratios, verdicts and a table."""
from statistics import median

from harness import imports, report

FASTER_THAN_TSHARK = 10      # at least so many times
TCPFLOWS_TIME = 1            # at most so many times
MEMORY_LIMIT = 256 << 20
GROWTH = 1.1                 # the peak with the whole capture in that with the small one, at most
TARGETS = (f"at least {FASTER_THAN_TSHARK} x as fast as tshark, not slower than tcpflow, resident memory "
           f"below {MEMORY_LIMIT >> 20} MiB")


def summaries(runs):
    """Medians of each program with each capture; `to_mailtee` is a median of the ratios within each round."""
    found = []
    for load, program in dict.fromkeys((run["load"], run["program"]) for run in runs):
        good = _good(runs, load, program)
        if good:
            seconds = [run["seconds"] for run in good]
            found.append({
                "load": load, "program": program, "bytes": good[0]["bytes"], "runs": len(good),
                "seconds": median(seconds),
                "fastest": min(seconds), "slowest": max(seconds), "spread": report.spread(seconds),
                "bytes_per_second": median(run["bytes"] / run["seconds"] for run in good),
                "to_mailtee": report.ratio_of_times(good, _good(runs, load, "mailtee")),
                "cpu": median(run["cpu"] for run in good), "peak": max(run["peak"] for run in good)})
    return found


def verdicts(runs):
    """The targets, as far as the runs can judge them; runs that failed are told with the health of all."""
    judged = []
    mailtee = _good(runs, "import", "mailtee")
    faster = report.ratio_of_times(_good(runs, "import", "tshark"), mailtee)
    if faster is not None:
        judged.append(report.Verdict(faster >= FASTER_THAN_TSHARK,
                                     f"import: mailtee is {faster:.2f} x as fast as tshark "
                                     f"(at least {FASTER_THAN_TSHARK})"))
    to_tcpflow = report.ratio_of_times(mailtee, _good(runs, "import", "tcpflow"))
    if to_tcpflow is not None:
        judged.append(report.Verdict(to_tcpflow <= TCPFLOWS_TIME,
                                     f"import: mailtee takes {to_tcpflow:.2f} x tcpflow's time "
                                     f"(at most {TCPFLOWS_TIME})"))
    return judged + _memory_verdicts(mailtee, _good(runs, "import-small", "mailtee"))


def _memory_verdicts(whole, small):
    judged = []
    if whole or small:
        peak = max(run["peak"] for run in whole + small)
        judged.append(report.Verdict(peak < MEMORY_LIMIT,
                                     f"import: mailtee's resident memory peaks at {report.mib(peak)} MiB "
                                     f"(less than {report.mib(MEMORY_LIMIT)})"))
    if whole and small:
        growth = median(run["peak"] for run in whole) / median(run["peak"] for run in small)
        size = whole[0]["bytes"] / small[0]["bytes"]
        judged.append(report.Verdict(growth <= GROWTH,
                                     f"import: with a file {size:.1f} x as large the peak is {growth:.2f} x as high "
                                     f"(at most {GROWTH})"))
    return judged


def title(size):
    return (f"a capture of {size.bytes >> 20} MiB, {size.at_once} SMTP sessions at a time; for its memory also one of "
            f"{size.bytes // imports.PART >> 20} MiB")


def table(runs, size):
    lines = [f"import: {title(size)}",
             "  capture         MB  program   median s   spread    MB/s  x mailtee   CPU s  peak MiB"]
    for row in summaries(runs):
        to_mailtee = "-" if row["to_mailtee"] is None else f"{row['to_mailtee']:.2f}"
        lines.append(f"  {row['load']:<12}  {row['bytes'] / 1e6:>4,.0f}  {row['program']:<8}  {row['seconds']:>8.3f}  "
                     f"±{row['spread']:>5.1%}  {row['bytes_per_second'] / 1e6:>6,.0f}  {to_mailtee:>9}  "
                     f"{row['cpu']:>6.2f}  {report.mib(row['peak']):>8}")
    return "\n".join(lines) + "\n"


def _good(runs, load, program):
    return [run for run in runs if run["load"] == load and run["program"] == program and "seconds" in run]
