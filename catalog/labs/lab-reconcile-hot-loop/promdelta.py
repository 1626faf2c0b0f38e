#!/usr/bin/env python3
"""Scrapes a controller's metrics twice and prints what it did in between.

  promdelta.py --objects 50 [--seconds 600] [--url http://127.0.0.1:8080/metrics] [--controller modelcache]
  promdelta.py --objects 50 --seconds 600 --files before.txt after.txt      the same from two saved scrapes
"""
import argparse
import json
import re
import time
import urllib.request

LINE = re.compile(r"^([A-Za-z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)")
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def parse(text):
    out = {}
    for line in text.splitlines():
        m = LINE.match(line)
        if m:
            out[(m.group(1), tuple(sorted(LABEL.findall(m.group(2) or ""))))] = float(m.group(3))
    return out


def scrape(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--objects", type=int, required=True)
    p.add_argument("--seconds", type=float, default=600)
    p.add_argument("--url", default="http://127.0.0.1:8080/metrics")
    p.add_argument("--controller", default="modelcache")
    p.add_argument("--files", nargs=2)
    p.add_argument("--save", help="prefix for the two scrapes")
    a = p.parse_args()
    if a.files:
        texts, seconds = [open(f, encoding="utf-8").read() for f in a.files], a.seconds
    else:
        texts, started = [scrape(a.url)], time.monotonic()
        time.sleep(a.seconds)
        texts.append(scrape(a.url))
        seconds = time.monotonic() - started
    if a.save:
        for text, name in zip(texts, ("before", "after")):
            with open(f"{a.save}-{name}.txt", "w", encoding="utf-8") as f:
                f.write(text)
    before, after = map(parse, texts)

    def delta(name, **want):
        total = 0.0
        for (n, labels), value in after.items():
            have = dict(labels)
            if n == name and all(have.get(k) in v for k, v in want.items()):
                total += value - before.get((n, labels), 0.0)
        return total

    reconciles = delta("controller_runtime_reconcile_total", controller={a.controller})
    if reconciles < 0:
        raise SystemExit("a counter went down: the controller restarted between the scrapes")
    if not any(n == "controller_runtime_reconcile_total" and dict(l).get("controller") == a.controller
               for n, l in after):
        raise SystemExit(f"no metrics of controller {a.controller!r}")
    print(json.dumps({
        "seconds": round(seconds, 1), "reconciles": reconciles,
        "per_object_minute": round(reconciles / a.objects / (seconds / 60), 4),
        "errors": delta("controller_runtime_reconcile_errors_total", controller={a.controller}),
        "requeue_after": delta("controller_runtime_reconcile_total", controller={a.controller},
                               result={"requeue_after"}),
        "writes": delta("rest_client_requests_total", method={"POST", "PUT", "PATCH", "DELETE"}),
        "reads": delta("rest_client_requests_total", method={"GET"})}, sort_keys=True))


if __name__ == "__main__":
    main()
