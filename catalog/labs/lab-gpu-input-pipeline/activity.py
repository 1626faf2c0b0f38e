"""Device activity from a trace: python3 activity.py RUN [--skip 20]

A batch is 64 samples. activity = union of the kernel spans / time from the first to the last of them; the first
`--skip` batches are left out.
"""
import argparse
import json
import os


def union(spans):
    total, last = 0.0, float("-inf")
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, last))
        last = max(last, end)
    return total


def main():
    p = argparse.ArgumentParser()
    p.add_argument("run")
    p.add_argument("--skip", type=int, default=20)
    a = p.parse_args()
    with open(os.path.join(a.run, "trace.jsonl")) as f:
        spans = [s for s in map(json.loads, f) if s["batch"] >= a.skip]
    with open(os.path.join(a.run, "result.json")) as f:
        result = json.load(f)
    kernel = [(s["start"], s["end"]) for s in spans if s["name"] == "kernel"]
    wall = max(e for _, e in kernel) - min(s for s, _ in kernel)
    order = [s["batch"] for s in sorted(spans, key=lambda s: s["start"]) if s["name"] == "kernel"]
    ready = [s["batch"] for s in sorted(spans, key=lambda s: s["end"]) if s["name"] == "decode"]
    print(json.dumps({
        "activity": round(union(kernel) / wall, 4),
        "samples_per_s": round(64 * (result["batches"] - a.skip) / wall, 1),
        "in_order": order == sorted(order), "decoded": len(ready), "digest": result["digest"],
        "seconds_by_stage": {n: round(sum(s["end"] - s["start"] for s in spans if s["name"] == n), 3)
                             for n in sorted({s["name"] for s in spans})}}, indent=1))


if __name__ == "__main__":
    main()
