#!/usr/bin/env python3
"""Replay six weeks of review requests against a review policy.

    python3 review_queue.py policy.json --seeds 3 17 29 31 43 --out queue.json

Time is counted in business hours, eight a day. A policy has:
  reviewers      people who share the queue (4 in this team; more is not allowed)
  slots          [[start hour, hours], ...] of each day that a reviewer keeps for review
  split_lines    changes larger than this come in as several changes; 0 is no rule
  order          "arrival", or "small-first": the smallest waiting change is taken first
  assign         "owner": a change waits for the person who owns that code (one person owns
                 almost half of it); "pool": whoever is free takes the next change
First response is the time from the request to the first reviewer comment, which comes when
the first pass over the change is half done.
"""
import argparse
import json
import random
import sys

DAYS, HOURS = 30, 8.0
LINES_PER_HOUR = 400
MAX_HOURS_PER_DAY = 1.5      # per reviewer; a policy may move the time, not add to it


def arrivals(seed):
    rng = random.Random(seed)
    out = []
    for day in range(DAYS):
        for _ in range(rng.choice([3, 4, 5])):
            size = int(rng.choice([20, 40, 80, 120, 200, 320, 480, 1300]) * rng.uniform(0.7, 1.3))
            out.append((day * HOURS + rng.triangular(0, HOURS, 5), size, rng.choices(range(4), (45, 20, 20, 15))[0]))
    return sorted(out)


def split(requests, limit):
    for at, size, owner in requests:
        parts = max(1, -(-size // limit)) if limit else 1
        for _ in range(parts):
            yield at, size // parts, owner


def check(policy):
    if policy["reviewers"] > 4:
        raise SystemExit("policy: this team has four reviewers")
    if policy["assign"] == "owner" and policy["reviewers"] != 4:
        raise SystemExit("policy: with owners all four review")
    if sum(h for _, h in policy["slots"]) > MAX_HOURS_PER_DAY + 1e-9:
        raise SystemExit(f"policy: more than {MAX_HOURS_PER_DAY} h of review per reviewer and day")
    if any(s < 0 or s + h > HOURS for s, h in policy["slots"]):
        raise SystemExit("policy: a slot lies outside the day")


def replay(policy, seed):
    queue = list(split(arrivals(seed), policy.get("split_lines", 0)))
    step, waiting, responses, position = 0.05, [], [], 0
    work = [None] * policy["reviewers"]          # (remaining hours, half, arrival, counted)
    now = 0.0
    while now < (DAYS + 30) * HOURS and (position < len(queue) or waiting or any(work)):
        while position < len(queue) and queue[position][0] <= now:
            waiting.append(queue[position])
            position += 1
        hour = now % HOURS
        if any(s <= hour < s + h for s, h in policy["slots"]):
            for r in range(policy["reviewers"]):
                mine = [i for i, w in enumerate(waiting) if policy["assign"] == "pool" or w[2] == r]
                if work[r] is None and mine:
                    pick = min(mine, key=lambda i: waiting[i][1]) if policy["order"] == "small-first" else mine[0]
                    at, size, _ = waiting.pop(pick)
                    hours = 0.05 + size / LINES_PER_HOUR
                    work[r] = [hours, hours / 2, at, False]
                if work[r] is not None:
                    work[r][0] -= step
                    if not work[r][3] and work[r][0] <= work[r][1]:
                        responses.append((now + step - work[r][2]) / HOURS)
                        work[r][3] = True
                    if work[r][0] <= 0:
                        work[r] = None
        now += step
    responses.sort()
    return {"seed": seed, "reviews": len(responses),
            "first_response_p90_d": round(responses[int(0.9 * len(responses))], 2),
            "first_response_median_d": round(responses[len(responses) // 2], 2),
            "longest_d": round(responses[-1], 2)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("policy")
    parser.add_argument("--seeds", type=int, nargs="+", default=[3, 17, 29, 31, 43])
    parser.add_argument("--out", default="queue.json")
    args = parser.parse_args()
    with open(args.policy) as f:
        policy = json.load(f)
    check(policy)
    runs = [replay(policy, seed) for seed in args.seeds]
    median = {key: sorted(r[key] for r in runs)[len(runs) // 2] for key in ("first_response_p90_d", "longest_d")}
    for r in runs:
        print(json.dumps(r))
    print("median of runs: " + "  ".join(f"{key} {value}" for key, value in median.items()))
    with open(args.out, "w") as f:
        json.dump({"policy": policy, "runs": runs, **median}, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    sys.exit(main())
