#!/usr/bin/env python3
"""Measure dynamic database credentials: lifetime, revocation, rotation under failure.

    python3 lease_probe.py lifetime --role trainer
    python3 lease_probe.py revoke   --role trainer --cap 120
    python3 lease_probe.py soak     --role trainer --seconds 900 --rotate-at 0.66 --out soak.json

Uses the Vault HTTP API (VAULT_ADDR, VAULT_TOKEN) and psql. PG_HOST, PG_PORT and PG_DB say how
this machine reaches the database. Passwords go to psql by environment, never by argument.
"""
import argparse
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

ADDR = os.environ.get("VAULT_ADDR", "http://127.0.0.1:8200")
TOKEN = os.environ.get("VAULT_TOKEN", "root")
PG = ["-h", os.environ.get("PG_HOST", "127.0.0.1"), "-p", os.environ.get("PG_PORT", "5432"),
      "-d", os.environ.get("PG_DB", "features"), "-X", "-q", "-t", "-A"]


def call(method, path, body=None, timeout=5):
    request = urllib.request.Request(f"{ADDR}/v1/{path}", method=method, headers={"X-Vault-Token": TOKEN},
                                     data=json.dumps(body).encode() if body is not None else None)
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        raw = answer.read()
    return json.loads(raw) if raw else {}


def issue(role):
    began = time.monotonic()
    answer = call("GET", f"database/creds/{role}")
    return {"lease": answer["lease_id"], "ttl": answer["lease_duration"], "ms": 1000 * (time.monotonic() - began),
            "user": answer["data"]["username"], "password": answer["data"]["password"], "at": time.monotonic()}


def environment(cred):
    return {**os.environ, "PGPASSWORD": cred["password"], "PGCONNECT_TIMEOUT": "3"}


def query(cred, sql="SELECT count(*) FROM features"):
    done = subprocess.run(["psql", *PG, "-U", cred["user"], "-v", "ON_ERROR_STOP=1", "-c", sql],
                          env=environment(cred), capture_output=True, text=True, timeout=10, check=False)
    return done.returncode == 0, done.stderr.strip()


def percentile(values, p):
    values = sorted(values)
    return values[max(0, -(-len(values) * p // 100) - 1)] if values else None


def lifetime(args):
    role = call("GET", f"database/roles/{args.role}")["data"]
    mount = call("GET", "sys/mounts/database/tune")["data"]
    seconds = int(role.get("max_ttl") or 0) or int(mount["max_lease_ttl"])
    issued = [issue(args.role) for _ in range(args.n)]
    print(json.dumps({"credential_lifetime_h": round(seconds / 3600, 3), "first_lease_s": issued[0]["ttl"],
                      "issue_p95_ms": round(percentile([c["ms"] for c in issued], 95), 1), "issued": args.n}))
    for cred in issued:
        call("PUT", "sys/leases/revoke", {"lease_id": cred["lease"]})


def revoke(args):
    """Time from the order to revoke until a new login is refused and an open session is dead."""
    cred = issue(args.role)
    ok, error = query(cred)
    if not ok:
        raise SystemExit("the new credential does not work: " + error)
    session = subprocess.Popen(["psql", *PG, "-U", cred["user"]], env=environment(cred), text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    session.stdin.write("SELECT 'ready';\n")
    session.stdin.flush()
    session.stdout.readline()
    began = time.monotonic()
    call("PUT", "sys/leases/revoke", {"lease_id": cred["lease"]})
    login_s = session_s = None
    while time.monotonic() - began < args.cap and (login_s is None or session_s is None):
        if login_s is None and not query(cred, "SELECT 1")[0]:
            login_s = time.monotonic() - began
        if session_s is None:
            try:
                session.stdin.write("SELECT 1;\n")
                session.stdin.flush()
                line = session.stdout.readline()
                if session.poll() is not None or line.strip() != "1":
                    session_s = time.monotonic() - began
            except BrokenPipeError:
                session_s = time.monotonic() - began
        time.sleep(0.2)
    session.kill()
    worst = max(args.cap if s is None else s for s in (login_s, session_s))
    print(json.dumps({"revoke_s": round(worst, 1),
                      "login_refused_s": None if login_s is None else round(login_s, 1),
                      "session_dead_s": None if session_s is None else round(session_s, 1), "cap_s": args.cap}))


def soak(args):
    """One query a second; take a new credential when `rotate-at` of the lease has passed."""
    cred, queries, errors, rotations, vault_errors, reasons = issue(args.role), 0, 0, 0, 0, {}
    retry_at, end = 0.0, time.monotonic() + args.seconds
    while time.monotonic() < end:
        now = time.monotonic()
        if now - cred["at"] >= args.rotate_at * cred["ttl"] and now >= retry_at:
            try:
                cred, rotations = issue(args.role), rotations + 1
            except (urllib.error.URLError, OSError):
                vault_errors, retry_at = vault_errors + 1, now + args.retry_s
        ok, error = query(cred)
        queries += 1
        if not ok:
            errors += 1
            reason = error.splitlines()[-1][-60:] if error else "unknown"
            reasons[reason] = reasons.get(reason, 0) + 1
        time.sleep(max(0.0, 1 - (time.monotonic() - now)))
    result = {"queries": queries, "errors": errors, "query_error_pct": round(100 * errors / queries, 3),
              "rotations": rotations, "vault_errors": vault_errors, "rotate_at": args.rotate_at, "reasons": reasons}
    with open(args.out, "w") as f:
        json.dump(result, f, indent=1)
        f.write("\n")
    print(json.dumps(result))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    sub = parser.add_subparsers(dest="command", required=True)
    for name, run in (("lifetime", lifetime), ("revoke", revoke), ("soak", soak)):
        p = sub.add_parser(name)
        p.add_argument("--role", default="trainer")
        p.set_defaults(run=run)
        if name == "lifetime":
            p.add_argument("--n", type=int, default=20)
        if name == "revoke":
            p.add_argument("--cap", type=float, default=120)
        if name == "soak":
            p.add_argument("--seconds", type=int, default=900)
            p.add_argument("--rotate-at", type=float, default=1.0)
            p.add_argument("--retry-s", type=float, default=5)
            p.add_argument("--out", default="soak.json")
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    sys.exit(main())
