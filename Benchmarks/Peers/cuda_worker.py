"""Measures one library for `cuda.py`: requests come in as JSON lines, answers go out so.

    python3 cuda_worker.py torch|jax cuda|cpu
"""

import json
import os
import sys
import time

TITLES = {"torch": "PyTorch", "jax": "JAX"}


def samples_per_second(trainer, seconds):
    """Calls take some milliseconds; a wait for the device after every so many keeps the clock honest."""
    trainer.train()
    trainer.wait()
    start = time.perf_counter()
    trainer.train()
    trainer.wait()
    calls = max(1, int(0.05 / (time.perf_counter() - start)))
    count, start = 0, time.perf_counter()
    while count == 0 or time.perf_counter() - start < seconds:
        for _ in range(calls):
            trainer.train()
        trainer.wait()
        count += calls
    return count * trainer.steps * trainer.batch_size / (time.perf_counter() - start)


class Measurements:
    """What is asked for; trainers stay until they are to be forgotten."""

    def __init__(self, library):
        self.library = library
        self.trainers = {}

    def prepare(self, request):
        """Keeps the fastest of a way's settings, of as many as can be tried in the time."""
        start = time.monotonic()
        tried, problem, best = {}, "", None
        makers = self.library.trainers(request["way"], request["network"], request["batch_size"])
        for settings, make in makers.items():
            if best is not None and time.monotonic() - start > request["limit"] * 0.4:
                break
            try:
                trainer = make()
                tried[settings] = samples_per_second(trainer, request["seconds"])
            except Exception as error:
                problem = f"{settings}: {sentence(error)}"
                continue
            if best is None or tried[settings] > tried[best]:
                best, self.trainers[request["way"]] = settings, trainer
        if best is None:
            raise RuntimeError(problem or "there is no such way here")
        return {"settings": best, "samples_per_second_of_settings_tried": tried}

    def measure(self, request):
        trainer = self.trainers[request["way"]]
        rate = samples_per_second(trainer, request["seconds"])
        return {"samples_per_second": rate, "last_loss": trainer.last_loss()}

    def products(self, request):
        """Microseconds of each product, in the order of the shapes."""
        rows = []
        for operation, shape in request["shapes"]:
            time_of_one = self.library.product(operation, *shape, request["seconds"])
            rows.append({"operation": operation, "shape": shape, "microseconds": 1e6 * time_of_one})
        return {"rows": rows}

    def forget(self, request):
        self.trainers.clear()
        self.library.forget()
        return {}


def sentence(error):
    """The first line of what a library throws, with its kind."""
    lines = str(error).strip().splitlines() or ["no message"]
    return f"{type(error).__name__}: {lines[0]}"[:300]


def load(name, platform):
    """The library, or a sentence why it is not there."""
    title = TITLES[name]
    try:
        module = __import__("cuda_" + name)
    except ModuleNotFoundError as error:
        # JAX has its compiled part in `jaxlib`.
        if (error.name or "").startswith(name):
            return None, f"{title} is not there"
        return None, f"{title} does not load: {error}"
    except Exception as error:
        return None, f"{title} does not load: {sentence(error)}"
    try:
        return module.Library(platform), None
    except Exception as error:
        return None, f"{title} finds no CUDA GPU: {sentence(error)}"


def main():
    name, platform = sys.argv[1:]
    # Libraries print what they like; only answers go to the standard output.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(members):
        answers.write(json.dumps(members) + "\n")
        answers.flush()

    library, missing = load(name, platform)
    if missing:
        answer({"missing": missing})
        return 1
    answer({"ready": library.facts})
    measurements = Measurements(library)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer(getattr(measurements, request["do"])(request))
        except Exception as error:
            answer({"error": sentence(error)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
