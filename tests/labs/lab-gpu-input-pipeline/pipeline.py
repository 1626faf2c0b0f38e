"""Reference pipeline: read in threads, decode in processes, copy one batch ahead, launch a step as one graph."""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import platform
import queue
import sys
import threading
import time

import stages

READERS, DECODERS, AHEAD = 4, 2, 6


def decode(raw):
    start = time.perf_counter()
    return stages.decode(raw), start, time.perf_counter()


def read(n):
    start = time.perf_counter()
    raw = stages.read(n)
    stages.span("read", n, start, time.perf_counter())
    return raw


def feed(batches, out):
    """Keeps AHEAD batches between read and copy, in order."""
    with concurrent.futures.ThreadPoolExecutor(READERS) as readers, \
            concurrent.futures.ProcessPoolExecutor(DECODERS) as decoders:
        held = collections.deque()

        def start(n):
            held.append((n, readers.submit(lambda: decoders.submit(decode, read(n)).result())))

        for n in range(min(AHEAD, batches)):
            start(n)
        for n in range(batches):
            number, job = held.popleft()
            decoded, begin, end = job.result()
            stages.span("decode", number, begin, end)
            stages.copy_to_device(number)
            out.put(decoded)
            if n + AHEAD < batches:
                start(n + AHEAD)


def train(batches):
    ready, results = queue.Queue(maxsize=2), []
    threading.Thread(target=feed, args=(batches, ready), daemon=True).start()
    for n in range(batches):
        decoded = ready.get()
        stages.launch_and_wait(n, stages.KERNELS)
        results.append(stages.result(decoded))
    return results


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--batches", type=int, default=200)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    os.makedirs(a.out)
    began = time.perf_counter()
    results = train(a.batches)
    wall = time.perf_counter() - began
    stages.write_trace(os.path.join(a.out, "trace.jsonl"))
    with open(os.path.join(a.out, "result.json"), "w") as f:
        digest = hashlib.sha256("".join(results).encode()).hexdigest()
        json.dump({"batches": a.batches, "wall_s": wall, "digest": digest,
                   "python": sys.version, "platform": platform.platform(), "cpus": os.cpu_count()}, f, indent=1)


if __name__ == "__main__":
    main()
