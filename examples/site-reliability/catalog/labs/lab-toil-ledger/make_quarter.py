#!/usr/bin/env python3
"""Generate 13 weeks of operational work of a team of five: tickets, requests and pages.

    python3 make_quarter.py --seed 3 --out data/seed3

Writes work.csv: id, day, hour, channel (page, ticket, request), kind, minutes, service, text.
The same seed always gives the same bytes. kinds.json says how often each kind comes, how long
it takes and how it grows; it is the model of the team, and replay.py uses it as well.
"""
import argparse
import csv
import json
import os
import random

DAYS = 91
HERE = os.path.dirname(os.path.abspath(__file__))


def kinds():
    with open(os.path.join(HERE, "kinds.json")) as f:
        return json.load(f)["kinds"]


def events(seed, rate_of=None, quarter=0):
    """Rows of one quarter; `rate_of` may change the weekly rate of a kind; later quarters have grown."""
    rng, rows = random.Random(f"quarter {seed} {quarter}"), []
    for name, kind in kinds().items():
        weekly = kind["weekly"] * (1 + kind["growth_pct"] / 100) ** quarter
        weekly *= rate_of(name) if rate_of else 1
        day = rng.expovariate(weekly / 7) if weekly > 0 else DAYS
        while day < DAYS:
            hour = rng.randrange(24) if kind["channel"] == "page" else rng.randrange(8, 18)
            minutes = max(3, round(rng.lognormvariate(0, 0.35) * kind["minutes"]))
            rows.append((int(day), hour, kind["channel"], name, minutes, kind["service"], kind["text"]))
            day += rng.expovariate(weekly / 7)
    return sorted(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--out", default="data/seed3")
    args = parser.parse_args()
    rows = events(args.seed)
    os.makedirs(args.out, exist_ok=True)
    with open(os.path.join(args.out, "work.csv"), "w", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(["id", "day", "hour", "channel", "kind", "minutes", "service", "text"])
        writer.writerows((n, *row) for n, row in enumerate(rows, 1))
    print(f"{args.out}: seed {args.seed}, {len(rows)} items, {sum(r[4] for r in rows) / 60:.0f} h")


if __name__ == "__main__":
    main()
