"""Compares how fast rows of a CSV file are read and predicted: `lamina predict`, pandas and scikit-learn.

    python tables.py --lamina ../../.build/release/lamina --rows 1000000 --columns 20 --rounds 5

Makes a table of normally distributed numbers, once with 6 significant digits and once with all of them, and trains
a network of 64 hidden units on its first rows. Then it measures in turns, in rounds:

- `pandas.read_csv` with the C engine: only the reading, in a process that has done its imports;
- `lamina-benchmark table`: the same reading, by Lamina, also without the start of the process;
- `lamina predict --output x.npy`: the whole command, from the start of the process to the file on the disk;
- `lamina predict --output x.csv`: the same with text;
- scikit-learn: `read_csv`, scaling and `MLPRegressor.predict` with a network of the same shape, `to_csv`.

Prints the median seconds, the spread and the rows per second as a Markdown table.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORKER = """
import json, sys, time
import pandas
path, what = sys.argv[1], sys.argv[2]
if what == "scikit-learn":
    from sklearn.neural_network import MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    head = pandas.read_csv(path, nrows=2000)
    network = MLPRegressor(hidden_layer_sizes=[64], max_iter=2, random_state=1)
    model = make_pipeline(StandardScaler(), network).fit(head.iloc[:, :-1], head.iloc[:, -1])
for line in sys.stdin:
    start = time.perf_counter()
    table = pandas.read_csv(path, engine="c")
    if what == "scikit-learn":
        output = model.predict(table.iloc[:, :-1])
        pandas.DataFrame({"prediction": output}).to_csv(path + ".out", index=False)
    print(time.perf_counter() - start, flush=True)
"""


class Worker:
    """A Python process that measures itself once per line it is sent."""

    def __init__(self, path, what):
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", WORKER, path, what], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)

    def __call__(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"tables.py: the process for {self.process.args[-1]} ended early")
        return float(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def command(arguments):
    def run():
        start = time.perf_counter()
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start
    return run


def told(arguments):
    def run():
        lines = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
        # The first sample warms up, as pandas' process is warm.
        return json.loads(lines.splitlines()[-1])["seconds"]
    return run


def make_table(path, rows, columns, digits):
    import numpy
    import pandas

    names = [f"x{number}" for number in range(columns)] + ["y"]
    generator = numpy.random.default_rng(1)
    for start in range(0, rows, 100_000):
        block = generator.standard_normal((min(100_000, rows - start), columns + 1))
        pandas.DataFrame(block, columns=names).to_csv(
            path, index=False, float_format=digits, mode="w" if start == 0 else "a",
            header=start == 0)


def measure(options, folder, digits, label):
    path = str(Path(folder) / "table.csv")
    make_table(path, options.rows, options.columns, digits)
    head, model = str(Path(folder) / "head.csv"), str(Path(folder) / "m.safetensors")
    with open(path) as table, open(head, "w") as small:
        small.writelines(line for _, line in zip(range(2001), table))
    subprocess.run(
        [options.lamina, "train", "--data", head, "--task", "regression", "--hidden", "64",
         "--epochs", "2", "--model", model, "--quiet"], check=True)
    predict = [options.lamina, "predict", "--model", model, "--data", path, "--quiet", "--output"]
    table = [options.lamina + "-benchmark", "table", path, "--columns", str(options.columns + 1),
             "--samples", "2", "--json"]
    entries = {
        "pandas, reading alone": Worker(path, "pandas"),
        "lamina, reading alone": told(table),
        "lamina predict, .npy": command(predict + [str(Path(folder) / "p.npy")]),
        "lamina predict, .csv": command(predict + [str(Path(folder) / "p.csv")]),
    }
    try:
        import sklearn  # noqa: F401
        entries["pandas and scikit-learn, .csv"] = Worker(path, "scikit-learn")
    except ImportError:
        print("tables.py: scikit-learn is not installed and is left out", file=sys.stderr)
    seconds = {name: [] for name in entries}
    for round in range(options.rounds + 1):
        for name, entry in entries.items():
            time_taken = entry()
            # The first round warms up.
            if round > 0:
                seconds[name].append(time_taken)
    for entry in entries.values():
        if isinstance(entry, Worker):
            entry.end()
    size = Path(path).stat().st_size / 1e6
    print(f"\n{options.rows} rows of {options.columns + 1} columns, {label}: {size:.0f} MB\n")
    print("| | seconds | min..max | million rows/s |\n|---|---:|---:|---:|")
    for name, times in seconds.items():
        median = statistics.median(times)
        print(f"| {name} | {median:.2f} | {min(times):.2f}..{max(times):.2f} "
              f"| {options.rows / median / 1e6:.2f} |")
    return {"label": label, "megabytes": size, "seconds": seconds}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lamina", default=str(
        Path(__file__).resolve().parents[2] / ".build" / "release" / "lamina"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", help="also write every sample to this file")
    options = parser.parse_args()
    results = []
    for digits, label in [("%.6g", "6 digits"), (None, "all digits")]:
        with tempfile.TemporaryDirectory() as folder:
            results.append(measure(options, folder, digits, label))
    if options.json:
        Path(options.json).write_text(json.dumps(results) + "\n")


if __name__ == "__main__":
    main()
