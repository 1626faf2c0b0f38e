"""Reference recorder: complete records, each flushed before it is acknowledged, a keyed chain, its head in the anchor.

The anchor is written before the log. After a crash it may be one record ahead, and no other difference is allowed. Without
fsync this covers the death of the process and no loss of power, which keeps the test quick.
"""
import hashlib
import hmac
import json
import time

START = "0" * 64


def seal(entry, key, head):
    body = {k: v for k, v in entry.items() if k not in ("mac", "previous")}
    body["previous"] = head
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    body["mac"] = hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
    return body


class Recorder:
    def __init__(self, path, anchor, key):
        self.key, self.head, self.count = key, START, 0
        self.log, self.anchor = open(path, "a"), open(anchor, "w")

    def record(self, ctx):
        request = ctx["request"]
        entry = {"id": ctx["id"], "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ctx["at"])),
                 "control": ctx["control"], "outcome": ctx["outcome"], "actor": request["actor"],
                 "source_ip": request["source_ip"], "where": ctx["where"], "subject": ctx["subject"],
                 "policy": ctx["policy"], "reason": ctx["reason"], "seq": self.count + 1}
        if "on_behalf_of" in request:
            entry["on_behalf_of"] = request["on_behalf_of"]
        if "break_glass" in ctx:
            entry.update(approver=ctx["break_glass"]["approver"], ticket=ctx["break_glass"]["ticket"])
        sealed = seal(entry, self.key, self.head)
        self.anchor.seek(0)
        self.anchor.write(json.dumps([self.count + 1, sealed["mac"], self.count, self.head]) + "\n")
        self.anchor.truncate()
        self.anchor.flush()
        self.log.write(json.dumps(sealed) + "\n")
        self.log.flush()
        self.head, self.count = sealed["mac"], self.count + 1

    def close(self):
        self.log.close()
        self.anchor.close()


def reseal(entries, key):
    head, lines = START, []
    for number, entry in enumerate(entries, 1):
        sealed = seal({**entry, "seq": number}, key, head)
        lines.append(json.dumps(sealed))
        head = sealed["mac"]
    return lines


def verify(path, anchor, key):
    head, count = START, 0
    with open(path) as f:
        for number, line in enumerate(f, 1):
            entry = json.loads(line)
            if seal(entry, key, head) != entry or entry["seq"] != number:
                return [f"line {number}: not what was written there"]
            head, count = entry["mac"], number
    with open(anchor) as f:
        now, now_head, before, before_head = json.loads(f.read())
    if (count, head) not in ((now, now_head), (before, before_head)):
        return [f"the log ends at record {count}, the anchor names {now}"]
    return []
