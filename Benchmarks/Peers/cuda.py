"""Trains the networks of `lamina-benchmark step` with PyTorch on a CUDA GPU, in turns with Lamina.

    python3 cuda.py --lamina lamina-benchmark --devices opencl:0,cpu --json results.jsonl

`Benchmarks/gpu-job` calls it. It needs nothing but PyTorch with CUDA, so it shares no code with `peers.py`.

Two ways of training are measured: eager, and with whole steps recorded as a CUDA graph. Both gather the batch
from float32 data on the GPU by a fresh permutation made there, and train in float32 (TF32 off) with cross-entropy
and `torch.optim.SGD` with momentum 0.9. Each way comes in several settings (variants of the optimizer, steps in a
graph); all are tried, and the fastest is measured. Then Lamina's devices and PyTorch's ways take turns, A B C D
A B C D; tables give the medians and how many times as fast as PyTorch Lamina is.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time

import torch

ROWS = [
    ([784, 128, 64, 10], 64),
    ([784, 16, 10], 32),
    ([784, 512, 512, 10], 128),
    ([784, 1024, 1024, 10], 512),
]
EXAMPLES = 60000
OPTIMIZERS = {"plain": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}


def synchronize(device):
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def make_data(network, device):
    """Bytes of which a fifth are not zero, as in MNIST, scaled to -1...1, with labels that can be learned."""
    generator = torch.Generator(device).manual_seed(1)
    size = (EXAMPLES, network[0])
    values = torch.randint(1, 256, size, generator=generator, device=device).float()
    values *= torch.rand(size, generator=generator, device=device) < 0.2
    inputs = (values / 255 - 0.5) / 0.5
    directions = torch.randn(network[0], network[-1], generator=generator, device=device)
    return inputs, ((inputs - inputs.mean(0)) @ directions).argmax(1)


class Trainer:
    """A network with its optimizer. `train()` trains `steps` steps and returns without waiting for the GPU."""

    def __init__(self, network, batch_size, data, optimizer):
        torch.manual_seed(1)
        self.inputs, self.labels = data
        self.batch_size = batch_size
        self.device = self.inputs.device
        layers = []
        for inputs, outputs in zip(network, network[1:]):
            layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
        self.model = torch.nn.Sequential(*layers[:-1]).to(self.device)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01, momentum=0.9, **optimizer)
        self.position = len(self.inputs)

    def next_batches(self, count):
        """The indices of the next examples; a fresh permutation where this one is at its end."""
        size = count * self.batch_size
        if self.position + size > len(self.inputs):
            self.permutation = torch.randperm(len(self.inputs), device=self.device)
            self.position = 0
        self.position += size
        return self.permutation[self.position - size : self.position].view(count, self.batch_size)

    def step(self, batch):
        self.optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(self.model(self.inputs[batch]), self.labels[batch])
        loss.backward()
        self.optimizer.step()
        return loss


class Eager(Trainer):
    steps = 16

    def train(self):
        for _ in range(self.steps):
            self.loss = self.step(self.next_batches(1)[0])


class Graph(Trainer):
    """Replays recorded steps; they find their examples' indices where `train()` puts them."""

    def __init__(self, *arguments, steps):
        super().__init__(*arguments)
        self.steps = steps
        self.batches = self.next_batches(steps).clone()
        # Outside the recording: the optimizer makes its velocities, and libraries their workspaces.
        stream = torch.cuda.Stream(self.device)
        stream.wait_stream(torch.cuda.current_stream(self.device))
        with torch.cuda.stream(stream):
            for _ in range(3):
                self.step(self.batches[0])
        torch.cuda.current_stream(self.device).wait_stream(stream)
        self.graph = torch.cuda.CUDAGraph()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.cuda.graph(self.graph):
            for batch in self.batches:
                self.loss = self.step(batch)

    def train(self):
        self.batches.copy_(self.next_batches(self.steps))
        self.graph.replay()


def samples_per_second(trainer, seconds):
    """Calls take some milliseconds; a wait for the GPU after every so many keeps the clock honest."""
    for _ in range(3):
        trainer.train()
    synchronize(trainer.device)
    start = time.perf_counter()
    trainer.train()
    synchronize(trainer.device)
    calls = max(1, int(0.05 / (time.perf_counter() - start)))
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for _ in range(calls):
            trainer.train()
        synchronize(trainer.device)
        count += calls
    return count * trainer.steps * trainer.batch_size / (time.perf_counter() - start)


class TorchEntry:
    """One of PyTorch's ways of training, with the fastest of its settings."""

    def __init__(self, name, makers, seconds):
        self.name, self.rates, self.error, self.facts = name, [], "", {}
        self.seconds = seconds
        self.trainer = None
        tried, problem = {}, ""
        for settings, make in makers.items():
            try:
                trainer = make()
                tried[settings] = samples_per_second(trainer, min(0.3, seconds))
            except Exception as error:
                problem = f"{settings}: {type(error).__name__}: {error}"[:300]
                continue
            if tried[settings] == max(tried.values()):
                self.trainer, self.facts["settings"] = trainer, settings
        self.facts["samples_per_second_of_settings_tried"] = tried
        if self.trainer is None:
            self.error = problem

    def measure(self):
        self.rates.append(samples_per_second(self.trainer, self.seconds))
        self.facts["last_loss"] = self.trainer.loss.item()
        if not self.facts["last_loss"] < 3:
            self.error = f"does not learn: its loss is {self.facts['last_loss']}"


class LaminaEntry:
    """Lamina on one of its devices: a process a sample."""

    def __init__(self, program, device, network, batch_size, seconds):
        self.name, self.rates, self.error, self.facts = f"lamina {device}", [], "", {}
        self.command = [program, "step", "--network", ",".join(map(str, network)), "--batch-size", str(batch_size),
                        "--device", device, "--seconds", str(seconds), "--no-peak", "--json"]

    def measure(self):
        result = subprocess.run(self.command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
        if result.returncode != 0:
            lines = result.stderr.strip().splitlines() or ["no message"]
            self.error = f"ended with code {result.returncode}: {lines[-1]}"[:300]
            return
        figures = json.loads(result.stdout.splitlines()[0])
        self.rates.append(figures["samples_per_second"])
        self.facts = {"device_name": figures["device_name"], "driver": figures["driver"]}


def entries(network, batch_size, options):
    data = make_data(network, options.torch_device)

    def eager(optimizer):
        return lambda: Eager(network, batch_size, data, optimizer)

    def graph(optimizer, steps):
        return lambda: Graph(network, batch_size, data, optimizer, steps=steps)

    found = [
        LaminaEntry(options.lamina, device, network, batch_size, options.seconds) for device in options.devices
    ]
    found.append(TorchEntry("pytorch eager", {name: eager(value) for name, value in OPTIMIZERS.items()},
                            options.seconds))
    graphs = {
        f"{name}, {steps} steps a graph": graph(OPTIMIZERS[name], steps)
        for name in ("foreach", "fused") for steps in (1, 16)
    }
    found.append(TorchEntry("pytorch CUDA graph", graphs, options.seconds))
    return found


def table(title, batch_size, found):
    """An entry a line, with a column of ratios for every device of Lamina."""
    laminas = [entry for entry in found if isinstance(entry, LaminaEntry) and entry.rates]
    lines = [["", "us/step", "min..max", "samples/s", *(f"{entry.name} / this" for entry in laminas)]]
    for entry in found:
        if entry.rates:
            median = statistics.median(entry.rates)
            times = [1e6 * batch_size / rate for rate in (max(entry.rates), min(entry.rates))]
            ratios = [f"{statistics.median(lamina.rates) / median:.2f}" for lamina in laminas]
            lines.append([entry.name, f"{1e6 * batch_size / median:.1f}", f"{times[0]:.1f}..{times[1]:.1f}",
                          f"{median:.0f}", *ratios])
    widths = [max(map(len, column)) for column in zip(*lines)]
    text = ["  ".join(cell.ljust(width) if index == 0 else cell.rjust(width)
                      for index, (cell, width) in enumerate(zip(line, widths))).rstrip() for line in lines]
    return "\n".join([title, *text, *(f"{entry.name}: {entry.error}" for entry in found if entry.error)])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--lamina", required=True, help="the program lamina-benchmark")
    parser.add_argument("--devices", type=lambda text: text.split(","), default=["opencl:0", "cpu"])
    parser.add_argument("--torch-device", type=torch.device, default=torch.device("cuda"),
                        help="cuda or cuda:1; cpu tries this script without a GPU")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="duration of a sample")
    parser.add_argument("--json", required=True, help="file for a JSON line for each entry of each network")
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_float32_matmul_precision("highest")
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    on_gpu = options.torch_device.type == "cuda"
    name = torch.cuda.get_device_name(options.torch_device) if on_gpu else platform.processor() or "cpu"
    versions = {"torch": torch.__version__, "cuda": torch.version.cuda, "python": platform.python_version()}
    print(f"PyTorch {versions['torch']}, CUDA {versions['cuda']}, on {name}; float32, TF32 off")
    failed = False
    with open(options.json, "w") as file:
        for network, batch_size in ROWS:
            found = entries(network, batch_size, options)
            for _ in range(options.rounds):
                for entry in found:
                    if not entry.error:
                        try:
                            entry.measure()
                        except Exception as error:
                            entry.error = f"{type(error).__name__}: {error}"[:300]
            title = f"\n{'-'.join(map(str, network))}, batch {batch_size}: median of {options.rounds} rounds"
            print(table(title, batch_size, found), flush=True)
            for entry in found:
                failed = failed or bool(entry.error)
                file.write(json.dumps({
                    "case": "peer", "peer": entry.name, "network": network, "batch_size": batch_size,
                    "samples_per_second": statistics.median(entry.rates) if entry.rates else None,
                    "samples": entry.rates, "error": entry.error or None, "torch_device": name,
                    "versions": versions, **entry.facts,
                }) + "\n")
            file.flush()
    if failed:
        print("an entry failed; see its reason below its table", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
