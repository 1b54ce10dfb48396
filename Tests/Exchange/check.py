#!/usr/bin/env python3
"""Compares models that `lamina export` and `lamina train --card` wrote with `lamina predict`, by
onnxruntime, numpy and, where it is installed, PyTorch; and gives Lamina what PyTorch wrote.

    check.py LAMINA FOLDER      (scripts/test-exchange makes the environment and calls this)
"""
import json
import os
import re
import subprocess
import sys

import numpy
import onnx
import onnxruntime
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

try:
    import torch
except ImportError:
    torch = None

LAMINA = os.path.abspath(sys.argv[1])
ROWS = 90
# Inputs of different sizes: one loses its digits in 32 bits unless its centre is subtracted first.
CENTERS, DEVIATIONS = [0.0, 1.7e9, -3.0, 200.0], [1.0, 40.0, 0.5, 30.0]

ACTIVATIONS = [
    "identity", "step", "logistic", "scaled_logistic(1.5)", "tanh", "relu", "leaky_relu(0.2)", "absolute",
    "softplus", "gelu", "silu", "mish", "elu(0.7)",
]
# Name, table, whether predictions are probabilities, options.
CASES = [(f"activation {a}", "classes", True, ["--hidden", f"12 {a}"]) for a in ACTIVATIONS] + [
    ("no hidden layer", "classes", True, ["--hidden", "none"]),
    ("an activation alone", "classes", True, ["--hidden", "8 identity, tanh"]),
    ("batch normalisation", "classes", True, ["--hidden", "8, batch_normalization(epsilon=0.01), 6"]),
    ("layer normalisation", "classes", True, ["--hidden", "8, layer_normalization, 6"]),
    ("dropout", "classes", True, ["--hidden", "8, dropout(0.4), 6"]),
    ("maxout", "classes", True, ["--hidden", "maxout(8, pieces=3)"]),
    ("residual", "classes", True, ["--hidden", "8, residual(6 gelu, residual(6), batch_normalization, 8)"]),
    ("a temperature", "classes", True, ["--calibrate", "temperature", "--validation-share", "0.3"]),
    ("a temperature of labels", "labels", True, ["--calibrate", "temperature", "--validation-share", "0.3"]),
    ("log-softmax", "classes", True, ["--loss", "nll"]),
    ("softmax and squared errors", "classes", True, ["--loss", "mse", "--output-activation", "softmax"]),
    ("log-softmax and squared errors", "classes", True, ["--loss", "mse", "--output-activation", "log_softmax"]),
    ("no scaling", "small", True, ["--scaling", "none"]),
    ("a range of inputs", "classes", True, ["--scaling", "min_max"]),
    ("one scale", "small", True, ["--scaling", "signed_unit"]),
    ("an embedding", "towns", True, ["--embedding-above", "4", "--embedding-width", "3"]),
    ("labels", "labels", True, []),
    ("labels by numbers", "labels", True, ["--loss", "mse", "--output-activation", "logistic"]),
    ("labels of a perceptron", "labels", True, ["--loss", "perceptron"]),
    ("numbers", "numbers", False, []),
    ("numbers without scaling", "shares", False, ["--no-target-scaling", "--loss", "huber"]),
    ("numbers that are probabilities", "shares", False, ["--loss", "softmax_cross_entropy"]),
    ("counts", "shares", False, ["--loss", "poisson"]),
    ("quantiles", "numbers", False, ["--loss", "quantile(0.2, 0.5, 0.9)"]),
    ("quantiles without scaling", "numbers", False, ["--loss", "quantile(0.2, 0.9)", "--no-target-scaling"]),
    ("means with spreads", "numbers", False, ["--loss", "gaussian_nll"]),
    ("auto-encoding", "classes", False, ["--task", "auto_encoding", "--ignored-columns", "kind", "--hidden", "3"]),
    ("auto-encoding without scaling", "small", False, ["--task", "auto_encoding", "--ignored-columns", "kind", "--scaling", "none"]),
    ("auto-encoding with one scale", "small", False, ["--task", "auto_encoding", "--ignored-columns", "kind", "--scaling", "signed_unit"]),
]


def lamina(*arguments):
    done = subprocess.run([LAMINA, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"lamina {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    return done


def tables():
    """Writes the tables, and returns for each its inputs and the options that read it."""
    random = numpy.random.default_rng(7)
    plain = random.normal(size=(ROWS, 4))
    inputs = {"small": plain.round(3)}
    wide = (plain * DEVIATIONS + CENTERS).round(3)
    # The last column is a category, whose number the network takes.
    inputs["towns"] = numpy.column_stack([plain[:, :3].round(3), numpy.arange(ROWS) % 7])
    inputs |= {name: wide for name in ["classes", "labels", "numbers", "shares"]}
    kinds = (plain[:, 0] > 0).astype(int) + (plain[:, 1] + plain[:, 2] > 0)
    share = 1 / (1 + numpy.exp(-plain[:, 0]))
    targets = {
        "small": [("kind", [f"k{k}" for k in kinds])],
        "classes": [("kind", [f"k{k}" for k in kinds])],
        "towns": [("kind", [f"k{k}" for k in kinds])],
        "labels": [("hot", (plain[:, 0] > 0) + 0), ("wet", (plain[:, 1] > 0.3) + 0)],
        "numbers": [("far", 1e6 + 50 * plain[:, 0]), ("near", 3 - plain[:, 1] * plain[:, 2])],
        "shares": [("yes", share), ("no", 1 - share)],
    }
    options = {
        "small": [], "classes": [], "towns": [], "numbers": ["--target-columns", "far,near"],
        "labels": ["--target-columns", "hot,wet", "--task", "multi_label"],
        "shares": ["--target-columns", "yes,no"],
    }
    for name, columns in targets.items():
        with open(f"{name}.csv", "w") as file:
            file.write(",".join("abcd") + "," + ",".join(head for head, _ in columns) + "\n")
            for row in range(ROWS):
                cells = [repr(float(value)) for value in inputs[name][row]]
                if name == "towns":
                    cells[-1] = f"town {cells[-1]}"
                cells += [str(values[row]) for _, values in columns]
                file.write(",".join(cells) + "\n")
    return inputs, options


def unit(network, task, outputs):
    """What the last layer's numbers are multiplied with."""
    if task == "auto_encoding":
        scaling = network["inputScaling"]
        return 1 / numpy.array(scaling.get("scales", [scaling.get("scale")]))
    deviations = numpy.atleast_1d(network.get("targetScaling", {"deviations": 1})["deviations"])
    # Some losses have several outputs per target.
    return numpy.tile(deviations, outputs // len(deviations))


def near(found, wanted, what, unit=1):
    """Sums of at most a dozen products differ by some units of 2^-24 with their order, through at most
    five layers, whose numbers are about 1; what follows multiplies them with the unit."""
    found, wanted = numpy.asarray(found), numpy.asarray(wanted, dtype=numpy.float64)
    assert found.shape == wanted.shape, f"{what}: {found.shape} instead of {wanted.shape}"
    error = (numpy.abs(found - wanted) / unit).max()
    assert error < 1e-5, f"{what}: an output differs by {error:.2g} of its unit"


def check_onnx(inputs, wanted, large, unit):
    model = onnx.load("m.onnx")
    onnx.checker.check_model(model, full_check=True)
    assert model.opset_import[0].version == 17
    session = onnxruntime.InferenceSession("m.onnx", providers=["CPUExecutionProvider"])
    (taken,), (given,) = session.get_inputs(), session.get_outputs()
    assert (taken.name, given.name) == ("inputs", "outputs")
    assert taken.shape == ["batch", 4] and given.shape == ["batch", wanted.shape[1]]
    kind = numpy.float64 if taken.type == "tensor(double)" else numpy.float32
    assert (kind == numpy.float64) == large, "centres need 64 bits"
    near(session.run(None, {"inputs": inputs.astype(kind)})[0], wanted, "onnx", unit)
    near(session.run(None, {"inputs": inputs[:1].astype(kind)})[0], wanted[:1], "onnx, one row", unit)
    notes = {entry.key: entry.value for entry in model.metadata_props}
    assert len(json.loads(notes["outputs"])) == wanted.shape[1]
    lamina("export", "--model", "m.safetensors", "--onnx", "s.onnx", "--float32")
    single = onnxruntime.InferenceSession("s.onnx", providers=["CPUExecutionProvider"])
    found = single.run(None, {"inputs": inputs.astype(numpy.float32)})[0]
    assert found.dtype == numpy.float32 and numpy.isfinite(found).all()
    if not large:
        near(found, wanted, "onnx in 32 bits", unit)


def check_npz():
    tensors = load_file("m.safetensors")
    with safe_open("m.safetensors", framework="numpy") as file:
        notes = json.loads(file.metadata()["lamina"])
    with numpy.load("m.npz", allow_pickle=False) as arrays:
        for name, tensor in tensors.items():
            assert arrays[name].dtype == numpy.float32 and numpy.array_equal(arrays[name], tensor), name
        network = json.loads(bytes(arrays["lamina"]))["network"]
        assert network == notes["network"]
        scaling = network["inputScaling"]
        for part in ["scales", "offsets"]:
            wanted = scaling.get(part, scaling.get(part[:-1]))
            assert numpy.allclose(arrays[f"input_scaling.{part}"], wanted, rtol=1e-7)
        assert numpy.array_equal(arrays["input_scaling.centers"], scaling.get("centers", [0] * 4))
        if "targetScaling" in network:
            assert numpy.array_equal(arrays["target_scaling.means"], network["targetScaling"]["means"])


def check_card(inputs, wanted, unit):
    with open("m.md") as file:
        card = file.read()
    code = re.search(r"```python\n(.*?)```", card, re.S).group(1)
    compile(code, "m.md", "exec")
    if torch:
        scope = {"__name__": "card"}
        exec(code, scope)
        near(scope["predict"](inputs).numpy(), wanted, "the card's code", unit)


def check(name, table, probabilities, options, inputs, reading):
    lamina(
        "train", "--data", f"{table}.csv", "--epochs", "3", "--quiet", "--hidden", "8", "--model",
        "m.safetensors", "--card", *reading, *options)
    arguments = ["--model", "m.safetensors", "--data", f"{table}.csv", "--output", "p.npy", "--quiet"]
    lamina("predict", *arguments, *(["--probabilities"] if probabilities else []))
    lamina("export", "--model", "m.safetensors", "--onnx", "m.onnx", "--npz", "m.npz")
    wanted = numpy.load("p.npy")
    with safe_open("m.safetensors", framework="numpy") as file:
        notes = json.loads(file.metadata()["lamina"])
    network = notes["network"]
    factor = unit(network, notes["task"], wanted.shape[1])
    check_onnx(inputs, wanted, "centers" in network["inputScaling"], factor)
    check_npz()
    check_card(inputs, wanted, factor)


def check_weights_of_other_types(inputs):
    """A model that was read and written again, in each type that weights have, predicts as before."""
    lamina(
        "train", "--data", "classes.csv", "--epochs", "3", "--quiet", "--hidden", "8, batch_normalization",
        "--model", "w.safetensors")
    with safe_open("w.safetensors", framework="numpy") as file:
        metadata = file.metadata()
    tensors = load_file("w.safetensors")

    def predictions(model):
        lamina(
            "predict", "--model", model, "--data", "classes.csv", "--output", "p.npy", "--quiet",
            "--probabilities")
        return numpy.load("p.npy")

    wanted = predictions("w.safetensors")
    more = {"layers.1.num_batches_tracked": numpy.array(5), "epoch": numpy.array([3.0])}
    for kind, tolerance in [(numpy.float64, 0), (numpy.float32, 0), (numpy.float16, 0.01)]:
        save_file({k: v.astype(kind) for k, v in tensors.items()} | more, "o.safetensors", metadata)
        assert numpy.abs(predictions("o.safetensors") - wanted).max() <= tolerance, kind
    if torch:
        import safetensors.torch

        brain = {k: torch.tensor(v).to(torch.bfloat16) for k, v in tensors.items()}
        safetensors.torch.save_file(brain, "o.safetensors", metadata)
        assert numpy.abs(predictions("o.safetensors") - wanted).max() <= 0.05


def check_modules_of_pytorch(inputs):
    """A training of no effect from a module of PyTorch gives the module's outputs."""
    from safetensors.torch import save_file as save
    from torch import nn

    torch.manual_seed(3)
    module = nn.Sequential(
        nn.Linear(4, 8), nn.Tanh(), nn.BatchNorm1d(8), nn.Linear(8, 8), nn.Tanh(), nn.LayerNorm(8),
        nn.Linear(8, 3))
    with torch.no_grad():
        module[2].running_mean += torch.rand(8)
    save(module.state_dict(), "t.safetensors")
    lamina(
        "train", "--data", "small.csv", "--epochs", "1", "--quiet", "--learning-rate", "1e-30", "--scaling",
        "none", "--initial-model", "t.safetensors", "--activation", "tanh", "--hidden",
        "8, batch_normalization(momentum=1e-30), 8, layer_normalization", "--model", "m.safetensors")
    lamina(
        "predict", "--model", "m.safetensors", "--data", "small.csv", "--output", "p.npy", "--quiet",
        "--probabilities")
    with torch.no_grad():
        wanted = torch.softmax(module.eval()(torch.tensor(inputs).float()), dim=1)
    near(numpy.load("p.npy"), wanted, "a module of PyTorch")


def main():
    os.makedirs(sys.argv[2], exist_ok=True)
    os.chdir(sys.argv[2])
    inputs, options = tables()
    for name, table, probabilities, more in CASES:
        try:
            check(name, table, probabilities, more, inputs[table], options[table])
        except AssertionError as error:
            sys.exit(f"{name}: {error}")
    check_weights_of_other_types(inputs["classes"])
    if torch:
        check_modules_of_pytorch(inputs["small"])
    by = f"PyTorch {torch.__version__}" if torch else "without PyTorch: the code of cards was not run"
    print(f"{len(CASES)} networks agree, by onnxruntime {onnxruntime.__version__}, {by}")


main()
