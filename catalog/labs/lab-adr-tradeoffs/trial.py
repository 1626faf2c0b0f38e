#!/usr/bin/env python3
"""Run a time-boxed trial of candidate tools against criteria that were fixed beforehand.

    python3 trial.py lock criteria.json                        writes trial/lock.json, once
    python3 trial.py run --name sqlite --runs 5 -- python3 cand_sqlite.py
    python3 trial.py judge                                     compares the results with the criteria

A candidate is any command that prints one JSON object of numbers as its last line. It is run
with the environment TRIAL_SEED set to 1, 2, 3 ... `run` refuses when there is no lock, when
criteria.json has changed since, or when the time box has run out.

criteria.json: {"time_box_min": 120, "criteria": [{"id": "...", "metric": "...", "direction":
"lower" or "higher", "limit": 5.0, "weight": 3, "must": true, "why": "..."}]}
"""
import hashlib
import json
import os
import statistics
import subprocess
import sys
import time

FOLDER = "trial"
LOCK = os.path.join(FOLDER, "lock.json")


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def stop(text):
    raise SystemExit("trial: " + text)


def locked():
    if not os.path.exists(LOCK):
        stop("lock the criteria first")
    with open(LOCK) as f:
        lock = json.load(f)
    if digest(lock["file"]) != lock["sha256"]:
        stop("the criteria have changed since they were locked; results would not count")
    with open(lock["file"]) as f:
        return lock, json.load(f)


def do_lock(path):
    if os.path.exists(LOCK):
        stop("already locked; a second set of criteria needs a new folder and a note in the ADR")
    with open(path) as f:
        criteria = json.load(f)
    for c in criteria["criteria"]:
        for key in ("id", "metric", "direction", "limit", "weight", "why"):
            if c.get(key) in (None, ""):
                stop(f"criterion {c.get('id')}: '{key}' is missing")
    os.makedirs(FOLDER, exist_ok=True)
    with open(LOCK, "w") as f:
        json.dump({"file": path, "sha256": digest(path), "locked_at": int(time.time())}, f, indent=1)
    print("locked", len(criteria["criteria"]), "criteria")


def do_run(args):
    lock, criteria = locked()
    name, runs, split = args[args.index("--name") + 1], int(args[args.index("--runs") + 1]), args.index("--")
    if time.time() - lock["locked_at"] > criteria["time_box_min"] * 60:
        stop("the time box has run out: judge with what there is")
    results = []
    for seed in range(1, runs + 1):
        done = subprocess.run(args[split + 1:], capture_output=True, text=True, check=False,
                              env={**os.environ, "TRIAL_SEED": str(seed)})
        row = {"seed": seed, "exit": done.returncode}
        if done.returncode == 0:
            row.update(json.loads(done.stdout.strip().splitlines()[-1]))
        else:
            row["error"] = done.stderr.strip()[-200:]
        results.append(row)
        print(json.dumps(row))
    with open(os.path.join(FOLDER, name + ".json"), "w") as f:
        json.dump({"name": name, "command": args[split + 1:], "criteria_sha256": lock["sha256"], "runs": results}, f,
                  indent=1)


def do_judge():
    lock, criteria = locked()
    for file in sorted(os.listdir(FOLDER)):
        if not file.endswith(".json") or file == "lock.json":
            continue
        with open(os.path.join(FOLDER, file)) as f:
            trial = json.load(f)
        if trial["criteria_sha256"] != lock["sha256"]:
            print(trial["name"], "ran under other criteria: ignored")
            continue
        points, full, out = 0, 0, False
        for c in criteria["criteria"]:
            values = [r[c["metric"]] for r in trial["runs"] if c["metric"] in r]
            full += c["weight"]
            if len(values) < len(trial["runs"]):
                met, shown = False, f"{len(values)} of {len(trial['runs'])} runs gave a number"
            else:
                median = statistics.median(values)
                met = median <= c["limit"] if c["direction"] == "lower" else median >= c["limit"]
                shown = f"median {median:g} ({min(values):g} to {max(values):g}), limit {c['limit']:g}"
            points += c["weight"] * met
            out = out or (c.get("must", False) and not met)
            print(f"{trial['name']:12} {c['id']:20} {'met' if met else 'NOT MET':8} {shown}")
        print(f"{trial['name']:12} {points} of {full} points{', rejected by a must' if out else ''}")


def main():
    args = sys.argv[1:]
    if args[:1] == ["lock"] and len(args) == 2:
        do_lock(args[1])
    elif args[:1] == ["run"] and "--" in args and "--name" in args and "--runs" in args:
        do_run(args)
    elif args == ["judge"]:
        do_judge()
    else:
        stop("usage: lock FILE | run --name NAME --runs N -- COMMAND | judge")


if __name__ == "__main__":
    main()
