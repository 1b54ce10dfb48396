"""What `compare.py` says about its measurements: the table of one network, and everything measured as JSON.

Medians and ratios are taken over samples per second, one sample a round; nothing is left out of them.
"""

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


def microseconds(value):
    return f"{value:.1f}" if value < 1000 else f"{value:.0f}"


def table(row):
    """The row's table as text: an entry a line, and a column of ratios for every Lamina device."""
    laminas = [entry for entry in row.entries if entry.name.startswith("lamina ") and entry.samples]
    ratio_titles = [f"{entry.name} / entry" for entry in laminas]
    lines = [["", "us/step", "min..max", "samples/s", *ratio_titles]]
    for entry in row.entries:
        if not entry.samples:
            continue
        rates = entry.rates()
        median = statistics.median(rates)
        steps = [1e6 * row.batch_size / rate for rate in rates]
        ratios = [f"{statistics.median(lamina.rates()) / median:.2f}" for lamina in laminas]
        lines.append([
            entry.name, microseconds(1e6 * row.batch_size / median),
            f"{microseconds(min(steps))}..{microseconds(max(steps))}", count(median), *ratios,
        ])
    widths = [max(map(len, column)) for column in zip(*lines)]
    text = [
        "  ".join(cell.ljust(width) if index == 0 else cell.rjust(width)
                  for index, (cell, width) in enumerate(zip(line, widths))).rstrip()
        for line in lines
    ]
    rounds = max((len(entry.samples) for entry in row.entries), default=0)
    title = row.title + (f": median of {rounds} rounds" if rounds > 1 else ": one round" if rounds else "")
    failures = [f"{entry.name}: {entry.error}" for entry in row.entries if entry.error]
    return "\n".join([title, *(text if len(text) > 1 else ["nothing was measured"]), *failures]) + "\n"


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


def report(rows, facts, options, complete):
    """Everything measured, for `--json`: the machine, the versions, the commands and every sample."""
    versions = {"lamina": commit()}
    for row in rows:
        for entry in row.entries:
            for sample in entry.samples:
                versions |= sample.get("versions", {})
    return {
        "machine": facts,
        "versions": versions,
        "rounds": options.rounds,
        "seconds": options.seconds,
        "complete": complete,
        "rows": [
            {
                "network": row.network,
                "batch_size": row.batch_size,
                "entries": [
                    {
                        "name": entry.name,
                        "command": shlex.join(map(str, entry.command)),
                        "median_samples_per_second": statistics.median(entry.rates()) if entry.samples else None,
                        "error": entry.error or None,
                        "samples": entry.samples,
                    }
                    for entry in row.entries
                ],
            }
            for row in rows
        ],
    }
