"""Folds of scikit-learn for FoldsTests: python folds.py > folds.json (scikit-learn 1.9.1)."""
import json

from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold

CLASSES = {
    "equal": [i % 3 for i in range(30)],
    "sorted": [0] * 13 + [1] * 9 + [2] * 8,
    "rare": [2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    "unbalanced": [(i * i * 7 + i // 5) % 11 // 8 for i in range(103)],
}
GROUPS = {
    "different": [0] * 7 + [1] * 3 + [2] * 5 + [3] * 1 + [4] * 9 + [5] * 2,
    "mixed": [(i * i) % 7 for i in range(40)],
    "equal": [i % 6 for i in range(36)],
}


def folds(splitter, count, y=None, groups=None):
    result = [0] * count
    for fold, (_, test) in enumerate(splitter.split([[0]] * count, y, groups)):
        for row in test:
            result[row] = fold
    return result


cases = []
for count, n in [(10, 5), (11, 3), (103, 10), (7, 7)]:
    cases.append({"kind": "plain", "values": [0] * count, "folds": n, "expected": folds(KFold(n), count)})
for y in CLASSES.values():
    for n in (2, 3, 5):
        cases.append({"kind": "classes", "values": y, "folds": n,
                      "expected": folds(StratifiedKFold(n), len(y), y)})
for groups in GROUPS.values():
    for n in (2, 3, 4):
        cases.append({"kind": "groups", "values": groups, "folds": n,
                      "expected": folds(GroupKFold(n), len(groups), None, groups)})
print(json.dumps(cases))
