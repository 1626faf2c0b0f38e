#!/usr/bin/env python3
"""Discrete-event simulator of one language model server.

It replays one seeded request trace against a scheduler that a JSON file configures, and reports
time to first token (TTFT), time per output token (TPOT), normalised latency and throughput.
The cost model is four constants; it stands for no product and no accelerator. Compare its numbers
only with other numbers from it.

  batchsim.py run    CONFIG.json --rate 2.0 [--seed 1] [--requests 1500] [--trace out.csv]
  batchsim.py search CONFIG.json [--seed 1] [--ttft-ms 450 --tpot-ms 40]   highest rate within the objective
  batchsim.py kv     CONFIG.json                                 sequences that fit in the KV pool
"""
import argparse
import csv
import json
import math
import random
import sys
from collections import deque

DEFAULTS = {
    "policy": "static",          # static | continuous
    "kv": "reserve",             # reserve (prompt + max_output for each request) | paged
    "max_seqs": 32,              # most sequences in one batch
    "batch_wait_ms": 50,         # static only: wait this long for a batch to fill
    "block_tokens": 16,          # paged only
    "token_budget": 0,           # continuous only: tokens in one iteration; 0 = whole prompts at once
    "prefix_cache": False,
    "watermark_pct": 1,          # paged only: share of blocks kept free at admission
    "weights": "fp16",           # fp16 | int8 | int4
    "pool_gib": 24.0,            # device memory for weights and KV cache together
}
LIMITS = {"max_seqs": (1, 512), "batch_wait_ms": (0, 5000), "block_tokens": (1, 256),
          "token_budget": (0, 16384), "watermark_pct": (0, 50), "pool_gib": (24.0, 24.0)}
WEIGHTS_GIB = {"fp16": 16.0, "int8": 8.6, "int4": 5.0}
BASE_MS = {"fp16": 18.0, "int8": 11.5, "int4": 9.0}    # reading the weights once in an iteration
RUNTIME_GIB = 2.0                # activations, graphs, allocator slack
KV_BYTES = 2 * 32 * 8 * 128 * 2  # keys and values, layers, KV heads, head size, bytes
PREFILL_MS = 0.11                # for each prompt token
SEQ_MS = 0.09                    # for each sequence that decodes
CONTEXT_MS = 0.00009             # for each token of context that attention reads
MAX_PROMPT, MAX_OUTPUT, PREFIX = 1024, 1024, 192


def load(path):
    with open(path, encoding="utf-8") as f:
        given = json.load(f)
    unknown = sorted(set(given) - set(DEFAULTS))
    if unknown:
        sys.exit(f"{path}: unknown settings: {', '.join(unknown)}")
    cfg = dict(DEFAULTS, **given)
    for key, (low, high) in LIMITS.items():
        if not low <= cfg[key] <= high:
            sys.exit(f"{path}: {key} must be between {low} and {high}")
    if cfg["policy"] not in ("static", "continuous") or cfg["kv"] not in ("reserve", "paged"):
        sys.exit(f"{path}: policy is static or continuous, kv is reserve or paged")
    if cfg["weights"] not in WEIGHTS_GIB:
        sys.exit(f"{path}: weights is fp16, int8 or int4")
    return cfg


def pool_tokens(cfg):
    free = cfg["pool_gib"] - WEIGHTS_GIB[cfg["weights"]] - RUNTIME_GIB
    return int(free * 2**30 // KV_BYTES)


class Request:
    __slots__ = ("n", "arrival", "prompt", "output", "shared", "done", "todo", "held", "first", "end",
                 "preempted", "started")

    def __init__(self, n, arrival, prompt, output, shared):
        self.n, self.arrival, self.prompt, self.output, self.shared = n, arrival, prompt, output, shared
        self.done = self.todo = self.held = self.preempted = 0
        self.first = self.end = self.started = None


def trace(seed, rate, count):
    """Open-loop Poisson arrivals; lengths do not depend on the rate, so arms see the same requests."""
    lengths, gaps = random.Random(f"lengths-{seed}"), random.Random(f"gaps-{seed}")
    now, out = 0.0, []
    for n in range(count):
        now += gaps.expovariate(rate) * 1000
        prompt = min(MAX_PROMPT, max(16, int(lengths.lognormvariate(math.log(240), 0.7))))
        output = min(MAX_OUTPUT, max(8, int(lengths.lognormvariate(math.log(130), 0.8))))
        shared = lengths.random() < 0.6
        out.append(Request(n, now, prompt + (PREFIX if shared else 0), output, shared))
    return out


def iteration_ms(cfg, prefill, seqs, context):
    return BASE_MS[cfg["weights"]] + prefill * PREFILL_MS + seqs * SEQ_MS + context * CONTEXT_MS


def run_static(cfg, reqs):
    """A batch is formed, padded to its longest prompt, and kept until its longest output is finished."""
    slots = min(cfg["max_seqs"], pool_tokens(cfg) // (MAX_PROMPT + PREFIX + MAX_OUTPUT))
    now, i, steps, occupied = 0.0, 0, 0, 0
    while i < len(reqs):
        now = max(now, reqs[i].arrival)
        close = now + cfg["batch_wait_ms"]
        batch = []
        while i < len(reqs) and len(batch) < slots and reqs[i].arrival <= close:
            now = max(now, reqs[i].arrival)
            batch.append(reqs[i])
            i += 1
        if len(batch) < slots:
            now = close
        width, longest = len(batch), max(r.prompt for r in batch)
        for r in batch:
            r.started = now
        now += iteration_ms(cfg, longest * width, 0, 0)
        for r in batch:
            r.first = now
            if r.output == 1:
                r.end = now
        for step in range(2, max(r.output for r in batch) + 1):
            now += iteration_ms(cfg, 0, width, width * (longest + step))
            steps += 1
            occupied += sum(1 for r in batch if r.output >= step)
            for r in batch:
                if r.output == step:
                    r.end = now
    return {"preemptions": 0, "mean_batch": occupied / max(1, steps), "kv_sequences": slots}


def run_continuous(cfg, reqs):
    """Sequences join and leave between iterations; prompts may be cut into chunks of a token budget."""
    block = cfg["block_tokens"] if cfg["kv"] == "paged" else 1
    blocks = pool_tokens(cfg) // block
    free, keep = blocks, blocks * cfg["watermark_pct"] // 100 if cfg["kv"] == "paged" else 0
    waiting, running = deque(), []
    now, i, steps, occupied, preemptions = 0.0, 0, 0, 0, 0
    prefix_ready = False

    def need(r, tokens):
        if cfg["kv"] == "reserve":
            return MAX_PROMPT + PREFIX + MAX_OUTPUT
        saved = PREFIX if cfg["prefix_cache"] and r.shared and prefix_ready else 0
        return -(-max(1, tokens - saved) // block)

    while i < len(reqs) or waiting or running:
        if not running and not waiting:
            now = max(now, reqs[i].arrival)
        while i < len(reqs) and reqs[i].arrival <= now:
            waiting.append(reqs[i])
            i += 1
        while waiting and len(running) < cfg["max_seqs"]:
            r = waiting[0]
            want = need(r, r.prompt + r.done + 1)
            if free - want < (keep if running else 0):
                break
            waiting.popleft()
            free -= want
            r.held = want
            if r.started is None:
                r.started = now
            r.todo = r.prompt + r.done
            if cfg["prefix_cache"] and r.shared and prefix_ready:
                r.todo -= PREFIX
            running.append(r)
        # memory for one more token of each decoding sequence; the youngest gives way
        if cfg["kv"] == "paged":
            k = 0
            while k < len(running):
                r = running[k]
                extra = 0 if r.todo else max(0, need(r, r.prompt + r.done + 1) - r.held)
                if extra > free:
                    victim = running.pop()
                    free += victim.held
                    victim.held, victim.todo, victim.preempted = 0, 0, victim.preempted + 1
                    preemptions += 1
                    waiting.appendleft(victim)
                    continue
                free -= extra
                r.held += extra
                k += 1
        decoding = [r for r in running if not r.todo]
        budget = cfg["token_budget"]
        room = budget - len(decoding) if budget else 10**9
        prefill, filled = 0, []
        for r in running:
            if r.todo and room > 0:
                part = min(r.todo, room)
                r.todo -= part
                room -= part
                prefill += part
                if not r.todo:
                    filled.append(r)
        if not budget and prefill:
            decoding = []                      # a whole-prompt iteration stalls the sequences that decode
        context = sum(r.prompt + r.done for r in decoding)
        now += iteration_ms(cfg, prefill, len(decoding), context)
        steps += 1
        occupied += len(decoding) + len(filled)
        for r in filled + decoding:
            if r.shared:
                prefix_ready = True
            r.done += 1
            if r.first is None:
                r.first = now
            if r.done >= r.output:
                r.end = now
                free += r.held
                r.held = 0
        running = [r for r in running if r.end is None]
    return {"preemptions": preemptions, "mean_batch": occupied / max(1, steps),
            "kv_sequences": blocks // need(Request(0, 0, 0, 0, False), 600)}


def pct(values, p):
    values = sorted(values)
    return values[min(len(values) - 1, math.ceil(p / 100 * len(values)) - 1)]


def measure(cfg, seed, rate, count, out=None):
    reqs = trace(seed, rate, count)
    extra = (run_static if cfg["policy"] == "static" else run_continuous)(cfg, reqs)
    kept = reqs[count // 10:]                  # the first tenth is warm-up
    ttft = [r.first - r.arrival for r in kept]
    tpot = [(r.end - r.first) / (r.output - 1) for r in kept if r.output > 1]
    norm = [(r.end - r.arrival) / r.output for r in kept]
    span = max(r.end for r in kept) - kept[0].arrival
    if out:
        with open(out, "w", newline="", encoding="utf-8") as f:
            w = csv.writer(f)
            w.writerow(["n", "arrival_ms", "prompt", "output", "shared", "queue_ms", "prefill_ms",
                        "decode_ms", "preempted"])
            for r in kept:
                w.writerow([r.n, round(r.arrival, 1), r.prompt, r.output, int(r.shared),
                            round(r.started - r.arrival, 1), round(r.first - r.started, 1),
                            round(r.end - r.first, 1), r.preempted])
    return {"rate": round(rate, 3), "seed": seed, "requests": len(kept),
            "ttft_p50_ms": round(pct(ttft, 50), 1), "ttft_p99_ms": round(pct(ttft, 99), 1),
            "tpot_p50_ms": round(pct(tpot, 50), 2), "tpot_p99_ms": round(pct(tpot, 99), 2),
            "norm_mean_ms": round(sum(norm) / len(norm), 2),
            "tokens_s": round(sum(r.output for r in kept) / span * 1000, 1),
            "mean_batch": round(extra["mean_batch"], 2), "preemptions": extra["preemptions"]}


def search(cfg, seed, ttft_ms, tpot_ms, count):
    """Highest arrival rate, to one per cent, with both p99 values inside the objective."""
    def ok(rate):
        m = measure(cfg, seed, rate, count)
        return m["ttft_p99_ms"] <= ttft_ms and m["tpot_p99_ms"] <= tpot_ms

    objective = {"objective_ttft_ms": ttft_ms, "objective_tpot_ms": tpot_ms}
    low = 0.05
    if not ok(low):
        return dict(measure(cfg, seed, low, count), slo_rate=0.0, **objective)
    high = low * 2
    while high < 200 and ok(high):
        low, high = high, high * 2
    while high / low > 1.01:
        mid = math.sqrt(low * high)
        if ok(mid):
            low = mid
        else:
            high = mid
    return dict(measure(cfg, seed, low, count), slo_rate=round(low, 3), **objective)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("command", choices=["run", "search", "kv"])
    p.add_argument("config")
    p.add_argument("--rate", type=float, default=1.0)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--requests", type=int, default=1500)
    p.add_argument("--ttft-ms", type=float, default=450.0)
    p.add_argument("--tpot-ms", type=float, default=40.0)
    p.add_argument("--trace")
    a = p.parse_args()
    if a.rate <= 0 or a.requests < 50:
        sys.exit("rate must be positive and requests at least 50")
    cfg = load(a.config)
    if a.command == "run":
        result = measure(cfg, a.seed, a.rate, a.requests, a.trace)
    elif a.command == "search":
        result = search(cfg, a.seed, a.ttft_ms, a.tpot_ms, a.requests)
    else:
        tokens = pool_tokens(cfg)
        result = {"kv_bytes_per_token": KV_BYTES, "pool_tokens": tokens,
                  "reserve_sequences": tokens // (MAX_PROMPT + PREFIX + MAX_OUTPUT),
                  "paged_sequences_at_600_tokens": tokens // 600}
    print(json.dumps(result, sort_keys=True))


if __name__ == "__main__":
    main()
