"""JAX for `cuda_worker.py`: a pass over the data in one jitted `lax.scan`."""

import platform as machine

import jax
import jax.numpy as jnp

EXAMPLES = 60000
LEARNING_RATE = 0.01
MOMENTUM = 0.9


def make_data(network):
    """Bytes of which a fifth are not zero, as in MNIST, scaled to -1...1, with labels that can be learned."""
    keys = jax.random.split(jax.random.PRNGKey(1), 3)
    size = (EXAMPLES, network[0])
    values = jax.random.randint(keys[0], size, 1, 256).astype(jnp.float32)
    values = values * (jax.random.uniform(keys[1], size) < 0.2)
    inputs = (values / 255 - 0.5) / 0.5
    directions = jax.random.normal(keys[2], (network[0], network[-1]))
    return inputs, ((inputs - inputs.mean(0)) @ directions).argmax(1)


class Scan:
    """A network whose weights are outputs x inputs, or the other way round."""

    def __init__(self, network, batch_size, data, is_transposed):
        self.batch_size = batch_size
        self.steps = EXAMPLES // batch_size
        self.data = data
        self.key = jax.random.PRNGKey(2)
        parameters = []
        for inputs, outputs in zip(network, network[1:]):
            self.key, key = jax.random.split(self.key)
            bound = inputs ** -0.5
            size = (outputs, inputs) if is_transposed else (inputs, outputs)
            parameters.append((jax.random.uniform(key, size, minval=-bound, maxval=bound), jnp.zeros(outputs)))
        self.state = parameters, jax.tree_util.tree_map(jnp.zeros_like, parameters)

        def loss_of(parameters, values, labels):
            for index, (weights, biases) in enumerate(parameters):
                values = (values @ weights.T if is_transposed else values @ weights) + biases
                if index + 1 < len(parameters):
                    values = jax.nn.relu(values)
            return -jnp.take_along_axis(jax.nn.log_softmax(values), labels[:, None], axis=1).mean()

        def epoch(state, key, inputs, labels):
            def step(state, batch):
                parameters, velocities = state
                loss, gradients = jax.value_and_grad(loss_of)(parameters, inputs[batch], labels[batch])
                update = jax.tree_util.tree_map
                velocities = update(lambda v, g: MOMENTUM * v + g, velocities, gradients)
                parameters = update(lambda p, v: p - LEARNING_RATE * v, parameters, velocities)
                return (parameters, velocities), loss

            order = jax.random.permutation(key, EXAMPLES)[: self.steps * batch_size]
            state, losses = jax.lax.scan(step, state, order.reshape(self.steps, batch_size))
            return state, losses[-1]

        self.epoch = jax.jit(epoch, donate_argnums=(0,))

    def train(self):
        self.key, key = jax.random.split(self.key)
        self.state, self.loss = self.epoch(self.state, key, *self.data)

    def wait(self):
        jax.block_until_ready(self.loss)

    def last_loss(self):
        return float(self.loss)


class Library:
    def __init__(self, platform):
        device = jax.devices(platform)[0]
        jax.config.update("jax_default_device", device)
        # All of float32, no TF32.
        jax.config.update("jax_default_matmul_precision", "highest")
        self.facts = {"version": jax.__version__, "device_name": device.device_kind, "python": machine.python_version()}
        self.data = None

    def trainers(self, way, network, batch_size):
        """Makers of trainers by their settings."""
        if self.data is None or self.data[0] != network:
            self.data = network, make_data(network)
        data = self.data[1]
        return {name: lambda is_transposed=is_transposed: Scan(network, batch_size, data, is_transposed)
                for name, is_transposed in (("weights outputs x inputs", True), ("weights inputs x outputs", False))}

    def forget(self):
        self.data = None
        jax.clear_caches()
