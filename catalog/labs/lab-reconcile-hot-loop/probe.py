#!/usr/bin/env python3
"""Checks that a quiet controller is still awake: times spec changes and repairs of a deleted child.

  probe.py [--objects 50] [--samples 30] [--seed 1] [--timeout 60] [--api http://127.0.0.1:8001]

Needs `kubectl proxy`. A spec change is served when status.observedGeneration reaches the new generation; a
repair is done when the deleted ConfigMap exists again with another UID. Not served in time counts as the timeout.
"""
import argparse
import json
import math
import random
import time
import urllib.error
import urllib.request

CACHES = "/apis/cache.example.com/v1alpha1/namespaces/default/modelcaches"
MAPS = "/api/v1/namespaces/default/configmaps"


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


def wait(check, timeout):
    started = time.monotonic()
    while time.monotonic() - started < timeout:
        if check():
            return time.monotonic() - started
        time.sleep(0.05)
    return timeout


def p95(values):
    return round(sorted(values)[math.ceil(0.95 * len(values)) - 1], 3)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--objects", type=int, default=50)
    p.add_argument("--samples", type=int, default=30)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--timeout", type=float, default=60)
    p.add_argument("--api", default="http://127.0.0.1:8001")
    a = p.parse_args()
    rng, spec, child = random.Random(a.seed), [], []
    for _ in range(a.samples):
        name = f"cache-{rng.randrange(a.objects):03d}"
        revision = f"{rng.randrange(16**8):08x}"
        want = call(a.api, "PATCH", f"{CACHES}/{name}", {"spec": {"revision": revision}})
        if want is None:
            raise SystemExit(f"no ModelCache {name}")
        target = want["metadata"]["generation"]

        def served():
            got = call(a.api, "GET", f"{CACHES}/{name}")
            held = call(a.api, "GET", f"{MAPS}/{name}-manifest")
            return got.get("status", {}).get("observedGeneration", 0) >= target and \
                held and held["data"]["revision"] == revision

        spec.append(wait(served, a.timeout))
        old = call(a.api, "GET", f"{MAPS}/{name}-manifest")
        call(a.api, "DELETE", f"{MAPS}/{name}-manifest")

        def repaired():
            new = call(a.api, "GET", f"{MAPS}/{name}-manifest")
            return new and new["metadata"]["uid"] != old["metadata"]["uid"]

        child.append(wait(repaired, a.timeout))
        time.sleep(0.5)
    print(json.dumps({"samples": a.samples, "seed": a.seed, "spec_change_p95_s": p95(spec),
                      "child_repair_p95_s": p95(child)}, sort_keys=True))


if __name__ == "__main__":
    main()
