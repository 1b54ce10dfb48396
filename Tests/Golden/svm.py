#!/usr/bin/env python3
"""Makes svm.json: what scikit-learn's SVC finds, for the tests of support vector machines.

    python svm.py > svm.json      (scikit-learn 1.9)
"""
import json

import numpy as np
from sklearn.svm import SVC

random = np.random.default_rng(7)
FEATURES = 5
CENTRES = random.normal(size=(4, FEATURES)) * 1.5


def examples(counts):
    labels = np.repeat(np.arange(len(counts)), counts)
    inputs = CENTRES[labels] + random.normal(size=(len(labels), FEATURES))
    order = random.permutation(len(labels))
    return np.round(inputs[order], 2).astype(np.float32), labels[order]


def listed(array, digits=7):
    return [round(float(x), digits) for x in np.ravel(array)]


def case(counts, **options):
    inputs, labels = examples(counts)
    model = SVC(decision_function_shape="ovo", **options).fit(inputs.astype(np.float64), labels)
    tests, test_labels = examples([20 * (count > 0) for count in counts])
    decisions = model.decision_function(tests).reshape(len(tests), -1)
    # Where a decision is close, rounding may turn it.
    clear = np.abs(decisions).min(axis=1) > 0.02
    tests, test_labels = tests[clear], test_labels[clear]
    # scikit-learn turns the signs of two classes around.
    sign = -1 if len(model.classes_) == 2 else 1
    return {
        "kernel": options["kernel"].replace("poly", "polynomial"),
        "gamma": options.get("gamma", "scale"), "degree": options.get("degree", 3),
        "coef0": options.get("coef0", 0), "cost": options.get("C", 1), "classes": len(counts),
        "features": FEATURES, "inputs": listed(inputs), "labels": labels.tolist(),
        "present": model.classes_.tolist(), "support_counts": model.n_support_.tolist(),
        "dual": [listed(sign * row) for row in model.dual_coef_], "supports": model.support_.tolist(),
        "intercepts": listed(sign * model.intercept_), "used_gamma": model._gamma,
        "tests": listed(tests), "predictions": model.predict(tests).tolist(),
    }


print(json.dumps([
    case([15, 20, 18], kernel="linear"),
    case([15, 20, 18], kernel="poly"),
    case([15, 20, 18], kernel="poly", degree=2, coef0=1.5, gamma="auto", C=0.5),
    case([15, 20, 18], kernel="rbf"),
    case([15, 20, 18, 12], kernel="rbf", gamma=0.3, C=10),
    case([15, 20, 18], kernel="sigmoid", gamma=0.05, coef0=-0.5),
    case([25, 20], kernel="rbf"),
    case([15, 0, 18, 12], kernel="linear", C=0.1),
], separators=(",", ":")))
