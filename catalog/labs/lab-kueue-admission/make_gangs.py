"""Prints Jobs that need all their pods at once: python3 make_gangs.py --jobs 100 [--queue gangs] | kubectl apply -f -

Every Job has four pods with one `example.com/gpu` each, which sleep for ten seconds. With --queue the Jobs are given to
that Kueue LocalQueue and start suspended; without it the default scheduler starts pods one by one.
"""
import argparse
import json


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--jobs", type=int, default=100)
    p.add_argument("--pods", type=int, default=4)
    p.add_argument("--queue")
    a = p.parse_args()
    items = []
    for n in range(a.jobs):
        meta = {"name": "gang-%03d" % n, "namespace": "default", "labels": {"lab": "gangs"}}
        if a.queue:
            meta["labels"]["kueue.x-k8s.io/queue-name"] = a.queue
        pod = {"restartPolicy": "Never", "terminationGracePeriodSeconds": 0, "containers": [{
            "name": "rank", "image": "busybox:1.36", "imagePullPolicy": "IfNotPresent", "command": ["sleep", "10"],
            "resources": {"requests": {"cpu": "1m", "example.com/gpu": "1"}, "limits": {"example.com/gpu": "1"}}}]}
        items.append({"apiVersion": "batch/v1", "kind": "Job", "metadata": meta, "spec": {
            "parallelism": a.pods, "completions": a.pods, "suspend": bool(a.queue), "backoffLimit": 0,
            "template": {"metadata": {"labels": {"lab": "gangs"}}, "spec": pod}}})
    print(json.dumps({"apiVersion": "v1", "kind": "List", "items": items}))


if __name__ == "__main__":
    main()
