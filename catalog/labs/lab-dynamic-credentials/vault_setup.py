#!/usr/bin/env python3
"""Configure Vault's database secrets engine from role.json, over the HTTP API.

    VAULT_ADDR=http://127.0.0.1:8200 VAULT_TOKEN=root python3 vault_setup.py role.json

In role.json write @name@, @password@ and @expiration@ where Vault is to fill in its own
values. Empty TTLs leave the system's default, which is what the baseline is measured with.
An empty list of revocation statements leaves the plugin's own.
PG_URL is the server as Vault sees it, host:port/database (default pg:5432/features).
"""
import json
import os
import sys
import urllib.error
import urllib.request

ADDR = os.environ.get("VAULT_ADDR", "http://127.0.0.1:8200")
TOKEN = os.environ.get("VAULT_TOKEN", "root")


def call(method, path, body=None):
    request = urllib.request.Request(f"{ADDR}/v1/{path}", method=method, headers={"X-Vault-Token": TOKEN},
                                     data=json.dumps(body).encode() if body is not None else None)
    with urllib.request.urlopen(request, timeout=10) as answer:
        raw = answer.read()
    return json.loads(raw) if raw else {}


def fill(text):
    for word in ("name", "password", "expiration", "username"):
        text = text.replace(f"@{word}@", "{" * 2 + word + "}" * 2)
    return text


def main():
    with open(sys.argv[1] if len(sys.argv) > 1 else "role.json") as f:
        role = json.load(f)
    try:
        call("POST", "sys/mounts/database", {"type": "database"})
    except urllib.error.HTTPError as problem:
        if problem.code != 400:      # 400: already mounted
            raise
    server = os.environ.get("PG_URL", "pg:5432/features")
    call("POST", "database/config/features", {
        "plugin_name": "postgresql-database-plugin", "allowed_roles": role["role"],
        "connection_url": fill(f"postgresql://@username@:@password@@{server}?sslmode=disable"),
        "username": os.environ.get("PG_ADMIN", "postgres"),
        "password": os.environ.get("PG_ADMIN_PASSWORD", "postgres")})
    body = {"db_name": "features",
            "creation_statements": [fill(s) for s in role["creation_statements"]],
            "revocation_statements": [fill(s) for s in role["revocation_statements"]]}
    for key in ("default_ttl", "max_ttl"):
        if role[key]:
            body[key] = role[key]
    call("POST", f"database/roles/{role['role']}", body)
    print(f"role {role['role']}: default_ttl {role['default_ttl'] or 'system'}, max_ttl {role['max_ttl'] or 'system'}")


if __name__ == "__main__":
    main()
