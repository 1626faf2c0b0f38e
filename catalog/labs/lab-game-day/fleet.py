#!/usr/bin/env python3
"""A model of an inference fleet that can be broken: gateway, replicas, feature store.

    python3 fleet.py experiments experiments.json --policy policy.json --seed 7 --out out/seed7
    python3 fleet.py drill --card 3 --policy policy.json --out out/drill-a      (live, wall clock)
    python3 fleet.py waterfall out/seed7/spans.jsonl --slowest 5

A request is good when it succeeds within 1,000 ms. Time moves in ticks of one second; the
same seed, policy and experiments always give the same result. In a drill the tick lasts one
real second, the policy file is read again at every tick (that is how you mitigate: edit and
save), and every change of it is written to drill.jsonl.
"""
import argparse
import json
import math
import os
import random
import sys
import time

RATE = 60                # requests a second, open loop: they arrive whatever the fleet does
REPLICAS = 8
CAPACITY = 17            # requests a second that one replica serves without a queue
GOOD_MS = 1000
DEFAULTS = {
    "timeout_ms": 3000,          # of one attempt
    "retry_max": 0,              # further attempts after a failed one
    "retry_budget_pct": 100,     # retries as a share of requests, over 10 s
    "eject_after": 0,            # failed attempts in a row until a replica is left out; 0 is off
    "eject_s": 30,
    "eject_max_pct": 25,         # of all replicas
    "feature_timeout_ms": 0,     # wait for the feature store at most so long, then use defaults; 0 is off
    "canary_pct": 100,           # share of requests that a new configuration gets for its first 120 s
    "auto_rollback_pct": 0,      # failed share of the new configuration over 10 s that rolls it back; 0 is off
    "drained": [],               # replicas taken out by hand
    "config_version": "auto",    # "v1" rolls the configuration back by hand
}
FAULTS = ("crash", "grey", "slow", "feature-store", "bad-config", "zone-loss")
ZONE_A = range(4)        # the replicas that a zone loss takes


def read_policy(path):
    with open(path) as f:
        given = json.load(f)
    unknown = set(given) - set(DEFAULTS)
    if unknown:
        raise ValueError("unknown policy keys: " + ", ".join(sorted(unknown)))
    return {**DEFAULTS, **given}


class Fleet:
    def __init__(self, seed, spans=None):
        self.rng, self.seed = random.Random(seed), seed
        self.spans, self.requests = spans, 0
        self.turn, self.failed_in_row, self.ejected_until = 0, [0] * REPLICAS, [-1] * REPLICAS
        self.retries, self.v2_results, self.rolled_back, self.amplified = [], [], False, 1.0
        self.total = {"requests": 0, "good": 0, "attempts": 0}

    def arrivals(self):
        return max(0, round(self.rng.gauss(RATE, math.sqrt(RATE))))

    def choose(self, now, policy, avoid):
        open_ = [r for r in range(REPLICAS) if r not in policy["drained"] and self.ejected_until[r] < now]
        open_ = [r for r in open_ if r != avoid] or open_ or list(range(REPLICAS))
        self.turn += 1
        return open_[self.turn % len(open_)]

    def attempt(self, now, policy, fault, replica, version, load):
        """One try on one replica: (succeeded, parts in ms)."""
        rng, kind = self.rng, fault["kind"] if fault else None
        hit = fault and replica == fault.get("replica")
        if (kind == "crash" and hit) or (kind == "zone-loss" and replica in ZONE_A):
            return False, [("connect", 2.0)]
        over = max(0.0, load[replica] - CAPACITY)
        queue = rng.expovariate(1 / 6.0) + 80.0 * over
        feature = rng.lognormvariate(math.log(18), 0.3)
        if kind == "feature-store" and rng.random() < 0.6:
            feature = rng.gauss(1400, 150)
        if policy["feature_timeout_ms"] and feature > policy["feature_timeout_ms"]:
            feature = float(policy["feature_timeout_ms"])
        model = rng.lognormvariate(math.log(150), 0.25)
        if kind == "slow" and hit:
            model *= 9
        ok = rng.random() > 0.0001
        if kind == "grey" and hit and rng.random() < 0.4:
            ok = False
        if kind == "bad-config" and version == "v2" and rng.random() < 0.3:
            ok = False
        parts = [("queue", queue), ("feature-lookup", feature), ("model", model)]
        if sum(ms for _, ms in parts) > policy["timeout_ms"]:
            kept, left = [], float(policy["timeout_ms"])
            for name, ms in parts:
                kept.append((name, min(ms, left)))
                left -= min(ms, left)
            return False, kept
        return ok, parts

    def version(self, now, policy, fault):
        if not fault or fault["kind"] != "bad-config" or policy["config_version"] == "v1" or self.rolled_back:
            return "v1"
        share = policy["canary_pct"] if now - fault["began"] < 120 else 100
        return "v2" if self.rng.random() * 100 < share else "v1"

    def note(self, now, policy, replica, version, ok):
        self.failed_in_row[replica] = 0 if ok else self.failed_in_row[replica] + 1
        if policy["eject_after"] and self.failed_in_row[replica] >= policy["eject_after"]:
            out = sum(u >= now for u in self.ejected_until)
            if (out + 1) * 100 <= policy["eject_max_pct"] * REPLICAS:
                self.ejected_until[replica] = now + policy["eject_s"]
                self.failed_in_row[replica] = 0
        if version == "v2":
            self.v2_results = [(t, o) for t, o in self.v2_results if t > now - 10] + [(now, ok)]
            bad = sum(not o for _, o in self.v2_results)
            if policy["auto_rollback_pct"] and len(self.v2_results) >= 20 \
                    and 100 * bad / len(self.v2_results) >= policy["auto_rollback_pct"]:
                self.rolled_back = True

    def tick(self, now, policy, fault):
        """One second: (requests, good, attempts, latencies)."""
        count, good, attempts, latencies = self.arrivals(), 0, 0, []
        open_ = [r for r in range(REPLICAS) if r not in policy["drained"] and self.ejected_until[r] < now]
        load = {r: count * self.amplified / max(1, len(open_)) for r in range(REPLICAS)}
        self.retries = [t for t in self.retries if t > now - 10]
        for _ in range(count):
            self.requests += 1
            total, avoid, tries, rows = 0.0, None, 0, []
            while True:
                replica = self.choose(now, policy, avoid)
                version = self.version(now, policy, fault)
                ok, parts = self.attempt(now, policy, fault, replica, version, load)
                self.note(now, policy, replica, version, ok)
                rows.append((replica, version, ok, total, parts))
                total += sum(ms for _, ms in parts)
                attempts, tries, avoid = attempts + 1, tries + 1, replica
                if ok or tries > policy["retry_max"]:
                    break
                if len(self.retries) >= policy["retry_budget_pct"] / 100 * RATE * 10:
                    break
                self.retries.append(now)
            good += ok and total <= GOOD_MS
            latencies.append(total)
            if self.spans and (self.requests % 200 == 0 or ((total > GOOD_MS or not ok) and self.requests % 5 == 0)):
                self.write_trace(now, rows, total, ok)
        self.amplified = attempts / count if count else 1.0
        for key, value in (("requests", count), ("good", good), ("attempts", attempts)):
            self.total[key] += value
        return count, good, attempts, latencies

    def write_trace(self, now, rows, total, ok):
        trace = f"{self.seed:04x}-{self.requests:06x}"      # experiments of one run share a file
        def span(number, parent, name, start, ms, **attrs):
            self.spans.write(json.dumps({"trace": trace, "span": number, "parent": parent, "name": name,
                                         "start_ms": round(now * 1000 + start, 1), "dur_ms": round(ms, 1),
                                         "attrs": attrs}) + "\n")
        span(0, None, "gateway", 0, total, ok=ok)
        number = 0
        for replica, version, good, start, parts in rows:
            number += 1
            mine = number
            span(mine, 0, "attempt", start, sum(ms for _, ms in parts), replica=replica, config=version, ok=good)
            at = start
            for name, ms in parts:
                number += 1
                span(number, mine, name, at, ms)
                at += ms


def percentile(values, p):
    values = sorted(values)
    return values[min(len(values) - 1, math.ceil(p / 100 * len(values)) - 1)] if values else 0.0


def check_experiment(e):
    for key in ("id", "fault", "seconds", "hypothesis", "blast_radius_pct", "abort_bad_pct", "abort_window_s"):
        if e.get(key) in (None, "", 0):
            raise SystemExit(f"experiment '{e.get('id')}': '{key}' is missing; it is part of the design")
    if e["fault"] not in FAULTS:
        raise SystemExit(f"experiment '{e['id']}': unknown fault '{e['fault']}'")


def run_experiments(args):
    with open(args.file) as f:
        experiments = json.load(f)["experiments"]
    try:
        policy = read_policy(args.policy)
    except (ValueError, OSError) as problem:
        raise SystemExit(f"{args.policy}: {problem}")
    os.makedirs(args.out, exist_ok=True)
    results, overall = [], {"requests": 0, "good": 0, "attempts": 0}
    with open(os.path.join(args.out, "spans.jsonl"), "w") as spans:
        for number, e in enumerate(experiments):
            check_experiment(e)
            fleet = Fleet(args.seed * 100 + number, spans)
            fault = {"kind": e["fault"], "replica": e.get("replica", 2), "began": 60}
            recent, aborted, latencies, hurt, during = [], None, [], 0, 0
            for now in range(e["seconds"]):
                active = fault if 60 <= now and aborted is None else None
                count, good, _, ms = fleet.tick(now, policy, active)
                latencies += ms
                if active:
                    hurt, during = hurt + count - good, during + count
                recent = (recent + [(count, good)])[-e["abort_window_s"]:]
                seen = sum(c for c, _ in recent)
                bad = 100 * (1 - sum(g for _, g in recent) / seen) if seen else 0.0
                if active and aborted is None and len(recent) == e["abort_window_s"] and bad > e["abort_bad_pct"]:
                    aborted = now
            t = fleet.total
            for key in overall:
                overall[key] += t[key]
            results.append({"id": e["id"], "availability_pct": round(100 * t["good"] / t["requests"], 3),
                            "retry_amplification": round(t["attempts"] / t["requests"], 3),
                            "p99_ms": round(percentile(latencies, 99)), "aborted_at_s": aborted,
                            "hurt_pct": round(100 * hurt / max(1, during), 2),
                            "inside_blast_radius": 100 * hurt / max(1, during) <= e["blast_radius_pct"]})
    summary = {"seed": args.seed,
               "availability_pct": round(100 * overall["good"] / overall["requests"], 3),
               "retry_amplification": round(overall["attempts"] / overall["requests"], 3),
               "aborted": sum(r["aborted_at_s"] is not None for r in results)}
    with open(os.path.join(args.out, "results.json"), "w") as f:
        json.dump({"policy": policy, "experiments": results, "summary": summary}, f, indent=1)
        f.write("\n")
    for r in results:
        print(json.dumps(r))
    print("set", json.dumps(summary))


def run_drill(args):
    rng = random.Random(args.card * 7919)
    fault_at = rng.randrange(60, 120)
    fault = {"kind": FAULTS[args.card % len(FAULTS)], "replica": rng.randrange(REPLICAS), "began": fault_at}
    os.makedirs(args.out, exist_ok=True)
    fleet, seen_policy, calm, restored = None, None, 0, None
    with open(os.path.join(args.out, "spans.jsonl"), "w") as spans, \
            open(os.path.join(args.out, "drill.jsonl"), "w") as log:
        fleet = Fleet(args.card, spans)

        def write(now, what, **rest):
            log.write(json.dumps({"t": now, "wall": time.strftime("%H:%M:%S"), "event": what, **rest}) + "\n")
            log.flush()

        window = []
        for now in range(args.minutes * 60):
            try:
                policy = read_policy(args.policy)
            except (ValueError, OSError) as problem:
                policy = seen_policy or dict(DEFAULTS)
                print("policy not read:", problem)
            if policy != seen_policy:
                changed = {k: v for k, v in policy.items() if not seen_policy or seen_policy.get(k) != v}
                write(now, "policy", changed=changed if seen_policy else policy)
                seen_policy = policy
            if now == fault_at:
                write(now, "fault-began", card=args.card)
            count, good, attempts, ms = fleet.tick(now, policy, fault if now >= fault_at else None)
            window = (window + [(count, good, attempts, ms)])[-5:]
            if now % 5 == 4:
                n, g, a = (sum(w[i] for w in window) for i in range(3))
                bad = 100 * (1 - g / n) if n else 0.0
                print(f"t={now:5}s  {n / 5:5.1f} req/s  bad {bad:6.2f} %  attempts/request {a / n if n else 0:4.2f}"
                      f"  p99 {percentile([x for w in window for x in w[3]], 99):6.0f} ms", flush=True)
                write(now, "status", bad_pct=round(bad, 2))
                spans.flush()
                if now > fault_at:
                    calm = calm + 5 if bad <= 1.0 else 0
                    if calm >= 60:
                        restored = max(0, now - 60 - fault_at)
                        write(now, "restored", time_to_restore_min=round(restored / 60, 1))
                        print(f"restored: {restored / 60:.1f} min after the fault began")
                        break
            if args.speed:
                time.sleep(1 / args.speed)
    if restored is None:
        print("not restored within the drill")


def waterfall(args):
    traces = {}
    with open(args.file) as f:
        for line in f:
            span = json.loads(line)
            traces.setdefault(span["trace"], []).append(span)
    slowest = sorted(traces.values(), key=lambda spans: -spans[0]["dur_ms"])[:args.slowest]
    for spans in slowest:
        start, whole = spans[0]["start_ms"], max(spans[0]["dur_ms"], 0.1)
        print(f"trace {spans[0]['trace']}  at {start / 1000:.0f} s  {whole:.0f} ms")
        for s in spans:
            left = int(40 * (s["start_ms"] - start) / whole)
            bar = "#" * max(1, int(40 * s["dur_ms"] / whole))
            attrs = " ".join(f"{k}={v}" for k, v in s["attrs"].items())
            print(f"  {s['name']:16}{s['dur_ms']:8.1f} ms |{' ' * left}{bar:{41 - left}}| {attrs}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    sub = parser.add_subparsers(dest="command", required=True)
    p = sub.add_parser("experiments", help="run a set of experiments in model time")
    p.add_argument("file")
    p.add_argument("--policy", default="policy.json")
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--out", default="out/seed7")
    p.set_defaults(run=run_experiments)
    p = sub.add_parser("drill", help="one unknown fault, live")
    p.add_argument("--card", type=int, required=True, help="number of the fault card; the facilitator draws it")
    p.add_argument("--policy", default="policy.json")
    p.add_argument("--minutes", type=int, default=45)
    p.add_argument("--speed", type=float, default=1.0, help="ticks a real second; 0 is as fast as possible")
    p.add_argument("--out", default="out/drill")
    p.set_defaults(run=run_drill)
    p = sub.add_parser("waterfall", help="draw the slowest traces")
    p.add_argument("file")
    p.add_argument("--slowest", type=int, default=3)
    p.set_defaults(run=waterfall)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    sys.exit(main())
