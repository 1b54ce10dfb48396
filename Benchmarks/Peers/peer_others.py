"""scikit-learn and tinygrad for `peers.py`, where they have what a row wants."""

import functools
import os

import numpy

from workload import MOMENTUM, WEIGHT_DECAY, Candidate, initial_parameters, thread_counts


def scikit_learn(task):
    """`MLPClassifier` or `MLPRegressor`, by `partial_fit`, on one thread and on all."""
    missing = [kind for kind in ("batch_normalization", "dropout") if task.has(kind)]
    if missing or task.optimizer == "adamw":
        raise NotImplementedError(f"scikit-learn has no {(missing or ['AdamW'])[0].replace('_', ' ')}")
    maker = scikit_learn_training if task.batch_size else scikit_learn_inference
    return {f"threads {threads}": functools.partial(maker, task, threads) for threads in thread_counts()}


def scikit_learn_model(task, threads):
    """The model with the weights that all peers start from, in the place of its own."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from threadpoolctl import threadpool_limits

    hidden = [layer.outputs for layer in task.layers[:-1]]
    kind = MLPRegressor if task.loss == "mse" else MLPClassifier
    model = kind(
        hidden_layer_sizes=hidden, activation="relu", solver="sgd" if task.optimizer == "sgd" else "adam", alpha=0,
        batch_size=task.batch_size or 64, learning_rate_init=task.learning_rate, momentum=MOMENTUM,
        nesterovs_momentum=False,
    )
    targets = scikit_learn_targets(task)
    # The first call makes the arrays.
    first = slice(0, task.batch_size or 64)
    classes = {} if kind is MLPRegressor else {"classes": numpy.arange(task.outputs)}
    with threadpool_limits(threads):
        model.partial_fit(task.inputs[first], targets[first], **classes)
    for layer, (weights, biases) in enumerate(initial_parameters(task.layers)):
        model.coefs_[layer][...] = weights.T
        model.intercepts_[layer][...] = biases
    count = sum(array.size for array in (*model.coefs_, *model.intercepts_))
    return model, targets, count


def scikit_learn_targets(task):
    if task.loss == "logistic_cross_entropy":
        return task.targets.astype(numpy.int64)
    return task.targets.ravel() if task.outputs == 1 else task.targets


def scikit_learn_training(task, threads):
    import sklearn
    from threadpoolctl import threadpool_limits

    # A call checks and encodes its labels: enough steps that this does not count, a whole epoch if they are fast.
    steps = min(max(5 * task.steps_per_call(4, task.steps_per_epoch), 20), task.steps_per_epoch)
    samples = steps * task.batch_size
    model, targets, parameters = scikit_learn_model(task, threads)
    position = 0

    def run():
        nonlocal position
        part = slice(position, position + samples)
        position = (position + samples) % (len(task.inputs) - samples + 1)
        with threadpool_limits(threads), sklearn.config_context(assume_finite=True):
            model.partial_fit(task.inputs[part], targets[part])
        return float(model.loss_), float(model.loss_)

    return Candidate(samples, run, parameters)


def scikit_learn_inference(task, threads):
    import sklearn
    from threadpoolctl import threadpool_limits

    model, _, parameters = scikit_learn_model(task, threads)
    # Probabilities are the outputs that a classifier gives.
    outputs = model.predict if task.loss == "mse" else model.predict_proba

    def run():
        with threadpool_limits(threads), sklearn.config_context(assume_finite=True):
            outputs(task.inputs)

    return Candidate(len(task.inputs), run, parameters)


def tinygrad(task, device):
    """tinygrad on `device` (its environment variable DEV: CPU or CL), the whole step in one `TinyJit`."""
    if not os.environ.get("DEV", "").startswith(device):
        os.environ["DEV"] = device
    if task.batch_size:
        os.environ["TRAINING"] = "1"
        return {f"DEV={os.environ['DEV']}": functools.partial(tinygrad_training, task)}
    return {
        f"DEV={os.environ['DEV']}, batch {size}": functools.partial(tinygrad_inference, task, size)
        for size in task.inference_batches()[-2:]
    }


def tinygrad_network(task):
    """(layers as functions, trained parameters)."""
    from tinygrad.nn import BatchNorm, Linear
    from tinygrad.nn.state import get_state_dict

    layers, modules = [], []
    for layer in task.layers:
        if layer.kind == "dropout":
            layers.append(lambda values, rate=layer.rate: values.dropout(rate))
            continue
        normalizes = layer.kind == "batch_normalization"
        module = BatchNorm(layer.outputs) if normalizes else Linear(layer.inputs, layer.outputs)
        modules.append(module)
        layers.append(module)
        if layer.is_activated:
            layers.append(lambda values: values.relu())
    # The statistics of a normalization are no parameters.
    trained = [tensor for module in modules for name, tensor in get_state_dict(module).items()
               if name in ("weight", "bias")]
    return layers, trained


def tinygrad_loss(task, outputs, targets):
    if task.has_classes:
        return outputs.sparse_categorical_crossentropy(targets)
    if task.loss == "mse":
        return (outputs - targets).square().mean()
    return outputs.binary_crossentropy_logits(targets)


def tinygrad_device():
    import tinygrad

    opened = tinygrad.Device[tinygrad.Device.DEFAULT]
    return getattr(opened, "device_name", tinygrad.Device.DEFAULT)


def tinygrad_training(task):
    import tinygrad
    from tinygrad.nn import optim

    # tinygrad is slow here: few steps a call keep the whole sample short. The first three steps record the step.
    steps = task.steps_per_call(4, 20)
    inputs = tinygrad.Tensor(task.inputs).realize()
    targets = tinygrad.Tensor(task.targets.astype(numpy.int32) if task.has_classes else task.targets).realize()
    layers, parameters = tinygrad_network(task)
    optimizer = {
        "sgd": lambda: optim.SGD(parameters, lr=task.learning_rate, momentum=MOMENTUM),
        "adam": lambda: optim.Adam(parameters, lr=task.learning_rate),
        "adamw": lambda: optim.AdamW(parameters, lr=task.learning_rate, weight_decay=WEIGHT_DECAY),
    }[task.optimizer]()

    @tinygrad.TinyJit
    def step(batch):
        optimizer.zero_grad()
        loss = tinygrad_loss(task, inputs[batch].sequential(layers), targets[batch]).backward()
        return loss.realize(*optimizer.schedule_step())

    supply = task.indices()

    def run():
        first = step(tinygrad.Tensor(next(supply)).realize()).item()
        for _ in range(steps - 1):
            loss = step(tinygrad.Tensor(next(supply)).realize())
        return first, loss.item()

    count = sum(tensor.numel() for tensor in parameters)
    return Candidate(steps * task.batch_size, run, count, tinygrad_device())


def tinygrad_inference(task, batch_size):
    import tinygrad

    inputs = [
        tinygrad.Tensor(task.inputs[start : start + batch_size]).realize()
        for start in range(0, len(task.inputs), batch_size)
    ]
    layers, parameters = tinygrad_network(task)

    @tinygrad.TinyJit
    def outputs(batch):
        return batch.sequential(layers).realize()

    def run():
        for batch in inputs:
            outputs(batch).numpy()

    return Candidate(len(task.inputs), run, sum(tensor.numel() for tensor in parameters), tinygrad_device())
