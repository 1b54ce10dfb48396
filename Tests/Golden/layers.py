#!/usr/bin/env python3
"""Makes layers.json: ten steps of PyTorch through networks with layers beyond dense, in double
precision from numbers that a Float holds.

    python layers.py > layers.json      (PyTorch 2.13)
"""
import json

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(6)
INPUTS, CLASSES, BATCH, STEPS = 6, 3, 8, 10
RATE, MOMENTUM = 0.1, 0.9


class Residual(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.layers(x)


class Maxout(nn.Linear):
    """Piece p of output j is column p * outputs + j."""

    def __init__(self, inputs, outputs, pieces):
        super().__init__(inputs, outputs * pieces)
        self.pieces = pieces

    def forward(self, x):
        return super().forward(x).unflatten(1, (self.pieces, -1)).amax(dim=1)


class Embedding(nn.Module):
    """The last columns are categories; any number that is none gives zeros."""

    def __init__(self, tables):
        super().__init__()
        self.embeddings = nn.ModuleList(nn.Embedding(rows, width) for rows, width in tables)

    def forward(self, x):
        first = x.shape[1] - len(self.embeddings)
        parts = [x[:, :first]]
        for column, table in zip(x[:, first:].unbind(1), self.embeddings):
            known = (column >= 0) & (column < table.num_embeddings)
            parts.append(table(torch.where(known, column, 0).long()) * known[:, None])
        return torch.cat(parts, 1)


class Network(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


def module(layer, inputs):
    """The PyTorch module of a layer as Lamina's models describe it, and the number of its outputs."""
    match layer:
        case {"kind": "dense", "outputs": outputs, "activation": "identity"}:
            return nn.Linear(inputs, outputs), outputs
        case {"kind": "activation", "activation": name}:
            return {"relu": nn.ReLU, "tanh": nn.Tanh, "logistic": nn.Sigmoid}[name](), inputs
        case {"kind": "residual", "layers": layers}:
            return Residual(modules(layers, inputs)), inputs
        case {"kind": "batch_normalization", "momentum": momentum, "epsilon": epsilon}:
            return nn.BatchNorm1d(inputs, eps=epsilon, momentum=momentum), inputs
        case {"kind": "layer_normalization", "epsilon": epsilon}:
            return nn.LayerNorm(inputs, eps=epsilon), inputs
        case {"kind": "maxout", "outputs": outputs, "pieces": pieces}:
            return Maxout(inputs, outputs, pieces), outputs
        case {"kind": "embedding", "columns": columns}:
            tables = [(column["categories"], column["width"]) for column in columns]
            return Embedding(tables), inputs + sum(width - 1 for _, width in tables)


def modules(layers, inputs):
    made = []
    for layer in layers:
        new, inputs = module(layer, inputs)
        made.append(new)
    return made


def random(*shape):
    """Short numbers, as a Float holds them."""
    numbers = torch.randn(*shape, generator=generator).mul(0.5)
    return numbers.float().double()


def listed(tensor):
    return [float(f"{number:.9g}") for number in tensor.flatten().tolist()]


def state(network):
    return {name: listed(tensor) for name, tensor in network.state_dict().items()
            if not name.endswith("num_batches_tracked")}


examples = 2 * random(BATCH * STEPS, INPUTS) + 0.5
labels = torch.randint(CLASSES, (BATCH * STEPS,), generator=generator)


def case(name, layers, examples=examples):
    network = Network(modules(layers, INPUTS))
    with torch.no_grad():
        for key, tensor in network.state_dict().items():
            if key.endswith("num_batches_tracked"):
                continue
            tensor.copy_(random(*tensor.shape))
            if key.endswith("running_var"):
                tensor.abs_()
    initial = state(network)
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE, momentum=MOMENTUM)
    losses = []
    network.train()
    for step in range(STEPS):
        rows = slice(step * BATCH, (step + 1) * BATCH)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(network(examples[rows]), labels[rows])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    network.eval()
    return {
        "name": name,
        "network": {
            "inputs": INPUTS, "layers": layers, "loss": "softmax_cross_entropy",
            "reduction": "mean", "inputScaling": {"scale": 1, "offset": 0},
        },
        "initial": initial, "losses": losses, "final": state(network),
        "outputs": listed(network(examples[:5]).detach()),
    }


def categories(*counts):
    """The examples with numbers from -1, which is no category, in their last columns."""
    columns = [torch.randint(-1, count, (BATCH * STEPS, 1), generator=generator) for count in counts]
    return torch.cat([examples[:, :INPUTS - len(counts)], *columns], 1)


def embedded(name, layers, *tables):
    inputs = categories(*[count for count, _ in tables])
    columns = [{"categories": count, "width": width} for count, width in tables]
    layer = {"kind": "embedding", "columns": columns}
    return case(name, [layer, *layers], inputs) | {"inputs": listed(inputs)}


def dense(outputs):
    return {"kind": "dense", "outputs": outputs, "activation": "identity"}


def activation(name):
    return {"kind": "activation", "activation": name}


def batch(momentum=0.1, epsilon=1e-5):
    return {"kind": "batch_normalization", "momentum": momentum, "epsilon": epsilon}


def layer(epsilon=1e-5):
    return {"kind": "layer_normalization", "epsilon": epsilon}


def residual(*layers):
    return {"kind": "residual", "layers": list(layers)}


print(json.dumps({
    "learningRate": RATE, "momentum": MOMENTUM, "batchSize": BATCH,
    "inputs": listed(examples), "labels": labels.tolist(),
    "cases": [
        case("batch normalisation", [
            dense(8), batch(), activation("relu"), dense(7), batch(0.3, 1e-3), activation("tanh"),
            dense(CLASSES)]),
        case("layer normalisation", [
            layer(1e-3), dense(8), layer(), activation("relu"), dense(7), activation("tanh"),
            layer(1e-2), dense(CLASSES)]),
        case("blocks with normalisation before", [
            batch(0.5), dense(6), residual(batch(), activation("relu"), dense(6)),
            residual(layer(), activation("logistic"), dense(9), residual(batch()), dense(6)),
            batch(1), activation("relu"), dense(CLASSES)]),
        case("maxout", [
            {"kind": "maxout", "outputs": 9, "pieces": 3}, batch(),
            residual({"kind": "maxout", "outputs": 9, "pieces": 2}), layer(), dense(CLASSES)]),
        embedded("embedding", [dense(8), activation("tanh"), dense(CLASSES)], (5, 3), (30, 4)),
    ],
}))
