#!/usr/bin/env python3
"""Measurements for the state split. Run it in the directory that gen_estate.py wrote.

measure.py plan --label L [--sample 5] [--seed N]   plan time of recorded changes, in the root that owns each
measure.py noop                                     every root must plan no change; counts what it would change
measure.py coverage                                 share of resources with a scheduled drift check, from drift.csv
measure.py detect --found FILE --since UNIX         compares found drift (one id a line) with what the API drifted

Results are appended to results/*.csv. Terraform or OpenTofu: set TF=tofu.
"""
import argparse
import csv
import json
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import time
import urllib.request

TF = os.environ.get("TF", "terraform")
API = os.environ.get("API", "http://127.0.0.1:8799")


def read(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


def append(name, row):
    pathlib.Path("results").mkdir(exist_ok=True)
    path = pathlib.Path("results") / name
    new = not path.exists()
    with open(path, "a", newline="") as f:
        out = csv.DictWriter(f, list(row), lineterminator="\n")
        if new:
            out.writeheader()
        out.writerow(row)


def plan(root):
    start = time.monotonic()
    p = subprocess.run([TF, f"-chdir={root}", "plan", "-input=false", "-lock=false", "-no-color", "-detailed-exitcode"],
                       capture_output=True, text=True)
    if p.returncode == 1:
        sys.exit(f"plan failed in {root}:\n{p.stderr[-2000:]}")
    return time.monotonic() - start, p.returncode, p.stdout


def cmd_plan(args):
    roots = {r["component"]: r["root"] for r in read("layout.csv")}
    changes = read("changes.csv")
    picked = random.Random(args.seed).sample(changes, args.sample)
    times = []
    for c in picked:
        root = roots[c["component"]]
        path = pathlib.Path(root) / f"{c['component']}.tf"
        text = path.read_text()
        try:
            path.write_text(text.replace('=> "v1"', '=> "v2"'))
            seconds, code, _ = plan(root)
        finally:
            path.write_text(text)
        if code != 2:
            sys.exit(f"{c['id']}: the plan in {root} shows no change")
        times.append(seconds)
        append("plans.csv", {"label": args.label, "seed": args.seed, "change": c["id"], "component": c["component"],
                             "root": root, "minutes": round(seconds / 60, 3)})
        print(f"{c['id']} {c['component']:22} {root:20} {seconds / 60:7.3f} min", flush=True)
    p95 = sorted(times)[math.ceil(0.95 * len(times)) - 1]
    append("runs.csv", {"label": args.label, "seed": args.seed, "n": len(times), "p95_min": round(p95 / 60, 3),
                        "median_min": round(sorted(times)[len(times) // 2] / 60, 3)})
    print(f"p95 {p95 / 60:.3f} min over {len(times)} changes")


def cmd_noop(args):
    total = 0
    for root in sorted({r["root"] for r in read("layout.csv")}):
        _, code, out = plan(root)
        m = re.search(r"Plan: (\d+) to add, (\d+) to change, (\d+) to destroy", out)
        n = sum(map(int, m.groups())) if m else 0
        total += n
        print(f"{root:24} {'no change' if code == 0 else f'{n} planned actions'}")
        append("noop.csv", {"root": root, "exit": code, "actions": n})
    print(f"planned actions in all: {total}")
    sys.exit(total > 0)


def cmd_coverage(args):
    rows = read("drift.csv")
    total = sum(int(r["resources"]) for r in rows)
    done = sum(int(r["resources"]) for r in rows if r["check"] == "scheduled")
    states = 0
    for root in sorted({r["root"] for r in read("layout.csv")}):
        out = subprocess.run([TF, f"-chdir={root}", "state", "list"], capture_output=True, text=True).stdout
        states += sum(1 for line in out.splitlines() if line.startswith("terraform_data."))
    print(f"scheduled drift check: {done} of {total} resources = {100 * done / total:.1f} %; in the states: {states}")
    append("coverage.csv", {"scheduled": done, "inventory": total, "in_states": states})
    if states != total:
        sys.exit("drift.csv and the states disagree about the number of resources")


def cmd_detect(args):
    with urllib.request.urlopen(f"{API}/stats") as r:
        seeded = {i.split("/")[-1] for i in json.load(r)["drifted"]}
    found = {line.strip() for line in open(args.found) if line.strip()}
    minutes = (os.path.getmtime(args.found) - args.since) / 60
    row = {"seeded": len(seeded), "found": len(seeded & found), "false": len(found - seeded),
           "missed": len(seeded - found), "minutes": round(minutes, 2)}
    append("detect.csv", row)
    print(row)
    sys.exit(bool(row["missed"] or row["false"]))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(required=True)
    p = sub.add_parser("plan")
    p.add_argument("--label", required=True)
    p.add_argument("--sample", type=int, default=5)
    p.add_argument("--seed", type=int, default=1)
    p.set_defaults(run=cmd_plan)
    sub.add_parser("noop").set_defaults(run=cmd_noop)
    sub.add_parser("coverage").set_defaults(run=cmd_coverage)
    p = sub.add_parser("detect")
    p.add_argument("--found", required=True)
    p.add_argument("--since", type=float, required=True)
    p.set_defaults(run=cmd_detect)
    args = ap.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
