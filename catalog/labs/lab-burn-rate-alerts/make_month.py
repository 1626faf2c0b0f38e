#!/usr/bin/env python3
"""Generate 30 days of per-minute request counts for an inference API.

Writes DIR/month.csv (what the monitoring system saw) and DIR/incidents.csv
(the ground truth: what happened, and whether a person had to act).
The same seed always gives the same bytes.

    python3 make_month.py --seed 11 --out data/seed11
"""
import argparse
import csv
import math
import os
import random

MINUTES = 30 * 24 * 60


def traffic(minute):
    """Requests per minute: a day curve, and half the load at weekends."""
    hour = minute / 60 % 24
    day = minute // 1440 % 7
    curve = 0.15 + 0.85 * max(0.0, math.sin(math.pi * (hour - 5) / 16)) if 5 <= hour <= 21 else 0.15
    return 1800 * curve * (0.5 if day >= 5 else 1.0)


def draw(rng, mean):
    """A Poisson draw; the normal approximation above 50."""
    if mean <= 0:
        return 0
    if mean > 50:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def plan(rng):
    """Events as (kind, start, minutes, share of requests hurt, must somebody act)."""
    events = []

    def place(kind, length, share, act, hours=(0, 24), gap=180):
        for _ in range(10000):
            day = rng.randrange(1, 29)
            start = day * 1440 + rng.randrange(hours[0] * 60, hours[1] * 60)
            if all(start > e[1] + e[2] + gap or start + length + gap < e[1] for e in events):
                events.append((kind, start, length, share, act))
                return
        raise SystemExit("no room for an event")

    place("slow-burn", 900, 0.004, True, (6, 8), gap=900)
    for _ in range(2):
        place("total-outage", rng.randrange(50, 70), 1.0, True, (9, 19), gap=500)
    for _ in range(2):
        place("partial-outage", rng.randrange(80, 120), 0.2, True, (8, 18), gap=500)
    place("latency-brownout", rng.randrange(240, 300), 0.08, True, (9, 15), gap=500)
    for _ in range(12):
        place("deploy-blip", rng.randrange(2, 4), 0.08, False, (8, 18), gap=60)
    for _ in range(6):
        place("bad-client", rng.randrange(40, 80), 0.35, False, (0, 4), gap=60)
    for _ in range(14):
        place("gpu-busy", rng.randrange(40, 120), 0.0, False, (8, 18), gap=30)
    return sorted(events, key=lambda e: e[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", default="data/seed11")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    events = plan(rng)
    at = {}
    for event in events:
        for minute in range(event[1], event[1] + event[2]):
            at.setdefault(minute, []).append(event)

    os.makedirs(args.out, exist_ok=True)
    with open(os.path.join(args.out, "incidents.csv"), "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["kind", "start_min", "end_min", "share_hurt", "needs_action"])
        for kind, start, length, share, act in events:
            writer.writerow([kind, start, start + length, share, "yes" if act else "no"])

    with open(os.path.join(args.out, "month.csv"), "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["minute", "requests", "err_5xx", "err_4xx", "slow", "gpu_pct"])
        for minute in range(MINUTES):
            requests = draw(rng, traffic(minute))
            err_5xx = draw(rng, requests * 0.00015)
            err_4xx = draw(rng, requests * 0.002)
            slow = draw(rng, requests * 0.0001)
            gpu = min(100, max(5, rng.gauss(30 + 40 * traffic(minute) / 1800, 4)))
            for kind, _, _, share, _ in at.get(minute, []):
                hurt = draw(rng, requests * share) if share < 1 else requests
                if kind in ("total-outage", "partial-outage", "slow-burn", "deploy-blip"):
                    err_5xx = min(requests, err_5xx + hurt)
                elif kind == "latency-brownout":
                    slow = min(requests, slow + hurt)
                elif kind == "bad-client":
                    err_4xx = min(requests, err_4xx + hurt)
                elif kind == "gpu-busy":
                    gpu = min(100, 96 + rng.random() * 4)
            err_4xx = min(err_4xx, requests - err_5xx)
            slow = min(slow, requests - err_5xx - err_4xx)
            writer.writerow([minute, requests, err_5xx, err_4xx, slow, round(gpu, 1)])
    print(f"{args.out}: seed {args.seed}, {len(events)} events")


if __name__ == "__main__":
    main()
