#!/usr/bin/env python3
"""Adds up the subtests in meson's testlog.json files and prints one line: N passed, N failed, N skipped.

Usage: count_tests.py BROKEN LOG... (BROKEN configurations that were not built count as failures)
A test that prints TAP counts each of its lines, and what it planned but did not reach as failed; any other counts as one.
"""
import json
import re
import sys

LINE = re.compile(r"^\s*(not )?ok\b(?:.*#\s*(skip)\b)?", re.IGNORECASE)
PLAN = re.compile(r"^1\.\.(\d+)")


def count(test):
    passed = failed = skipped = planned = 0
    for line in test.get("stdout", "").splitlines():
        plan = PLAN.match(line)
        match = LINE.match(line)
        if plan:
            planned = int(plan[1])
        elif match and match[2]:
            skipped += 1
        elif match:
            failed += bool(match[1])
            passed += not match[1]
    if not planned:
        return {"OK": (1, 0, 0), "SKIP": (0, 0, 1)}.get(test["result"], (0, 1, 0))
    failed += max(0, planned - passed - failed - skipped)
    if test["result"] not in ("OK", "SKIP") and not failed:
        failed = 1
    return passed, failed, skipped


def main():
    total = [0, int(sys.argv[1]), 0]
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as log:
            for line in log:
                total = [a + b for a, b in zip(total, count(json.loads(line)))]
    print("{} passed, {} failed, {} skipped".format(*total))
    return 1 if total[1] or not total[0] else 0


sys.exit(main())
