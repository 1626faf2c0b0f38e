#!/usr/bin/env python3
"""Write 50 seeded bad workloads, 25 good ones and 20 namespaces, with the answer key.

Usage: gen_manifests.py OUTDIR [--seed N]

OUTDIR/namespaces.yaml   20 team namespaces without any enforcement label
OUTDIR/bad/NN-*.yaml     50 workloads; each breaks one control (40 Pod Security, 10 image provenance)
OUTDIR/good/NN-*.yaml    25 workloads that must stay admitted, two of them covered by an approved exception
OUTDIR/key.csv           file,verdict,control,kind: for the grader and for your tests, not for your policies

A manifest is written as JSON inside a .yaml file, which every YAML reader accepts. Same seed, same bytes.
"""
import argparse
import copy
import csv
import json
import pathlib
import random

REGISTRY = "registry.internal.example"
TEAMS = [f"{t}-{e}" for t in ("search", "ads", "chat", "fraud", "vision") for e in ("dev", "stage", "prod", "batch")]


def image(rng, name="trainer"):
    return f"{REGISTRY}/{name}@sha256:" + "".join(rng.choice("0123456789abcdef") for _ in range(64))


def container(rng, name="main"):
    return {
        "name": name, "image": image(rng), "command": ["sleep", "3600"],
        "resources": {"requests": {"cpu": "50m", "memory": "32Mi"}, "limits": {"memory": "64Mi"}},
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]},
                            "readOnlyRootFilesystem": True},
    }


def pod_spec(rng):
    return {
        "automountServiceAccountToken": False,
        "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [container(rng)], "restartPolicy": "Never",
    }


def wrap(kind, name, ns, spec):
    spec = copy.deepcopy(spec)
    meta = {"name": name, "namespace": ns, "labels": {"app": name}}
    if kind == "Pod":
        return {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": spec}
    if kind == "Job":
        return {"apiVersion": "batch/v1", "kind": "Job", "metadata": meta, "spec": {"template": {"spec": spec}}}
    if kind == "CronJob":
        return {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": meta,
                "spec": {"schedule": "0 3 * * *", "jobTemplate": {"spec": {"template": {"spec": spec}}}}}
    spec["restartPolicy"] = "Always"
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta,
            "spec": {"replicas": 1, "selector": {"matchLabels": {"app": name}},
                     "template": {"metadata": {"labels": {"app": name}}, "spec": spec}}}


def c0(s):
    return s["containers"][0]


def init(s, rng):
    s.setdefault("initContainers", []).append(container(rng, "setup"))
    return s["initContainers"][-1]


# Each entry: control, edit(spec, rng). The edit breaks that control only; the API refuses "privileged" together with
# allowPrivilegeEscalation false, so the privileged ones break that control as well.
PSS = [
    ("host-network", lambda s, r: s.update(hostNetwork=True)),
    ("host-pid", lambda s, r: s.update(hostPID=True)),
    ("host-ipc", lambda s, r: s.update(hostIPC=True)),
    ("privileged", lambda s, r: c0(s).update(securityContext={
        "privileged": True, "capabilities": {"drop": ["ALL"]}})),
    ("privileged-init", lambda s, r: init(s, r).update(securityContext={
        "privileged": True, "capabilities": {"drop": ["ALL"]}})),
    ("capabilities-add", lambda s, r: c0(s)["securityContext"]["capabilities"].update(add=["NET_ADMIN"])),
    ("capabilities-no-drop", lambda s, r: c0(s)["securityContext"].pop("capabilities")),
    ("capabilities-no-drop-init", lambda s, r: init(s, r)["securityContext"].pop("capabilities")),
    ("host-path", lambda s, r: s.update(volumes=[{"name": "h", "hostPath": {"path": "/var/run"}}])),
    ("host-port", lambda s, r: c0(s).update(ports=[{"containerPort": 8080, "hostPort": 8080}])),
    ("selinux-type", lambda s, r: s["securityContext"].update(seLinuxOptions={"type": "spc_t"})),
    ("sysctl", lambda s, r: s["securityContext"].update(sysctls=[{"name": "kernel.msgmax", "value": "65536"}])),
    ("seccomp-unconfined", lambda s, r: s["securityContext"].update(seccompProfile={"type": "Unconfined"})),
    ("seccomp-missing", lambda s, r: s["securityContext"].pop("seccompProfile")),
    ("privilege-escalation", lambda s, r: c0(s)["securityContext"].update(allowPrivilegeEscalation=True)),
    ("privilege-escalation-unset", lambda s, r: c0(s)["securityContext"].pop("allowPrivilegeEscalation")),
    ("privilege-escalation-init", lambda s, r: init(s, r)["securityContext"].update(allowPrivilegeEscalation=True)),
    ("run-as-root-user", lambda s, r: s["securityContext"].update(runAsUser=0)),
    ("run-as-nonroot-unset", lambda s, r: s["securityContext"].pop("runAsNonRoot")),
    ("run-as-nonroot-override", lambda s, r: c0(s)["securityContext"].update(runAsNonRoot=False)),
]
IMAGES = [
    ("image-tag", lambda s, r: c0(s).update(image=f"{REGISTRY}/trainer:2.4")),
    ("image-latest", lambda s, r: c0(s).update(image=f"{REGISTRY}/trainer:latest")),
    ("image-foreign", lambda s, r: c0(s).update(image=image(r).replace(REGISTRY, "docker.io/someone"))),
    ("image-lookalike", lambda s, r: c0(s).update(image=image(r).replace(REGISTRY, REGISTRY + ".evil.example"))),
    ("image-tag-init", lambda s, r: init(s, r).update(image=f"{REGISTRY}/setup:1")),
]
KINDS = ("Pod", "Deployment", "Job", "CronJob")


def build(seed):
    rng = random.Random(seed)
    bad, good = [], []
    for i in range(50):
        control, edit = PSS[i % 20] if i < 40 else IMAGES[(i - 40) % 5]
        kind = KINDS[(i + i // 20) % 4]
        spec = pod_spec(rng)
        edit(spec, rng)
        name = f"bad-{i + 1:02d}-{control}"
        bad.append((name, control, kind, wrap(kind, name, rng.choice(TEAMS), spec)))
    for i in range(25):
        spec, kind, control = pod_spec(rng), KINDS[i % 4], "compliant"
        if i % 5 == 1:
            init(spec, rng)
        if i % 5 == 2:
            spec["volumes"] = [{"name": "w", "emptyDir": {"sizeLimit": "10Mi"}}]
        if i % 5 == 3:
            c0(spec)["securityContext"]["capabilities"]["add"] = ["NET_BIND_SERVICE"]
        ns = rng.choice(TEAMS)
        if i >= 23:
            control, ns, kind = "approved-exception", "vision-batch", "Job"
            spec["volumes"] = [{"name": "dataset", "hostPath": {"path": "/mnt/dataset"}}]
        name = f"good-{i + 1:02d}" + ("-dataset-loader" if i >= 23 else "")
        good.append((name, control, kind, wrap(kind, name, ns, spec)))
    return bad, good


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("outdir", type=pathlib.Path)
    ap.add_argument("--seed", type=int, default=20261123)
    args = ap.parse_args()
    bad, good = build(args.seed)
    rows = []
    for folder, items, verdict in (("bad", bad, "deny"), ("good", good, "allow")):
        (args.outdir / folder).mkdir(parents=True, exist_ok=True)
        for name, control, kind, doc in items:
            (args.outdir / folder / f"{name}.yaml").write_text(json.dumps(doc, indent=1) + "\n")
            rows.append([f"{folder}/{name}.yaml", verdict, control, kind])
    docs = [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": n, "labels": {"team": n.split("-")[0]}}}
            for n in sorted(TEAMS)]
    (args.outdir / "namespaces.yaml").write_text(
        json.dumps({"apiVersion": "v1", "kind": "List", "items": docs}, indent=1) + "\n")
    with open(args.outdir / "key.csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["file", "verdict", "control", "kind"])
        out.writerows(rows)
    print(f"{len(bad)} bad, {len(good)} good, {len(docs)} namespaces in {args.outdir}, seed {args.seed}")


if __name__ == "__main__":
    main()
