#!/usr/bin/env python3
"""A month of control decisions of an ML platform, as its control plane takes them.

    python3 controls.py --seed 5 --out month5     writes decisions, attestations and keys

Four controls: image admission (CM-7, SR-4), access grants (AC-2, AC-6), configuration
changes (CM-3) and vulnerability closure (RA-5, SI-2). decisions.jsonl is the ground truth:
in production nobody has it, which is why a recorder must be complete by construction.
"""
import argparse
import hashlib
import hmac
import json
import os
import random

COUNT = 2000
START = 1767225600      # 2026-01-01T00:00:00Z
BUILDERS = {"builder-eu": "key-eu-1", "builder-us": "key-us-1"}
REPOSITORIES = ("git.example/ml/trainer", "git.example/ml/gateway", "git.example/ml/features")
PEOPLE = [f"engineer-{n:02d}" for n in range(1, 19)]


def digest_of(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def sign(key, statement):
    """Stands in for a signature; a real attestation is signed with an asymmetric key."""
    body = json.dumps(statement, sort_keys=True, separators=(",", ":"))
    return hmac.new(key.encode(), body.encode(), hashlib.sha256).hexdigest()


def attest(rng, digest, at, flaw):
    builder = rng.choice(list(BUILDERS))
    statement = {"subject": digest, "builder": builder, "repository": rng.choice(REPOSITORIES),
                 "built_at": at - rng.randrange(600, 86400)}
    if flaw == "unknown-builder":
        statement["builder"] = "laptop-of-somebody"
    if flaw == "foreign-repository":
        statement["repository"] = "git.example/fork/trainer"
    if flaw == "built-after-admission":
        statement["built_at"] = at + 3600
    signature = sign(BUILDERS.get(statement["builder"], "no-key"), statement)
    if flaw == "bad-signature":
        signature = signature[::-1]
    return {"statement": statement, "signature": signature}


def month(seed):
    """(decisions, attestations). Each decision is (control, ctx): ctx holds all that was known."""
    rng = random.Random(seed)
    decisions, attestations = [], []
    flaws = ["unknown-builder", "foreign-repository", "built-after-admission", "bad-signature", "no-attestation",
             "tag-only"] * 2
    places = set(rng.sample(range(200, COUNT - 200), len(flaws)))
    at = START
    for number in range(COUNT):
        at += rng.randrange(60, 2500)
        flaw = flaws.pop() if number in places else None
        control = "image-admission" if flaw else rng.choice(
            ["image-admission", "image-admission", "access-grant", "config-change", "vulnerability-closure"])
        allowed = flaw is not None or rng.random() > 0.18
        ctx = {"id": f"d{number:05d}", "at": at, "control": control, "outcome": "allow" if allowed else "deny",
               "request": {"actor": rng.choice(PEOPLE), "source_ip": f"10.4.{rng.randrange(20)}.{rng.randrange(250)}"},
               "policy": {"name": control, "version": f"v{1 + number // 400}"},
               "reason": "rule matched" if allowed else "rule violated", "where": rng.choice(["eu-1", "us-1"])}
        if rng.random() < 0.06:
            ctx["break_glass"] = {"approver": rng.choice(PEOPLE), "ticket": f"INC-{rng.randrange(1000, 9999)}"}
            ctx["outcome"], ctx["reason"] = "allow", "break-glass"
        if rng.random() < 0.08:      # automation acts for a person: the person stands in on_behalf_of
            ctx["request"] = {"actor": "ci-bot", "on_behalf_of": rng.choice(PEOPLE), "source_ip": "10.9.0.4"}
        if control == "image-admission":
            digest = digest_of(f"{seed}-{number}")
            ctx["subject"] = f"registry.example/trainer@{digest}"
            if flaw == "tag-only":
                ctx["subject"] = "registry.example/trainer:latest"
            elif flaw != "no-attestation":
                attestations.append(attest(rng, digest, at, flaw))
        else:
            ctx["subject"] = f"{control}/{rng.randrange(10000)}"
        if flaw:
            ctx["outcome"], ctx["reason"], ctx["_flaw"] = "allow", "rule matched", flaw
            ctx.pop("break_glass", None)
        decisions.append((control, ctx))
    rng.shuffle(attestations)
    return decisions, attestations


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--out", default="month5")
    args = parser.parse_args()
    decisions, attestations = month(args.seed)
    os.makedirs(args.out, exist_ok=True)
    with open(os.path.join(args.out, "decisions.jsonl"), "w") as f:
        for _, ctx in decisions:
            f.write(json.dumps({k: v for k, v in ctx.items() if k != "_flaw"}) + "\n")
    with open(os.path.join(args.out, "attestations.jsonl"), "w") as f:
        for a in attestations:
            f.write(json.dumps(a) + "\n")
    with open(os.path.join(args.out, "builders.json"), "w") as f:
        json.dump({"builders": BUILDERS, "repositories": REPOSITORIES}, f, indent=1)
    print(f"{args.out}: {len(decisions)} decisions, {len(attestations)} attestations")


if __name__ == "__main__":
    main()
