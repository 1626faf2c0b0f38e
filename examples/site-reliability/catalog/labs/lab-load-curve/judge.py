#!/usr/bin/env python3
"""Compare the claims of a load test with what the service then does.

    python3 judge.py claims.json --seed 101

claims.json:
  {"p99_at_400_ms": 120, "capacity_16": 500, "capacity_32": 1000}

p99_at_400_ms  the 99th percentile with 16 workers at 400 requests a second, open arrivals
capacity_16    the largest open rate at which 99 % of requests take at most 300 ms, 16 workers
capacity_32    the same with 32 workers, which nobody can test before the order

It prints, for the seed, the true values and the error of each claim in per cent. The
machine with 32 workers exists only here: run this after claims.json is committed.
"""
import argparse
import json
import sys

import loadlab

LIMIT_MS, PLAN_RATE = 300, 400
SECONDS, WARMUP = 240, 20


def p99(workers, rate, seed):
    rows = loadlab.open_load(workers, rate, SECONDS, seed)
    return loadlab.summary(rows, WARMUP)["p99"]


def capacity(workers, seed):
    low, high = 10.0 * workers, 50.0 * workers
    while high - low > 4:
        middle = (low + high) / 2
        if p99(workers, middle, seed) <= LIMIT_MS:
            low = middle
        else:
            high = middle
    return low


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("claims")
    parser.add_argument("--seed", type=int, required=True)
    args = parser.parse_args()
    with open(args.claims) as f:
        claims = json.load(f)
    truth = {"p99_at_400_ms": p99(16, PLAN_RATE, args.seed), "capacity_16": capacity(16, args.seed),
             "capacity_32": capacity(32, args.seed)}
    for name, true in truth.items():
        if name not in claims:
            raise SystemExit(f"claims.json has no {name}")
        error = 100 * abs(claims[name] - true) / true
        print(f"seed {args.seed}: {name:14} claimed {claims[name]:7.1f}  true {true:7.1f}  error {error:5.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
