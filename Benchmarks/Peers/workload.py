"""The workload every peer gets, and the clock it is measured with: data, initial weights, candidates, timing.

What is timed is a training step as a training loop has it: gather the batch by the permutation, forward, loss,
gradients, update. For inference it is the forward passes of all examples and the copy of the outputs to the
host. Reading the files, scaling the bytes to float32 and compiling come before the clock starts.
"""

import gzip
import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

import numpy

LEARNING_RATES = {"sgd": 0.01, "adam": 0.001, "adamw": 0.001}
MOMENTUM = 0.9
WEIGHT_DECAY = 0.01
BETAS = (0.9, 0.999)
EPSILON = 1e-8
NORMALIZATION_MOMENTUM = 0.1
NORMALIZATION_EPSILON = 1e-5
# Sizes to try for inference, where each side picks its batch.
INFERENCE_BATCHES = [128, 512, 2048, 8192, 65536]


@dataclass(frozen=True)
class Layer:
    """A layer: `dense` with its outputs and perhaps ReLU, `batch_normalization`, or `dropout` with its rate."""

    kind: str
    inputs: int
    outputs: int
    is_activated: bool = False
    rate: float = 0


def layers_of(network):
    """The layers of a network written as 784,128,dropout(0.2),10."""
    first, *rest = [item.strip() for item in network.split(",")]
    width, layers = int(first), []
    for number, item in enumerate(rest, 1):
        dropout = re.fullmatch(r"dropout\(([0-9.]+)\)", item)
        if dropout:
            layers.append(Layer("dropout", width, width, rate=float(dropout[1])))
        elif item == "batch_normalization":
            layers.append(Layer(item, width, width))
        elif item.isdigit():
            layers.append(Layer("dense", width, int(item), is_activated=number < len(rest)))
            width = int(item)
        else:
            raise ValueError(f"the peers have no layer '{item}'; they have sizes, batch_normalization and dropout(RATE)")
    return layers


@dataclass
class Task:
    """What is trained or applied, on what.

    `inputs` is (examples, features) float32. `targets` is (examples,) int64 with classes, or (examples, outputs)
    float32 with numbers or with labels, 0 or 1.
    """

    network: str
    batch_size: int
    optimizer: str
    loss: str
    inputs: object
    targets: object
    platform: str = "cpu"

    def __post_init__(self):
        self.layers = layers_of(self.network)

    @property
    def learning_rate(self):
        return LEARNING_RATES[self.optimizer]

    @property
    def has_classes(self):
        return self.loss == "softmax_cross_entropy"

    @property
    def outputs(self):
        return self.layers[-1].outputs

    @property
    def steps_per_epoch(self):
        return len(self.inputs) // self.batch_size

    def steps_per_call(self, least, most):
        """So many steps that one call takes some hundredths of a second on a present-day CPU."""
        weights = sum(layer.inputs * layer.outputs for layer in self.layers if layer.kind == "dense")
        steps = int(4e9 / (6 * weights * self.batch_size))
        return min(max(steps, least), most, self.steps_per_epoch)

    def has(self, kind):
        return any(layer.kind == kind for layer in self.layers)

    def inference_batches(self):
        return sorted({min(size, len(self.inputs)) for size in INFERENCE_BATCHES})

    def indices(self):
        """Batches' indices without end: a fresh permutation for every pass over the data."""
        while True:
            permutation = numpy.random.permutation(len(self.inputs)).astype(numpy.int32)
            for step in range(self.steps_per_epoch):
                yield permutation[step * self.batch_size : (step + 1) * self.batch_size]


@dataclass
class Candidate:
    """A peer in one setting. `run()` does the work of `samples` samples, waits for the end, and returns the losses
    of its first and last steps; None for inference. `parameters` is the number of trained parameters."""

    samples: int
    run: Callable
    parameters: int
    device: str = "cpu"
    timings: list = field(default_factory=list)

    def timed(self):
        start = time.perf_counter()
        losses = self.run()
        seconds = time.perf_counter() - start
        self.timings.append(seconds / self.samples)
        return seconds, losses


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


def load_data(folder, network, loss, kind, examples):
    """(inputs, targets, name of the source): the IDX files in `folder` if they fit, else what Lamina measures with.

    That is `examples` rows of bytes of which a fifth are not zero, or of floats from -1 to 1 where `kind` is
    "floats", and targets that can be learned: each output is right where the sum of its share of the inputs is large.
    """
    layers = layers_of(network)
    features, outputs = layers[0].inputs, layers[-1].outputs
    if folder is not None and kind == "bytes" and loss == "softmax_cross_entropy":
        images = read_idx(folder / "train-images-idx3-ubyte.gz")
        images, labels = images.reshape(len(images), -1), read_idx(folder / "train-labels-idx1-ubyte.gz")
        if images.shape[1] == features and labels.max() < outputs and len(images) == examples:
            return scaled(images), labels.astype(numpy.int64), folder.name
    generator = numpy.random.default_rng(1)
    if kind == "bytes":
        values = generator.integers(1, 256, (examples, features), numpy.uint8)
        values *= generator.random((examples, features), numpy.float32) < 0.2
        inputs = scaled(values)
    else:
        inputs = generator.uniform(-1, 1, (examples, features)).astype(numpy.float32)
    sums = numpy.stack([inputs[:, output % features :: outputs].sum(1) for output in range(outputs)], 1)
    if loss == "softmax_cross_entropy":
        return inputs, sums.argmax(1).astype(numpy.int64), "synthetic bytes" if kind == "bytes" else "synthetic floats"
    standardized = (sums - sums.mean(0)) / sums.std(0)
    targets = standardized > 0 if loss == "logistic_cross_entropy" else standardized
    return inputs, targets.astype(numpy.float32), f"synthetic {kind}"


def scaled(images):
    """Bytes as numbers from -1 to 1."""
    inputs = images.astype(numpy.float32)
    inputs /= 255
    inputs -= 0.5
    inputs /= 0.5
    return inputs


def initial_parameters(layers):
    """PyTorch's default: weights (outputs, inputs) and biases, uniform in +-1/sqrt(inputs), for every dense layer."""
    generator = numpy.random.default_rng(2)
    parameters = []
    for layer in layers:
        if layer.kind == "dense":
            bound = layer.inputs**-0.5
            weights = generator.uniform(-bound, bound, (layer.outputs, layer.inputs)).astype(numpy.float32)
            biases = generator.uniform(-bound, bound, layer.outputs).astype(numpy.float32)
            parameters.append((weights, biases))
    return parameters


def thread_counts():
    """One thread, and as many as this process may use."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return sorted({1, available})


def measure(makers, seconds):
    """Makes the candidates of all settings, warms them up and times the fastest for at least `seconds`; returns the
    figures. Settings that fail are named with the reason; only where all fail is that an error."""
    candidates, first_losses, problems = {}, {}, {}
    for settings, make in makers.items():
        try:
            candidate = make()
            first_losses[settings] = candidate.timed()[1]  # the call that compiles
        except Exception as error:  # whatever a library may throw
            problems[settings] = sentence(error)
            continue
        candidate.timings.clear()
        candidates[settings] = candidate
    if not candidates:
        raise RuntimeError(next(iter(problems.values()), "it has no way to do this"))
    if len(candidates) > 1:
        for _ in range(2):
            for candidate in candidates.values():
                candidate.timed()
    best = min(candidates, key=lambda settings: min(candidates[settings].timings, default=0))
    chosen = candidates[best]
    tried = {settings: round(1 / min(candidate.timings))
             for settings, candidate in candidates.items() if candidate.timings}
    warm_up = 0.0
    while warm_up < min(0.2, seconds / 4):
        warm_up += chosen.timed()[0]
    calls, start = 0, time.perf_counter()
    while calls == 0 or time.perf_counter() - start < seconds:
        losses = chosen.run()
        calls += 1
    elapsed = time.perf_counter() - start
    return {
        "samples_per_second": calls * chosen.samples / elapsed,
        "samples": calls * chosen.samples,
        "seconds": elapsed,
        "settings": best,
        "samples_per_second_of_settings_tried": tried,
        "settings_that_failed": problems,
        "device": chosen.device,
        "parameters": chosen.parameters,
        "first_loss": first_losses[best] and first_losses[best][0],
        "last_loss": losses and losses[1],
    }


def sentence(error):
    """The first line of what a library throws, with its kind."""
    reason = next((line.strip() for line in str(error).splitlines() if line.strip()), "no message")
    return f"{type(error).__name__}: {reason}"[:300]
