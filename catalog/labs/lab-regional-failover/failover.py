#!/usr/bin/env python3
"""The failover controller that you rewrite. drill.py runs it beside the regions for the whole drill.

Shipped behaviour: the runbook in force today. One probe a minute, five failures in a row page a person, who
needs 15 minutes to log in and decide, then builds the standby, restores the last snapshot, starts replicas
and switches DNS. Times are platform minutes; --speed says how many of them pass in a real minute.
"""
import argparse
import json
import time
import urllib.request


def call(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    req = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(req, timeout=2) as r:
            return json.load(r)
    except (OSError, ValueError):
        return None


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--a", required=True)
    ap.add_argument("--b", required=True)
    ap.add_argument("--plan", required=True)
    ap.add_argument("--dns", required=True, help="file with the base URL that clients resolve to")
    ap.add_argument("--snapshot", required=True)
    ap.add_argument("--audit", required=True, help="file for one JSON line per decision")
    ap.add_argument("--speed", type=float, required=True)
    a = ap.parse_args()
    audit = open(a.audit, "a", buffering=1)

    def wait(minutes):
        time.sleep(minutes * 60.0 / a.speed)

    def note(actor, step, **more):
        audit.write(json.dumps({"time": time.time(), "actor": actor, "step": step, **more}) + "\n")

    failures = 0
    while failures < 5:
        wait(1.0)
        failures = 0 if call(a.a + "/health") else failures + 1
    note("monitor", "page", failures=failures)
    wait(15.0)
    note("on-call engineer", "decide", choice="fail over to b")
    call(a.b + "/control", {"provision": True})
    while not (call(a.b + "/health") or {}).get("provisioned"):
        wait(1.0)
    note("on-call engineer", "restore", file=a.snapshot)
    call(a.b + "/control", {"restore": a.snapshot})
    wait(20.0)
    call(a.b + "/control", {"scale": 8})
    wait(10.0)
    call(a.b + "/control", {"promote": 2})
    open(a.dns, "w").write(a.b)
    note("on-call engineer", "switch", to="b")


if __name__ == "__main__":
    main()
