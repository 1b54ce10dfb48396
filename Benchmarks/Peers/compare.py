"""Compares Lamina with other libraries training and applying the same networks, measured in one run.

    ~/.cache/lamina-peers/bin/python Benchmarks/Peers/compare.py --json comparison.json

For every row (`rows.py`) all entries (Lamina on each device, then the peers) are measured one after the other, and
this round is repeated, A B C D A B C D ..., so that a change of the machine's speed meets all of them. Every sample
is a process of its own that warms up, compiles, and then works for `--seconds`. The tables give the median over the
rounds, the smallest and the largest sample, and how many times faster Lamina is than each entry.

Lamina is run as `lamina-benchmark step` or `inference`, and every peer as `peers.py --peer NAME ...`; each prints one
JSON line with `samples_per_second`. An entry that fails on a row is reported with its reason and left out of that
row's further rounds; so is one that trains another number of parameters than the first entry, or that does not learn.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from peers import PEERS, PEERS_OF_PLATFORMS
from report import machine, report, summary, table
from rows import ROWS, Row, chosen

FOLDER = Path(__file__).resolve().parent
CLONE = FOLDER.parents[1]


@dataclass
class Entry:
    """One program on one row: its command and what it has printed so far."""

    name: str
    command: list
    samples: list = field(default_factory=list)
    error: str = ""

    def rates(self):
        return [sample["samples_per_second"] for sample in self.samples]


@dataclass
class Comparison:
    """A row with its entries."""

    row: Row
    entries: list

    def measure(self, rounds, timeout):
        for number in range(1, rounds + 1):
            for entry in self.entries:
                if not entry.error:
                    progress(f"{self.row.name}: round {number} of {rounds}, {entry.name}")
                    run(entry, timeout)
                    self.check(entry)
        progress("")

    def check(self, entry):
        """Gives up an entry that does other work than the others."""
        if not entry.samples:
            return
        sample, first = entry.samples[-1], next(other for other in self.entries if other.samples)
        wanted, losses = first.samples[0]["parameters"], (sample.get("first_loss"), sample.get("last_loss"))
        if sample["parameters"] != wanted:
            entry.error = f"trains {sample['parameters']} parameters, and {first.name} {wanted}"
        elif not self.row.is_inference and not (None not in losses and losses[1] < losses[0]):
            entry.error = f"does not learn: its loss was {losses[0]} and is {losses[1]}"
        else:
            return
        entry.samples.clear()


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


def plan(options):
    """The rows to measure with the command of every entry."""
    comparisons = []
    for row in options.rows:
        seconds = ["--seconds", str(options.seconds)]
        entries = [
            Entry(f"lamina {device}",
                  [str(options.lamina), *row.lamina_arguments(), *seconds, "--device", device, "--no-peak", "--json"])
            for device in options.devices
        ]
        data = ["--data", str(options.data.resolve())] if options.data else []
        for name in options.peers:
            command = [sys.executable, str(FOLDER / "peers.py"), "--peer", name, "--platform", options.platform]
            entries.append(Entry(name, [*command, *row.options(), *seconds, *data]))
        comparisons.append(Comparison(row, entries))
    return comparisons


def arguments():
    def names(text):
        return [name for name in text.split(",") if name]

    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0], formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="rows:\n" + "\n".join(
            f"  {number:2} or {row.name:21} {row.title}" for number, row in enumerate(ROWS, 1)))
    parser.add_argument(
        "--lamina", type=Path, default=CLONE / ".build/release/lamina-benchmark", help="Lamina's benchmark program")
    parser.add_argument("--devices", type=names, default=None,
                        help="Lamina's devices, such as cpu,opencl,opencl:1 (default: cpu; opencl with --platform cuda)")
    parser.add_argument("--platform", choices=list(PEERS_OF_PLATFORMS), default="cpu",
                        help="where the peers compute (default: cpu)")
    parser.add_argument("--peers", type=names, default=None, help="default: all of the platform's: " + "; ".join(
        f"{platform}: {','.join(peers)}" for platform, peers in PEERS_OF_PLATFORMS.items()))
    parser.add_argument("--rows", type=names, default=None, help="rows by name or number, such as 1,adam (default: all)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="working time of one sample")
    parser.add_argument("--timeout", type=float, default=600, help="seconds after which an entry is given up")
    parser.add_argument("--data", type=Path, help="MNIST's folder, handed to the peers")
    parser.add_argument("--json", type=Path, help="file for everything measured")
    options = parser.parse_args()
    unknown = [name for name in options.peers or [] if name not in PEERS]
    if unknown:
        parser.error(f"there is no peer called {unknown[0]}; the peers are {', '.join(PEERS)}")
    try:
        options.rows = chosen(options.rows)
    except ValueError as error:
        parser.error(str(error))
    if options.rounds < 1 or options.seconds <= 0:
        parser.error("--rounds and --seconds must be positive")
    if options.devices is None:
        options.devices = ["cpu"] if options.platform == "cpu" else ["opencl"]
    options.peers = PEERS_OF_PLATFORMS[options.platform] if options.peers is None else options.peers
    options.lamina = options.lamina.resolve()
    if options.devices and not (options.lamina.is_file() and os.access(options.lamina, os.X_OK)):
        print(f"compare.py: there is no program {options.lamina}; build it first "
              "(swift build -c release) or name it with --lamina.", file=sys.stderr)
        sys.exit(2)
    return options


def leave_out_missing(options):
    """Names the peers that are not installed, and goes on without them."""
    for package in dict.fromkeys(PEERS[name].packages[0] for name in options.peers if not PEERS[name].is_installed()):
        missing = [name for name in options.peers if PEERS[name].packages[0] == package]
        print(f"Without {' and '.join(missing)}: {package} is not installed for {sys.executable} (setup.sh installs it).")
        options.peers = [name for name in options.peers if name not in missing]


def introduce(facts):
    print(f"{facts['cpu']}, {facts['cores']} cores, {facts['memory_gib']} GiB, {facts['system']}, {facts['date']}")
    if facts["load_average"] > 0.5:
        print(f"The load average is {facts['load_average']}: other programs are running, so trust only the ratios.")
    if facts["libraries_held_to"]:
        held = ", ".join(f"{name}={value}" for name, value in facts["libraries_held_to"].items())
        print(f"The environment holds libraries to settings they may not choose themselves: {held}. "
              "For their own choice, run this with `env -u NAME`.")


def main():
    options = arguments()
    facts = machine()
    introduce(facts)
    leave_out_missing(options)
    print()
    comparisons = plan(options)
    done = []
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for comparison in comparisons:
            done.append(comparison)
            comparison.measure(options.rounds, options.timeout)
            print(table(comparison), flush=True)
        complete = True
    except KeyboardInterrupt:
        complete = False
        progress("")
        print(f"\nStopped early; this is what had been measured.\n{table(comparison)}", flush=True)
    print(summary(done), flush=True)
    if options.json:
        options.json.write_text(json.dumps(report(comparisons, facts, options, complete), indent=1) + "\n")
    return 0 if complete else 130


if __name__ == "__main__":
    sys.exit(main())
