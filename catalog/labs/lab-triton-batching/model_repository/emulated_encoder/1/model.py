"""A Triton Python model with the service curve of an accelerator: a fixed part per execution, a small part per item.

Triton hands `execute` all requests of one batch; queueing, batching, delays and instances are Triton's own. Only the
device time is emulated, so that every laptop has the same curve. All instances share one device, hence the lock.
Runs inside the Triton container, on CPU.
"""
import fcntl
import time

import triton_python_backend_utils as pb_utils

FIXED_S, ITEM_S, DEVICE = 0.020, 0.0005, "/tmp/emulated-device.lock"


class TritonPythonModel:
    def initialize(self, args):
        self.device = open(DEVICE, "a")

    def execute(self, requests):
        inputs = [pb_utils.get_input_tensor_by_name(r, "INPUT") for r in requests]
        items = sum(t.as_numpy().shape[0] for t in inputs)
        fcntl.flock(self.device, fcntl.LOCK_EX)
        time.sleep(FIXED_S + items * ITEM_S)
        fcntl.flock(self.device, fcntl.LOCK_UN)
        return [pb_utils.InferenceResponse([pb_utils.Tensor("OUTPUT", t.as_numpy())]) for t in inputs]

    def finalize(self):
        self.device.close()
