"""Compares Lamina with other libraries training the same network: steps per second, measured in one run.

    ~/.cache/lamina-peers/bin/python Benchmarks/Peers/compare.py --json comparison.json

For every network and batch size all entries (Lamina on each device, then the peers) are measured one after the
other, and this round is repeated, A B C D A B C D ..., so that a change of the machine's speed meets all of them.
Every sample is a process of its own that warms up, compiles, and then trains for `--seconds`. The table gives the
median over the rounds, the smallest and the largest sample, and how many times faster Lamina is than each entry.

Lamina is run as `lamina-benchmark step --network ... --batch-size ... --device ... --seconds ... --json`, and
every peer as `peers.py --peer NAME ...`; each prints one JSON line with `samples_per_second`. An entry that fails
on a network is reported with its reason and left out of that network's further rounds.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from report import machine, report, table

FOLDER = Path(__file__).resolve().parent
CLONE = FOLDER.parents[1]
ROWS = [
    ([784, 128, 64, 10], 64),
    ([784, 16, 10], 32),
    ([784, 512, 512, 10], 128),
    ([784, 1024, 1024, 10], 512),
]
PEERS = ["pytorch", "pytorch-compiled", "jax", "scikit-learn", "tinygrad-cpu", "tinygrad-opencl"]


@dataclass
class Entry:
    """One program on one network: its command and what it has printed so far."""

    name: str
    command: list
    samples: list = field(default_factory=list)
    error: str = ""

    def rates(self):
        return [sample["samples_per_second"] for sample in self.samples]


@dataclass
class Row:
    network: list
    batch_size: int
    entries: list

    @property
    def title(self):
        return f"{'-'.join(map(str, self.network))}, batch {self.batch_size}"


def run(entry, timeout):
    """Runs the entry once in a process group of its own and keeps the JSON line it prints, or why there is none."""
    try:
        process = subprocess.Popen(
            entry.command, cwd=CLONE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, errors="replace", start_new_session=True,
        )
    except OSError as error:
        entry.error = f"could not be started: {error.strerror}"
        return
    try:
        output, messages = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        entry.error = f"was still running after {timeout:g} s"
        return
    finally:
        # Also ends helpers that the entry left behind, which would disturb the next one.
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        process.wait()
    sample = {}
    for line in output.splitlines():
        if line.startswith("{"):
            try:
                sample = json.loads(line)
            except json.JSONDecodeError:
                continue
    rate = sample.get("samples_per_second")
    if process.returncode == 0 and isinstance(rate, (int, float)) and rate > 0:
        entry.samples.append(sample)
        return
    last = next((line.strip() for line in reversed(messages.splitlines()) if line.strip()), "no message")
    entry.error = sample.get("error") or f"ended with status {process.returncode}: {last}"[:300]


def progress(text):
    """One line on the terminal that the next one replaces; nothing when the messages go to a file."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def measure(row, rounds, timeout):
    for number in range(1, rounds + 1):
        for entry in row.entries:
            if not entry.error:
                progress(f"{row.title}: round {number} of {rounds}, {entry.name}")
                run(entry, timeout)
    progress("")


def plan(options):
    """The rows to measure with the command of every entry."""
    rows = []
    for number in options.rows:
        network, batch_size = ROWS[number - 1]
        common = ["--network", ",".join(map(str, network)), "--batch-size", str(batch_size)]
        common += ["--seconds", str(options.seconds)]
        entries = [
            Entry(f"lamina {device}", [str(options.lamina), "step", *common, "--device", device, "--json"])
            for device in options.devices
        ]
        data = ["--data", str(options.data.resolve())] if options.data else []
        for name in options.peers:
            entries.append(Entry(name, [sys.executable, str(FOLDER / "peers.py"), "--peer", name, *common, *data]))
        rows.append(Row(network, batch_size, entries))
    return rows


def arguments():
    def names(text):
        return [name for name in text.split(",") if name]

    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0], epilog="rows: " + "; ".join(
            f"{number} = {Row(*row, []).title}" for number, row in enumerate(ROWS, 1)))
    parser.add_argument(
        "--lamina", type=Path, default=CLONE / ".build/release/lamina-benchmark", help="Lamina's benchmark program")
    parser.add_argument("--devices", type=names, default=["cpu"], help="Lamina's devices, such as cpu,opencl,opencl:1")
    parser.add_argument("--peers", type=names, default=PEERS, help="default: " + ",".join(PEERS))
    parser.add_argument("--rows", type=names, default=None, help="networks by number, such as 1,2 (default: all)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="training time of one sample")
    parser.add_argument("--timeout", type=float, default=600, help="seconds after which an entry is given up")
    parser.add_argument("--data", type=Path, help="MNIST's folder, handed to the peers")
    parser.add_argument("--json", type=Path, help="file for everything measured")
    options = parser.parse_args()
    unknown = [name for name in options.peers if name not in PEERS]
    if unknown:
        parser.error(f"there is no peer called {unknown[0]}; the peers are {', '.join(PEERS)}")
    numbers = [str(number) for number in range(1, len(ROWS) + 1)]
    if any(name not in numbers for name in options.rows or []):
        parser.error(f"rows are given by the numbers {', '.join(numbers)}")
    options.rows = [int(name) for name in options.rows or numbers]
    if options.rounds < 1 or options.seconds <= 0:
        parser.error("--rounds and --seconds must be positive")
    options.lamina = options.lamina.resolve()
    if options.devices and not (options.lamina.is_file() and os.access(options.lamina, os.X_OK)):
        print(f"compare.py: there is no program {options.lamina}; build it first "
              "(swift build -c release) or name it with --lamina.", file=sys.stderr)
        sys.exit(2)
    return options


def main():
    options = arguments()
    facts = machine()
    print(f"{facts['cpu']}, {facts['cores']} cores, {facts['memory_gib']} GiB, {facts['system']}, {facts['date']}")
    if facts["load_average"] > 0.5:
        print(f"The load average is {facts['load_average']}: other programs are running, so trust only the ratios.")
    if facts["libraries_held_to"]:
        held = ", ".join(f"{name}={value}" for name, value in facts["libraries_held_to"].items())
        print(f"The environment holds libraries to settings they may not choose themselves: {held}. "
              "For their own choice, run this with `env -u NAME`.")
    print()
    rows = plan(options)
    complete = False
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for row in rows:
            measure(row, options.rounds, options.timeout)
            print(table(row), flush=True)
        complete = True
    except KeyboardInterrupt:
        progress("")
        print(f"\nStopped early; this is what had been measured.\n{table(row)}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(report(rows, facts, options, complete), indent=1) + "\n")
    return 0 if complete else 130


if __name__ == "__main__":
    sys.exit(main())
