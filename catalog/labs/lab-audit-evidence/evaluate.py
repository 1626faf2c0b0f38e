#!/usr/bin/env python3
"""Measure recorder.py: completeness, tamper detection, loss on a crash, added latency.

    python3 evaluate.py recorder --seed 5 --out results5.json
    python3 evaluate.py provenance findings.txt --seed 5

A record is complete when it has: id; when (UTC, RFC 3339 with Z, equal to the time of the
decision); control; outcome; actor (a person: with automation, who it acted for); source_ip;
where; subject; policy (name and version); reason; and approver and ticket when the
break-glass path was used. findings.txt has the id of one admitted image without valid
provenance per line.
"""
import argparse
import calendar
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

import controls

KEY = "harness-key-7c1"


def paths(folder):
    return os.path.join(folder, "audit.jsonl"), os.path.join(folder, "anchor")


def complete(entry, ctx):
    try:
        when = calendar.timegm(time.strptime(entry["when"][:19] + "Z", "%Y-%m-%dT%H:%M:%SZ"))
        if not entry["when"].endswith("Z") or when != ctx["at"]:
            return False
        person = ctx["request"].get("on_behalf_of", ctx["request"]["actor"])
        if person not in (entry["actor"], entry.get("on_behalf_of")):
            return False
        same = all(entry[k] == ctx[k] for k in ("control", "outcome", "subject", "where", "reason"))
        same = same and entry["source_ip"] == ctx["request"]["source_ip"]
        same = same and entry["policy"] in (ctx["policy"], f"{ctx['policy']['name']}@{ctx['policy']['version']}")
        if "break_glass" in ctx:
            same = same and entry["approver"] == ctx["break_glass"]["approver"]
            same = same and entry["ticket"] == ctx["break_glass"]["ticket"]
        return same
    except (KeyError, ValueError, TypeError):
        return False


def read(path):
    entries = {}
    if os.path.exists(path):
        with open(path) as f:
            for line in f:
                try:
                    entry = json.loads(line)
                    entries[entry["id"]] = entry
                except (ValueError, KeyError):
                    pass
    return entries


def tamper(kind, lines, rng, module):
    """The attacker can write the log and has read recorder.py, but has neither key nor anchor."""
    entries = [json.loads(x) for x in lines]
    n = rng.randrange(len(entries) // 4, 3 * len(entries) // 4)
    if kind == "edit":
        entries[n]["actor"] = "engineer-99"
    elif kind == "delete":
        del entries[n]
    elif kind == "swap":
        entries[n], entries[n + 1] = entries[n + 1], entries[n]
    elif kind == "duplicate":
        entries.insert(n, dict(entries[n]))
    elif kind == "truncate":
        entries = entries[:-rng.randrange(1, 40)]
    elif kind == "edit-and-rehash":
        entries[n]["actor"] = "engineer-99"
        return module.reseal(entries, "wrong-key")
    elif kind == "delete-and-rehash":
        del entries[n]
        return module.reseal(entries, "wrong-key")
    elif kind == "empty":
        entries = []
    return [json.dumps(e) for e in entries]


def load_recorder():
    sys.path.insert(0, os.getcwd())
    import recorder
    return recorder


def run_recorder(args):
    module = load_recorder()
    decisions, _ = controls.month(args.seed)
    decisions = [{k: v for k, v in c.items() if k != "_flaw"} for _, c in decisions]
    folder = tempfile.mkdtemp()
    try:
        log, anchor = paths(folder)
        times, r = [], module.Recorder(log, anchor, KEY)
        for ctx in decisions:
            began = time.perf_counter()
            r.record(json.loads(json.dumps(ctx)))
            times.append(1000 * (time.perf_counter() - began))
        r.close()
        entries = read(log)
        whole = sum(complete(entries.get(c["id"], {}), c) for c in decisions)
        problems = module.verify(log, anchor, KEY)
        with open(log) as f:
            lines = f.read().splitlines()
        kinds = ["edit", "delete", "swap", "duplicate", "truncate", "edit-and-rehash", "delete-and-rehash", "empty"]
        rng, caught, missed = random.Random(args.seed), 0, {}
        cases = [kinds[i % len(kinds)] for i in range(24)]
        for kind in cases:
            other = tempfile.mkdtemp(dir=folder)
            bad, far = paths(other)
            if os.path.exists(anchor):
                (shutil.copytree if os.path.isdir(anchor) else shutil.copy)(anchor, far)
            with open(bad, "w") as f:
                f.write("".join(x + "\n" for x in tamper(kind, lines, rng, module)))
            try:
                found = bool(module.verify(bad, far, KEY))
            except Exception:                       # a verifier that falls over has not verified
                found = False
            caught += found
            if not found:
                missed[kind] = missed.get(kind, 0) + 1
        lost = 0
        for stop in (77, 640, 1313):
            crash = tempfile.mkdtemp(dir=folder)
            subprocess.run([sys.executable, os.path.abspath(__file__), "crash", "--seed", str(args.seed),
                            "--stop", str(stop), "--out", crash], check=False)
            kept = read(paths(crash)[0])
            lost += sum(c["id"] not in kept for c in decisions[:stop])
    finally:
        shutil.rmtree(folder)
    result = {"seed": args.seed, "complete_pct": round(100 * whole / len(decisions), 2),
              "verify_clean_log": "ok" if not problems else problems[:3],
              "tamper_detected_pct": round(100 * caught / len(cases), 1) if not problems else 0.0,
              "tamper_missed": missed, "lost_records": lost,
              "record_p95_ms": round(sorted(times)[int(0.95 * len(times))], 3)}
    with open(args.out, "w") as f:
        json.dump(result, f, indent=1)
        f.write("\n")
    print(json.dumps(result))


def run_crash(args):
    module = load_recorder()
    log, anchor = paths(args.out)
    r = module.Recorder(log, anchor, KEY)
    for number, (_, ctx) in enumerate(controls.month(args.seed)[0]):
        if number == args.stop:
            os._exit(9)
        r.record({k: v for k, v in ctx.items() if k != "_flaw"})


def run_provenance(args):
    truth = {c["id"] for _, c in controls.month(args.seed)[0] if "_flaw" in c}
    with open(args.file) as f:
        named = {line.strip() for line in f if line.strip()}
    print(json.dumps({"seeded": len(truth), "found": len(truth & named), "false": len(named - truth)}))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    sub = parser.add_subparsers(dest="command", required=True)
    for name, run in (("recorder", run_recorder), ("crash", run_crash), ("provenance", run_provenance)):
        p = sub.add_parser(name)
        if name == "provenance":
            p.add_argument("file")
        if name == "crash":
            p.add_argument("--stop", type=int, required=True)
        p.add_argument("--seed", type=int, default=5)
        p.add_argument("--out", default="results.json")
        p.set_defaults(run=run)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    sys.exit(main())
