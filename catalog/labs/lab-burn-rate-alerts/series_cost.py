#!/usr/bin/env python3
"""Count the active time series of a telemetry design and price them.

    python3 series_cost.py series.json

A label that follows from another label on the same metric multiplies nothing: 120 pods
stay 120 series when each pod also carries its region and model. A histogram has one
series for each bucket (the +Inf bucket included), and one each for sum and count.
`observed_share` is the part of the label combinations that traffic really produces.
"""
import json
import math
import sys


def series_of(metric, labels):
    names = metric["labels"]
    implied = {g for n in names for g in labels[n].get("given", [])}
    combos = math.prod(labels[n]["values"] for n in names if n not in implied)
    per_combo = metric["buckets"] + 3 if metric["type"] == "histogram" else 1
    return math.ceil(combos * metric.get("observed_share", 1.0)) * per_combo


def main():
    with open(sys.argv[1] if len(sys.argv) > 1 else "series.json") as f:
        design = json.load(f)
    total = 0
    for metric in design["metrics"]:
        count = series_of(metric, design["labels"])
        total += count
        print(f"{metric['name']:40} {count:>9} series")
    price = total / 1000 * design["price_usd_per_1000_series_month"]
    print(f"{'total':40} {total:>9} series  {price:>9.2f} USD a month")


if __name__ == "__main__":
    main()
