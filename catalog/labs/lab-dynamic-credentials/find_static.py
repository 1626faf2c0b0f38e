#!/usr/bin/env python3
"""Count static credentials in Kubernetes manifests.

    python3 find_static.py platform.yaml

A finding is a place where a credential that nobody rotates is stored or handed over: a
Secret object, a literal value of a variable whose name says credential, a user and password
inside a connection string, a credential on a command line, or a reference to a stored Secret.
A plain text scan: read the findings, and look for what it cannot see (files inside images).
"""
import re
import sys

SECRETIVE = r"(PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|ACCESS_KEY|ACCESS_KEY_ID|PRIVATE_KEY)"
RULES = [
    ("secret-object", re.compile(r"^kind:\s*Secret\s*$")),
    ("dsn-password", re.compile(r"\w+://[^\s:/@]+:[^\s@/]+@")),
    ("argument", re.compile(r"--[\w-]*(password|token|secret|key)[\w-]*=\S+", re.I)),
    ("secret-reference", re.compile(r"secretKeyRef:|secretRef:|imagePullSecrets:")),
]
NAME = re.compile(r"-?\s*name:\s*[\"']?(\w*" + SECRETIVE + r"\w*)[\"']?\s*$", re.I)
VALUE = re.compile(r"^\s*value:\s*\S+")


def scan(path):
    found, pending = [], None
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            text = line.split(" #")[0].rstrip()
            if text.lstrip().startswith("#"):
                continue
            if pending and VALUE.match(text):
                found.append((path, number, "literal-value", pending))
            name = NAME.search(text)
            pending = name.group(1) if name else None
            for rule, pattern in RULES:
                if pattern.search(text):
                    found.append((path, number, rule, text.strip()[:40]))
    return found


def main():
    findings = [f for path in sys.argv[1:] for f in scan(path)]
    for path, number, rule, text in findings:
        print(f"{path}:{number}: {rule}: {text.split('=')[0].split('://')[0]}")
    print(f"static_credentials {len(findings)}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
