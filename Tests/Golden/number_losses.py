"""Ten steps of PyTorch with each loss for numbers only: makes number_losses.json.

Run as `python number_losses.py > number_losses.json` with PyTorch 2.13. Everything is in float64, so that
the numbers are the formulas' and not those of a rounding. PyTorch has no pinball loss, which is written
out in tensors. Outputs are the first ones of all targets, then the second ones.
"""
import json

import torch

torch.set_default_dtype(torch.float64)
INPUTS, HIDDEN, TARGETS, EXAMPLES, STEPS = 3, 4, 2, 8, 10
LEVELS = [0.125, 0.5, 0.75]


def single(tensor):
    """The same numbers in float32, as Lamina starts from them."""
    return tensor.to(torch.float32).to(torch.float64)


generator = torch.Generator().manual_seed(12)
inputs = single(torch.randn(EXAMPLES, INPUTS, generator=generator))
counts = torch.poisson(torch.full((EXAMPLES, TARGETS), 2.0), generator=generator)
weights = single(torch.rand(EXAMPLES, generator=generator) * 2)

PARTS = {"poisson": 1, "gaussian_nll": 2, "gaussian_nll(0.5)": 2, "quantile(0.125, 0.5, 0.75)": 3}
POISSON = torch.nn.PoissonNLLLoss(log_input=True, full=False, reduction="none")


def example_losses(loss, outputs):
    """The loss of each example, summed over its terms."""
    if loss == "poisson":
        return POISSON(outputs, counts).sum(dim=1)
    if loss.startswith("gaussian_nll"):
        epsilon = 0.5 if "(" in loss else 1e-6
        criterion = torch.nn.GaussianNLLLoss(full=False, eps=epsilon, reduction="none")
        return criterion(outputs[:, :TARGETS], counts, outputs[:, TARGETS:].exp()).sum(dim=1)
    total = 0
    for part, level in enumerate(LEVELS):
        error = counts - outputs[:, part * TARGETS:(part + 1) * TARGETS]
        total = total + torch.maximum(level * error, (level - 1) * error).sum(dim=1)
    return total


def run(loss, reduction, optimizer, weighted=False):
    parts = PARTS[loss]
    own = torch.Generator().manual_seed(13)
    initial = [
        single(torch.randn(*shape, generator=own) * 0.5)
        for shape in [(HIDDEN, INPUTS), (HIDDEN,), (TARGETS * parts, HIDDEN), (TARGETS * parts,)]
    ]
    tensors = [tensor.clone().requires_grad_() for tensor in initial]
    rule = (
        torch.optim.SGD(tensors, lr=0.02, momentum=0.9)
        if optimizer == "sgd"
        else torch.optim.Adam(tensors, lr=0.01)
    )
    terms = TARGETS * (1 if loss.startswith("gaussian_nll") else parts)
    divisor = {"sum": 1, "mean": EXAMPLES, "mean_of_elements": EXAMPLES * terms}[reduction]
    told = []
    for _ in range(STEPS):
        hidden = torch.tanh(inputs @ tensors[0].T + tensors[1])
        losses = example_losses(loss, hidden @ tensors[2].T + tensors[3])
        value = (losses * weights if weighted else losses).sum() / divisor
        told.append(value.item())
        rule.zero_grad()
        value.backward()
        rule.step()
    return {
        "hidden": "tanh", "output": "identity", "loss": loss, "reduction": reduction,
        "target": "values", "optimizer": optimizer, "weighted": weighted,
        "losses": [round(value, 9) for value in told],
        "initial": [tensor.flatten().tolist() for tensor in initial],
        "parameters": [[float(f"{x:.9g}") for x in t.flatten().tolist()] for t in tensors],
    }


# A sum takes steps of full size, so only Adam, whose steps do not depend on it, gets one.
cases = [
    run(loss, reduction, optimizer)
    for loss in PARTS
    for reduction in ["mean", "mean_of_elements"]
    for optimizer in ["sgd", "adam"]
]
cases += [run(loss, "sum", "adam", weighted=True) for loss in PARTS]
print(json.dumps({
    "shape": [INPUTS, HIDDEN, TARGETS], "inputs": inputs.flatten().tolist(),
    "classes": [0] * EXAMPLES, "values": counts.flatten().tolist(), "weights": weights.tolist(),
    "initial": [], "cases": cases,
}))
