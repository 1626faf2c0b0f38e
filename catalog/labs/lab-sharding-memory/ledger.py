"""Starts one process per rank, lets a plan decide who holds what, allocates the bytes for real and reports them.

  python3 ledger.py --plan shard_plan.py --world 8 --out runs/s3-base.json

A plan module has one function: plan(tensors, world, stage) -> list over ranks of dicts with the keys
  weights, grads, optim   lists of (tensor name, first element, end element) kept all the time
  gather                  the largest number of elements held for a moment in a gather buffer (stage 3)
  sent                    elements sent by this rank in one step
Bytes per element: fp16 weights 2, fp16 gradients 2, optimizer 12 (fp32 master weight, momentum, variance).
"""
import argparse
import importlib.util
import json
import multiprocessing
import os
import platform
import sys
import tracemalloc

BYTES = {"weights": 2, "grads": 2, "optim": 12}
# A small transformer: one large embedding, twelve equal blocks. Names and element counts.
TENSORS = [("embed", 1536 * 512)] + [
    ("block%02d.%s" % (b, n), c) for b in range(12)
    for n, c in (("attn", 4 * 384 * 128), ("mlp", 8 * 384 * 64), ("norm", 771))]


def hold(entry, pipe):
    """In the rank's own process: allocate what the plan says, report what the allocator saw."""
    tracemalloc.start()
    before, kept = tracemalloc.get_traced_memory()[0], []
    for kind, size in BYTES.items():
        for _, first, end in entry[kind]:
            kept.append(bytearray((end - first) * size))
    steady = tracemalloc.get_traced_memory()[0] - before
    kept.append(bytearray(entry["gather"] * BYTES["weights"]))
    pipe.send((steady, tracemalloc.get_traced_memory()[0] - before))
    pipe.close()


def ownership_errors(ranks, stage):
    """Elements that nobody owns or that two ranks own, for each kind that the stage shards."""
    sharded = ["optim", "grads", "weights"][:stage]
    wrong = 0
    for kind in BYTES:
        for name, count in TENSORS:
            spans = sorted((f, e) for r in ranks for n, f, e in r[kind] if n == name)
            want = 1 if kind in sharded else len(ranks)
            edges = sorted({0, count, *(x for s in spans for x in s)})
            for lo, hi in zip(edges, edges[1:]):
                if sum(f <= lo and hi <= e for f, e in spans) != want:
                    wrong += hi - lo
    return wrong


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--plan", default="shard_plan.py")
    p.add_argument("--world", type=int, default=8)
    p.add_argument("--out")
    a = p.parse_args()
    spec = importlib.util.spec_from_file_location("plan", a.plan)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    report, base = {"world": a.world, "python": sys.version, "platform": platform.platform(), "stages": {}}, None
    for stage in range(4):
        ranks = module.plan(TENSORS, a.world, stage)
        seen = []
        for entry in ranks:
            here, there = multiprocessing.Pipe()
            proc = multiprocessing.Process(target=hold, args=(entry, there))
            proc.start()
            seen.append(here.recv())
            proc.join()
        worst = max(s[0] for s in seen)
        peak = max(s[1] for s in seen)
        sent = max(r["sent"] for r in ranks)
        base = base or (worst, sent)
        report["stages"]["S%d" % stage] = {
            "worst_rank_bytes": worst, "peak_bytes": peak, "memory_ratio": round(base[0] / worst, 3),
            "comm_ratio": round(sent / base[1], 3), "ownership_errors": ownership_errors(ranks, stage)}
    text = json.dumps(report, indent=1)
    print(text)
    if a.out:
        os.makedirs(os.path.dirname(a.out) or ".", exist_ok=True)
        with open(a.out, "w") as f:
            f.write(text + "\n")


if __name__ == "__main__":
    main()
