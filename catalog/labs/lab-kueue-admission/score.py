"""Scores one run of the performance runner: python3 score.py RUN_FOLDER (with cqStates.csv and wlStates.csv)"""
import csv
import json
import os
import sys


def main():
    run = sys.argv[1]
    with open(os.path.join(run, "cqStates.csv")) as f:
        queues = list(csv.DictReader(f))
    with open(os.path.join(run, "wlStates.csv")) as f:
        work = list(csv.DictReader(f))
    window = max(int(q["monitor time (ms)"]) for q in queues)
    quota = sum(int(q["CPU quota (mCPU)"]) for q in queues)
    used = sum(int(q["CPU used (mCPU * ms)"]) for q in queues)
    admit = {}
    for w in work:
        admit.setdefault(w["class name"], []).append(int(w["ms to admitted"]) / 1000)
    print(json.dumps({
        "usage_pct": round(100 * used / (quota * window), 2), "window_s": round(window / 1000, 1),
        "mean_admission_s": {k: round(sum(v) / len(v), 2) for k, v in sorted(admit.items())},
        "finished": sum(int(w["ms to finish"]) > 0 for w in work), "workloads": len(work),
        "evictions": sum(int(w["num evictions"]) for w in work)}, indent=1))


if __name__ == "__main__":
    main()
