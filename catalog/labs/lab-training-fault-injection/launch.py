"""Starts the ranks, injects the faults of a schedule, watches health and restarts the job as the policy says.

  python3 launch.py --run runs/base1 --policy policy-baseline.json --faults faults.json --seed 7
Everything that happens is written to RUN/events.jsonl with a wall-clock time.
"""
import argparse
import glob
import json
import os
import platform
import signal
import socket
import subprocess
import sys
import time

KEYS = {"checkpoint_every_steps", "write_cost_s", "heartbeat_timeout_s", "restart_delay_s", "max_restarts"}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def watch(a, policy, faults, ranks, start, event):
    """Injects due faults; returns "done", or why the attempt has failed."""
    began = time.time()
    while True:
        time.sleep(0.02)
        now = time.time()
        while faults and now - start >= faults[0]["at_s"]:
            fault = faults[0]
            if fault["kind"] == "kill_in_save":          # wait until a save is under way, then kill
                parts = glob.glob(os.path.join(a.run, "ckpt", "*"))
                if not any(now - os.path.getmtime(x) < 0.2 for x in parts if os.path.exists(x)):
                    break
            faults.pop(0)
            event("fault", kind=fault["kind"], rank=fault["rank"])
            os.kill(ranks[fault["rank"]].pid, signal.SIGSTOP if fault["kind"] == "hang" else signal.SIGKILL)
        codes = [r.poll() for r in ranks]
        reason = None
        if all(c == 0 for c in codes):
            return "done"
        dead = [i for i, c in enumerate(codes) if c not in (None, 0)]
        if dead:
            reason = "exit of rank %s" % dead
        elif now - began > 5:                            # grace for start-up
            for r in range(a.world):
                beat = os.path.join(a.run, "beat.%d" % r)
                age = now - (os.path.getmtime(beat) if os.path.exists(beat) else began)
                if codes[r] is None and age > policy["heartbeat_timeout_s"]:
                    reason = "rank %d silent for %.1f s" % (r, age)
        if reason:
            event("detected", reason=reason)
            return reason


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--run", required=True)
    p.add_argument("--policy", required=True)
    p.add_argument("--faults", help="JSON schedule; leave out for a fault-free run")
    p.add_argument("--world", type=int, default=4)
    p.add_argument("--steps", type=int, default=1500)
    p.add_argument("--step-ms", type=float, default=80)
    p.add_argument("--seed", type=int, default=7)
    a = p.parse_args()
    with open(a.policy) as f:
        policy = json.load(f)
    wrong = KEYS ^ set(policy)
    if wrong:
        sys.exit("%s: missing or unknown: %s" % (a.policy, ", ".join(sorted(wrong))))
    if os.path.exists(a.run):
        sys.exit("%s: a run folder is never used twice" % a.run)
    os.makedirs(a.run)
    faults = []
    if a.faults:
        with open(a.faults) as f:
            faults = sorted(json.load(f)["faults"], key=lambda x: x["at_s"])
    with open(os.path.join(a.run, "environment.json"), "w") as f:
        json.dump({"python": sys.version, "platform": platform.platform(), "cpus": os.cpu_count(),
                   "policy": policy, "args": vars(a)}, f, indent=1)
    events = open(os.path.join(a.run, "events.jsonl"), "a", buffering=1)
    here = os.path.dirname(os.path.abspath(__file__))
    start = time.time()

    def event(name, **more):
        events.write(json.dumps(dict(t=round(time.time(), 6), event=name, **more)) + "\n")
        print("%7.2f  %-10s %s" % (time.time() - start, name, more or ""), flush=True)

    attempt = 0
    event("run_start")
    while True:
        attempt += 1
        for old in glob.glob(os.path.join(a.run, "beat.*")):
            os.remove(old)
        port = free_port()
        ranks = [subprocess.Popen([sys.executable, os.path.join(here, "worker.py"), "--rank", str(r), "--world",
                                   str(a.world), "--port", str(port), "--steps", str(a.steps), "--step-ms",
                                   str(a.step_ms), "--attempt", str(attempt), "--seed", str(a.seed), "--run", a.run,
                                   "--policy", a.policy], stderr=open(os.path.join(a.run, "stderr.log"), "a"))
                 for r in range(a.world)]
        event("start", attempt=attempt)
        reason = watch(a, policy, faults, ranks, start, event)
        for r in ranks:                                  # only our own children
            if r.poll() is None:
                r.send_signal(signal.SIGKILL)
            r.wait()
        if reason == "done":
            event("done", attempt=attempt)
            return
        if attempt > policy["max_restarts"]:
            event("gave_up")
            sys.exit(1)
        time.sleep(policy["restart_delay_s"])


if __name__ == "__main__":
    main()
