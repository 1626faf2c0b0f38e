#!/usr/bin/env python3
"""Measure what the cluster admits.

admission_check.py run DIR --label L     send every manifest of DIR as a server-side dry run; exit 1 if a good one
                                         is denied or a bad one is admitted
admission_check.py coverage [--exceptions FILE]   share of team namespaces that enforce "restricted"

A server-side dry run passes through authentication and all admission plugins and webhooks, and stores nothing.
Latency is taken over one kept connection to "kubectl proxy", so that process start is not in it.
Uses: kubectl (KUBECTL), a proxy on PROXY (default http://127.0.0.1:8001). Results go to results/*.csv.
"""
import argparse
import csv
import http.client
import json
import math
import os
import pathlib
import subprocess
import sys
import time
import urllib.parse

KUBECTL = os.environ.get("KUBECTL", "kubectl")
PROXY = urllib.parse.urlparse(os.environ.get("PROXY", "http://127.0.0.1:8001"))
PATHS = {"Pod": "/api/v1/namespaces/{ns}/pods", "Deployment": "/apis/apps/v1/namespaces/{ns}/deployments",
         "Job": "/apis/batch/v1/namespaces/{ns}/jobs", "CronJob": "/apis/batch/v1/namespaces/{ns}/cronjobs"}


def append(name, row):
    pathlib.Path("results").mkdir(exist_ok=True)
    path = pathlib.Path("results") / name
    new = not path.exists()
    with open(path, "a", newline="") as f:
        out = csv.DictWriter(f, list(row), lineterminator="\n")
        if new:
            out.writeheader()
        out.writerow(row)


def p95(values):
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def cmd_run(args):
    conn = http.client.HTTPConnection(PROXY.hostname, PROXY.port, timeout=30)
    admitted = {"bad": 0, "good": 0}
    total = {"bad": 0, "good": 0}
    times, wrong, causes = [], [], {}
    for folder in ("bad", "good"):
        for path in sorted((args.dir / folder).glob("*.yaml")):
            doc = json.loads(path.read_text())
            url = PATHS[doc["kind"]].format(ns=doc["metadata"]["namespace"]) + "?dryRun=All"
            start = time.perf_counter()
            conn.request("POST", url, json.dumps(doc), {"Content-Type": "application/json"})
            answer = conn.getresponse()
            body = json.loads(answer.read() or b"{}")
            ms = (time.perf_counter() - start) * 1000
            ok = answer.status in (200, 201)
            message = "" if ok else str(body.get("message", ""))[:300].replace("\n", " ")
            if not ok and answer.status not in (400, 403):
                sys.exit(f"{path}: {answer.status} {message}: this is an error, not a verdict")
            total[folder] += 1
            admitted[folder] += ok
            times.append(ms)
            if ok != (folder == "good"):
                wrong.append(path.name)
            append("verdicts.csv", {"label": args.label, "file": f"{folder}/{path.name}", "kind": doc["kind"],
                                    "admitted": int(ok), "ms": round(ms, 2), "message": message})
    row = {"label": args.label, "bad_admitted": admitted["bad"], "bad": total["bad"],
           "good_denied": total["good"] - admitted["good"], "good": total["good"], "p95_ms": round(p95(times), 1)}
    append("runs.csv", row)
    print(row)
    for name in wrong:
        print("wrong verdict:", name)
    sys.exit(bool(wrong))


def cmd_coverage(args):
    got = subprocess.run([KUBECTL, "get", "ns", "-o", "json"], capture_output=True, text=True, check=True).stdout
    exempt = set()
    if args.exceptions:
        with open(args.exceptions, newline="") as f:
            exempt = {r["namespace"] for r in csv.DictReader(f) if r["approved_by"] and r["expires"] > args.today}
    teams = [n["metadata"] for n in json.loads(got)["items"] if "team" in n["metadata"].get("labels", {})]
    on = [m["name"] for m in teams if m["labels"].get("pod-security.kubernetes.io/enforce") == "restricted"]
    off = sorted({m["name"] for m in teams} - set(on))
    print(f"restricted enforced in {len(on)} of {len(teams)} team namespaces = {100 * len(on) / len(teams):.1f} %")
    for name in off:
        print(f"  not enforced: {name}{' (recorded exception)' if name in exempt else ''}")
    append("coverage.csv", {"enforced": len(on), "namespaces": len(teams), "unrecorded": len(set(off) - exempt)})
    sys.exit(bool(set(off) - exempt))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(required=True)
    p = sub.add_parser("run")
    p.add_argument("dir", type=pathlib.Path)
    p.add_argument("--label", required=True)
    p.set_defaults(go=cmd_run)
    p = sub.add_parser("coverage")
    p.add_argument("--exceptions", help="CSV with namespace,reason,approved_by,expires (ISO date)")
    p.add_argument("--today", default=time.strftime("%Y-%m-%d"))
    p.set_defaults(go=cmd_coverage)
    args = ap.parse_args()
    args.go(args)


if __name__ == "__main__":
    main()
