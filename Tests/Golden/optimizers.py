"""Ten steps of PyTorch's optimisers, and of Lion, on a small classifier: makes optimizers.json.

Run as `python optimizers.py > optimizers.json` with PyTorch 2.13. Everything is in float64, so that
the numbers are the formulas' and not those of a rounding. Weights, not biases, are decayed, punished
and limited: PyTorch is told so by groups of parameters or by terms of the loss.
"""
import functools
import json

import torch

torch.set_default_dtype(torch.float64)
INPUTS, HIDDEN, CLASSES, EXAMPLES, BATCH, STEPS = 6, 7, 4, 20, 5, 10


def single(tensor):
    """The same numbers in float32, as Lamina starts from them."""
    return tensor.to(torch.float32).to(torch.float64)


class Lion(torch.optim.Optimizer):
    """Algorithm 2 of Chen et al., "Symbolic discovery of optimization algorithms", without decay;
    PyTorch has no Lion."""

    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99)):
        super().__init__(params, {"lr": lr, "betas": betas})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for parameter in group["params"]:
                mean = self.state[parameter].setdefault("mean", torch.zeros_like(parameter))
                direction = mean * beta1 + parameter.grad * (1 - beta1)
                parameter.sub_(group["lr"] * torch.sign(direction))
                mean.mul_(beta2).add_(parameter.grad * (1 - beta2))


generator = torch.Generator().manual_seed(7)
inputs = single(torch.randn(EXAMPLES, INPUTS, generator=generator))
labels = torch.randint(CLASSES, (EXAMPLES,), generator=generator)
initial = [
    single(torch.randn(*shape, generator=generator) * 0.5)
    for shape in [(HIDDEN, INPUTS), (HIDDEN,), (CLASSES, HIDDEN), (CLASSES,)]
]


def optimizer(name, weights, biases, rate, decay, options):
    groups = [{"params": weights}, {"params": biases}]
    if name == "adamw":
        groups[1]["weight_decay"] = 0.0  # PyTorch's decay, 0.01 by default, is for the weights alone
        if decay is not None:
            groups[0]["weight_decay"] = decay
    kinds = {
        "sgd": torch.optim.SGD,
        "nesterov": functools.partial(torch.optim.SGD, nesterov=True),
        "adagrad": torch.optim.Adagrad,
        "rmsprop": torch.optim.RMSprop,
        "adam": torch.optim.Adam,
        "adamw": torch.optim.AdamW,
        "lion": Lion,
    }
    renamed = {key: value for key, value in options.items() if not key.startswith("beta")}
    if "beta1" in options:
        renamed["betas"] = (options["beta1"], options["beta2"])
    if "epsilon" in renamed:
        renamed["eps"] = renamed.pop("epsilon")
    return kinds[name](groups, lr=rate, **renamed)


def run(name, rate, options=None, l1=0.0, l2=0.0, clip_value=None, clip_norm=None, decay=None,
        max_norm=None):
    options = options or {}
    tensors = [tensor.clone().requires_grad_() for tensor in initial]
    weights, biases = tensors[0::2], tensors[1::2]
    rule = optimizer(name, weights, biases, rate, decay, options)
    losses = []
    for step in range(STEPS):
        rows = slice(step % 4 * BATCH, step % 4 * BATCH + BATCH)
        hidden = torch.tanh(inputs[rows] @ tensors[0].T + tensors[1])
        logits = hidden @ tensors[2].T + tensors[3]
        loss = torch.nn.functional.cross_entropy(logits, labels[rows])
        losses.append(loss.item())
        loss = loss + sum(l1 * w.abs().sum() + l2 / 2 * (w * w).sum() for w in weights)
        rule.zero_grad()
        loss.backward()
        if clip_value is not None:
            torch.nn.utils.clip_grad_value_(tensors, clip_value)
        if clip_norm is not None:
            torch.nn.utils.clip_grad_norm_(tensors, clip_norm)
        if decay is not None and name != "adamw":
            with torch.no_grad():
                for weight in weights:
                    weight.mul_(1 - rate * decay)
        rule.step()
        if max_norm is not None:
            with torch.no_grad():
                for weight in weights:  # a row holds the incoming weights of a unit
                    length = weight.norm(dim=1, keepdim=True)
                    weight.mul_(torch.where(length > max_norm, max_norm / length, 1.0))
    return {
        "optimizer": name, "learning_rate": rate, "options": options, "l1": l1, "l2": l2,
        "clip_value": clip_value, "clip_norm": clip_norm, "weight_decay": decay,
        "max_norm": max_norm, "losses": losses,
        "parameters": [tensor.detach().flatten().tolist() for tensor in tensors],
    }


plain, momentum = {"momentum": 0.0}, {"momentum": 0.9}
cases = [
    run("sgd", 0.1, plain),
    run("sgd", 0.1, momentum),
    run("nesterov", 0.1, momentum),
    run("adagrad", 0.1),
    run("rmsprop", 0.01),
    run("rmsprop", 0.01, {"alpha": 0.9, "momentum": 0.9, "epsilon": 1e-5}),
    run("adam", 0.01),
    run("adam", 0.05, {"beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4}),
    run("adamw", 0.01),
    run("adamw", 0.01, decay=0.5),
    run("sgd", 0.1, plain, l2=0.1),
    run("sgd", 0.1, momentum, l1=0.02, l2=0.05),
    run("adam", 0.01, l1=0.1),
    run("sgd", 0.1, momentum, clip_value=0.05),
    run("sgd", 0.1, momentum, clip_norm=0.3),
    run("sgd", 0.1, plain, clip_norm=1000),
    run("sgd", 0.1, momentum, decay=0.2),
    run("sgd", 0.1, momentum, max_norm=0.8),
    run("rmsprop", 0.01, momentum, l1=0.01, l2=0.1, clip_value=0.2, clip_norm=0.3, decay=0.3,
        max_norm=0.9),
    run("lion", 0.01),
    run("lion", 0.02, {"beta1": 0.6, "beta2": 0.8}, decay=0.5),
]
print(json.dumps({
    "shape": [INPUTS, HIDDEN, CLASSES], "batch_size": BATCH, "steps": STEPS,
    "inputs": inputs.flatten().tolist(), "labels": labels.tolist(),
    "initial": [tensor.flatten().tolist() for tensor in initial], "cases": cases,
}))
