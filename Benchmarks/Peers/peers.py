"""Measures how fast one peer trains one network on this machine's CPU, and prints the result as one JSON line.

    python peers.py --peer pytorch --network 784,128,64,10 --batch-size 64 --seconds 1.5

Every peer trains the same network in the way its own documentation recommends for speed: inputs
(x / 255 - 0.5) / 0.5 as float32 in memory, a fresh permutation for every pass over the data, batches gathered
by it, ReLU between the layers, weights and biases drawn uniformly from +-1/sqrt(inputs) (PyTorch's default),
mean softmax cross-entropy, stochastic gradient descent with learning rate 0.01 and momentum 0.9, everything in
float32. Gathering the batch is part of the step; reading the files and compiling are not.

A peer may come in several settings (thread count, optimizer variant, weight layout). Each one
is warmed up, all are timed in turn, and the fastest is the one measured: the peer at its best. The measured
sample then runs for at least `--seconds`. The losses at the start and at the end are printed too: a peer that
does not learn is not a peer.

Every call measures in a process of its own, because tinygrad takes its device from the environment and because
one library's threads must not disturb the next one's. `compare.py` does the calling.
"""

import argparse
import functools
import importlib.metadata
import json
import os
import platform
import sys
from pathlib import Path

import numpy

from workload import (
    LEARNING_RATE, MOMENTUM, Candidate, Task,
    default_data_folder, initial_parameters, load_data, measure, thread_counts,
)


def torch_parts(task):
    """What both PyTorch peers share: module, data tensors, and an endless supply of batches' indices."""
    import torch

    layers = []
    for inputs, outputs in zip(task.network, task.network[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]

    def batches():
        while True:
            permutation = torch.randperm(len(task.inputs))
            for step in range(task.steps_per_epoch):
                yield permutation[step * task.batch_size : (step + 1) * task.batch_size]

    data = torch.from_numpy(task.inputs), torch.from_numpy(task.labels)
    return torch.nn.Sequential(*layers[:-1]), *data, batches()


def pytorch(task):
    """PyTorch, eager: autograd and `torch.optim.SGD`, plain, `foreach` and `fused`, on one thread and on all."""
    import torch

    steps = task.steps_per_call(4, 200)

    def candidate(threads, name, options):
        model, inputs, labels, batches = torch_parts(task)
        optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM, **options)

        def train():
            torch.set_num_threads(threads)
            for _ in range(steps):
                batch = next(batches)
                optimizer.zero_grad(set_to_none=True)
                loss = torch.nn.functional.cross_entropy(model(inputs[batch]), labels[batch])
                loss.backward()
                optimizer.step()
            return loss.item()

        return Candidate(f"threads {threads}, {name}", steps * task.batch_size, train)

    optimizers = {"plain": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}
    return [candidate(threads, *choice) for threads in thread_counts() for choice in optimizers.items()]


def pytorch_compiled(task):
    """PyTorch, the whole step (gather, forward, gradients, update) in one `torch.compile`."""
    import torch

    steps = task.steps_per_call(4, 200)

    def candidate(threads):
        torch.set_num_threads(threads)
        model, inputs, labels, batches = torch_parts(task)
        parameters = {name: value.detach() for name, value in model.named_parameters()}
        velocities = {name: torch.zeros_like(value) for name, value in parameters.items()}

        def loss_of(parameters, batch_inputs, batch_labels):
            outputs = torch.func.functional_call(model, parameters, (batch_inputs,))
            return torch.nn.functional.cross_entropy(outputs, batch_labels)

        @torch.compile
        @torch.no_grad()
        def step(parameters, velocities, inputs, labels, batch):
            gradients, loss = torch.func.grad_and_value(loss_of)(parameters, inputs[batch], labels[batch])
            for name, velocity in velocities.items():
                velocity.mul_(MOMENTUM).add_(gradients[name])
                parameters[name].sub_(velocity, alpha=LEARNING_RATE)
            return loss

        def train():
            torch.set_num_threads(threads)
            for _ in range(steps):
                loss = step(parameters, velocities, inputs, labels, next(batches))
            return loss.item()

        return Candidate(f"threads {threads}", steps * task.batch_size, train)

    return [candidate(threads) for threads in thread_counts()]


def jax(task):
    """JAX: a whole pass over the data in one jitted `lax.scan`, with the weights stored either way round."""
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import jax
    import jax.numpy as jnp

    inputs, labels = jnp.asarray(task.inputs), jnp.asarray(task.labels.astype(numpy.int32))
    samples = task.steps_per_epoch * task.batch_size

    def candidate(transposed):
        parameters = [
            (jnp.asarray(weights if transposed else weights.T.copy()), jnp.asarray(biases))
            for weights, biases in initial_parameters(task.network)
        ]
        state = [parameters, jax.tree.map(jnp.zeros_like, parameters)]

        def loss_of(parameters, values, labels):
            for index, (weights, biases) in enumerate(parameters):
                values = (values @ weights.T if transposed else values @ weights) + biases
                if index + 1 < len(parameters):
                    values = jax.nn.relu(values)
            chosen = jnp.take_along_axis(jax.nn.log_softmax(values), labels[:, None], axis=1)
            return -chosen.mean()

        def epoch(parameters, velocities, inputs, labels, permutation):
            def step(carry, batch):
                parameters, velocities = carry
                loss, gradients = jax.value_and_grad(loss_of)(parameters, inputs[batch], labels[batch])
                velocities = jax.tree.map(lambda v, g: MOMENTUM * v + g, velocities, gradients)
                parameters = jax.tree.map(lambda p, v: p - LEARNING_RATE * v, parameters, velocities)
                return (parameters, velocities), loss

            return jax.lax.scan(step, (parameters, velocities), permutation.reshape(-1, task.batch_size))

        compiled = jax.jit(epoch, donate_argnums=(0, 1))

        def train():
            permutation = numpy.random.permutation(len(task.inputs))[:samples].astype(numpy.int32)
            state[:], losses = compiled(*state, inputs, labels, permutation)
            return float(losses[-1])

        return Candidate("weights outputs x inputs" if transposed else "weights inputs x outputs", samples, train)

    return [candidate(True), candidate(False)]


def scikit_learn(task):
    """scikit-learn: `MLPClassifier.partial_fit`, on one thread and on all."""
    import sklearn
    from sklearn.neural_network import MLPClassifier
    from threadpoolctl import threadpool_limits

    # A call checks and encodes its labels: enough steps that this does not count, a whole epoch if they are fast.
    steps = min(max(5 * task.steps_per_call(4, task.steps_per_epoch), 20), task.steps_per_epoch)
    samples = steps * task.batch_size

    def candidate(threads):
        model = MLPClassifier(
            task.network[1:-1], activation="relu", solver="sgd", alpha=0, batch_size=task.batch_size,
            learning_rate_init=LEARNING_RATE, momentum=MOMENTUM, nesterovs_momentum=False,
        )
        position = 0

        def train():
            nonlocal position
            part = slice(position, position + samples)
            position = (position + samples) % (len(task.inputs) - samples + 1)
            with threadpool_limits(threads), sklearn.config_context(assume_finite=True):
                model.partial_fit(task.inputs[part], task.labels[part])
            return model.loss_

        # The first call makes the arrays; they are then overwritten with the weights all peers start from.
        with threadpool_limits(threads):
            first = slice(0, task.batch_size)
            model.partial_fit(task.inputs[first], task.labels[first], classes=numpy.arange(task.network[-1]))
        for layer, (weights, biases) in enumerate(initial_parameters(task.network)):
            model.coefs_[layer][...] = weights.T
            model.intercepts_[layer][...] = biases
        return Candidate(f"threads {threads}", samples, train)

    return [candidate(threads) for threads in thread_counts()]


def tinygrad(task, device):
    """tinygrad on `device` (its environment variable DEV: CPU or CL), the whole step in one `TinyJit`."""
    if not os.environ.get("DEV", "").startswith(device):
        os.environ["DEV"] = device
    os.environ["TRAINING"] = "1"
    import tinygrad
    from tinygrad.nn import Linear
    from tinygrad.nn.optim import SGD
    from tinygrad.nn.state import get_parameters

    # tinygrad is slow here: few steps a call keep the whole sample short. The first three steps record the step.
    steps = task.steps_per_call(4, 20)
    inputs = tinygrad.Tensor(task.inputs).realize()
    labels = tinygrad.Tensor(task.labels.astype(numpy.int32)).realize()
    layers = [Linear(inputs, outputs) for inputs, outputs in zip(task.network, task.network[1:])]
    optimizer = SGD(get_parameters(layers), lr=LEARNING_RATE, momentum=MOMENTUM)

    @tinygrad.TinyJit
    def step(batch):
        values = inputs[batch]
        for layer in layers[:-1]:
            values = layer(values).relu()
        optimizer.zero_grad()
        loss = layers[-1](values).sparse_categorical_crossentropy(labels[batch]).backward()
        return loss.realize(*optimizer.schedule_step())

    def batches():
        while True:
            permutation = numpy.random.permutation(len(task.inputs)).astype(numpy.int32)
            for index in range(task.steps_per_epoch):
                yield permutation[index * task.batch_size : (index + 1) * task.batch_size]

    supply = batches()

    def train():
        for _ in range(steps):
            loss = step(tinygrad.Tensor(next(supply)).realize())
        return loss.item()

    opened = tinygrad.Device[tinygrad.Device.DEFAULT]
    name = getattr(opened, "device_name", tinygrad.Device.DEFAULT)
    return [Candidate(f"DEV={os.environ['DEV']}", steps * task.batch_size, train, name)]


PEERS = {
    "pytorch": (pytorch, ["torch"]),
    "pytorch-compiled": (pytorch_compiled, ["torch"]),
    "jax": (jax, ["jax", "jaxlib"]),
    "scikit-learn": (scikit_learn, ["scikit-learn", "scipy"]),
    "tinygrad-cpu": (functools.partial(tinygrad, device="CPU"), ["tinygrad"]),
    "tinygrad-opencl": (functools.partial(tinygrad, device="CL"), ["tinygrad"]),
}


def main():
    parser = argparse.ArgumentParser(description="Measures one peer on one network.")
    parser.add_argument("--peer", required=True, choices=list(PEERS))
    parser.add_argument("--network", default="784,128,64,10", help="layer sizes, separated by commas")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=1.5, help="least duration of the measured sample")
    parser.add_argument(
        "--data", type=Path, default=default_data_folder(),
        help="folder with MNIST's gzipped IDX files (default: %(default)s; None means random bytes)",
    )
    options = parser.parse_args()
    result = {"case": "step", "peer": options.peer}
    function, packages = PEERS[options.peer]
    try:
        network = [int(size) for size in options.network.split(",")]
        inputs, labels, result["data"] = load_data(options.data, network)
        result |= {"network": network, "batch_size": options.batch_size}
        result |= measure(function(Task(network, options.batch_size, inputs, labels)), options.seconds)
        result["microseconds_per_step"] = 1e6 * options.batch_size / result["samples_per_second"]
        result["versions"] = {name: importlib.metadata.version(name) for name in packages + ["numpy"]}
        result["versions"]["python"] = platform.python_version()
    except Exception as error:
        reason = next((line.strip() for line in str(error).splitlines() if line.strip()), "no message")
        result["error"] = f"{type(error).__name__}: {reason}"[:300]
    print(json.dumps(result), flush=True)
    return 1 if "error" in result else 0


if __name__ == "__main__":
    sys.exit(main())
