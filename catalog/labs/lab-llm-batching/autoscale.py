#!/usr/bin/env python3
"""Replays one day of traffic, in steps of 15 s, against an autoscaling policy for a model server.

  autoscale.py POLICY.json [--seed 11] [--trace day.csv]

Policy: per_replica (req/s that one replica carries within its objective), signal (rate, queue or
busy_pct), target (of that signal, for each replica), min, max, cold_start_s, cooldown_s, usd_per_hour.
"""
import argparse
import csv
import json
import math
import random
import sys

STEP = 15
KEYS = {"per_replica", "signal", "target", "min", "max", "cold_start_s", "cooldown_s", "usd_per_hour"}


def day(seed):
    rng, out = random.Random(seed), []
    spikes = {int(9.5 * 240): 18.0, int(14.1 * 240): 26.0}
    extra = 0.0
    for n in range(24 * 240):
        hour = n / 240
        base = 9 + 8 * math.sin((hour - 8) / 24 * 2 * math.pi)
        extra = extra * 0.985 + spikes.get(n, 0.0)
        out.append(max(0.2, (base + extra) * rng.uniform(0.9, 1.1)))
    return out


def replay(p, traffic, path=None):
    ready, coming, queue, calm = p["min"], [], 0.0, 0
    bad = seconds = 0
    rows = []
    for n, rate in enumerate(traffic):
        now = n * STEP
        ready += sum(1 for t in coming if t <= now)
        coming = [t for t in coming if t > now]
        capacity = ready * p["per_replica"]
        queue = max(0.0, queue + (rate - capacity) * STEP)
        if queue > capacity * 0.45:            # more than 0.45 s of waiting work
            bad += STEP
        seconds += (ready + len(coming)) * STEP
        value = {"rate": rate, "queue": queue,
                 "busy_pct": min(100.0, rate / capacity * 100) * ready}[p["signal"]]
        want = min(p["max"], max(p["min"], math.ceil(value / p["target"] - 1e-9)))
        have = ready + len(coming)
        if want > have:
            coming += [now + p["cold_start_s"]] * (want - have)
            calm = 0
        elif want < have:
            calm += STEP
            if calm >= p["cooldown_s"] and not coming:
                ready -= 1
                calm = 0
        else:
            calm = 0
        rows.append([now, round(rate, 2), ready, len(coming), round(queue, 1)])
    if path:
        with open(path, "w", newline="", encoding="utf-8") as f:
            csv.writer(f).writerows([["second", "rate", "ready", "starting", "queue"]] + rows)
    hours = seconds / 3600
    return {"bad_minutes": round(bad / 60, 1), "replica_hours": round(hours, 1),
            "usd_per_day": round(hours * p["usd_per_hour"], 2), "peak_queue": round(max(r[4] for r in rows), 1)}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("policy")
    a.add_argument("--seed", type=int, default=11)
    a.add_argument("--trace")
    a = a.parse_args()
    with open(a.policy, encoding="utf-8") as f:
        p = json.load(f)
    if set(p) != KEYS or p["signal"] not in ("rate", "queue", "busy_pct") or not 1 <= p["min"] <= p["max"]:
        sys.exit(f"{a.policy}: give exactly {', '.join(sorted(KEYS))}; 1 <= min <= max")
    if p["target"] <= 0 or p["per_replica"] <= 0:
        sys.exit(f"{a.policy}: target and per_replica are positive")
    print(json.dumps(replay(p, day(a.seed), a.trace), sort_keys=True))


if __name__ == "__main__":
    main()
