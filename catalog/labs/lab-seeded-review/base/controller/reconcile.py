"""Reconciles TrainingJob objects: admits a job when its team has free GPU quota."""
import logging

log = logging.getLogger(__name__)
RESYNC_S = 300
FINALIZER = "training.example/quota"


class Reconciler:
    """`api` talks to the cluster; what it returns is shared with the informer cache."""

    def __init__(self, api, quota):
        self.api, self.quota = api, quota

    def reconcile(self, key):
        """Returns seconds until the key is tried again, or None. Raises to retry with back-off."""
        job = self.api.get(key)
        if job is None:
            return None
        if job["metadata"].get("deletionTimestamp"):
            return self.finalize(key, job)
        if job["status"].get("phase") in ("Running", "Succeeded", "Failed"):
            return None
        team, wanted = job["spec"]["team"], job["spec"]["gpus"]
        if self.quota.free(team) >= wanted:
            self.quota.reserve(team, key, wanted)
            self.set_phase(key, job, "Running")
            return None
        self.set_phase(key, job, "Pending")
        return RESYNC_S

    def set_phase(self, key, job, phase):
        if job["status"].get("phase") == phase:
            return
        self.api.patch_status(key, {"phase": phase}, resource_version=job["metadata"]["resourceVersion"])

    def finalize(self, key, job):
        self.quota.release(job["spec"]["team"], key)
        self.api.remove_finalizer(key, FINALIZER)
        return None
