"""One rank of a data-parallel training job: real process, real collective, real checkpoints.

The model is a linear regression, so that a step costs little; `--step-ms` stands in for device time.
Gradients are averaged over TCP by rank 0, always summed in rank order, so that two correct runs give the same bits.
"""
import argparse
import json
import os
import random
import socket
import struct
import time

import ckpt

DIM, BATCH, RATE = 16, 32, 0.05


def recv_exact(conn, size):
    data = b""
    while len(data) < size:
        part = conn.recv(size - len(data))
        if not part:
            raise ConnectionError("peer closed")
        data += part
    return data


class Collective:
    """All-reduce (mean) through rank 0. No timeout, as in a collective library left at its defaults."""

    def __init__(self, rank, world, port):
        self.rank, self.world, self.peers = rank, world, {}
        self.fmt = "<%dd" % (DIM + 1)
        if rank == 0:
            server = socket.create_server(("127.0.0.1", port))
            while len(self.peers) < world - 1:
                conn, _ = server.accept()
                conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.peers[struct.unpack("<i", recv_exact(conn, 4))[0]] = conn
        else:
            for _ in range(200):
                try:
                    self.root = socket.create_connection(("127.0.0.1", port))
                    break
                except OSError:
                    time.sleep(0.05)
            self.root.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.root.sendall(struct.pack("<i", rank))

    def mean(self, values):
        size = struct.calcsize(self.fmt)
        if self.rank:
            self.root.sendall(struct.pack(self.fmt, *values))
            return list(struct.unpack(self.fmt, recv_exact(self.root, size)))
        total = list(values)
        for peer in sorted(self.peers):
            other = struct.unpack(self.fmt, recv_exact(self.peers[peer], size))
            total = [a + b for a, b in zip(total, other)]
        total = [v / self.world for v in total]
        for peer in sorted(self.peers):
            self.peers[peer].sendall(struct.pack(self.fmt, *total))
        return total


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rank", type=int, required=True)
    p.add_argument("--world", type=int, required=True)
    p.add_argument("--port", type=int, required=True)
    p.add_argument("--steps", type=int, required=True)
    p.add_argument("--step-ms", type=float, required=True)
    p.add_argument("--attempt", type=int, required=True)
    p.add_argument("--seed", type=int, required=True)
    p.add_argument("--run", required=True)
    p.add_argument("--policy", required=True)
    a = p.parse_args()
    with open(a.policy) as f:
        policy = json.load(f)
    truth = [random.Random(99).uniform(-1, 1) for _ in range(DIM)]
    state = {"step": 0, "weights": [0.0] * DIM}
    data = random.Random(a.seed * 1000 + a.rank)
    store = ckpt.Store(os.path.join(a.run, "ckpt"), a.rank, policy)
    store.load(state, data)
    comm = Collective(a.rank, a.world, a.port)
    log = open(os.path.join(a.run, "steps.%d.log" % a.rank), "a", buffering=1)
    beat = os.path.join(a.run, "beat.%d" % a.rank)
    while state["step"] < a.steps:
        with open(beat, "w"):
            pass
        grad, loss = [0.0] * DIM, 0.0
        for _ in range(BATCH):
            x = [data.gauss(0, 1) for _ in range(DIM)]
            y = sum(t * v for t, v in zip(truth, x)) + data.gauss(0, 0.1)
            err = sum(w * v for w, v in zip(state["weights"], x)) - y
            loss += err * err / BATCH
            for i in range(DIM):
                grad[i] += 2 * err * x[i] / BATCH
        time.sleep(a.step_ms / 1000)
        out = comm.mean(grad + [loss])
        state["weights"] = [w - RATE * g for w, g in zip(state["weights"], out[:DIM])]
        state["step"] += 1
        if a.rank == 0:
            log.write("%d %d %.17g %.6f\n" % (a.attempt, state["step"], out[DIM], time.time()))
        if state["step"] % policy["checkpoint_every_steps"] == 0:
            began = time.time()
            store.save(state, data)
            if a.rank == 0:
                log.write("# ckpt %d %.6f\n" % (state["step"], time.time() - began))
    store.close()


if __name__ == "__main__":
    main()
