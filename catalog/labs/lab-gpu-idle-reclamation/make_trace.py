"""Writes a SYNTHETIC job trace with a fixed seed: python3 make_trace.py --seed 19 --jobs 600 > trace.jsonl

One job a line: id, team, class, submit (minute), gpus, gpu_mem_gib (most memory in use on one GPU), sm_active (mean
while busy), and `pattern`, a list of [state, minutes] with state 1 = some assigned GPU is above 0 %, 0 = all at 0 %.
The mix is chosen to resemble what is published of shared training clusters; no real cluster made these numbers.
"""
import argparse
import json
import random

CLASSES = ["interactive", "batch-training", "large-training", "evaluation"]


def pattern(rng, kind):
    out = []
    if kind == "interactive":                       # bursts of work, long thinking, then forgotten
        for _ in range(rng.randrange(3, 8)):
            out += [[1, rng.randrange(5, 45)], [0, rng.choice([3, 6, 12, 25, 40, 90])]]
        out.append([0, rng.choice([15, 60, 240, 600])])
    elif kind == "batch-training":                  # set-up, epochs with short pauses, some stalls, a tail
        out.append([0, rng.randrange(2, 12)])
        for _ in range(rng.randrange(4, 14)):
            out.append([1, rng.randrange(25, 110)])
            out.append([0, rng.choice([2, 3, 4, 5, 8]) if rng.random() < 0.8 else rng.randrange(45, 200)])
        out.append([0, rng.choice([0, 5, 30, 180])])
    elif kind == "large-training":                  # long, pauses for checkpoints and evaluation
        out.append([0, rng.randrange(10, 30)])
        for _ in range(rng.randrange(8, 24)):
            out.append([1, rng.randrange(60, 180)])
            out.append([0, rng.choice([4, 6, 9, 14]) if rng.random() < 0.88 else rng.randrange(60, 240)])
    else:                                           # evaluation: light use between waits for new checkpoints
        for _ in range(rng.randrange(3, 10)):
            out += [[1, rng.randrange(6, 20)], [0, rng.randrange(10, 55)]]
    return [p for p in out if p[1]]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--seed", type=int, default=19)
    p.add_argument("--jobs", type=int, default=600)
    a = p.parse_args()
    rng = random.Random(a.seed)
    minute = 0.0
    for n in range(a.jobs):
        minute += rng.expovariate(1 / 8.5)
        kind = rng.choices(CLASSES, [32, 40, 8, 20])[0]
        gpus = {"interactive": 1, "batch-training": rng.choice([2, 4, 8]), "large-training": 8, "evaluation": 1}[kind]
        mem = {"interactive": rng.uniform(3, 30), "batch-training": rng.uniform(25, 75),
               "large-training": rng.uniform(60, 78), "evaluation": rng.uniform(3, 18)}[kind]
        sm = {"interactive": rng.uniform(0.05, 0.5), "batch-training": rng.uniform(0.4, 0.85),
              "large-training": rng.uniform(0.6, 0.9), "evaluation": rng.uniform(0.05, 0.3)}[kind]
        print(json.dumps({"id": "job%04d" % n, "team": rng.choice(["vision", "speech", "ranking", "research"]),
                          "class": kind, "submit": int(minute), "gpus": gpus, "gpu_mem_gib": round(mem, 1),
                          "sm_active": round(sm, 2), "pattern": pattern(rng, kind)}))


if __name__ == "__main__":
    main()
