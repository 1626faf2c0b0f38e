"""Reference store: renamed after the write, with a checksum and the sampler's state, written beside the training."""
import copy
import hashlib
import json
import os
import threading
import time


class Store:
    def __init__(self, folder, rank, policy):
        self.folder, self.rank, self.policy, self.writer = folder, rank, policy, None
        os.makedirs(folder, exist_ok=True)
        with open(policy_world(folder)) as f:
            self.world = json.load(f)["args"]["world"]

    def path(self, step, rank):
        return os.path.join(self.folder, "step%06d.rank%d.json" % (step, rank))

    def save(self, state, data):
        self.close()
        body = json.dumps([copy.deepcopy(state), data.getstate()])
        self.writer = threading.Thread(target=self.write, args=(state["step"], body))
        self.writer.start()

    def write(self, step, body):
        text = hashlib.sha256(body.encode()).hexdigest() + "\n" + body
        half, final = len(text) // 2, self.path(step, self.rank)
        with open(final + ".part", "w") as f:
            f.write(text[:half])
            f.flush()
            time.sleep(self.policy["write_cost_s"])
            f.write(text[half:])
            f.flush()
            os.fsync(f.fileno())
        os.replace(final + ".part", final)

    def whole(self, step, rank):
        try:
            with open(self.path(step, rank)) as f:
                mark, _, body = f.read().partition("\n")
            return body if hashlib.sha256(body.encode()).hexdigest() == mark else None
        except OSError:
            return None

    def load(self, state, data):
        """The newest step of which every rank has a whole file."""
        steps = sorted({int(n[4:10]) for n in os.listdir(self.folder) if n.endswith(".json")}, reverse=True)
        for step in steps:
            if all(self.whole(step, r) for r in range(self.world)):
                kept, place = json.loads(self.whole(step, self.rank))
                state.update(kept)
                data.setstate((place[0], tuple(place[1]), place[2]))
                return

    def close(self):
        if self.writer:
            self.writer.join()
            self.writer = None


def policy_world(folder):
    return os.path.join(os.path.dirname(folder), "environment.json")
