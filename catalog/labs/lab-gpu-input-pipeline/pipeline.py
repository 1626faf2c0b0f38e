"""Input pipeline, first version: python3 pipeline.py --batches 200 --out runs/base1"""
import argparse
import hashlib
import json
import os
import platform
import sys
import time

import stages


def train(batches):
    """Feeds every batch to the device, in order; returns the results in that order."""
    results = []
    for n in range(batches):
        start = time.perf_counter()
        raw = stages.read(n)
        stages.span("read", n, start, time.perf_counter())
        start = time.perf_counter()
        decoded = stages.decode(raw)
        stages.span("decode", n, start, time.perf_counter())
        stages.copy_to_device(n)
        for _ in range(stages.KERNELS):
            stages.launch_and_wait(n, 1)
        results.append(stages.result(decoded))
    return results


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--batches", type=int, default=200)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    os.makedirs(a.out)
    began = time.perf_counter()
    results = train(a.batches)
    wall = time.perf_counter() - began
    stages.write_trace(os.path.join(a.out, "trace.jsonl"))
    with open(os.path.join(a.out, "result.json"), "w") as f:
        digest = hashlib.sha256("".join(results).encode()).hexdigest()
        json.dump({"batches": a.batches, "wall_s": wall, "digest": digest,
                   "python": sys.version, "platform": platform.platform(), "cpus": os.cpu_count()}, f, indent=1)


if __name__ == "__main__":
    main()
