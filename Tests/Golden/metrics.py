#!/usr/bin/env python3
"""Makes metrics.json: numbers of scikit-learn for the tests of Lamina's metrics.

    python metrics.py > metrics.json      (scikit-learn 1.9)
"""
import json
import warnings

import numpy as np
import sklearn.metrics as metrics
from sklearn.exceptions import UndefinedMetricWarning

random = np.random.default_rng(4)


def floats(array):
    """Short numbers as a Float holds them, so that both sides start from the same."""
    return np.round(np.asarray(array, dtype=np.float64), 3).astype(np.float32)


def listed(array):
    return [round(float(x), 7) for x in np.ravel(array)]


def softmax(logits):
    powers = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def defined(values):
    """None in the place of NaN."""
    return [None if np.isnan(x) else float(x) for x in np.ravel(values)]


def each_score(truth, named, **options):
    """Precision, recall and F1 of each class; None where one is 0 / 0."""
    scores = metrics.precision_recall_fscore_support(
        truth, named, zero_division=np.nan, **options)[:3]
    return [defined(score) for score in scores]


def averages(truth, named):
    """Over the classes in the truth or among those named, or over all labels, as scikit-learn does
    by itself. One that is not defined counts as 0; where none is defined there is no average."""
    each, all_of = each_score(truth, named), {}
    for average in ("macro", "micro", "weighted"):
        numbers = metrics.precision_recall_fscore_support(
            truth, named, average=average, zero_division=0)[:3]
        exists = [any(x is not None for x in score) for score in each]
        if average == "weighted":
            # Without any examples there is nothing to weigh by.
            exists = [x and np.sum(truth) > 0 if np.ndim(truth) > 1 else x for x in exists]
        all_of[average] = [float(n) if e else None for n, e in zip(numbers, exists)]
    return all_of


def classification(name, logits, labels):
    logits, labels = floats(logits), np.asarray(labels)
    classes, probabilities = logits.shape[1], softmax(logits)
    predictions = probabilities.argmax(axis=1)
    each = each_score(labels, predictions, labels=range(classes))
    present = [k for k in range(classes) if 0 < np.sum(labels == k) < len(labels)]
    areas = {k: metrics.roc_auc_score(labels == k, probabilities[:, k]) for k in present}
    if len(present) == classes:
        # The same as scikit-learn's own average, where it gives one.
        own = (metrics.roc_auc_score(labels, probabilities[:, 1]) if classes == 2 else
               metrics.roc_auc_score(labels, probabilities, multi_class="ovr", average="macro"))
        assert abs(own - np.mean(list(areas.values()))) < 1e-12
    score = (metrics.brier_score_loss(labels, probabilities[:, 1]) if classes == 2 else
             metrics.brier_score_loss(labels, probabilities, labels=range(classes)))
    return {
        "name": name, "classes": classes, "logits": listed(logits),
        "labels": labels.tolist(),
        "confusion": metrics.confusion_matrix(
            labels, predictions, labels=range(classes)).tolist(),
        "accuracy": metrics.accuracy_score(labels, predictions),
        "top2": metrics.top_k_accuracy_score(labels, probabilities, k=2, labels=range(classes))
        if classes > 2 else 1.0,
        "precision": each[0], "recall": each[1], "f1": each[2],
        "averages": averages(labels, predictions),
        "log_loss": metrics.log_loss(labels, probabilities, labels=range(classes)),
        "brier": score,
        "areas": [areas.get(k) for k in range(classes)],
    }


def multi_label(name, logits, targets):
    logits, targets = floats(logits), np.asarray(targets)
    count = logits.shape[1]
    probabilities = 1 / (1 + np.exp(-logits.astype(np.float64)))
    named = (logits > 0).astype(int)
    each = each_score(targets, named)
    varied = [k for k in range(count) if 0 < targets[:, k].sum() < len(targets)]
    areas = {k: metrics.roc_auc_score(targets[:, k], logits[:, k]) for k in varied}

    def log_loss(values):
        return np.mean([
            metrics.log_loss(targets[:, k], values[:, k], labels=[0, 1]) for k in range(count)])
    return {
        "name": name, "labels": count, "logits": listed(logits),
        # As many digits as a Float tells apart, however small they are.
        "probabilities": [float(f"{p:.9g}") for p in probabilities.ravel()],
        "targets": targets.ravel().tolist(),
        "subset": metrics.accuracy_score(targets, named),
        "hamming": metrics.hamming_loss(targets, named),
        "precision": each[0], "recall": each[1], "f1": each[2],
        "averages": averages(targets, named),
        "log_loss": log_loss(probabilities),
        "areas": [areas.get(k) for k in range(count)],
    }


def regression(name, outputs, targets):
    outputs, targets = floats(outputs), floats(targets)

    def errors(multioutput):
        with warnings.catch_warnings():
            # R² of one example is NaN, with a warning.
            warnings.simplefilter("ignore", UndefinedMetricWarning)
            return [np.asarray(function(
                targets.astype(np.float64), outputs.astype(np.float64), multioutput=multioutput)
                ).tolist() for function in (
                    metrics.mean_squared_error, metrics.root_mean_squared_error,
                    metrics.mean_absolute_error, metrics.r2_score)]
    each = errors("raw_values")
    # NaN of any kind is one number, not one for each output.
    each[3] = np.broadcast_to(each[3], outputs.shape[1])
    return {
        "name": name, "columns": outputs.shape[1], "outputs": listed(outputs),
        "targets": listed(targets),
        "each": [defined(row) for row in np.transpose(each)],
        "mean": defined(errors("uniform_average")),
    }


def noisy(labels, classes, size):
    return random.normal(size=(len(labels), classes)) + size * np.eye(classes)[labels]


two, four = random.integers(0, 2, 40), random.integers(0, 4, 60)
without = np.where(four == 2, 0, four)
# Whole numbers with a fraction for each class: ties between examples, none inside one.
tied = random.integers(-1, 2, (60, 3)) + np.array([0.0, 0.25, 0.5])
targets = (random.random((30, 4)) < [0.5, 0.2, 0.7, 0.4]).astype(int)
constant = targets * [1, 1, 0, 1]
ones = np.ones(12, int)
truth = random.normal(size=(25, 3)) * [1, 10, 0.1] + [0, 100, 0]
print(json.dumps({
    "classification": [
        classification("two classes", noisy(two, 2, 1), two),
        classification("four classes", noisy(four, 4, 1.5), four),
        classification("a class without examples", noisy(without, 4, 1), without),
        classification("a class that is never named", noisy(four, 4, 1) - [0, 0, 0, 9], four),
        classification("ties between examples", tied, random.integers(0, 3, 60)),
        classification("one class only", noisy(np.zeros(8, int), 3, 1), np.zeros(8, int)),
        classification("a class that occurs nowhere", noisy(without, 4, 1) - [0, 0, 9, 0], without),
        classification("two classes, one of them in the data", noisy(ones, 2, 0.5), ones),
        classification("one example, wrong", [[3.0, 1.0, 0.0]], [1]),
        classification("one example, right", [[0.0, 2.0]], [1]),
    ],
    "multi_label": [
        multi_label("four labels", random.normal(size=(30, 4)) + 2 * targets - 1, targets),
        multi_label("a label that nothing has", random.normal(size=(30, 4)), constant),
        multi_label("ties", random.integers(-2, 3, (30, 4)), targets),
        multi_label("a label that occurs nowhere",
                    random.normal(size=(30, 4)) - [0, 0, 9, 0], constant),
        multi_label("labels that are never named", random.normal(size=(30, 4)) - 9, targets),
        multi_label("no labels at all", random.normal(size=(5, 3)) - 9, np.zeros((5, 3), int)),
        multi_label("one example", [[1.0, -1.0, 0.5]], [[1, 1, 0]]),
    ],
    "regression": [
        regression("three outputs", truth + random.normal(size=truth.shape) * 0.3, truth),
        regression("one output", truth[:, :1] * 0.9, truth[:, :1]),
        regression("constant targets", [[2.0, 3.0], [2.0, 4.0], [2.0, 5.0]],
                   [[2.0, 0.1], [2.0, 0.1], [2.0, 0.1]]),
        regression("one example", [[2.0]], [[3.0]]),
        regression("one example, exact", [[2.0, 3.0]], [[2.0, 3.0]]),
        regression("two examples", [[2.0], [4.0]], [[3.0], [3.5]]),
    ],
}, indent=None, separators=(",", ":")))
