#!/usr/bin/env python3
"""Replay a capacity plan over the last 43 weeks of the data.

    python3 replay.py plan.py data/seed5 data/seed6 data/seed7 --out evidence/result.json

For each folder:
  short_h        hours in which demand exceeded what the running nodes could carry
  coverage_pct   weeks whose largest peak lay inside the stated interval
  width_pct      mean width of the interval, in per cent of its middle
  cost_ratio     node hours paid, divided by those of a plan that knew the future and would
                 have carried every hour with one zone lost
A week's order takes effect 21 days later. A lost zone takes its third of the nodes away.
"""
import argparse
import csv
import importlib.util
import json
import math
import os
import statistics
import sys

LEAD, FIRST, AHEAD = 21, 476, 60


def rows(folder, name):
    with open(os.path.join(folder, name)) as f:
        return list(csv.DictReader(f))


def load(folder):
    days = {}
    for r in rows(folder, "demand.csv"):
        days.setdefault(int(r["day"]), []).append(float(r["peak_rps"]))
    calendar = [(int(r["day"]), int(r["days"]), float(r["audience"])) for r in rows(folder, "calendar.csv")]
    lost = {}
    for r in rows(folder, "zones.csv"):
        for h in range(int(r["hour"]), int(r["hour"]) + int(r["hours"])):
            lost[(int(r["day"]), h)] = True
    return [days[d] for d in sorted(days)], calendar, lost


def replay(plan, folder):
    demand, calendar, lost = load(folder)
    short, inside, widths, paid, ideal, weeks = 0, 0, [], 0.0, 0.0, 0
    reserve = plan.ZONES / (plan.ZONES - 1)
    for day in range(FIRST, len(demand) - LEAD - 7, 7):
        known = [c for c in calendar if c[0] <= day + AHEAD]
        nodes, low, high = plan.order([list(d) for d in demand[:day]], known, day)
        if not (math.isfinite(nodes) and 0 <= low <= high):
            raise SystemExit(f"plan: day {day}: nodes {nodes}, interval {low} to {high}")
        week = range(day + LEAD, day + LEAD + 7)
        for d in week:
            for hour, peak in enumerate(demand[d]):
                running = nodes / reserve if lost.get((d, hour)) else nodes
                short += peak > running * plan.NODE_RPS
        largest = max(max(demand[d]) for d in week)
        inside += low <= largest <= high
        widths.append(200 * (high - low) / (high + low))
        paid += nodes
        ideal += math.ceil(largest / plan.NODE_RPS * reserve)
        weeks += 1
    return {"data": folder, "short_h": short, "coverage_pct": round(100 * inside / weeks, 1),
            "width_pct": round(statistics.mean(widths), 1), "cost_ratio": round(paid / ideal, 3), "weeks": weeks}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("plan")
    parser.add_argument("data", nargs="+")
    parser.add_argument("--out", default="result.json")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("plan", args.plan)
    plan = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(plan)
    runs = [replay(plan, folder) for folder in args.data]
    for r in runs:
        print(f"{r['data']:12} short {r['short_h']:4} h  coverage {r['coverage_pct']:5} %  width {r['width_pct']:5} %"
              f"  cost {r['cost_ratio']:.3f}")
    median = {k: statistics.median(r[k] for r in runs) for k in ("short_h", "coverage_pct", "width_pct", "cost_ratio")}
    with open(args.out, "w") as f:
        json.dump({"runs": runs, "median": median}, f, indent=1)
        f.write("\n")
    print("median", json.dumps(median))
    return 0


if __name__ == "__main__":
    sys.exit(main())
