"""The workload every peer gets, and the clock it is measured with: data, initial weights, candidates, timing.

What is timed is a training step as a training loop has it: gather the batch by the permutation, forward, loss,
gradients, update. Reading the files, scaling the bytes to float32 and compiling come before the clock starts.
"""

import gzip
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

import numpy

LEARNING_RATE = 0.01
MOMENTUM = 0.9
SYNTHETIC_EXAMPLES = 60000


@dataclass
class Task:
    """What is trained, on what: `inputs` is (examples, features) float32, `labels` is (examples,) int64."""

    network: list
    batch_size: int
    inputs: object
    labels: object

    @property
    def steps_per_epoch(self):
        return len(self.inputs) // self.batch_size

    def steps_per_call(self, least, most):
        """So many steps that one call takes some hundredths of a second on a present-day CPU."""
        weights = sum(a * b for a, b in zip(self.network, self.network[1:]))
        steps = int(4e9 / (6 * weights * self.batch_size))
        return min(max(steps, least), most, self.steps_per_epoch)


@dataclass
class Candidate:
    """One setting of a peer. `train()` trains `samples` samples, waits for the end, returns the last loss."""

    settings: str
    samples: int
    train: Callable
    device: str = "cpu"
    timings: list = field(default_factory=list)

    def timed(self):
        start = time.perf_counter()
        loss = self.train()
        seconds = time.perf_counter() - start
        self.timings.append(seconds / self.samples)
        return seconds, float(loss)


def read_idx(path):
    """The bytes of a gzipped IDX file as an array of the shape its header gives."""
    raw = gzip.decompress(path.read_bytes())
    if len(raw) < 4 or raw[:3] != b"\0\0\x08":
        raise ValueError(f"{path} is not an IDX file of bytes")
    shape = [int.from_bytes(raw[4 + 4 * axis : 8 + 4 * axis], "big") for axis in range(raw[3])]
    return numpy.frombuffer(raw, numpy.uint8, offset=4 + 4 * raw[3]).reshape(shape)


def default_data_folder():
    """`shared/data/mnist` in the clone or in one of the two folders above it, if there is one."""
    clone = Path(__file__).resolve().parents[2]
    folders = [place / "shared" / "data" / "mnist" for place in (clone, *clone.parents[:2])]
    return next((folder for folder in folders if folder.is_dir()), None)


def load_data(folder, network):
    """(inputs, labels, name of the source): the IDX files in `folder` if they fit the network, else random bytes."""
    images = labels = None
    name = "synthetic bytes"
    if folder is not None:
        images = read_idx(folder / "train-images-idx3-ubyte.gz")
        images, labels = images.reshape(len(images), -1), read_idx(folder / "train-labels-idx1-ubyte.gz")
        name = folder.name
    if images is None or images.shape[1] != network[0] or labels.max() >= network[-1]:
        generator = numpy.random.default_rng(1)
        images = generator.integers(0, 256, (SYNTHETIC_EXAMPLES, network[0]), numpy.uint8)
        labels = generator.integers(0, network[-1], SYNTHETIC_EXAMPLES)
        name = "synthetic bytes"
    inputs = images.astype(numpy.float32)
    inputs /= 255
    inputs -= 0.5
    inputs /= 0.5
    return inputs, labels.astype(numpy.int64), name


def initial_parameters(network):
    """PyTorch's default: weights (outputs, inputs) and biases, uniform in +-1/sqrt(inputs), for every layer."""
    generator = numpy.random.default_rng(2)
    parameters = []
    for inputs, outputs in zip(network, network[1:]):
        bound = inputs**-0.5
        weights = generator.uniform(-bound, bound, (outputs, inputs)).astype(numpy.float32)
        parameters.append((weights, generator.uniform(-bound, bound, outputs).astype(numpy.float32)))
    return parameters


def thread_counts():
    """One thread, and as many as this process may use."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return sorted({1, available})


def measure(candidates, seconds):
    """Warms up and compares the candidates, then times the fastest for at least `seconds`; returns the figures."""
    first_losses = [candidate.timed()[1] for candidate in candidates]  # the call that compiles
    for candidate in candidates:
        candidate.timings.clear()
    if len(candidates) > 1:
        for _ in range(2):
            for candidate in candidates:
                candidate.timed()
    best = min(range(len(candidates)), key=lambda index: min(candidates[index].timings, default=0))
    chosen = candidates[best]
    tried = {candidate.settings: round(1 / min(candidate.timings)) for candidate in candidates if candidate.timings}
    warm_up = 0.0
    while warm_up < min(0.2, seconds / 4):
        warm_up += chosen.timed()[0]
    calls, start = 0, time.perf_counter()
    while calls == 0 or time.perf_counter() - start < seconds:
        loss = chosen.train()
        calls += 1
    elapsed = time.perf_counter() - start
    return {
        "samples_per_second": calls * chosen.samples / elapsed,
        "samples": calls * chosen.samples,
        "seconds": elapsed,
        "settings": chosen.settings,
        "samples_per_second_of_settings_tried": tried,
        "device": chosen.device,
        "first_loss": first_losses[best],
        "last_loss": float(loss),
    }
