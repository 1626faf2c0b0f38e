#!/usr/bin/env python3
"""Generate 800 days of hourly peak demand for an order service.

    python3 make_demand.py --seed 5 --out data/seed5

Writes demand.csv (day, hour, peak requests per second of that hour), calendar.csv (campaigns
with day, length and the audience that marketing planned, known 60 days ahead) and zones.csv
(days on which one of three zones was lost, and for how many hours). Day 0 is a Monday. The
same seed always gives the same bytes.
"""
import argparse
import csv
import math
import os
import random

DAYS = 800
HOURS = [.38, .30, .25, .22, .22, .26, .36, .50, .64, .74, .80, .86, .92, .90, .84, .80, .80, .84, .92, 1.0, .98, .86,
         .68, .50]
WEEK = [1.0, .97, .96, .98, 1.05, 1.16, 1.12]


def campaigns(rng):
    out, day = [], 20
    while day < DAYS - 10:
        out.append((day, rng.choice([1, 2, 3]), round(rng.uniform(0.2, 0.9), 2)))
        day += rng.randrange(28, 50)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--out", default="data/seed5")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    planned = campaigns(rng)
    zones = sorted(rng.sample(range(30, DAYS), 16))
    growth, level = 0.0009, math.log(1200)
    os.makedirs(args.out, exist_ok=True)

    with open(os.path.join(args.out, "calendar.csv"), "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["day", "days", "audience"])
        writer.writerows(planned)
    with open(os.path.join(args.out, "zones.csv"), "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["day", "hour", "hours"])
        for day in zones:
            writer.writerow([day, rng.randrange(8, 20), rng.randrange(2, 5)])

    with open(os.path.join(args.out, "demand.csv"), "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["day", "hour", "peak_rps"])
        for day in range(DAYS):
            if day % 30 == 0:                 # growth changes, and stays for a while
                growth = min(0.002, max(0.0002, growth + rng.gauss(0, 0.0003)))
            level += growth + rng.gauss(0, 0.004)
            season = 1 + 0.10 * math.cos(2 * math.pi * (day - 330) / 364)
            extra = 0.0
            for start, days, audience in planned:
                if start <= day < start + days:
                    extra = audience * 0.8
            whole = math.exp(level) * WEEK[day % 7] * season
            for hour in range(24):
                lift = 1 + extra * (1.3 if 18 <= hour <= 21 else 0.7 if hour >= 8 else 0.2)
                writer.writerow([day, hour, round(whole * HOURS[hour] * lift * math.exp(rng.gauss(0, 0.045)), 1)])
    print(f"{args.out}: seed {args.seed}, {len(planned)} campaigns, {len(zones)} zone losses")


if __name__ == "__main__":
    main()
