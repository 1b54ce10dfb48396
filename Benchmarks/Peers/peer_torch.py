"""PyTorch for `peers.py`: eager, as a CUDA graph, and compiled."""

import functools

import torch

from workload import (
    MOMENTUM, NORMALIZATION_EPSILON, NORMALIZATION_MOMENTUM, WEIGHT_DECAY, Candidate, thread_counts,
)

OPTIMIZERS = {"plain": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}


def prepare(platform):
    """Sums in float32, whatever the device offers."""
    if platform == "cuda" and not torch.cuda.is_available():
        raise RuntimeError("torch.cuda.is_available() is False")
    torch.set_float32_matmul_precision("highest")
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False


def settings_of_threads(task):
    """Numbers of threads to try, by their names in settings; a GPU needs one."""
    return {f"threads {count}": count for count in ([1] if task.platform == "cuda" else thread_counts())}


class Model:
    """The network with its data, loss and optimizer, on the device."""

    def __init__(self, task, optimizer={}):
        torch.manual_seed(1)
        self.task = task
        self.device = torch.device(task.platform)
        self.network = torch.nn.Sequential(*self.layers()).to(self.device)
        self.inputs, self.targets = (torch.from_numpy(array).to(self.device) for array in (task.inputs, task.targets))
        self.loss = {
            "softmax_cross_entropy": torch.nn.functional.cross_entropy, "mse": torch.nn.functional.mse_loss,
            "logistic_cross_entropy": torch.nn.functional.binary_cross_entropy_with_logits,
        }[task.loss]
        if task.batch_size:
            self.optimizer = self.optimizer_of(optimizer)
            self.position = len(self.inputs)
        else:
            self.network.eval()

    def layers(self):
        for layer in self.task.layers:
            if layer.kind == "dense":
                yield torch.nn.Linear(layer.inputs, layer.outputs)
                if layer.is_activated:
                    yield torch.nn.ReLU()
            elif layer.kind == "batch_normalization":
                yield torch.nn.BatchNorm1d(layer.outputs, NORMALIZATION_EPSILON, NORMALIZATION_MOMENTUM)
            else:
                yield torch.nn.Dropout(layer.rate)

    def optimizer_of(self, options):
        kind, numbers = {
            "sgd": (torch.optim.SGD, {"momentum": MOMENTUM}), "adam": (torch.optim.Adam, {}),
            "adamw": (torch.optim.AdamW, {"weight_decay": WEIGHT_DECAY}),
        }[self.task.optimizer]
        return kind(self.network.parameters(), lr=self.task.learning_rate, **numbers, **options)

    @property
    def parameters(self):
        return sum(parameter.numel() for parameter in self.network.parameters())

    def next_batches(self, count):
        """The indices of the next examples, a batch a row; a fresh permutation where this one is at its end."""
        size = count * self.task.batch_size
        if self.position + size > len(self.inputs):
            self.permutation = torch.randperm(len(self.inputs), device=self.device)
            self.position = 0
        self.position += size
        return self.permutation[self.position - size : self.position].view(count, self.task.batch_size)

    def loss_of(self, batch):
        return self.loss(self.network(self.inputs[batch]), self.targets[batch])

    def step(self, batch):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss_of(batch)
        loss.backward()
        self.optimizer.step()
        return loss


def device_name(task):
    return torch.cuda.get_device_name() if task.platform == "cuda" else "cpu"


def training(task, threads, model, step=None, least=4, most=200):
    """A candidate that takes steps one after the other."""
    steps, step = task.steps_per_call(least, most), step or model.step

    def run():
        torch.set_num_threads(threads)
        first = None
        for batch in model.next_batches(steps):
            loss = step(batch)
            first = loss.detach() if first is None else first
        return first.item(), loss.item()

    return Candidate(steps * task.batch_size, run, model.parameters, device_name(task))


def inference(task, threads, batch_size, compiles):
    """A candidate that applies the network to all examples."""
    torch.set_num_threads(threads)
    model = Model(task)
    network = torch.compile(model.network) if compiles else model.network
    count = len(model.inputs)
    outputs = torch.empty(count, task.outputs)

    def run():
        torch.set_num_threads(threads)
        with torch.inference_mode():
            for start in range(0, count, batch_size):
                outputs[start : start + batch_size] = network(model.inputs[start : start + batch_size])

    return Candidate(count, run, model.parameters, device_name(task))


def inferences(task, compiles):
    return {
        f"{name}, batch {size}": functools.partial(inference, task, threads, size, compiles)
        for name, threads in settings_of_threads(task).items() for size in task.inference_batches()
    }


def eager(task):
    """Autograd and the optimizers of `torch.optim`, plain, `foreach` and `fused`, on one thread and on all."""
    prepare(task.platform)
    if not task.batch_size:
        return inferences(task, compiles=False)

    def candidate(threads, options):
        return training(task, threads, Model(task, options))

    return {
        f"{name}, {kind}": functools.partial(candidate, threads, options)
        for name, threads in settings_of_threads(task).items() for kind, options in OPTIMIZERS.items()
    }


def compiled(task):
    """`torch.compile`: forward and backward pass, and the update; for SGD without normalization the whole step too."""
    prepare(task.platform)
    if not task.batch_size:
        return inferences(task, compiles=True)
    makers = {}
    for name, threads in settings_of_threads(task).items():
        makers[f"{name}, parts"] = functools.partial(compiled_parts, task, threads)
        if task.optimizer == "sgd" and not task.has("batch_normalization"):
            makers[f"{name}, whole step"] = functools.partial(compiled_step, task, threads)
    return makers


def compiled_parts(task, threads):
    """As PyTorch's manual has it: the loss with its gradients is one piece, the optimizer another."""
    torch.set_num_threads(threads)
    model = Model(task)
    loss_of, update = torch.compile(model.loss_of), torch.compile(model.optimizer.step)

    def step(batch):
        model.optimizer.zero_grad(set_to_none=True)
        loss = loss_of(batch)
        loss.backward()
        update()
        return loss

    return training(task, threads, model, step)


def compiled_step(task, threads):
    """Gather, forward, gradients and update as one piece, by `torch.func`."""
    torch.set_num_threads(threads)
    model = Model(task)
    parameters = {name: value.detach() for name, value in model.network.named_parameters()}
    velocities = {name: torch.zeros_like(value) for name, value in parameters.items()}

    def loss_of(parameters, inputs, targets):
        return model.loss(torch.func.functional_call(model.network, parameters, (inputs,)), targets)

    @torch.compile
    @torch.no_grad()
    def whole(parameters, velocities, inputs, targets, batch):
        gradients, loss = torch.func.grad_and_value(loss_of)(parameters, inputs[batch], targets[batch])
        for name, velocity in velocities.items():
            velocity.mul_(MOMENTUM).add_(gradients[name])
            parameters[name].sub_(velocity, alpha=task.learning_rate)
        return loss

    def step(batch):
        return whole(parameters, velocities, model.inputs, model.targets, batch)

    return training(task, threads, model, step)


def graph(task):
    """Steps recorded as a CUDA graph, which finds the indices of its examples where `run()` puts them."""
    prepare(task.platform)
    if task.platform != "cuda":
        raise RuntimeError("CUDA graphs need --platform cuda")
    if not task.batch_size:
        return {f"batch {size}": functools.partial(graph_inference, task, size) for size in task.inference_batches()}
    # Adam counts its steps on the device where they are recorded.
    more = {} if task.optimizer == "sgd" else {"capturable": True}
    return {
        f"{kind}, {steps} steps a graph": functools.partial(graph_training, task, OPTIMIZERS[kind] | more, steps)
        for kind in ("foreach", "fused") for steps in (1, 16)
    }


def recorded(action):
    """The replay of an action, which has run outside of the recording before: libraries make their workspaces then."""
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            action()
    torch.cuda.current_stream().wait_stream(stream)
    recording = torch.cuda.CUDAGraph()
    with torch.cuda.graph(recording):
        action()
    return recording.replay


def graph_training(task, options, steps):
    model = Model(task, options)
    batches = model.next_batches(steps).clone()
    first, losses = model.step(batches[0]).item(), torch.zeros((), device=model.device)

    def action():
        for batch in batches:
            losses.copy_(model.step(batch).detach())

    replay = recorded(action)
    calls = max(1, 512 // steps)

    def run():
        for _ in range(calls):
            batches.copy_(model.next_batches(steps))
            replay()
        return first, losses.item()

    return Candidate(calls * steps * task.batch_size, run, model.parameters, device_name(task))


def graph_inference(task, batch_size):
    model = Model(task)
    count = len(model.inputs)
    outputs = torch.empty(count, task.outputs, device=model.device)

    @torch.inference_mode()
    def action():
        for start in range(0, count, batch_size):
            outputs[start : start + batch_size] = model.network(model.inputs[start : start + batch_size])

    replay = recorded(action)

    def run():
        replay()
        outputs.cpu()

    return Candidate(count, run, model.parameters, device_name(task))
