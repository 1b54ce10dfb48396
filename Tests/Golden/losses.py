"""Ten steps of PyTorch with each activation and each loss: makes losses.json.

Run as `python losses.py > losses.json` with PyTorch 2.13. Everything is in float64, so that the
numbers are the formulas' and not those of a rounding. The reductions of PyTorch that differ from
Lamina's are written out: the sums over outputs come first, then the mean over the batch.
"""
import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
INPUTS, HIDDEN, OUTPUTS, EXAMPLES, STEPS = 3, 4, 3, 8, 10
SMOOTHING, THRESHOLD = 0.2, 0.3


def single(tensor):
    """The same numbers in float32, as Lamina starts from them."""
    return tensor.to(torch.float32).to(torch.float64)


generator = torch.Generator().manual_seed(11)
inputs = single(torch.randn(EXAMPLES, INPUTS, generator=generator))
classes = torch.randint(OUTPUTS, (EXAMPLES,), generator=generator)
values = single(torch.softmax(2 * torch.randn(EXAMPLES, OUTPUTS, generator=generator), dim=1))
values[0] = torch.tensor([0.0, 1.0, 0.0])
weights = single(torch.rand(EXAMPLES, generator=generator) * 2)
initial = [
    single(torch.randn(*shape, generator=generator) * 0.5)
    for shape in [(HIDDEN, INPUTS), (HIDDEN,), (OUTPUTS, HIDDEN), (OUTPUTS,)]
]

ACTIVATIONS = {
    "identity": lambda z: z,
    "step": lambda z: torch.heaviside(z.detach(), torch.tensor(1.0)),
    "logistic": torch.sigmoid,
    "scaled_logistic(2.0)": lambda z: torch.sigmoid(2 * z),
    "tanh": torch.tanh,
    "relu": F.relu,
    "leaky_relu(0.2)": lambda z: F.leaky_relu(z, 0.2),
    "absolute": torch.abs,
    "softplus": F.softplus,
    "gelu": F.gelu,
    "silu": F.silu,
    "elu(1.5)": lambda z: F.elu(z, 1.5),
    "softmax": lambda z: torch.softmax(z, dim=1),
    "log_softmax": lambda z: torch.log_softmax(z, dim=1),
    # New ones go last: the place decides the reductions and targets of the cases below.
    "mish": F.mish,
}
ELEMENTWISE = [name for name in ACTIVATIONS if "softmax" not in name]


def example_losses(loss, outputs, targets):
    """The loss of each example, summed over its outputs; `targets` are class indices or rows."""
    rows = F.one_hot(targets, OUTPUTS).to(outputs.dtype) if targets.dim() == 1 else targets
    match loss:
        case "softmax_cross_entropy":
            return F.cross_entropy(outputs, targets, reduction="none")
        case "softmax_cross_entropy(0.2)":
            return F.cross_entropy(outputs, targets, reduction="none", label_smoothing=SMOOTHING)
        case "nll":
            if targets.dim() == 1:
                return F.nll_loss(outputs, targets, reduction="none")
            return -(rows * outputs).sum(dim=1)
        case "quadratic":
            return 0.5 * F.mse_loss(outputs, rows, reduction="none").sum(dim=1)
        case "mse":
            return F.mse_loss(outputs, rows, reduction="none").sum(dim=1)
        case "mae":
            return F.l1_loss(outputs, rows, reduction="none").sum(dim=1)
        case "huber(0.3)":
            return F.huber_loss(outputs, rows, reduction="none", delta=THRESHOLD).sum(dim=1)
        case "logistic_cross_entropy":
            return F.binary_cross_entropy_with_logits(outputs, rows, reduction="none").sum(dim=1)
        case "kl_divergence":
            return F.kl_div(outputs, rows, reduction="none").sum(dim=1)


def run(hidden, output, loss, reduction, target, optimizer, weighted=False):
    tensors = [tensor.clone().requires_grad_() for tensor in initial]
    rule = (
        torch.optim.SGD(tensors, lr=0.02, momentum=0.9)
        if optimizer == "sgd"
        else torch.optim.Adam(tensors, lr=0.01)
    )
    divisor = {"sum": 1, "mean": EXAMPLES, "mean_of_elements": EXAMPLES * OUTPUTS}[reduction]
    told = []
    for _ in range(STEPS):
        first = ACTIVATIONS[hidden](inputs @ tensors[0].T + tensors[1])
        last = ACTIVATIONS[output](first @ tensors[2].T + tensors[3])
        losses = example_losses(loss, last, classes if target == "classes" else values)
        if weighted:
            losses = losses * weights
        value = losses.sum() / divisor
        told.append(value.item())
        rule.zero_grad()
        value.backward()
        rule.step()
    return {
        "hidden": hidden, "output": output, "loss": loss, "reduction": reduction,
        "target": target, "optimizer": optimizer, "weighted": weighted,
        "losses": [round(value, 9) for value in told],
        "parameters": [[float(f"{x:.9g}") for x in t.flatten().tolist()] for t in tensors],
    }


kinds = [(hidden, "identity", "softmax_cross_entropy", "mean", "classes") for hidden in ELEMENTWISE]
REDUCTIONS, TARGETS = ["mean", "sum", "mean_of_elements"], ["classes", "values"]
# Every activation as the output of each loss that takes any; reductions and targets in turn. The
# unit step is none: with it nothing has a gradient.
outputs = [name for name in ACTIVATIONS if name != "step"]
for place, output in enumerate(outputs):
    for number, loss in enumerate(["quadratic", "mse", "mae", "huber(0.3)"]):
        kinds.append(
            ("tanh", output, loss, REDUCTIONS[(place + number) % 3], TARGETS[(place + number // 2) % 2]))
for loss, output in [
    ("softmax_cross_entropy", "identity"), ("softmax_cross_entropy(0.2)", "identity"),
    ("logistic_cross_entropy", "identity"), ("nll", "log_softmax"),
    ("kl_divergence", "log_softmax"),
]:
    for number, reduction in enumerate(REDUCTIONS):
        for target in TARGETS:
            kinds.append(("tanh", output, loss, reduction, target))
cases = [run(*kind, optimizer) for kind in kinds for optimizer in ["sgd", "adam"]]
cases += [
    run("tanh", output, loss, reduction, target, "sgd", weighted=True)
    for output, loss, reduction, target in [
        ("identity", "softmax_cross_entropy", "mean", "classes"),
        ("identity", "softmax_cross_entropy(0.2)", "sum", "values"),
        ("logistic", "mse", "mean_of_elements", "values"),
        ("log_softmax", "kl_divergence", "mean", "values"),
    ]
]
print(json.dumps({
    "shape": [INPUTS, HIDDEN, OUTPUTS], "inputs": inputs.flatten().tolist(),
    "classes": classes.tolist(), "values": values.flatten().tolist(), "weights": weights.tolist(),
    "initial": [tensor.flatten().tolist() for tensor in initial], "cases": cases,
}))
