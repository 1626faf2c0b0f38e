#!/usr/bin/env python3
"""Damages the 20 fleet objects by hand, one each, and times how long each stays damaged.

  drift.py --run r1 [--seed 1] [--window 900] [--limit 1800] [--api http://127.0.0.1:8001]

Needs `kubectl proxy`. The moments are spread over --window by the seed. An object that is still damaged after
--limit seconds counts as the limit. Writes RUN.csv and prints a summary as one JSON object.
"""
import argparse
import csv
import json
import math
import random
import threading
import time
import urllib.error
import urllib.request

CORE, APPS = "/api/v1/namespaces/fleet", "/apis/apps/v1/namespaces/fleet"
CLASSES = {   # class: path, number of objects, damage (None = delete), how the repaired object looks
    "config-edit": (CORE + "/configmaps/configmap-{:02d}", range(0, 8), {"data": {"max_batch": "1"}},
                    lambda o: o["data"].get("max_batch") == "32"),
    "config-delete": (CORE + "/configmaps/configmap-{:02d}", range(8, 12), None, lambda o: True),
    "selector-edit": (CORE + "/services/service-{:02d}", range(0, 2), {"spec": {"selector": {"app": "nobody"}}},
                      lambda o: o["spec"]["selector"]["app"] != "nobody"),
    "service-delete": (CORE + "/services/service-{:02d}", range(2, 4), None, lambda o: True),
    "replica-edit": (APPS + "/deployments/deployment-{:02d}", range(0, 2), {"spec": {"replicas": 0}},
                     lambda o: o["spec"]["replicas"] == 1),
    "label-edit": (APPS + "/deployments/deployment-{:02d}", range(2, 4),
                   {"metadata": {"labels": {"tier": "scratch"}}},
                   lambda o: o["metadata"]["labels"].get("tier") == "serving"),
}


def call(api, method, path, body=None):
    req = urllib.request.Request(api + path, method=method, data=json.dumps(body).encode() if body else None,
                                 headers={"Content-Type": "application/merge-patch+json"})
    try:
        with urllib.request.urlopen(req, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as e:
        if e.code == 404:
            return None
        raise


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", required=True)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--window", type=float, default=900)
    p.add_argument("--limit", type=float, default=1800)
    p.add_argument("--api", default="http://127.0.0.1:8001")
    a = p.parse_args()
    rng, jobs, rows = random.Random(a.seed), [], []
    for name, (path, numbers, damage, whole) in CLASSES.items():
        for n in numbers:
            jobs.append((rng.uniform(0, a.window), name, path.format(n), damage, whole))
    for _, _, path, _, whole in jobs:
        found = call(a.api, "GET", path)
        if not found or not whole(found):
            raise SystemExit(f"{path} is missing or already damaged: sync the fleet first")
    began = time.monotonic()

    def one(at, name, path, damage, whole):
        time.sleep(max(0.0, began + at - time.monotonic()))
        call(a.api, "DELETE" if damage is None else "PATCH", path, damage)
        start = time.monotonic()
        took = None
        while time.monotonic() - start < a.limit:
            time.sleep(0.5)
            try:
                found = call(a.api, "GET", path)
            except OSError:
                continue
            if found and not found["metadata"].get("deletionTimestamp") and whole(found):
                took = time.monotonic() - start
                break
        rows.append([name, path.rsplit("/", 1)[1], round(at, 1), "" if took is None else round(took, 1)])

    threads = [threading.Thread(target=one, args=j) for j in jobs]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    rows.sort(key=lambda r: r[2])
    with open(a.run + ".csv", "w", newline="", encoding="utf-8") as f:
        csv.writer(f).writerows([["class", "object", "damaged_at_s", "repaired_after_s"]] + rows)
    times = sorted(a.limit if r[3] == "" else r[3] for r in rows)
    print(json.dumps({"run": a.run, "seed": a.seed, "objects": len(rows),
                      "unrepaired": sum(1 for r in rows if r[3] == ""),
                      "repair_p50_s": times[math.ceil(0.50 * len(times)) - 1],
                      "repair_p95_s": times[math.ceil(0.95 * len(times)) - 1]}, sort_keys=True))


if __name__ == "__main__":
    main()
