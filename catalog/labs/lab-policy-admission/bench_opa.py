#!/usr/bin/env python3
"""Evaluation time of the CI image policy.

bench_opa.py data OUT.json [--n 5000] [--seed N]      write the approved list
bench_opa.py run --label L [--queries 2000] [--seed N] [--path ci/images/allow]
                 [--opa http://127.0.0.1:8181]

"run" sends queries one after another (closed loop, one client) to an OPA server started with
  opa run --server --addr 127.0.0.1:8181 ci/
and takes timer_rego_query_eval_ns of each answer, so the network is not in it. The first 200 are warm-up.
"""
import argparse
import csv
import http.client
import json
import math
import pathlib
import random
import sys
import urllib.parse

TODAY = "2026-11-23"


def entries(n, seed):
    rng = random.Random(seed)
    names = ("trainer", "server", "loader", "notebook", "exporter", "gateway")
    return [{"image": f"registry.internal.example/{rng.choice(names)}@sha256:"
                      + "".join(rng.choice("0123456789abcdef") for _ in range(64)),
             "expires": f"{rng.choice((2026, 2027, 2027, 2027))}-{rng.randint(1, 12):02d}-15"} for _ in range(n)]


def requests(approved, n, seed):
    """n requests with the decision that is right for each: about four of five are to be allowed."""
    rng = random.Random(seed + 1)
    live = [e["image"] for e in approved if e["expires"] >= TODAY]
    dead = [e["image"] for e in approved if e["expires"] < TODAY]
    for _ in range(n):
        images = rng.sample(live, 3)
        right = rng.random() < 0.8
        if not right:
            images[rng.randrange(3)] = rng.choice([rng.choice(dead), "docker.io/x/y@sha256:00"])
        yield {"today": TODAY, "containers": [{"name": f"c{i}", "image": m} for i, m in enumerate(images)]}, right


def percentile(values, q):
    return sorted(values)[math.ceil(q * len(values)) - 1]


def cmd_data(args):
    args.out.write_text(json.dumps({"approved": entries(args.n, args.seed)}, indent=0) + "\n")
    print(f"{args.n} entries in {args.out}")


def cmd_run(args):
    approved = entries(args.n, args.seed)
    url = urllib.parse.urlparse(args.opa)
    conn = http.client.HTTPConnection(url.hostname, url.port, timeout=30)
    times, wrong = [], 0
    for i, (query, right) in enumerate(requests(approved, args.queries + 200, args.seed)):
        conn.request("POST", f"/v1/data/{args.path}?metrics=true", json.dumps({"input": query}),
                     {"Content-Type": "application/json"})
        answer = conn.getresponse()
        body = json.loads(answer.read())
        if answer.status != 200 or "result" not in body:
            sys.exit(f"OPA answered {answer.status}: {body}")
        wrong += body["result"] is not right
        if i >= 200:
            times.append(body["metrics"]["timer_rego_query_eval_ns"] / 1e6)
    row = {"label": args.label, "queries": len(times), "wrong": wrong, "p50_ms": round(percentile(times, 0.5), 4),
           "p99_ms": round(percentile(times, 0.99), 4), "max_ms": round(max(times), 4)}
    pathlib.Path("results").mkdir(exist_ok=True)
    path = pathlib.Path("results/opa.csv")
    new = not path.exists()
    with open(path, "a", newline="") as f:
        out = csv.DictWriter(f, list(row), lineterminator="\n")
        if new:
            out.writeheader()
        out.writerow(row)
    print(row)
    sys.exit(bool(wrong))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(required=True)
    p = sub.add_parser("data")
    p.add_argument("out", type=pathlib.Path)
    p.set_defaults(go=cmd_data)
    r = sub.add_parser("run")
    r.add_argument("--label", required=True)
    r.add_argument("--queries", type=int, default=2000)
    r.add_argument("--path", default="ci/images/allow")
    r.add_argument("--opa", default="http://127.0.0.1:8181")
    r.set_defaults(go=cmd_run)
    for q in (p, r):
        q.add_argument("--n", type=int, default=5000)
        q.add_argument("--seed", type=int, default=20261123)
    args = ap.parse_args()
    args.go(args)


if __name__ == "__main__":
    main()
