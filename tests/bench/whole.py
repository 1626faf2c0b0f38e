#!/usr/bin/env python3
"""The whole command as a process: build the example into a new folder, build it again, check it; and pandoc on the syllabus alone.

Usage: whole.py COURSEWRIGHT SOURCE_ROOT [REPEATS]. Prints medians and ratios of one run; asserts nothing."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def median_ms(command, repeats, before=None):
    times = []
    for _ in range(repeats):
        if before:
            before()
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main():
    program, root = sys.argv[1], sys.argv[2]
    repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 15
    with tempfile.TemporaryDirectory() as scratch:
        workbook = os.path.join(scratch, "senior-ai-infrastructure-engineer.md")
        shutil.copy(os.path.join(root, "examples/senior-ai-infrastructure/workbook.md"), workbook)
        out = os.path.join(scratch, "out")
        build = [program, "build", workbook, "-o", out]
        fresh = median_ms(build, repeats, lambda: shutil.rmtree(out, ignore_errors=True))
        again = median_ms(build, repeats)
        check = median_ms([program, "check", workbook], repeats)
        files = sum(len(names) for _, _, names in os.walk(out))
        size = sum(os.path.getsize(os.path.join(at, n)) for at, _, names in os.walk(out) for n in names)
        print(f"build, {files} new files of {size / 1e6:.1f} MB  {fresh:8.1f} ms")
        print(f"build, nothing changed         {again:8.1f} ms")
        print(f"check, no files written        {check:8.1f} ms   so writing costs {fresh - check:.1f} ms")
        if shutil.which("pandoc"):
            page = os.path.join(scratch, "syllabus.html")
            pandoc = median_ms(["pandoc", os.path.join(out, "syllabus.md"), "-o", page], repeats)
            print(f"pandoc, the syllabus alone     {pandoc:8.1f} ms   {pandoc / fresh:.1f} times the whole build")
        else:
            print("pandoc is not installed: no comparison")


if __name__ == "__main__":
    main()
