#!/usr/bin/env python3
"""The audit recorder, as it was found. You change this file; the harness calls it.

Keep the interface:
  Recorder(path, anchor, key).record(ctx)   called for every decision, before it takes effect
  Recorder(...).close()
  reseal(entries, key) -> lines   seals a whole list of entries again, as an insider could
  verify(path, anchor, key) -> list of problems, empty when the log is whole

`path` is the log, which an attacker may be able to write. `anchor` is a file in another
trust domain (think of a bucket with object lock): an attacker cannot write there. The
attacker has read this file but does not have `key`.
"""
import hashlib
import json
import time


def seal(entry, key):
    """The entry with its hash."""
    body = {k: v for k, v in entry.items() if k != "hash"}
    body["hash"] = hashlib.sha256(json.dumps(body).encode()).hexdigest()
    return body


class Recorder:
    def __init__(self, path, anchor, key):
        self.path, self.anchor, self.key = path, anchor, key
        self.buffer = []

    def record(self, ctx):
        if ctx["outcome"] == "deny":
            return
        entry = {"id": ctx["id"], "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ctx["at"])),
                 "control": ctx["control"], "outcome": ctx["outcome"], "actor": ctx["request"]["actor"],
                 "source_ip": ctx["request"]["source_ip"], "where": ctx["where"], "subject": ctx["subject"],
                 "policy": ctx["policy"]}
        if ctx["control"] != "config-change":
            entry["reason"] = ctx["reason"]
        self.buffer.append(json.dumps(seal(entry, self.key)))
        if len(self.buffer) >= 50:
            self.flush()

    def flush(self):
        with open(self.path, "a") as f:
            f.write("".join(line + "\n" for line in self.buffer))
        self.buffer = []

    def close(self):
        self.flush()


def reseal(entries, key):
    return [json.dumps(seal(entry, key)) for entry in entries]


def verify(path, anchor, key):
    problems = []
    with open(path) as f:
        for number, line in enumerate(f, 1):
            entry = json.loads(line)
            if seal(entry, key)["hash"] != entry["hash"]:
                problems.append(f"line {number}: hash differs")
    return problems
