"""PyTorch for `cuda_worker.py`: eager, as a CUDA graph, and compiled; products by cuBLAS."""

import gc
import platform as machine
import time

import torch

EXAMPLES = 60000
OPTIMIZERS = {"plain": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}


def make_data(network, device):
    """Bytes of which a fifth are not zero, as in MNIST, scaled to -1...1, with labels that can be learned."""
    generator = torch.Generator(device).manual_seed(1)
    size = (EXAMPLES, network[0])
    values = torch.randint(1, 256, size, generator=generator, device=device).float()
    values *= torch.rand(size, generator=generator, device=device) < 0.2
    inputs = (values / 255 - 0.5) / 0.5
    directions = torch.randn(network[0], network[-1], generator=generator, device=device)
    return inputs, ((inputs - inputs.mean(0)) @ directions).argmax(1)


class Trainer:
    """A network with its optimizer. `train()` trains `steps` steps and returns without waiting for the device."""

    def __init__(self, network, batch_size, data, optimizer):
        torch.manual_seed(1)
        self.inputs, self.labels = data
        self.batch_size = batch_size
        self.device = self.inputs.device
        layers = []
        for inputs, outputs in zip(network, network[1:]):
            layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
        self.model = torch.nn.Sequential(*layers[:-1]).to(self.device)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01, momentum=0.9, **optimizer)
        self.position = len(self.inputs)

    def next_batches(self, count):
        """The indices of the next examples; a fresh permutation where this one is at its end."""
        size = count * self.batch_size
        if self.position + size > len(self.inputs):
            self.permutation = torch.randperm(len(self.inputs), device=self.device)
            self.position = 0
        self.position += size
        return self.permutation[self.position - size : self.position].view(count, self.batch_size)

    def loss_of(self, batch):
        return torch.nn.functional.cross_entropy(self.model(self.inputs[batch]), self.labels[batch])

    def step(self, batch):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss_of(batch)
        loss.backward()
        self.optimizer.step()
        return loss

    def wait(self):
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)

    def last_loss(self):
        return self.loss.item()


class Eager(Trainer):
    steps = 16

    def train(self):
        for _ in range(self.steps):
            self.loss = self.step(self.next_batches(1)[0])


class Compiled(Eager):
    """Forward and backward pass by `torch.compile`."""

    def __init__(self, *arguments, mode):
        super().__init__(*arguments)
        self.loss_of = torch.compile(self.loss_of, mode=mode)
        self.marks_steps = mode == "reduce-overhead" and self.device.type == "cuda"

    def step(self, batch):
        if self.marks_steps:
            torch.compiler.cudagraph_mark_step_begin()
        return super().step(batch)


class Graph(Trainer):
    """Replays recorded steps; they find their examples' indices where `train()` puts them."""

    def __init__(self, *arguments, steps):
        super().__init__(*arguments)
        self.steps = steps
        self.batches = self.next_batches(steps).clone()
        # Outside the recording: the optimizer makes its velocities, and libraries their workspaces.
        stream = torch.cuda.Stream(self.device)
        stream.wait_stream(torch.cuda.current_stream(self.device))
        with torch.cuda.stream(stream):
            for _ in range(3):
                self.step(self.batches[0])
        torch.cuda.current_stream(self.device).wait_stream(stream)
        self.graph = torch.cuda.CUDAGraph()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.cuda.graph(self.graph):
            for batch in self.batches:
                self.loss = self.step(batch)

    def train(self):
        self.batches.copy_(self.next_batches(self.steps))
        self.graph.replay()


class Library:
    def __init__(self, platform):
        self.device = torch.device(platform)
        self.on_gpu = platform == "cuda"
        if self.on_gpu and not torch.cuda.is_available():
            raise RuntimeError("torch.cuda.is_available() is False")
        torch.set_float32_matmul_precision("highest")
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.allow_tf32 = False
        name = torch.cuda.get_device_name(self.device) if self.on_gpu else machine.processor() or "cpu"
        self.facts = {"version": torch.__version__, "cuda": torch.version.cuda, "device_name": name,
                      "python": machine.python_version()}
        self.data = None

    def trainers(self, way, network, batch_size):
        """Makers of trainers by their settings."""
        if self.data is None or self.data[0] != network:
            self.data = network, make_data(network, self.device)
        data = self.data[1]
        if way == "eager":
            return {name: lambda value=value: Eager(network, batch_size, data, value)
                    for name, value in OPTIMIZERS.items()}
        if way == "compiled":
            fused = OPTIMIZERS["fused"]
            return {f"{mode}, fused": lambda mode=mode: Compiled(network, batch_size, data, fused, mode=mode)
                    for mode in ("default", "reduce-overhead")}
        if not self.on_gpu:
            raise RuntimeError("CUDA graphs need a CUDA GPU")
        return {f"{name}, {steps} steps a graph":
                lambda name=name, steps=steps: Graph(network, batch_size, data, OPTIMIZERS[name], steps=steps)
                for name in ("foreach", "fused") for steps in (1, 16)}

    def product(self, operation, rows, columns, depth, seconds):
        """Seconds of one product; TN adds to the velocity, as weight gradients do."""
        kind = operation.split()[-1]

        def matrix(first, second, is_transposed):
            values = torch.randn((second, first) if is_transposed else (first, second), device=self.device)
            return values.t() if is_transposed else values

        left, right = matrix(rows, depth, kind == "TN"), matrix(depth, columns, kind == "NT")
        result = torch.zeros((rows, columns), device=self.device)

        def multiply():
            if kind == "TN":
                torch.addmm(result, left, right, beta=0.9, out=result)
            else:
                torch.mm(left, right, out=result)

        run, count = multiply, 1
        if self.on_gpu:
            # As one graph, so that the time is cuBLAS's and not that of Python.
            run, count = self.recorded(multiply, 20), 20
        run()
        self.wait()
        runs, start = 0, time.perf_counter()
        while runs == 0 or time.perf_counter() - start < seconds:
            run()
            self.wait()
            runs += 1
        return (time.perf_counter() - start) / (runs * count)

    def recorded(self, action, count):
        stream = torch.cuda.Stream(self.device)
        stream.wait_stream(torch.cuda.current_stream(self.device))
        with torch.cuda.stream(stream):
            action()
        torch.cuda.current_stream(self.device).wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            for _ in range(count):
                action()
        return graph.replay

    def wait(self):
        if self.on_gpu:
            torch.cuda.synchronize(self.device)

    def forget(self):
        self.data = None
        torch.compiler.reset()
        gc.collect()
        if self.on_gpu:
            torch.cuda.empty_cache()
