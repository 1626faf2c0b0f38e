#!/usr/bin/env python3
"""Compare designs of a multi-region ML serving platform on five quality attributes.

    python3 region_sim.py compare designs.json --seeds 2 12 22 --out compare.json
    python3 region_sim.py sweep designs.json home-region headroom 1.0 1.2 1.4 1.6

A design has
  regions     which of us, eu, eu2, ap have GPUs
  routing     "primary" (all traffic to the first region) or "nearest"
  failover    "none", "nearest", or "compliant" (EU users only to EU regions)
  session     where the session store is written in the request path:
              "home" (first region), "local-async" (replicated later) or "quorum" (waits for one more region)
  replicate_s seconds between replications of the session store with "local-async"
  headroom    GPUs over those that the peak needs

Round trips, prices and demand are round example numbers; put in your own before you decide.
"""
import argparse
import json
import math
import random
import statistics
import sys

RTT_MS = {("us", "eu"): 95, ("us", "eu2"): 105, ("us", "ap"): 170, ("eu", "eu2"): 25, ("eu", "ap"): 230,
          ("eu2", "ap"): 235}
LOCAL_MS = 12
PRICE = {"us": 2.5, "eu": 2.8, "eu2": 3.0, "ap": 3.1}          # USD for a GPU hour
DEMAND = {"us": 360.0, "eu": 360.0, "ap": 180.0}               # peak requests a second
GPU_REQ_S = 30.0
EGRESS_USD_GB = 0.05
SESSION_KB = 60.0
EU = ("eu", "eu2")
KEYS = {"id", "regions", "routing", "failover", "session", "replicate_s", "headroom"}


def rtt(a, b):
    return LOCAL_MS if a == b else RTT_MS.get((a, b), RTT_MS.get((b, a)))


def target(design, user, lost=None):
    """Where a user's request is served, or None."""
    up = [r for r in design["regions"] if r != lost]
    if design["routing"] == "primary":
        first = design["regions"][0]
        choice = first if first != lost else None
    else:
        choice = min(design["regions"], key=lambda r: rtt(user, r))
        choice = choice if choice != lost else None
    if choice is None and design["failover"] != "none":
        allowed = [r for r in up if design["failover"] == "nearest" or user != "eu" or r in EU]
        choice = min(allowed, key=lambda r: rtt(user, r)) if allowed else None
    return choice


def gpus(design):
    """Capacity for normal traffic, times the headroom."""
    load = {r: 0.0 for r in design["regions"]}
    for user, rate in DEMAND.items():
        load[target(design, user)] += rate
    # A region that serves nobody in normal times is a standby for the region nearest to it.
    for r in load:
        if not load[r]:
            same_side = [load[o] for o in load if o != r and (o in EU) == (r in EU)]
            load[r] = 0.5 * max(same_side or [load[o] for o in load if o != r] or [0.0])
    return {r: math.ceil(load[r] / GPU_REQ_S * design["headroom"]) for r in load}


def session_ms(design, served):
    if design["session"] == "home":
        return rtt(served, design["regions"][0])
    if design["session"] == "quorum":
        others = [r for r in design["regions"] if r != served]
        return min(rtt(served, r) for r in others) if others else LOCAL_MS
    return LOCAL_MS


def evaluate(design, seed):
    rng = random.Random(seed)
    worst = 0.0
    for user in DEMAND:
        served = target(design, user)
        samples = sorted(rtt(user, served) * rng.lognormvariate(0, 0.12) + rng.lognormvariate(math.log(110), 0.25)
                         + session_ms(design, served) * rng.lognormvariate(0, 0.12) for _ in range(4000))
        worst = max(worst, samples[int(0.95 * len(samples))])
    have, total = gpus(design), sum(DEMAND.values())
    served_pct, violations = 100.0, 0.0
    for lost in [None, *design["regions"]]:          # normal running, then the loss of each region in turn
        capacity = {r: n * GPU_REQ_S for r, n in have.items()}
        served_rate = 0.0
        for user in sorted(DEMAND, key=lambda u: target(design, u) == lost):
            region = target(design, user, lost)
            if region is None:
                continue
            take = min(DEMAND[user], capacity[region])
            capacity[region] -= take
            served_rate += take
            if user == "eu" and region not in EU:
                violations = max(violations, take)
        served_pct = min(served_pct, 100 * served_rate / total)
    transfer_gb = 0.0
    if design["session"] != "home" and len(design["regions"]) > 1:
        copies = 1 if design["session"] == "quorum" else len(design["regions"]) - 1
        transfer_gb = 0.4 * total * SESSION_KB / 1e6 * 3600 * 730 * copies
        if design["session"] == "local-async":      # later writes of one session replace earlier ones
            transfer_gb /= 1 + math.log1p(design["replicate_s"])
    cost = sum(n * PRICE[r] * 730 for r, n in have.items()) + transfer_gb * EGRESS_USD_GB
    rpo = {"home": 3600.0, "local-async": float(design["replicate_s"]), "quorum": 0.0}[design["session"]]
    return {"worst_region_p95_ms": round(worst, 1), "served_in_worst_loss_pct": round(served_pct, 1),
            "residency_violations": round(violations), "session_rpo_s": rpo, "monthly_cost_usd": round(cost),
            "gpus": have}


def load(path):
    with open(path) as f:
        designs = json.load(f)["designs"]
    for d in designs:
        missing = KEYS - set(d)
        if missing:
            raise SystemExit(f"design {d.get('id', '?')}: missing: {', '.join(sorted(missing))}")
        if d["session"] not in ("home", "local-async", "quorum") or not d["regions"]:
            raise SystemExit(f"design {d['id']}: regions or session wrong")
    return designs


def compare(args):
    rows = []
    for design in load(args.file):
        runs = [evaluate(design, seed) for seed in args.seeds]
        row = {k: statistics.median(r[k] for r in runs) for k in runs[0] if k != "gpus"}
        rows.append({"id": design["id"], **row, "gpus": runs[0]["gpus"], "runs": runs})
        print(f"{design['id']:22} p95 {row['worst_region_p95_ms']:6.1f} ms  worst region loss served "
              f"{row['served_in_worst_loss_pct']:5.1f} %  residency violations {row['residency_violations']:4.0f}"
              f"  rpo {row['session_rpo_s']:6.0f} s  {row['monthly_cost_usd']:7.0f} USD  {runs[0]['gpus']}")
    with open(args.out, "w") as f:
        json.dump({"seeds": args.seeds, "designs": rows}, f, indent=1)
        f.write("\n")


def sweep(args):
    design = next((d for d in load(args.file) if d["id"] == args.design), None)
    if design is None or args.parameter not in design:
        raise SystemExit("no such design or parameter")
    for text in args.values:
        try:
            value = json.loads(text)
        except ValueError:
            value = text
        row = evaluate({**design, args.parameter: value}, 2)
        row.pop("gpus")
        print(f"{args.parameter}={text:12} " + "  ".join(f"{k} {v}" for k, v in row.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    sub = parser.add_subparsers(dest="command", required=True)
    p = sub.add_parser("compare")
    p.add_argument("file")
    p.add_argument("--seeds", type=int, nargs="+", default=[2, 12, 22])
    p.add_argument("--out", default="compare.json")
    p.set_defaults(run=compare)
    p = sub.add_parser("sweep")
    p.add_argument("file")
    p.add_argument("design")
    p.add_argument("parameter")
    p.add_argument("values", nargs="+")
    p.set_defaults(run=sweep)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    sys.exit(main())
