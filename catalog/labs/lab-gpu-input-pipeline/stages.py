"""The stages of a training input path, with costs that do not depend on the laptop. Do not change this file.

read and copy wait (storage, bus); decode spins on its own thread's CPU clock, so that competition for cores and for the
interpreter lock counts as it does in reality; the device is emulated: a launch costs host time, a kernel device time.
"""
import hashlib
import json
import threading
import time

READ_S, DECODE_S, COPY_S, LAUNCH_S, KERNELS, KERNEL_S = 0.025, 0.030, 0.008, 0.0004, 40, 0.001
_lock = threading.Lock()
_spans = []


def span(name, batch, start, end):
    with _lock:
        _spans.append({"name": name, "batch": batch, "start": start, "end": end})


def write_trace(path):
    with open(path, "w") as f:
        for s in sorted(_spans, key=lambda s: s["start"]):
            f.write(json.dumps(s) + "\n")


def read(batch):
    time.sleep(READ_S)
    return hashlib.sha256(b"batch %d" % batch).digest()


def decode(raw):
    end = time.thread_time() + DECODE_S
    while time.thread_time() < end:
        sum(raw)
    return hashlib.sha256(raw + b"decoded").digest()


def copy_to_device(batch):
    start = time.perf_counter()
    time.sleep(COPY_S)
    span("copy", batch, start, time.perf_counter())


def launch_and_wait(batch, kernels):
    """Launches `kernels` kernels as one graph and waits until the device has run them."""
    start = time.perf_counter()
    time.sleep(LAUNCH_S)
    begin = time.perf_counter()
    span("launch", batch, start, begin)
    time.sleep(kernels * KERNEL_S)
    span("kernel", batch, begin, time.perf_counter())


def result(decoded):
    return hashlib.sha256(decoded + b"trained").hexdigest()
