"""The workload of the registry trial: 300 model versions, 20,000 reads, 2,000 promotions, one crash.

A candidate gives `open_store(folder)` with put(key, value), get(key), close(). The child process
is killed in the middle of the writes; afterwards every acknowledged write must be there.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time


def child(open_store, folder, seed, stop):
    store, rng = open_store(folder), random.Random(seed)
    for n in range(2000):
        if n == stop:
            os._exit(9)
        store.put(f"model-{rng.randrange(300)}", f"v{n}")
        print(n, flush=True)
    store.close()


def main(open_store):
    seed = int(os.environ.get("TRIAL_SEED", "1"))
    if len(sys.argv) > 1 and sys.argv[1] == "child":
        child(open_store, sys.argv[2], seed, int(sys.argv[3]))
        return
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        store, reads, writes = open_store(folder), [], []
        for n in range(300):
            store.put(f"model-{n}", "v0")
        for n in range(22000):
            key, began = f"model-{rng.randrange(300)}", time.perf_counter()
            if n % 11 == 10:
                store.put(key, f"v{n}")
                writes.append(1000 * (time.perf_counter() - began))
            else:
                store.get(key)
                reads.append(1000 * (time.perf_counter() - began))
        store.close()
        size = sum(os.path.getsize(os.path.join(folder, f)) for f in os.listdir(folder))
    with tempfile.TemporaryDirectory() as folder:
        stop = 500 + 37 * seed
        done = subprocess.run([sys.executable, sys.argv[0], "child", folder, str(stop)], capture_output=True, text=True,
                              check=False)
        acknowledged, want, redo = len(done.stdout.split()), {}, random.Random(seed)
        for n in range(acknowledged):
            want[f"model-{redo.randrange(300)}"] = f"v{n}"
        began = time.perf_counter()
        store = open_store(folder)
        recovery = 1000 * (time.perf_counter() - began)
        lost = sum(store.get(k) != v for k, v in want.items())
        store.close()
    reads.sort()
    writes.sort()
    print(json.dumps({"read_p99_ms": round(reads[int(0.99 * len(reads))], 4),
                      "write_p99_ms": round(writes[int(0.99 * len(writes))], 4), "lost_after_crash": lost,
                      "recovery_ms": round(recovery, 2), "size_kib": round(size / 1024, 1)}))
