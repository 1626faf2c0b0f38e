#!/usr/bin/env python3
"""Reference controller: three failed probes, traffic with the small model at once, promotion when the lease is over."""
import argparse
import json
import time
import urllib.request


def call(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data), timeout=0.5) as r:
            return json.load(r)
    except (OSError, ValueError):
        return None


def main():
    ap = argparse.ArgumentParser()
    for name in ("--a", "--b", "--plan", "--dns", "--snapshot", "--audit"):
        ap.add_argument(name, required=True)
    ap.add_argument("--speed", type=float, required=True)
    a = ap.parse_args()
    with open(a.plan) as f:
        lease = json.load(f)["lease_min"]
    audit = open(a.audit, "a", buffering=1)

    def minutes(n):
        return n * 60.0 / a.speed

    def note(step, reason):
        audit.write(json.dumps({"time": time.time(), "actor": "controller", "step": step, "reason": reason}) + "\n")

    failures, contact = 0, time.time()
    while failures < 3:
        time.sleep(minutes(0.5))
        if call(a.a + "/health"):
            failures, contact = 0, time.time()
        else:
            failures += 1
    note("decide", "three probes failed")
    call(a.b + "/control", {"model": "small", "scale": 7})
    with open(a.dns, "w") as f:
        f.write(a.b)
    note("switch", "reads go to b with the small model")
    time.sleep(max(0.0, contact + minutes(lease + 1.0) - time.time()))
    call(a.b + "/control", {"promote": 2})
    note("promote", "the lease of a has run out, with a margin of one minute")


if __name__ == "__main__":
    main()
