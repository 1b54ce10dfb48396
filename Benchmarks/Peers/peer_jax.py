"""JAX for `peers.py`: a whole pass over the data in one jitted `lax.scan`, with the weights stored either way round."""

import functools
import os

import numpy

from workload import (
    BETAS, EPSILON, MOMENTUM, NORMALIZATION_EPSILON, NORMALIZATION_MOMENTUM, WEIGHT_DECAY, Candidate,
    initial_parameters,
)


def candidates(task):
    os.environ.setdefault("JAX_PLATFORMS", task.platform)
    if not task.batch_size:
        return {
            f"weights {name}, batch {size}": functools.partial(inference, task, is_transposed, size)
            for name, is_transposed in LAYOUTS.items() for size in task.inference_batches()
        }
    # Random numbers can be most of a step with dropout: both generators that JAX's manual names are tried.
    generators = ["threefry2x32", "rbg"] if task.has("dropout") else ["threefry2x32"]
    return {
        f"weights {name}" + (f", random numbers by {generator}" if task.has("dropout") else ""):
        functools.partial(training, task, is_transposed, generator)
        for name, is_transposed in LAYOUTS.items() for generator in generators
    }


LAYOUTS = {"outputs x inputs": True, "inputs x outputs": False}


def initial_state(task, is_transposed):
    """(trained parameters, running statistics of normalizations), a list entry a layer."""
    import jax.numpy as jnp

    dense = iter(initial_parameters(task.layers))
    parameters, statistics = [], []
    for layer in task.layers:
        if layer.kind == "dense":
            weights, biases = next(dense)
            parameters.append((jnp.asarray(weights if is_transposed else weights.T.copy()), jnp.asarray(biases)))
        elif layer.kind == "batch_normalization":
            parameters.append((jnp.ones(layer.outputs), jnp.zeros(layer.outputs)))
            statistics.append((jnp.zeros(layer.outputs), jnp.ones(layer.outputs)))
        else:
            parameters.append(())
    return parameters, statistics


def forward(task, is_transposed, parameters, statistics, values, key):
    """(outputs, new running statistics). Without a key as it is used, with one as it is trained."""
    import jax
    import jax.numpy as jnp

    running, renewed = iter(statistics), []
    for number, (layer, own) in enumerate(zip(task.layers, parameters)):
        if layer.kind == "dense":
            values = (values @ own[0].T if is_transposed else values @ own[0]) + own[1]
            values = jax.nn.relu(values) if layer.is_activated else values
        elif layer.kind == "batch_normalization":
            mean, variance = next(running)
            if key is not None:
                count, share = len(values), NORMALIZATION_MOMENTUM
                batch_mean, batch_variance = values.mean(0), values.var(0)
                renewed.append((
                    mean + share * (batch_mean - mean),
                    variance + share * (batch_variance * (count / (count - 1)) - variance),
                ))
                mean, variance = batch_mean, batch_variance
            values = own[0] * ((values - mean) * jax.lax.rsqrt(variance + NORMALIZATION_EPSILON)) + own[1]
        elif key is not None:
            kept = jax.random.bernoulli(jax.random.fold_in(key, number), 1 - layer.rate, values.shape)
            values = jnp.where(kept, values / (1 - layer.rate), 0)
    return values, renewed


def loss_of(task, outputs, targets):
    import jax
    import jax.numpy as jnp

    if task.has_classes:
        return -jnp.take_along_axis(jax.nn.log_softmax(outputs), targets[:, None], axis=1).mean()
    if task.loss == "mse":
        return jnp.square(outputs - targets).mean()
    return (jax.nn.softplus(outputs) - targets * outputs).mean()


def update(task, parameters, state, gradients, step):
    """(parameters, state) after a step; the state is the velocities, or both moments of Adam."""
    import jax
    import jax.numpy as jnp

    each, rate = jax.tree.map, task.learning_rate
    if task.optimizer == "sgd":
        state = each(lambda v, g: MOMENTUM * v + g, state, gradients)
        return each(lambda p, v: p - rate * v, parameters, state), state
    first, second = state
    first = each(lambda m, g: BETAS[0] * m + (1 - BETAS[0]) * g, first, gradients)
    second = each(lambda v, g: BETAS[1] * v + (1 - BETAS[1]) * g * g, second, gradients)
    size = rate / (1 - BETAS[0] ** step)
    root = 1 / jnp.sqrt(1 - BETAS[1] ** step)
    kept = 1 - rate * WEIGHT_DECAY if task.optimizer == "adamw" else 1
    parameters = each(lambda p, m, v: kept * p - size * m / (jnp.sqrt(v) * root + EPSILON), parameters, first, second)
    return parameters, (first, second)


def count(parameters):
    import jax

    return sum(array.size for array in jax.tree.leaves(parameters))


def device_name():
    import jax

    return jax.devices()[0].device_kind


def on_device(task):
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_default_matmul_precision", "highest")
    targets = task.targets.astype(numpy.int32) if task.has_classes else task.targets
    return jnp.asarray(task.inputs), jnp.asarray(targets)


def training(task, is_transposed, generator):
    import jax
    import jax.numpy as jnp

    inputs, targets = on_device(task)
    parameters, statistics = initial_state(task, is_transposed)
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    moments = zeros if task.optimizer == "sgd" else (zeros, jax.tree.map(jnp.zeros_like, parameters))
    state = [(parameters, statistics, moments, jnp.float32(0), jax.random.key(3, impl=generator))]
    samples = task.steps_per_epoch * task.batch_size

    def batch_loss(parameters, statistics, values, targets, key):
        outputs, renewed = forward(task, is_transposed, parameters, statistics, values, key)
        return loss_of(task, outputs, targets), renewed

    def epoch(state, inputs, targets, permutation):
        def step(state, batch):
            parameters, statistics, moments, number, key = state
            number, own = number + 1, jax.random.fold_in(key, number.astype(jnp.int32))
            (loss, statistics), gradients = jax.value_and_grad(batch_loss, has_aux=True)(
                parameters, statistics, inputs[batch], targets[batch], own)
            parameters, moments = update(task, parameters, moments, gradients, number)
            return (parameters, statistics, moments, number, key), loss

        return jax.lax.scan(step, state, permutation.reshape(-1, task.batch_size))

    compiled = jax.jit(epoch, donate_argnums=0)

    def run():
        permutation = numpy.random.permutation(len(task.inputs))[:samples].astype(numpy.int32)
        state[0], losses = compiled(state[0], inputs, targets, permutation)
        return float(losses[0]), float(losses[-1])

    return Candidate(samples, run, count(parameters), device_name())


def inference(task, is_transposed, batch_size):
    import jax

    inputs, _ = on_device(task)
    parameters, statistics = initial_state(task, is_transposed)

    @jax.jit
    def outputs(parameters, inputs):
        batches = inputs.reshape(-1, batch_size, inputs.shape[1])
        return jax.lax.map(lambda batch: forward(task, is_transposed, parameters, statistics, batch, None)[0], batches)

    def run():
        numpy.asarray(outputs(parameters, inputs))

    return Candidate(len(task.inputs), run, count(parameters), device_name())
