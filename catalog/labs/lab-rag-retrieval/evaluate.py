#!/usr/bin/env python3
"""Scores retriever.py: recall at k, tokens of context, latency, and results of other tenants.

  evaluate.py DATA_DIR --split dev|held [-k 5] [--misses misses.jsonl]

A question counts as found when one of the k results holds the whole answer sentence.
"""
import argparse
import json
import math
import os
import time

from retriever import Retriever


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data")
    p.add_argument("--split", choices=["dev", "held"], default="dev")
    p.add_argument("-k", type=int, default=5)
    p.add_argument("--misses")
    a = p.parse_args()
    docs = read(os.path.join(a.data, "corpus.jsonl"))
    questions = read(os.path.join(a.data, a.split + ".jsonl"))
    by_id = {d["id"]: d for d in docs}
    started = time.perf_counter()
    retriever = Retriever([dict(d) for d in docs])
    build_s = time.perf_counter() - started
    found, leaks, sizes, times, misses = 0, 0, [], [], []
    for q in questions:
        started = time.perf_counter()
        results = retriever.search(q["question"], q["tenant"], a.k)[:a.k]
        times.append((time.perf_counter() - started) * 1000)
        hit = any(r["doc"] == q["doc"] and r["start"] <= q["start"] and r["end"] >= q["end"] for r in results)
        found += hit
        leaks += sum(1 for r in results if by_id[r["doc"]]["tenant"] not in (q["tenant"], "shared"))
        sizes.append(sum(len(by_id[r["doc"]]["text"][r["start"]:r["end"]].split()) for r in results))
        if not hit:
            misses.append(dict(q, results=results))
    times.sort()
    sizes.sort()
    if a.misses:
        with open(a.misses, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(m, sort_keys=True) + "\n" for m in misses)
    print(json.dumps({"split": a.split, "k": a.k, "questions": len(questions),
                      "recall_pct": round(found / len(questions) * 100, 1),
                      "context_tokens_p50": sizes[len(sizes) // 2], "tenant_leaks": leaks,
                      "latency_p95_ms": round(times[math.ceil(0.95 * len(times)) - 1], 2),
                      "build_s": round(build_s, 3)}, sort_keys=True))


if __name__ == "__main__":
    main()
