"""Reference reading of the traces: critical.py spans.jsonl > traces.csv

Joins parts by request, hangs lost spans under the gateway's span, moves each host to the gateway's clock, and walks from the
end of a request back along whatever was last to finish.
"""
import collections
import csv
import json
import statistics
import sys

with open(sys.argv[1]) as f:
    spans = [json.loads(line) for line in f]
request_of = {s["trace"]: s["attrs"]["request"] for s in spans if "request" in s.get("attrs", {})}
byrequest = collections.defaultdict(list)
for s in spans:
    byrequest[request_of[s["trace"]]].append(s)
gap, repaired = collections.defaultdict(list), {}
for request, mine in byrequest.items():
    ids = {s["span"] for s in mine}
    root = next(s for s in mine if s["service"] == "gateway" and s["parent"] is None)
    model = next(s for s in mine if s["name"] == "model.request")
    repaired[request] = "split" if model["parent"] is None else "parent" if model["parent"] not in ids else "none"
    model["parent"] = root["span"]
    waited = next(s for s in mine if s["name"] == "queue.wait")["end_ms"]
    gap[model["host"]].append(((model["start_ms"] - waited) - (root["end_ms"] - model["end_ms"])) / 2)
skew = {host: statistics.median(v) for host, v in gap.items()}
for s in spans:
    s["start_ms"] -= skew.get(s["host"], 0.0)
    s["end_ms"] -= skew.get(s["host"], 0.0)


def critical(span, until, own, children):
    """Adds to `own` the time for which each span holds up its request, from `until` backwards."""
    at = min(until, span["end_ms"])
    for child in sorted(children[span["span"]], key=lambda s: -s["end_ms"]):
        if child["end_ms"] > at + 0.2:        # still running, so nothing waited for it
            continue
        own[span["name"]] += max(0.0, at - child["end_ms"])
        critical(child, child["end_ms"], own, children)
        at = child["start_ms"]
    own[span["name"]] += max(0.0, at - span["start_ms"])


out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["request", "total_ms", "span", "ms", "host", "repaired"])
for request, mine in sorted(byrequest.items()):
    root = next(s for s in mine if s["service"] == "gateway" and s["parent"] is None)
    total = root["end_ms"] - root["start_ms"]
    if total <= 1000:
        continue
    own, children = collections.Counter(), collections.defaultdict(list)
    for s in mine:
        children[s["parent"]].append(s)
    critical(root, root["end_ms"], own, children)
    name, ms = max(own.items(), key=lambda x: x[1])
    host = next(s["host"] for s in mine if s["name"] == name)
    out.writerow([request, round(total, 1), name, round(ms, 1), host, repaired[request]])
print("clock of", *(f"{h} {v:+.1f} ms" for h, v in sorted(skew.items())), file=sys.stderr)
