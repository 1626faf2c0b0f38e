#!/usr/bin/env python3
"""Open-loop traffic for the rollout, and the score of its log.

  loadgen.py run [--url http://serve/predict] [--rate 20] [--seconds 2400] [--seed 3] > load.csv
  loadgen.py score load.csv

`run` prints one line for each second: epoch, ok, failed. Every request opens a new connection, so that the
Service spreads them. `score` prints the time from the first second with a failure to the end of the last one
that is followed by 60 s without any, and the share of requests that failed in between.
"""
import argparse
import csv
import json
import random
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

QUIET = 60


def run(a):
    rng, counts, lock = random.Random(a.seed), {}, threading.Lock()

    def one():
        try:
            with urllib.request.urlopen(a.url, timeout=5) as answer:
                good = answer.status == 200
                answer.read()
        except OSError:
            good = False
        with lock:
            counts.setdefault(int(time.time()), [0, 0])[0 if good else 1] += 1

    began = at = time.monotonic()
    printed = int(time.time())
    with ThreadPoolExecutor(max_workers=64) as pool:
        while at - began < a.seconds:
            at += rng.expovariate(a.rate)
            time.sleep(max(0.0, at - time.monotonic()))
            pool.submit(one)
            now = int(time.time())
            while printed < now - 6:           # late answers are counted in their own second
                with lock:
                    ok, bad = counts.pop(printed, [0, 0])
                print(f"{printed},{ok},{bad}", flush=True)
                printed += 1
    for second in sorted(s for s in counts if s >= printed):
        print(f"{second},{counts[second][0]},{counts[second][1]}", flush=True)


def score(path):
    with open(path, newline="", encoding="utf-8") as f:
        rows = [tuple(map(int, r)) for r in csv.reader(f) if len(r) == 3 and r[0].isdigit()]
    bad = [s for s, _, failed in rows if failed]
    if not bad:
        return {"failing_s": 0, "failed_pct": 0.0, "recovered": True}
    end = next((s for s, after in zip(bad, bad[1:]) if after - s > QUIET), bad[-1])
    window = [r for r in rows if bad[0] <= r[0] <= end]
    failed, total = sum(r[2] for r in window), sum(r[1] + r[2] for r in window)
    return {"failing_s": end - bad[0] + 1, "failed_pct": round(failed / total * 100, 2),
            "recovered": rows[-1][0] - end >= QUIET, "first_failure": bad[0]}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("command", choices=["run", "score"])
    p.add_argument("log", nargs="?")
    p.add_argument("--url", default="http://serve/predict")
    p.add_argument("--rate", type=float, default=20)
    p.add_argument("--seconds", type=float, default=2400)
    p.add_argument("--seed", type=int, default=3)
    a = p.parse_args()
    if a.command == "run":
        run(a)
    elif a.log:
        print(json.dumps(score(a.log), sort_keys=True))
    else:
        sys.exit("score needs a log")


if __name__ == "__main__":
    main()
