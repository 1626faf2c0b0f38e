"""Counts partially started gangs: python3 watch_gangs.py --jobs 100 --pods 4 --out gangs.json

Samples the pods every two seconds. A Job is partial when, for `--grace` seconds on end, at least one of its pods holds
a node while at least one other still waits for one. `--replay FILE` reads recorded samples (one JSON a line) instead.
"""
import argparse
import json
import subprocess
import time


def sample():
    text = subprocess.run(["kubectl", "get", "pods", "-l", "lab=gangs", "-o", "json"], check=True,
                          capture_output=True, text=True).stdout
    pods = []
    for item in json.loads(text)["items"]:
        job = item["metadata"]["labels"].get("batch.kubernetes.io/job-name") or item["metadata"]["labels"]["job-name"]
        pods.append([job, bool(item["spec"].get("nodeName")), item["status"]["phase"]])
    return {"t": time.time(), "pods": pods}


class Tally:
    def __init__(self, pods, grace):
        self.pods, self.grace, self.since, self.partial, self.finished = pods, grace, {}, set(), set()

    def add(self, shot):
        jobs = {}
        for job, placed, phase in shot["pods"]:
            jobs.setdefault(job, []).append((placed, phase))
        for job, pods in jobs.items():
            if len(pods) >= self.pods and all(phase == "Succeeded" for _, phase in pods):
                self.finished.add(job)
            placed = sum(1 for p, _ in pods if p)
            if 0 < placed < self.pods:
                began = self.since.setdefault(job, shot["t"])
                if shot["t"] - began >= self.grace:
                    self.partial.add(job)
            else:
                self.since.pop(job, None)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--jobs", type=int, default=100)
    p.add_argument("--pods", type=int, default=4)
    p.add_argument("--grace", type=float, default=5.0)
    p.add_argument("--limit-s", type=float, default=1800)
    p.add_argument("--record")
    p.add_argument("--replay")
    p.add_argument("--out")
    a = p.parse_args()
    tally = Tally(a.pods, a.grace)
    began = time.time()
    if a.replay:
        with open(a.replay) as f:
            for line in f:
                tally.add(json.loads(line))
    else:
        record = open(a.record, "a", buffering=1) if a.record else None
        while len(tally.finished) < a.jobs and time.time() - began < a.limit_s:
            shot = sample()
            if record:
                record.write(json.dumps(shot) + "\n")
            tally.add(shot)
            time.sleep(2)
    text = json.dumps({"jobs": a.jobs, "finished": len(tally.finished), "partially_started": len(tally.partial),
                       "seconds": round(time.time() - began, 1), "names": sorted(tally.partial)})
    print(text)
    if a.out:
        with open(a.out, "w") as f:
            f.write(text + "\n")


if __name__ == "__main__":
    main()
