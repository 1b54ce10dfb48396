"""Compares Lamina with scikit-learn's pipeline on a table of texts, numbers, dates and gaps: accuracy and seconds.

    python incomes.py --lamina ../../.build/release/lamina --rows 30000 --seeds 5

The table is that of Examples/make-incomes.py, of which a fifth is the test part of both. The pipeline is `read_csv`, a
`ColumnTransformer` (median or most frequent value, `StandardScaler`, `OneHotEncoder`; dates as days and as sines and cosines), and
an `MLPClassifier` with the network and the optimiser of `lamina train`: 64 ReLUs, Adam with 0.001, batches of 64, 10 epochs, no
penalty. Seconds are those of whole commands for Lamina, and those within a warm process for scikit-learn.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

EPOCHS, BATCH, UNITS, RATE = 10, 64, 64, 0.001


def parts(folder, rows):
    """The paths of the training and the test part, and of the test part without its target."""
    script = Path(__file__).parents[2] / "Examples/make-incomes.py"
    text = subprocess.run(
        [sys.executable, script, "--rows", str(rows)], check=True, capture_output=True, text=True).stdout
    head, *lines = text.splitlines()
    paths = [str(folder / name) for name in ["train.csv", "test.csv", "new.csv"]]
    count = len(lines) - len(lines) // 5
    Path(paths[0]).write_text("\n".join([head] + lines[:count]) + "\n")
    Path(paths[1]).write_text("\n".join([head] + lines[count:]) + "\n")
    new = [line.rsplit(",", 1)[0] for line in [head] + lines[count:]]
    Path(paths[2]).write_text("\n".join(new) + "\n")
    return paths


def lamina(program, folder, paths, seed):
    model, output = str(folder / "m.safetensors"), str(folder / "p.csv")
    start = time.perf_counter()
    subprocess.run(
        [program, "train", "--data", paths[0], "--test", paths[1], "--missing", "impute", "--hidden", str(UNITS),
         "--optimizer", "adam", "--learning-rate", str(RATE), "--batch-size", str(BATCH), "--epochs", str(EPOCHS),
         "--seed", str(seed), "--model", model, "--quiet"], check=True)
    trained = time.perf_counter()
    subprocess.run(
        [program, "predict", "--model", model, "--data", paths[2], "--output", output, "--quiet"], check=True)
    predicted = time.perf_counter()
    found = Path(output).read_text().splitlines()[1:]
    wanted = [line.rsplit(",", 1)[1] for line in Path(paths[1]).read_text().splitlines()[1:]]
    accuracy = sum(one == other for one, other in zip(found, wanted)) / len(wanted)
    report = subprocess.run(
        [program, "evaluate", "--model", model, "--data", paths[1], "--test", paths[1], "--json"], check=True,
        capture_output=True, text=True).stdout
    assert abs(json.loads(report)["accuracy"] - accuracy) < 1e-9, "evaluate and predict differ"
    return accuracy, trained - start, predicted - trained


def pipeline(seed):
    import numpy
    import pandas
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

    def cycles(table):
        dates = pandas.to_datetime(table.iloc[:, 0])
        year = (dates.dt.dayofyear - 1) / (365 + dates.dt.is_leap_year)
        angles = [2 * numpy.pi * year, 2 * numpy.pi * dates.dt.dayofweek / 7]
        return numpy.stack([f(angle) for angle in angles for f in (numpy.sin, numpy.cos)], axis=1)

    def days(table):
        return pandas.to_datetime(table.iloc[:, 0]).astype("int64").to_numpy().reshape(-1, 1) / 86_400e9

    numbers = ["age", "hours per week", "capital gain"]
    texts = ["workclass", "education", "marital status", "occupation", "country"]
    transformer = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        ("texts", make_pipeline(
            SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore", sparse_output=False)), texts),
        ("truths", FunctionTransformer(lambda table: (table == "yes").astype(float)), ["home owner"]),
        ("days", make_pipeline(FunctionTransformer(days), StandardScaler()), ["hired"]),
        ("cycles", FunctionTransformer(cycles), ["hired"]),
    ])
    network = MLPClassifier(
        hidden_layer_sizes=[UNITS], solver="adam", learning_rate_init=RATE, batch_size=BATCH, max_iter=EPOCHS, alpha=0,
        random_state=seed, n_iter_no_change=EPOCHS + 1)
    return make_pipeline(transformer, network)


def scikit_learn(paths, seed):
    import pandas

    start = time.perf_counter()
    train = pandas.read_csv(paths[0], na_values="?")
    model = pipeline(seed).fit(train.drop(columns="income"), train["income"])
    trained = time.perf_counter()
    found = model.predict(pandas.read_csv(paths[2], na_values="?"))
    pandas.DataFrame({"prediction": found}).to_csv(paths[2] + ".out", index=False)
    predicted = time.perf_counter()
    wanted = pandas.read_csv(paths[1])["income"]
    return float((found == wanted).mean()), trained - start, predicted - trained


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lamina", default=str(Path(__file__).parents[2] / ".build/release/lamina"))
    parser.add_argument("--rows", type=int, default=30000)
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    results = {"Lamina": [], "scikit-learn": []}
    with tempfile.TemporaryDirectory() as folder:
        paths = parts(Path(folder), options.rows)
        scikit_learn(paths, 0)  # Warms up.
        for seed in range(1, options.seeds + 1):
            results["Lamina"].append(lamina(options.lamina, Path(folder), paths, seed))
            results["scikit-learn"].append(scikit_learn(paths, seed))
    print("| | accuracy, mean | least..largest | training, s | prediction, s |\n|---|---:|---:|---:|---:|")
    for name, rows in results.items():
        accuracies, training, prediction = zip(*rows)
        print(f"| {name} | {statistics.mean(accuracies):.4f} | {min(accuracies):.4f}..{max(accuracies):.4f} "
              f"| {statistics.median(training):.2f} | {statistics.median(prediction):.3f} |")
    means = [statistics.mean(row[0] for row in rows) for rows in results.values()]
    print(f"\ndifference of the mean accuracies: {means[0] - means[1]:+.4f}")


if __name__ == "__main__":
    main()
