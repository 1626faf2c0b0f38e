"""Predicts throughput and latency of a dynamic batcher before anything is measured. A model, not Triton.

  python3 batch_sim.py --max-batch 1 --concurrency 2              closed load
  python3 batch_sim.py --max-batch 16 --rate 40 --delay-ms 2      open load, Poisson arrivals
An execution of n items takes overhead + fixed + n * item milliseconds; executions share one device and run one by one.
"""
import argparse
import heapq
import json
import random


def simulate(a):
    rng = random.Random(a.seed)
    service = lambda n: a.fixed_ms + n * a.item_ms + a.overhead_ms
    events, queue, done, order = [], [], [], 0
    if a.rate:
        t = 0.0
        while t < a.seconds * 1000:
            t += rng.expovariate(a.rate / 1000)
            heapq.heappush(events, (t, order, "arrive", None))
            order += 1
    else:
        for i in range(a.concurrency):
            heapq.heappush(events, (i * 0.01, order, "arrive", None))
            order += 1
    idle = 1
    now = 0.0
    while events and now < a.seconds * 1000:
        now, _, kind, batch = heapq.heappop(events)
        if kind == "arrive":
            queue.append(now)
            if a.delay_ms:
                heapq.heappush(events, (now + a.delay_ms, order, "timer", None))
                order += 1
        elif kind == "finish":
            idle += 1
            for came in batch:
                done.append((now, now - came))
                if not a.rate:
                    heapq.heappush(events, (now, order, "arrive", None))
                    order += 1
            if events and events[0][0] == now and events[0][2] == "arrive":
                continue                          # the next requests of the closed load arrive first
        while idle and queue and (len(queue) >= a.max_batch or now >= queue[0] + a.delay_ms - 1e-9):
            batch, queue = queue[:a.max_batch], queue[a.max_batch:]
            idle -= 1
            heapq.heappush(events, (now + service(len(batch)), order, "finish", batch))
            order += 1
    warm = a.seconds * 100
    lat = sorted(l for t, l in done if t > warm)
    return {"throughput_per_s": round(len(lat) / (a.seconds * 0.9), 1), "p50_ms": round(lat[len(lat) // 2], 1),
            "p95_ms": round(lat[int(len(lat) * 0.95)], 1), "samples": len(lat)}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--fixed-ms", type=float, default=20.0)
    p.add_argument("--item-ms", type=float, default=0.5)
    p.add_argument("--overhead-ms", type=float, default=0.0, help="per execution, measured on your machine")
    p.add_argument("--max-batch", type=int, default=1)
    p.add_argument("--delay-ms", type=float, default=0.0)
    p.add_argument("--concurrency", type=int, default=2)
    p.add_argument("--rate", type=float, default=0.0)
    p.add_argument("--seconds", type=float, default=120.0)
    p.add_argument("--seed", type=int, default=22)
    print(json.dumps(simulate(p.parse_args())))


if __name__ == "__main__":
    main()
