"""The rows of `compare.py`: what is trained or applied, the same for Lamina and for every peer."""

from dataclasses import dataclass

LOSSES = {
    "softmax_cross_entropy": "softmax cross-entropy", "mse": "mean squared error",
    "logistic_cross_entropy": "logistic cross-entropy",
}
OPTIMIZERS = {"sgd": "SGD with momentum 0.9", "adam": "Adam", "adamw": "AdamW with weight decay 0.01"}


@dataclass(frozen=True)
class Row:
    """A network with its training; without an optimizer, it is only applied.

    `network` has the layers as `lamina-benchmark step --network` takes them: inputs, hidden layers as
    `lamina train --hidden` writes them (ReLU after each dense one), outputs.
    """

    name: str
    network: str
    batch_size: int = 0
    optimizer: str = "sgd"
    loss: str = "softmax_cross_entropy"
    inputs: str = "bytes"
    examples: int = 60000

    @property
    def is_inference(self):
        return self.batch_size == 0

    @property
    def layers(self):
        """The network for people: 784-128-dropout(0.2)-10."""
        return self.network.replace(",", "-")

    @property
    def title(self):
        """What all sides do."""
        if self.is_inference:
            return (f"{self.layers}, inference: forward passes of {self.examples} examples on the device, "
                    "the outputs to the host, each side in its best batch")
        text = f"{self.layers}, batch {self.batch_size}, {OPTIMIZERS[self.optimizer]}"
        return text if self.loss == "softmax_cross_entropy" else f"{text}, {LOSSES[self.loss]}"

    def options(self):
        """As options of `peers.py`."""
        options = ["--network", self.network, "--loss", self.loss, "--inputs", self.inputs]
        options += ["--examples", str(self.examples)]
        if self.is_inference:
            return ["--inference", *options]
        return [*options, "--batch-size", str(self.batch_size), "--optimizer", self.optimizer]

    def lamina_arguments(self):
        """As subcommand and options of `lamina-benchmark`."""
        options = ["--network", self.network, "--inputs", self.inputs, "--data-count", str(self.examples)]
        if self.is_inference:
            return ["inference", *options]
        return ["step", *options, "--batch-size", str(self.batch_size), "--optimizer", self.optimizer,
                "--loss", self.loss]


# The first four are the networks of Lamina's targets. Inference is in powers of two, which all batches divide.
ROWS = [
    Row("sgd", "784,128,64,10", 64),
    Row("small", "784,16,10", 32),
    Row("wide", "784,512,512,10", 128),
    Row("large", "784,1024,1024,10", 512),
    Row("adam", "784,128,64,10", 64, "adam"),
    Row("adamw", "784,128,64,10", 64, "adamw"),
    Row("batch-normalization", "784,128,batch_normalization,64,batch_normalization,10", 64),
    Row("dropout", "784,128,dropout(0.2),64,dropout(0.2),10", 64),
    Row("regression", "30,256,256,1", 64, "adam", "mse", "floats"),
    Row("multi-label", "103,128,14", 64, "adam", "logistic_cross_entropy", "floats"),
    Row("inference-regression", "30,256,256,1", loss="mse", inputs="floats", examples=65536),
    Row("inference", "784,128,64,10", examples=65536),
    Row("inference-large", "784,1024,1024,10", examples=16384),
]


def chosen(names):
    """The rows with these names or numbers, counted from 1; all for none. Raises ValueError for others."""
    if not names:
        return ROWS
    known = {row.name: row for row in ROWS} | {str(number): row for number, row in enumerate(ROWS, 1)}
    for name in names:
        if name not in known:
            listed = ", ".join(f"{number} or {row.name}" for number, row in enumerate(ROWS, 1))
            raise ValueError(f"there is no row called {name}; the rows are {listed}")
    return [known[name] for name in names]
