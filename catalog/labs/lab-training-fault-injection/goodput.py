"""Computes goodput and attributes lost seconds: python3 goodput.py RUN [--reference RUN_WITHOUT_FAULTS]

goodput = 100 * (unique steps * step time) / wall time; step time is the median of the fault-free reference run.
"""
import argparse
import json
import os
import statistics


def read(run):
    steps, ckpt = [], 0.0
    with open(os.path.join(run, "steps.0.log")) as f:
        for line in f:
            part = line.split()
            if part[0] == "#":
                ckpt += float(part[3])
            elif len(part) == 4:
                steps.append((int(part[0]), int(part[1]), float(part[2]), float(part[3])))
    with open(os.path.join(run, "events.jsonl")) as f:
        return steps, ckpt, [json.loads(line) for line in f]


def step_time(run):
    steps, _, _ = read(run)
    return statistics.median(b[3] - a[3] for a, b in zip(steps, steps[1:]) if a[0] == b[0])


def main():
    p = argparse.ArgumentParser()
    p.add_argument("run")
    p.add_argument("--reference", required=True)
    a = p.parse_args()
    unit = step_time(a.reference)
    steps, ckpt, events = read(a.run)
    begin = events[0]["t"]
    wall = events[-1]["t"] - begin
    last = {}
    for attempt, step, loss, t in steps:
        last[step] = loss
    replay = (len(steps) - len(last)) * unit
    detect, restart, recovery = [], [], []
    for i, e in enumerate(events):
        if e["event"] != "detected":
            continue
        since = max((j for j in range(i) if events[j]["event"] == "detected"), default=0)
        own = [f["t"] for f in events[since:i] if f["event"] == "fault"]
        fault = own[0] if own else max(f["t"] for f in events[:i] if f["event"] == "start")   # crash on start-up
        stop = min((n["t"] for n in events[i + 1:] if n["event"] == "detected"), default=events[-1]["t"])
        after = [t for _, _, _, t in steps if e["t"] < t < stop]
        seen = max((s for _, s, _, t in steps if t <= e["t"]), default=0)
        fresh = [t for _, s, _, t in steps if t > e["t"] and s > seen]
        detect.append(e["t"] - fault)
        ready = [n["t"] for n in events[i + 1:] if n["event"] == "start"] or [stop]
        restart.append((after[0] if after else ready[0]) - e["t"])
        if own:
            recovery.append((fresh[0] if fresh else events[-1]["t"]) - fault)
    ref, _, _ = read(a.reference)
    want = {s: l for _, s, l, _ in ref}
    gap = max((abs(want[s] - l) / want[s] for s, l in last.items() if s in want), default=1.0)
    out = {"finished": events[-1]["event"] == "done", "wall_s": round(wall, 2), "unique_steps": len(last),
           "goodput_pct": round(100 * len(last) * unit / wall, 2),
           "max_recovery_s": round(max(recovery, default=0), 2), "max_detect_s": round(max(detect, default=0), 2),
           "lost_s": {"detect": round(sum(detect), 2), "restart": round(sum(restart), 2), "replay": round(replay, 2),
                      "checkpoint_blocking": round(ckpt, 2)},
           "checkpoint_share_pct": round(100 * ckpt / wall, 2), "worst_loss_gap": gap}
    named = sum(out["lost_s"].values()) + len(last) * unit
    out["lost_s"]["unattributed"] = round(wall - named, 2)
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
