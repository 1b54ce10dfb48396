#!/usr/bin/env python3
"""Writes a table like the census data that textbooks use: who earns more than 50 thousand a year.

    python3 Examples/make-incomes.py --rows 30000 --seed 1 > incomes.csv

The table is made up. It has numbers, texts, dates, words for true and false, and gaps: about 6 % of the
occupations and 2 % of the ages are missing. It needs only Python.
"""

import argparse
import csv
import datetime
import math
import random
import sys

WORK = [("Private", 0.0, 70), ("Self-employed", 0.1, 11), ("Local government", 0.2, 7), ("State government", 0.1, 5),
        ("Federal government", 0.5, 4), ("Without pay", -2.0, 3)]
EDUCATION = [("Less than high school", -1.6, 13), ("High school", -0.7, 32), ("Some college", -0.3, 22),
             ("Associate", 0.0, 8), ("Bachelor", 0.9, 17), ("Master", 1.4, 6), ("Doctorate", 2.2, 2)]
MARITAL = [("Married", 1.3, 46), ("Never married", -1.2, 33), ("Divorced", -0.6, 14), ("Separated", -0.8, 4),
           ("Widowed", -0.7, 3)]
OCCUPATION = [("Clerical", -0.2, 13), ("Craft", 0.0, 14), ("Executive", 0.9, 14), ("Farming", -0.9, 4),
              ("Machine operator", -0.5, 7), ("Other service", -1.0, 12), ("Private house", -1.8, 1),
              ("Professional", 0.8, 14), ("Protective", 0.5, 3), ("Sales", 0.4, 12), ("Technical", 0.6, 3),
              ("Transport", -0.2, 3)]
COUNTRIES = ["United States"] * 80 + ["Mexico"] * 4 + ["Philippines", "Germany", "Canada", "India", "Cuba", "England",
             "China", "Italy", "Vietnam", "Japan", "Poland", "Haiti", "Portugal", "Iran", "Greece", "Ireland"]


def choose(generator, values):
    """A value and its effect, by weight."""
    value = generator.choices(values, weights=[weight for _, _, weight in values])[0]
    return value[0], value[1]


def row(generator):
    age = min(90, max(17, int(generator.gauss(38.5, 13.5))))
    hours = min(99, max(1, int(generator.gauss(40.5, 12))))
    gain = 0 if generator.random() > 0.08 else int(math.exp(generator.gauss(8.5, 1)))
    work, by_work = choose(generator, WORK)
    education, by_education = choose(generator, EDUCATION)
    marital, by_marital = choose(generator, MARITAL)
    occupation, by_occupation = choose(generator, OCCUPATION)
    owner = generator.random() < 0.6
    hired = datetime.date(2024, 1, 1) - datetime.timedelta(days=int(generator.expovariate(1 / 2500)))
    years = (datetime.date(2024, 1, 1) - hired).days / 365
    score = (-2.0 + by_work + by_education + by_marital + by_occupation + 0.03 * (hours - 40)
             - 0.0016 * (age - 48) ** 2 + 0.9 * (gain > 5000) + 0.5 * owner + 0.06 * min(years, 15)
             + 0.5 * (education == "Bachelor" and marital == "Married"))
    income = ">50K" if generator.random() < 1 / (1 + math.exp(-1.6 * score)) else "<=50K"
    return ["" if generator.random() < 0.02 else age, work, education, marital,
            "?" if generator.random() < 0.06 else occupation, hours, gain, "yes" if owner else "no", hired.isoformat(),
            generator.choice(COUNTRIES), income]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=30000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generator = random.Random(arguments.seed)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["age", "workclass", "education", "marital status", "occupation", "hours per week", "capital gain",
                     "home owner", "hired", "country", "income"])
    for _ in range(arguments.rows):
        writer.writerow(row(generator))


if __name__ == "__main__":
    main()
