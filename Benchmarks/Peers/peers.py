"""Measures how fast one peer trains or applies one network on this machine, and prints the result as one JSON line.

    python peers.py --peer pytorch --network 784,128,64,10 --batch-size 64 --seconds 1.5
    python peers.py --peer jax --network "784,128,dropout(0.2),10" --batch-size 64 --optimizer adam
    python peers.py --peer jax --network 30,256,256,1 --loss mse --inputs floats --inference

Every peer does the same in the way its own documentation recommends for speed: inputs as float32 in memory (bytes
as (x / 255 - 0.5) / 0.5), a fresh permutation for every pass over the data, batches gathered by it, ReLU after each
hidden dense layer, weights and biases drawn uniformly from +-1/sqrt(inputs) (PyTorch's default), the mean of the
losses, everything in float32. The rates are Lamina's defaults: 0.01 with momentum 0.9 for SGD, 0.001 for Adam and
AdamW. Gathering the batch is part of the step; reading the files and compiling are not.

A peer may come in several settings (thread count, optimizer variant, weight layout, batch of inference). Each one
is warmed up, all are timed in turn, and the fastest is the one measured: the peer at its best. The measured
sample then runs for at least `--seconds`. The losses at the start and at the end are printed too: a peer that
does not learn is not a peer.

Every call measures in a process of its own, because tinygrad takes its device from the environment and because
one library's threads must not disturb the next one's. `compare.py` does the calling.
"""

import argparse
import functools
import importlib
import importlib.metadata
import json
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from workload import LEARNING_RATES, Task, default_data_folder, load_data, measure, sentence


@dataclass(frozen=True)
class Peer:
    """Where a peer's candidates are made, and the packages that it needs; the first is its import's."""

    module: str
    function: str
    imported: str
    packages: tuple
    arguments: tuple = ()

    def is_installed(self):
        return importlib.util.find_spec(self.imported) is not None

    def candidates(self, task):
        function = getattr(importlib.import_module(self.module), self.function)
        return functools.partial(function, **dict(self.arguments))(task)


PEERS = {
    "pytorch": Peer("peer_torch", "eager", "torch", ("torch",)),
    "pytorch-graph": Peer("peer_torch", "graph", "torch", ("torch",)),
    "pytorch-compiled": Peer("peer_torch", "compiled", "torch", ("torch",)),
    "jax": Peer("peer_jax", "candidates", "jax", ("jax", "jaxlib")),
    "scikit-learn": Peer("peer_others", "scikit_learn", "sklearn", ("scikit-learn", "scipy")),
    "tinygrad-cpu": Peer("peer_others", "tinygrad", "tinygrad", ("tinygrad",), (("device", "CPU"),)),
    "tinygrad-opencl": Peer("peer_others", "tinygrad", "tinygrad", ("tinygrad",), (("device", "CL"),)),
}
# What measures on the processor, and what on a CUDA GPU.
PEERS_OF_PLATFORMS = {
    "cpu": ["pytorch", "pytorch-compiled", "jax", "scikit-learn", "tinygrad-cpu", "tinygrad-opencl"],
    "cuda": ["pytorch", "pytorch-graph", "pytorch-compiled", "jax"],
}


def arguments():
    parser = argparse.ArgumentParser(description="Measures one peer on one network.")
    parser.add_argument("--peer", required=True, choices=list(PEERS))
    parser.add_argument("--network", default="784,128,64,10", help="layers, separated by commas")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--optimizer", choices=list(LEARNING_RATES), default="sgd")
    parser.add_argument(
        "--loss", choices=["softmax_cross_entropy", "mse", "logistic_cross_entropy"], default="softmax_cross_entropy")
    parser.add_argument("--inference", action="store_true", help="apply the network to all examples, in its best batch")
    parser.add_argument("--inputs", choices=["bytes", "floats"], default="bytes", help="what generated data have")
    parser.add_argument("--examples", type=int, default=60000, help="the number of generated examples")
    parser.add_argument("--platform", choices=["cpu", "cuda"], default="cpu", help="where PyTorch and JAX compute")
    parser.add_argument("--seconds", type=float, default=1.5, help="least duration of the measured sample")
    parser.add_argument(
        "--data", type=Path, default=default_data_folder(),
        help="folder with MNIST's gzipped IDX files (default: %(default)s; None means random bytes)",
    )
    return parser.parse_args()


def measured(peer, options):
    inputs, targets, source = load_data(
        options.data, options.network, options.loss, options.inputs, options.examples)
    batch_size = 0 if options.inference else options.batch_size
    task = Task(
        options.network, batch_size, options.optimizer, options.loss, inputs, targets, options.platform)
    result = {"data": source, "layers": options.network, "batch_size": batch_size or None}
    result |= measure(peer.candidates(task), options.seconds)
    if batch_size:
        result["microseconds_per_step"] = 1e6 * batch_size / result["samples_per_second"]
    result["versions"] = {name: importlib.metadata.version(name) for name in (*peer.packages, "numpy")}
    result["versions"]["python"] = platform.python_version()
    return result


def main():
    options = arguments()
    result = {"case": "inference" if options.inference else "step", "peer": options.peer}
    peer = PEERS[options.peer]
    try:
        if not peer.is_installed():
            raise ModuleNotFoundError(f"{peer.packages[0]} is not installed")
        result |= measured(peer, options)
    except Exception as error:
        result["error"] = sentence(error)
    print(json.dumps(result), flush=True)
    return 1 if "error" in result else 0


if __name__ == "__main__":
    sys.exit(main())
