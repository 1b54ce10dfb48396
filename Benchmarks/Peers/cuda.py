"""Measures PyTorch and JAX on a CUDA GPU, in turns with Lamina on an OpenCL device.

    python3 cuda.py networks --lamina lamina-benchmark --device opencl:0 --json results.jsonl --time 120 \\
        --networks 784,128,64,10:64 784,1024,1024,10:512
    python3 cuda.py products --lamina lamina-benchmark --device opencl:0 --json results.jsonl --time 60 \\
        --networks 784,1024,1024,10:512

`Benchmarks/gpu-job` calls it. It needs Python 3.8 and nothing else; a library that is not there is named and left
out. Each library is a process of its own (`cuda_worker.py`), which may fail, hang or be killed alone.

`networks` trains with float32 data on the device, a fresh permutation made there, cross-entropy, and stochastic
gradient descent with momentum 0.9, all in float32 (TF32 off). Each way of training tries its settings and is
measured with the fastest of them. `products` multiplies the matrices of the networks' layers by cuBLAS, through
PyTorch. All take turns, A B C A B C, and every sample is a line of the JSON file as soon as it is there.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time

from cuda_process import Failure, TimeIsOver, WorkerProcess

MOST_TURNS = 9
# Without a peer, the time is better spent on other parts.
MOST_TURNS_ALONE = 3
# A library, what it is asked for, and what tables call it. Compiling may end its process, so it has one of its own.
WAYS = [("jax", "scan", "JAX, scan"), ("torch", "graph", "PyTorch, CUDA graph"), ("torch", "eager", "PyTorch, eager"),
        ("torch-compiled", "compiled", "PyTorch, compiled")]


class Output:
    """The file of JSON lines: each is complete once it is written."""

    def __init__(self, path):
        self.file = open(path, "a")

    def write(self, case, **members):
        self.file.write(json.dumps({"case": case, **members}, separators=(",", ":")) + "\n")
        self.file.flush()


def lamina(options, command, network, batch_size, seconds, limit):
    """The lines of one process of lamina-benchmark, which may take `limit` seconds."""
    samples = 3
    arguments = [options.lamina, command, "--network", ",".join(map(str, network)), "--batch-size", str(batch_size),
                 "--device", options.device, "--samples", str(samples), "--sample-seconds", str(seconds / samples),
                 "--warm-up", "0.1", "--no-peak", "--json"]
    try:
        result = subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                universal_newlines=True, timeout=limit)
    except subprocess.TimeoutExpired:
        raise TimeIsOver(f"took longer than {limit:.0f} s")
    if result.returncode != 0:
        lines = result.stderr.strip().splitlines() or ["no message"]
        raise Failure(f"ended with code {result.returncode}: {lines[-1]}"[:300])
    return [json.loads(line) for line in result.stdout.splitlines()]


class LaminaEntry:
    """Lamina on its device: a process a sample."""

    name = "Lamina"

    def __init__(self, options, network, batch_size):
        self.parts = options, "step", network, batch_size
        self.rates, self.error, self.has_failed, self.facts = [], "", False, {}

    def prepare(self, seconds, limit):
        """Each process warms up by itself."""

    def measure(self, seconds, limit):
        figures = lamina(*self.parts, seconds, limit)[0]
        self.facts = {"device_name": figures["device_name"], "driver": figures["driver"]}
        return figures["samples_per_second"]


class PeerEntry:
    """One way of a library to train a network."""

    def __init__(self, worker, way, name, network, batch_size):
        self.worker, self.name = worker, name
        self.request = {"way": way, "network": network, "batch_size": batch_size}
        self.rates, self.error, self.has_failed, self.facts = [], "", False, {}

    def prepare(self, seconds, limit):
        request = {"do": "prepare", "seconds": min(0.3, seconds), "limit": limit, **self.request}
        self.facts = self.worker.ask(request, limit)

    def measure(self, seconds, limit):
        answer = self.worker.ask({"do": "measure", "seconds": seconds, **self.request}, limit)
        if not answer["last_loss"] < 5:
            raise Failure(f"does not learn: its loss is {answer['last_loss']}")
        return answer["samples_per_second"]


def attempt(entry, action, *arguments):
    """What the action gives; nothing where it fails, which ends the entry's part."""
    try:
        return action(*arguments)
    except TimeIsOver as failure:
        entry.error = str(failure)
        return None
    except Failure as failure:
        entry.error = str(failure)
    except Exception as error:  # whatever a library may throw
        entry.error = f"{type(error).__name__}: {error}"[:300]
    entry.has_failed = True
    return None


def table(found, batch_size):
    first = next((entry for entry in found if entry.rates), None)
    for entry in found:
        if entry.rates:
            median = statistics.median(entry.rates)
            ratio = f"{statistics.median(first.rates) / median:8.2f}" if first.name == "Lamina" else ""
            print(f"  {entry.name:22}{1e6 * batch_size / median:12.1f} us/step{ratio}  {len(entry.rates)} samples")
        if entry.error:
            print(f"  {entry.name}: {entry.error}")


def measure_network(options, output, workers, network, batch_size, end):
    """All entries of one network; returns whether Lamina's did not fail. A peer that does is told of."""
    def left():
        return end - time.monotonic()

    name = "-".join(map(str, network))
    print(f"{name}, batch {batch_size}", flush=True)
    found = [LaminaEntry(options, network, batch_size)]
    found += [PeerEntry(workers[library], way, title, network, batch_size)
              for library, way, title in WAYS if library in workers]
    seconds = max(0.05, min(1.0, left() / (5 * 3 * len(found))))

    def sample(entry):
        if left() < 0:
            return
        rate = attempt(entry, entry.measure, seconds, max(2, left()))
        if rate:
            entry.rates.append(rate)
            output.write("sample", peer=entry.name, network=network, batch_size=batch_size, samples_per_second=rate,
                         microseconds_per_step=1e6 * batch_size / rate)

    for index, entry in enumerate(found):
        # The first sample comes at once: should the time end, there is one of each that was prepared.
        if left() < 1:
            entry.error = "the network's time was over before it began"
            continue
        share = max(2, left() * (0.5 if index + 1 < len(found) else 0.7))
        attempt(entry, entry.prepare, seconds, share)
        if not entry.error:
            sample(entry)
    slowest = 0
    for _ in range((MOST_TURNS if len(found) > 1 else MOST_TURNS_ALONE) - 1):
        start = time.monotonic()
        if left() < slowest * 1.2:
            break
        for entry in found:
            if not entry.error:
                sample(entry)
        slowest = max(slowest, time.monotonic() - start)
    for worker in workers.values():
        worker.forget()
    table(found, batch_size)
    for entry in found:
        median = statistics.median(entry.rates) if entry.rates else None
        output.write("peer", peer=entry.name, network=network, batch_size=batch_size, samples_per_second=median,
                     samples=entry.rates, error=entry.error or None, **entry.facts)
    sys.stdout.flush()
    return not found[0].has_failed


def measure_products(options, output, workers, network, batch_size, end):
    """The products of one network's layers, by Lamina and by cuBLAS in turns."""
    torch = workers.get("torch")
    print("-".join(map(str, network)) + f", batch {batch_size}", flush=True)
    times, has_failed = {}, False

    def record(by, rows):
        for row in rows:
            key = row["operation"], "x".join(map(str, row["shape"]))
            times.setdefault(key, {}).setdefault(by, []).append(row["microseconds"])
            output.write("product", by=by, operation=row["operation"], shape=row["shape"],
                         microseconds=row["microseconds"])

    try:
        slowest = 0
        for _ in range(MOST_TURNS if torch else MOST_TURNS_ALONE):
            start = time.monotonic()
            if end - start < slowest * 1.2:
                break
            # The first turn compiles.
            limit = max(2, min(options.deadline - start, 2 * (end - start)))
            rows = lamina(options, "matmul", network, batch_size, 0.06, limit)
            record("Lamina", rows)
            if torch:
                shapes = [[row["operation"], row["shape"]] for row in rows]
                limit = max(2, options.deadline - time.monotonic())
                record("cuBLAS", torch.ask({"do": "products", "shapes": shapes, "seconds": 0.03}, limit)["rows"])
            slowest = max(slowest, time.monotonic() - start)
    except (Failure, OSError, ValueError, KeyError) as failure:
        has_failed = not isinstance(failure, TimeIsOver)
        error = str(failure) if isinstance(failure, Failure) else f"{type(failure).__name__}: {failure}"
        print("  " + error)
        output.write("part", part="products of " + "-".join(map(str, network)),
                     status="failed" if has_failed else "cut off", reason=error)
    for (operation, shape), by in times.items():
        numbers = [int(size) for size in shape.split("x")]
        work = 2e-6 * numbers[0] * numbers[1] * numbers[2]
        print(f"  {operation:20}{shape:18}" + "".join(
            f"{name:>10}{work / statistics.median(values):8.2f} TFLOP/s" for name, values in by.items()))
    sys.stdout.flush()
    return not has_failed


def network_of(text):
    sizes, _, batch_size = text.partition(":")
    return [int(size) for size in sizes.split(",")], int(batch_size)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("what", choices=["networks", "products"])
    parser.add_argument("--lamina", required=True, help="the program lamina-benchmark")
    parser.add_argument("--device", default="opencl", help="Lamina's device")
    parser.add_argument("--platform", choices=["cuda", "cpu"], default="cuda",
                        help="where the libraries compute; cpu tries this script without a GPU")
    parser.add_argument("--networks", nargs="+", metavar="SIZES:BATCH", type=network_of, required=True)
    parser.add_argument("--time", type=float, default=180, help="seconds for everything")
    parser.add_argument("--json", required=True, help="file that JSON lines are added to")
    return parser.parse_args()


def begin(workers, output, deadline):
    """Waits for the libraries, which load side by side; those that are there remain."""
    started = time.monotonic()
    latest = started + (deadline - started) / 2
    there = {}
    for name, worker in workers.items():
        try:
            facts = worker.begin(max(2, latest - time.monotonic()))
        except Failure as failure:
            worker.end()
            if not name.endswith("-compiled"):
                print(failure, flush=True)
                output.write("library", library=worker.title, error=str(failure))
            continue
        there[name] = worker
        if not name.endswith("-compiled"):
            print(f"{worker.title} {facts['version']} on {facts['device_name']}", flush=True)
            output.write("library", library=worker.title, **facts)
    return there


def main():
    options = arguments()
    options.deadline = time.monotonic() + options.time
    output = Output(options.json)
    libraries = {"torch": "PyTorch"}
    if options.what == "networks":
        libraries = {"jax": "JAX", "torch": "PyTorch", "torch-compiled": "PyTorch"}
    workers = {name: WorkerProcess(title, name.split("-")[0], options.platform) for name, title in libraries.items()}
    measure = measure_network if options.what == "networks" else measure_products
    good = True
    try:
        workers = begin(workers, output, options.deadline)
        for index, (network, batch_size) in enumerate(options.networks):
            now = time.monotonic()
            if now >= options.deadline:
                output.write("part", part=options.what + " of " + "-".join(map(str, network)), status="left out",
                             reason="no time was left")
                continue
            end = now + (options.deadline - now) / (len(options.networks) - index)
            good = measure(options, output, workers, network, batch_size, end) and good
    finally:
        for worker in workers.values():
            worker.end()
    if not good:
        print("a measurement failed; the reason stands with its network", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
