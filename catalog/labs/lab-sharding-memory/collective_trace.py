"""Writes a SYNTHETIC trace of collectives for 16 ranks on 2 nodes, with a fixed seed and planted faults.

  python3 collective_trace.py --seed 11 > trace.csv      columns: step,rank,op,bytes,start_ms,end_ms
`bytes` is the full message (what a collective test tool calls size); every rank enters and leaves by its own clock.
"""
import argparse
import random

RANKS, STEPS, LAYERS = 16, 20, 6
FACTOR = {"all_gather": (RANKS - 1) / RANKS, "reduce_scatter": (RANKS - 1) / RANKS}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--seed", type=int, default=11)
    a = p.parse_args()
    rng = random.Random(a.seed)
    late = rng.randrange(1, RANKS)                # this rank reaches some collectives late
    weak = rng.randrange(2, STEPS - 8)            # from this step on the link between the nodes is slower
    print("step,rank,op,bytes,start_ms,end_ms")
    clock = 0.0
    for step in range(STEPS):
        gbs = 42.0 if step < weak else 17.0       # bus bandwidth, GB/s
        for layer in range(LAYERS):
            for op in ("all_gather", "reduce_scatter"):
                size = 256 * 2 ** 20
                enter = [clock + 6 + rng.random() * 0.4 for _ in range(RANKS)]
                if layer % 3 == 0:
                    enter[late] += 9 + rng.random() * 2
                took = size * FACTOR[op] / (gbs * 1e6) * (1 + rng.gauss(0, 0.01))
                end = max(enter) + took
                for rank in range(RANKS):
                    print("%d,%d,%s,%d,%.3f,%.3f" % (step, rank, op, size, enter[rank], end + rng.random() * 0.02))
                clock = end


if __name__ == "__main__":
    main()
