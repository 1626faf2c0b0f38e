#!/usr/bin/env python3
"""Toil of the quarter after next, with and without a plan.

    python3 replay.py plan.json --seeds 3 4 5 6 7 8 --out evidence/result.json

plan.json:
  {"toil": ["disk-page", ...], "build": ["cert-robot", ...]}
toil   kinds of work that the team counts as toil: by hand, repeated, without lasting value,
       growing with the service
build  options from options.json; together at most its days_budget
For each seed it prints
  toil_pct          hours of toil, upkeep of what was built included, in per cent of the team's hours
  pages_per_shift   mean pages for each on-call shift of 12 hours
  missed            events that harm users and of which nobody is told any more
A kind that is toil by the definition and missing in the list counts all the same.
"""
import argparse
import json
import os
import statistics
import sys

import make_quarter

TOIL = {"disk-page", "restart-page", "cpu-page", "lag-page", "cert-ticket", "access-request", "quota-request",
        "restore-request", "release-ticket", "dns-request", "cost-report"}
SHIFTS = 2 * make_quarter.DAYS


def read(name):
    with open(os.path.join(make_quarter.HERE, name)) as f:
        return json.load(f)


def replay(plan, seed):
    options, team = read("options.json"), read("kinds.json")["team"]
    left, upkeep, days = {}, 0.0, 0.0
    for name in plan["build"]:
        if name not in options["options"]:
            raise SystemExit(f"plan: unknown option '{name}'; there are: {', '.join(options['options'])}")
        option = options["options"][name]
        days += option["days"]
        upkeep += option["upkeep_h"]
        for kind, share in option["left"].items():
            left[kind] = min(left.get(kind, 1.0), share)
    if days > options["days_budget"]:
        raise SystemExit(f"plan: {days:g} engineer days, and there are {options['days_budget']}")
    unknown = set(plan["toil"]) - set(make_quarter.kinds())
    if unknown:
        raise SystemExit(f"plan: unknown kind '{sorted(unknown)[0]}'")
    all_hours = team["people"] * team["hours_a_week"] * team["weeks"]
    toil_kinds = TOIL | set(plan["toil"])
    full = make_quarter.events(seed, None, 2)
    rows = make_quarter.events(seed, lambda name: left.get(name, 1.0), 2)
    toil = sum(r[4] for r in rows if r[3] in toil_kinds) / 60 + upkeep
    silent = [k for k, share in left.items() if share == 0 and make_quarter.kinds()[k]["harm"]]
    return {"seed": seed, "days": days, "toil_pct": round(100 * toil / all_hours, 1),
            "pages_per_shift": round(sum(r[2] == "page" for r in rows) / SHIFTS, 2),
            "missed": sum(r[3] in silent for r in full),
            "hours": {k: round(sum(r[4] for r in rows if r[3] == k) / 60) for k in make_quarter.kinds()}}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("plan")
    parser.add_argument("--seeds", type=int, nargs="+", required=True)
    parser.add_argument("--out")
    args = parser.parse_args()
    with open(args.plan) as f:
        plan = json.load(f)
    runs = [replay(plan, seed) for seed in args.seeds]
    for r in runs:
        print(f"seed {r['seed']}: {r['days']:g} days, toil {r['toil_pct']} %, pages for each shift "
              f"{r['pages_per_shift']}, missed {r['missed']}")
    median = {k: round(statistics.median(r[k] for r in runs), 2) for k in ("toil_pct", "pages_per_shift", "missed")}
    if args.out:
        os.makedirs(os.path.dirname(args.out) or ".", exist_ok=True)
        with open(args.out, "w") as f:
            json.dump({"plan": plan, "runs": runs, "median": median}, f, indent=1)
            f.write("\n")
    print("median", json.dumps(median))
    return 0


if __name__ == "__main__":
    sys.exit(main())
