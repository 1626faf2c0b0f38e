#!/usr/bin/env python3
"""Creates TrainingJobs through a running `kubectl proxy` and times how long each takes to be decided.

  burst.py --run r1 [--count 1000] [--rate 50] [--seed 1] [--timeout 1800] [--quota 640]

Arrivals are open loop: a create is sent at its seeded time whether or not earlier ones have been answered.
A job is decided when its Ready condition is True, or False with reason QuotaExceeded. One clock, on this
machine, times everything, because the API's own time stamps have a resolution of one second.
Writes RUN.csv (one row for each job) and prints a summary as one JSON object.
"""
import argparse
import csv
import http.client
import json
import math
import random
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

PATH = "/apis/train.example.com/v1alpha1"
TEAMS = ["vision", "speech", "ranking", "agents"]


def connect(api):
    u = urllib.parse.urlparse(api)
    return http.client.HTTPConnection(u.hostname, u.port, timeout=120)


def decided(obj):
    for c in obj.get("status", {}).get("conditions", []):
        if c.get("type") == "Ready":
            if c.get("status") == "True":
                return "Ready"
            if c.get("reason") == "QuotaExceeded":
                return "QuotaExceeded"
    return None


def watch(api, version, names, seen, stop, done):
    while not stop.is_set():
        conn = connect(api)
        try:
            conn.request("GET", f"{PATH}/trainingjobs?watch=true&allowWatchBookmarks=true&resourceVersion={version}")
            answer = conn.getresponse()
            while not stop.is_set():
                line = answer.readline()
                if not line:
                    break
                event = json.loads(line)
                if event["type"] == "ERROR":
                    raise SystemExit(f"watch failed: {event['object'].get('message')}")
                version = event["object"]["metadata"]["resourceVersion"]
                name, state = event["object"]["metadata"].get("name"), decided(event["object"])
                if state and name in names and name not in seen:
                    seen[name] = (time.monotonic(), state)
                    if len(seen) == len(names):
                        done.set()
        except OSError:
            time.sleep(0.2)
        finally:
            conn.close()


def pct(values, p):
    values = sorted(values)
    return values[math.ceil(p / 100 * len(values)) - 1] if values else float("nan")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", required=True)
    p.add_argument("--count", type=int, default=1000)
    p.add_argument("--rate", type=float, default=50)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--timeout", type=float, default=1800)
    p.add_argument("--quota", type=int, default=640)
    p.add_argument("--api", default="http://127.0.0.1:8001")
    a = p.parse_args()
    rng, at, jobs = random.Random(a.seed), 0.0, []
    for n in range(a.count):
        at += rng.expovariate(a.rate)
        jobs.append((at, f"{a.run}-{n:04d}", rng.choice(TEAMS), rng.choice([1, 1, 1, 2, 2, 4, 8])))

    conn = connect(a.api)
    conn.request("GET", f"{PATH}/trainingjobs?limit=1")
    answer = conn.getresponse()
    listed = json.loads(answer.read())
    if answer.status != 200:
        raise SystemExit(f"cannot list TrainingJobs: {answer.status} {listed.get('message')}")
    names, seen, stop, done = {j[1] for j in jobs}, {}, threading.Event(), threading.Event()
    args = (a.api, listed["metadata"]["resourceVersion"], names, seen, stop, done)
    threading.Thread(target=watch, args=args, daemon=True).start()

    sent, local, began = {}, threading.local(), time.monotonic() + 0.5

    def create(job):
        when, name, team, gpus = job
        time.sleep(max(0.0, began + when - time.monotonic()))
        body = json.dumps({"apiVersion": "train.example.com/v1alpha1", "kind": "TrainingJob",
                           "metadata": {"name": name}, "spec": {"team": team, "gpus": gpus}})
        if not hasattr(local, "conn"):
            local.conn = connect(a.api)
        start = time.monotonic()
        try:
            local.conn.request("POST", f"{PATH}/namespaces/default/trainingjobs", body,
                               {"Content-Type": "application/json"})
            r = local.conn.getresponse()
            r.read()
            sent[name] = (start, time.monotonic(), r.status)
        except (OSError, http.client.HTTPException):
            del local.conn
            sent[name] = (start, time.monotonic(), 0)

    with ThreadPoolExecutor(max_workers=128) as pool:
        list(pool.map(create, jobs))
    refused = {n for n, s in sent.items() if s[2] == 403}
    failed = {n for n, s in sent.items() if s[2] not in (201, 403)}
    limit = time.monotonic() + a.timeout
    while len(names - refused - failed - set(seen)) and time.monotonic() < limit:
        done.wait(0.2)
    stop.set()

    rows, waits, ready = [], [], dict.fromkeys(TEAMS, 0)
    for when, name, team, gpus in jobs:
        start, end, status = sent[name]
        wait = seen[name][0] - start if name in seen else None
        if name in seen and seen[name][1] == "Ready":
            ready[team] += gpus
        if status == 201:
            waits.append(a.timeout if wait is None else wait)
        rows.append([name, team, gpus, round(when, 3), status, round((end - start) * 1000, 2),
                     seen[name][1] if name in seen else "", "" if wait is None else round(wait, 4)])
    with open(a.run + ".csv", "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows([["name", "team", "gpus", "planned_s", "status", "create_ms", "state",
                                  "decided_s"]] + rows)
    creates = [r[5] for r in rows if r[4] in (201, 403)]
    print(json.dumps({"run": a.run, "seed": a.seed, "created": len(waits), "refused": len(refused),
                      "create_errors_pct": round(len(failed) / len(jobs) * 100, 2),
                      "over_quota_gpus": sum(max(0, g - a.quota) for g in ready.values()),
                      "undecided": sum(1 for r in rows if r[4] == 201 and not r[6]),
                      "decide_p50_s": round(pct(waits, 50), 3), "decide_p99_s": round(pct(waits, 99), 3),
                      "create_p50_ms": pct(creates, 50), "create_p95_ms": pct(creates, 95)}, sort_keys=True))


if __name__ == "__main__":
    main()
