#!/usr/bin/env python3
"""Write hourly cross-cloud demand traces (GB per hour) as CSV.

Usage: gen_trace.py OUTDIR [--seed N] [--days N]

Scenarios: steady-low, steady-high, ramp (growth through the break-even point), seasonal (weeks of training
alternating with quiet weeks), whipsaw (nine busy days, nine quiet days), burst (rare bulk copies), step-down (a
large tenant leaves). The same seed always gives the same bytes.
"""
import argparse
import csv
import math
import pathlib
import random

SCENARIOS = ("steady-low", "steady-high", "ramp", "seasonal", "whipsaw", "burst", "step-down")


def level(name, day, days):
    """Mean demand in GB per hour on a day, before daily rhythm and noise."""
    if name == "steady-low":
        return 60.0
    if name == "steady-high":
        return 420.0
    if name == "ramp":
        return 60.0 + 440.0 * day / max(days - 1, 1)
    if name == "seasonal":
        return 480.0 if (day // 28) % 2 else 50.0
    if name == "whipsaw":
        return 330.0 if (day // 9) % 2 else 35.0
    if name == "burst":
        return 70.0
    return 460.0 if day < 0.55 * days else 45.0


def trace(name, days, rng):
    bursts = set()
    if name == "burst":
        day = rng.randint(6, 12)
        while day < days:
            bursts.update(range(day * 24 + 8, day * 24 + 8 + rng.randint(5, 10)))
            day += rng.randint(12, 20)
    drift = 0.0
    for hour in range(days * 24):
        day, clock = divmod(hour, 24)
        drift = 0.97 * drift + rng.gauss(0.0, 0.03)
        rhythm = 1.0 + 0.35 * math.sin(2 * math.pi * (clock - 9) / 24)
        weekend = 0.75 if day % 7 >= 5 else 1.0
        gb = level(name, day, days) * rhythm * weekend * math.exp(drift) * rng.uniform(0.9, 1.1)
        if hour in bursts:
            gb += rng.uniform(900.0, 1300.0)
        yield hour, round(gb, 3)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("outdir", type=pathlib.Path)
    ap.add_argument("--seed", type=int, default=20261123)
    ap.add_argument("--days", type=int, default=168)
    args = ap.parse_args()
    args.outdir.mkdir(parents=True, exist_ok=True)
    for i, name in enumerate(SCENARIOS):
        rng = random.Random(args.seed * 1000 + i)
        with open(args.outdir / f"{name}.csv", "w", newline="") as f:
            out = csv.writer(f, lineterminator="\n")
            out.writerow(["hour", "gb"])
            out.writerows(trace(name, args.days, rng))
    print(f"{len(SCENARIOS)} traces of {args.days} days in {args.outdir}, seed {args.seed}")


if __name__ == "__main__":
    main()
