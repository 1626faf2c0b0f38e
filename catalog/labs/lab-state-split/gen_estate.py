#!/usr/bin/env python3
"""Write the estate: one Terraform root with 2,000 resources, its change log and its drift inventory.

Usage: gen_estate.py OUTDIR [--seed N]

OUTDIR/mono/*.tf        40 components of 50 resources in one state, with references between components
OUTDIR/layout.csv       component,root: which root owns a component (all of them: mono)
OUTDIR/changes.csv      60 recorded changes: id,component,team
OUTDIR/drift.csv        root,component,check: 780 of 2,000 resources (39 %) have a scheduled check
The same seed gives the same bytes. No provider is downloaded: resources are terraform_data.
"""
import argparse
import csv
import math
import pathlib
import random

SIZE = 50
COMPONENTS = (
    [f"network_{r}" for r in ("eu1", "eu2", "us1", "us2")]
    + [f"iam_{r}" for r in ("eu", "us")]
    + [f"cluster_{r}_{k}" for r in ("eu1", "eu2", "us1", "us2") for k in ("train", "serve")]
    + [f"data_{r}_{k}" for r in ("eu1", "us1") for k in ("lake", "features", "registry")]
    + [f"serving_{t}_{r}" for t in ("search", "ads", "chat", "fraud", "vision") for r in ("eu1", "us1")]
    + [f"notebooks_{t}" for t in ("search", "ads", "chat", "fraud", "vision")]
    + [f"observe_{r}" for r in ("eu1", "eu2", "us1", "us2")]
    + ["dns_global"]
)
WEIGHT = {"network": 1, "iam": 2, "cluster": 4, "data": 3, "serving": 9, "notebooks": 6, "observe": 2, "dns": 1}


def needs(name):
    """Components that a component refers to."""
    kind, _, rest = name.partition("_")
    region = next((p for p in rest.split("_") if p[:2] in ("eu", "us") and len(p) == 3), "eu1")
    if kind == "cluster":
        return [f"network_{region}", f"iam_{region[:2]}"]
    if kind == "data":
        return [f"network_{region}", f"iam_{region[:2]}"]
    if kind == "serving":
        return [f"cluster_{region}_serve", f"data_{region}_features", f"data_{region}_registry"]
    if kind == "notebooks":
        return ["cluster_eu1_train", "data_eu1_lake"]
    if kind == "observe":
        return [f"network_{region}"]
    if kind == "dns":
        return ["network_eu1", "network_us1"]
    return []


def component_tf(name):
    refs = ", ".join(f'terraform_data.{n}["{n}-000"].id' for n in needs(name))
    return f'''locals {{
  {name} = {{ for i in range({SIZE}) : format("{name}-%03d", i) => "v1" }}
}}

data "terraform_remote_state" "{name}" {{
  for_each = local.{name}
  backend  = "http"
  config   = {{ address = "${{var.api}}/r/{name}/${{each.key}}" }}
}}

resource "terraform_data" "{name}" {{
  for_each = local.{name}
  input = {{
    desired  = each.value
    observed = data.terraform_remote_state.{name}[each.key].outputs.attr
    uses     = [{refs}]
  }}
}}
'''


def write_csv(path, header, rows):
    with open(path, "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("outdir", type=pathlib.Path)
    ap.add_argument("--seed", type=int, default=20261123)
    args = ap.parse_args()
    rng = random.Random(args.seed)
    mono = args.outdir / "mono"
    mono.mkdir(parents=True, exist_ok=True)
    (mono / "main.tf").write_text(
        'terraform {\n  required_version = ">= 1.6, < 2.0"\n}\n\n'
        'variable "api" {\n  type    = string\n  default = "http://127.0.0.1:8799"\n}\n')
    for name in COMPONENTS:
        (mono / f"{name}.tf").write_text(component_tf(name))
    weights = [WEIGHT[n.partition("_")[0]] for n in COMPONENTS]
    changed = rng.choices(COMPONENTS, weights, k=60)
    write_csv(args.outdir / "changes.csv", ["id", "component", "team"],
              [[f"CHG-{i:03d}", c, c.split("_")[1] if c.startswith(("serving", "notebooks")) else "platform"]
               for i, c in enumerate(changed, 1)])
    write_csv(args.outdir / "layout.csv", ["component", "root"], [[c, "mono"] for c in COMPONENTS])
    left, rows = math.floor(0.39 * SIZE * len(COMPONENTS)), []
    for c in COMPONENTS:
        n = min(left, SIZE)
        left -= n
        if n:
            rows.append(["mono", c, n, "scheduled"])
        if SIZE - n:
            rows.append(["mono", c, SIZE - n, rng.choice(["manual", "none"])])
    write_csv(args.outdir / "drift.csv", ["root", "component", "resources", "check"], rows)
    print(f"{len(COMPONENTS)} components, {SIZE * len(COMPONENTS)} resources in {mono}")


if __name__ == "__main__":
    main()
