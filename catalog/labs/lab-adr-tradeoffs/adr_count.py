#!/usr/bin/env python3
"""Count the traced outputs of an architecture evaluation in an ADR.

    python3 adr_count.py docs/adr/0001-regions.md

Counted are list items of the form

    - Alternative: ... | evidence: path
    - Sensitivity point: ... | evidence: path
    - Trade-off point: ... | evidence: path
    - Risk: ... | evidence: path

whose evidence file exists. An item without it is printed and does not count. At most four of
a kind count, so that ten risks do not stand in for a trade-off point.
"""
import os
import re
import sys

KINDS = {"Alternative": 2, "Sensitivity point": 1, "Trade-off point": 1, "Risk": 2}
ITEM = re.compile(r"^\s*[-*]\s+(Alternative|Sensitivity point|Trade-off point|Risk):\s*(.+?)\s*\|\s*evidence:\s*(\S+)",
                  re.I)
BARE = re.compile(r"^\s*[-*]\s+(Alternative|Sensitivity point|Trade-off point|Risk):", re.I)


def main():
    path = sys.argv[1]
    counts = dict.fromkeys(KINDS, 0)
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            found = ITEM.match(line)
            if found and os.path.exists(found.group(3)):
                counts[found.group(1).capitalize()] += 1
            elif found or BARE.match(line):
                print(f"{path}:{number}: not counted, evidence missing: {line.strip()[:70]}")
    for kind, least in KINDS.items():
        print(f"{kind:18} {counts[kind]}  (at least {least})")
    print("atam_outputs", sum(min(4, n) for n in counts.values()))
    return 0 if all(counts[k] >= least for k, least in KINDS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
