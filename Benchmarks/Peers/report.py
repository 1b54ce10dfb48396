"""What `compare.py` says about its measurements: tables in Markdown, and everything measured as JSON.

Medians and ratios are taken over samples per second, one sample a round; nothing is left out of them.
"""

import dataclasses
import datetime
import os
import platform
import shlex
import statistics
import subprocess
from pathlib import Path

# Beginnings of the names of variables that decide which OpenCL devices there are, and of those that hold a library
# to a choice it would not make itself: an inherited OPENBLAS_CORETYPE can halve the speed of everything on OpenBLAS.
DEVICE_VARIABLES = ("OCL_ICD_", "LD_LIBRARY_PATH")
LIBRARY_VARIABLES = (
    "OPENBLAS_", "GOTO_", "MKL_", "DNNL_", "ONEDNN_", "OMP_", "XLA_", "POCL_", "TORCHINDUCTOR_", "BEAM",
)


def count(rate):
    """A rate in three digits: 614 k, 3.04 M."""
    for limit, divisor, unit in ((999.5e3, 1e6, " M"), (999.5, 1e3, " k"), (0, 1, "")):
        if rate >= limit:
            value = rate / divisor
            return f"{value:.{0 if value >= 100 else 1 if value >= 10 else 2}f}{unit}"


def short(value):
    return f"{value:.1f}" if value < 1000 else f"{value:.0f}"


def unit(row):
    """(name of the unit of time, examples that it is for, seconds that it is worth)."""
    return ("ns/example", 1, 1e-9) if row.is_inference else ("us/step", row.batch_size, 1e-6)


def markdown(lines):
    """Rows of cells as a table: texts in the first column, numbers in the others."""
    widths = [max(map(len, column)) for column in zip(*lines)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) if index == 0 else cell.rjust(width)
                         for index, (cell, width) in enumerate(zip(line, widths))) + " |"
        for line in (lines[0], rule, *lines[1:]))


def laminas(comparison):
    return [entry for entry in comparison.entries if entry.name.startswith("lamina ") and entry.samples]


def table(comparison):
    """The row's table: an entry a line, and a column of ratios for every Lamina device."""
    row = comparison.row
    name, examples, second = unit(row)
    ratio_titles = [f"{entry.name} / entry" for entry in laminas(comparison)]
    lines = [["", name, "min..max", "samples/s", *ratio_titles]]
    for entry in comparison.entries:
        if not entry.samples:
            continue
        rates = entry.rates()
        median = statistics.median(rates)
        times = [examples / rate / second for rate in rates]
        ratios = [f"{statistics.median(lamina.rates()) / median:.2f}" for lamina in laminas(comparison)]
        lines.append([
            entry.name, short(examples / median / second), f"{short(min(times))}..{short(max(times))}", count(median),
            *ratios,
        ])
    rounds = max((len(entry.samples) for entry in comparison.entries), default=0)
    title = f"{row.name}: {row.title}; {parameters(comparison)}float32"
    title += f"; median of {rounds} rounds" if rounds > 1 else "; one round" if rounds else ""
    failures = [f"- {entry.name}: {entry.error}" for entry in comparison.entries if entry.error]
    body = markdown(lines) if len(lines) > 1 else "Nothing was measured."
    return "\n\n".join([title, body, *(["\n".join(failures)] if failures else [])]) + "\n"


def parameters(comparison):
    """How many the network has, if anything was measured."""
    numbers = [entry.samples[0]["parameters"] for entry in comparison.entries if entry.samples]
    return f"{numbers[0]} parameters; " if numbers else ""


def summary(comparisons):
    """All rows in one table: the medians, and in brackets how many times as fast each Lamina device is."""
    names = list(dict.fromkeys(
        entry.name for comparison in comparisons for entry in comparison.entries if entry.samples))
    lines = [["", *names]]
    for comparison in comparisons:
        name, examples, second = unit(comparison.row)
        line = [f"{comparison.row.name}, {name}"]
        for wanted in names:
            entry = next((entry for entry in comparison.entries if entry.name == wanted and entry.samples), None)
            line.append(cell(entry, comparison, examples / second) if entry else "-")
        lines.append(line)
    return markdown(lines) + "\n" if names else ""


def cell(entry, comparison, scale):
    median = statistics.median(entry.rates())
    if entry.name.startswith("lamina "):
        return short(scale / median)
    ratios = [f"{statistics.median(lamina.rates()) / median:.2f}" for lamina in laminas(comparison)]
    return short(scale / median) + (f" ({', '.join(ratios)})" if ratios else "")


def first_match(path, key):
    """The value of the first `key: value` line of a file, if there is one."""
    try:
        for line in Path(path).read_text().splitlines():
            name, _, value = line.partition(":")
            if name.strip() == key:
                return value.strip()
    except OSError:
        pass
    return None


def output_of(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip() or None
    except OSError:
        return None


def variables(beginnings):
    return {name: value for name, value in sorted(os.environ.items()) if name.startswith(beginnings)}


def commit():
    """The clone's commit or tag, marked where the working tree differs from it."""
    return output_of("git", "-C", str(Path(__file__).parent), "describe", "--tags", "--always", "--dirty")


def machine():
    """What the figures depend on besides the programs."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    system = platform.platform()
    if hasattr(platform, "freedesktop_os_release"):
        try:
            system = f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {system}"
        except (OSError, KeyError):
            pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cpu": first_match("/proc/cpuinfo", "model name") or output_of("sysctl", "-n", "machdep.cpu.brand_string"),
        "cores": cores,
        "memory_gib": round(memory / 2**30, 1),
        "system": system,
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "load_average": round(os.getloadavg()[0], 2),
        "devices_from": variables(DEVICE_VARIABLES),
        "libraries_held_to": variables(LIBRARY_VARIABLES),
    }


def report(comparisons, facts, options, complete):
    """Everything measured, for `--json`: the machine, the versions, the commands and every sample."""
    versions = {"lamina": commit()}
    for comparison in comparisons:
        for entry in comparison.entries:
            for sample in entry.samples:
                versions |= sample.get("versions", {})
    return {
        "machine": facts,
        "versions": versions,
        "rounds": options.rounds,
        "seconds": options.seconds,
        "platform": options.platform,
        "complete": complete,
        "rows": [
            {
                **dataclasses.asdict(comparison.row),
                "title": comparison.row.title,
                "is_inference": comparison.row.is_inference,
                "entries": [entry_report(entry, comparison) for entry in comparison.entries],
            }
            for comparison in comparisons
        ],
    }


def entry_report(entry, comparison):
    rates = entry.rates()
    median = statistics.median(rates) if rates else None
    return {
        "name": entry.name,
        "command": shlex.join(map(str, entry.command)),
        "median_samples_per_second": median,
        "least_samples_per_second": min(rates, default=None),
        "most_samples_per_second": max(rates, default=None),
        "ratios": {
            lamina.name: statistics.median(lamina.rates()) / median for lamina in laminas(comparison)
        } if rates else {},
        "error": entry.error or None,
        "samples": entry.samples,
    }
