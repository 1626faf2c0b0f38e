#!/usr/bin/env python3
"""Paired quality comparison of a quantised model with its fp16 parent.

The answers are synthetic: they exist so that the statistics can be practised without a GPU.

  quality.py make [--seed 7] > quality.csv      2,000 items, graded 1 or 0 for fp16, int8 and int4
  quality.py compare quality.csv int8           loss in points with a 95 % bootstrap interval
"""
import csv
import json
import random
import sys

ITEMS = 2000


def make(seed):
    rng = random.Random(seed)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["item", "topic", "fp16", "int8", "int4"])
    for n in range(ITEMS):
        topic = rng.choice(["policy", "arithmetic", "extraction", "code"])
        fp16 = rng.random() < 0.72
        lose8, lose4 = (0.010, 0.055) if topic != "arithmetic" else (0.016, 0.150)
        int8 = fp16 ^ (rng.random() < (lose8 if fp16 else 0.010))
        int4 = fp16 ^ (rng.random() < (lose4 if fp16 else 0.030))
        out.writerow([n, topic, int(fp16), int(int8), int(int4)])


def compare(path, name, rounds=2000):
    with open(path, newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    if not rows or name not in rows[0]:
        sys.exit(f"{path}: no column {name}")
    diff = [int(r["fp16"]) - int(r[name]) for r in rows]
    rng, means = random.Random(1), []
    for _ in range(rounds):
        means.append(sum(rng.choices(diff, k=len(diff))) / len(diff) * 100)
    means.sort()
    topics = {}
    for r, d in zip(rows, diff):
        topics.setdefault(r["topic"], []).append(d)
    print(json.dumps({"model": name, "items": len(rows),
                      "loss_points": round(sum(diff) / len(diff) * 100, 2),
                      "low": round(means[int(rounds * 0.025)], 2),
                      "high": round(means[int(rounds * 0.975)], 2),
                      "loss_by_topic": {t: round(sum(v) / len(v) * 100, 2) for t, v in sorted(topics.items())}},
                     sort_keys=True))


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(int(sys.argv[3]) if sys.argv[2:3] == ["--seed"] else 7)
    elif sys.argv[1:2] == ["compare"] and len(sys.argv) == 4:
        compare(sys.argv[2], sys.argv[3])
    else:
        sys.exit(__doc__)
