"""Prints the ids of admitted images without valid provenance: check_provenance.py MONTH"""
import json
import os
import sys

import controls


def read(name):
    with open(os.path.join(sys.argv[1], name)) as f:
        return [json.loads(line) for line in f]


with open(os.path.join(sys.argv[1], "builders.json")) as f:
    known = json.load(f)
by_digest = {a["statement"]["subject"]: a for a in read("attestations.jsonl")}
for d in read("decisions.jsonl"):
    if d["control"] != "image-admission" or d["outcome"] != "allow":
        continue
    a = by_digest.get(d["subject"].partition("@")[2])
    s = a["statement"] if a else {}
    key = known["builders"].get(s.get("builder"))
    if not key or s["repository"] not in known["repositories"] or s["built_at"] >= d["at"] \
            or a["signature"] != controls.sign(key, s):
        print(d["id"])
