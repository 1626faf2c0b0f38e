#!/usr/bin/env python3
"""The runner of pages against small pages: what is right passes, and nothing wrong or left out does. As TAP.

Usage: test_run_page.py SCRATCH
"""
import sys
from pathlib import Path

import run_page

FINE = """# A page

`notes/a.yaml`:
```yaml
one: 1
two: 2
```

In `notes/a.yaml`:
```diff
 one: 1
-two: 2
+three: 3
```

`notes/a.yaml`, at the end:
```yaml
four: 4
```

Read it:

```sh
cd notes
cat a.yaml
```

```text
one: 1
three: 3
four: 4
```

`a.yaml`, all of it:
```yaml
five: 5
```

```sh
grep -q five a.yaml
```
"""

# What is changed in the page above -> a part of what must be said.
WRONG = {
    "another output": (("three: 3\nfour: 4\n```", "three: 3\nfour: 5\n```"), "line 3 of what is printed"),
    "an output that is cut off": (("three: 3\nfour: 4\n```", "three: 3\n```"), "line 3 of what is printed"),
    "an output that goes on": (("three: 3\nfour: 4\n```", "three: 3\nfour: 4\nfive\n```"), "line 4 of what is printed"),
    "an output that nobody shows": (("```text\none: 1\nthree: 3\nfour: 4\n```\n", ""), "no ```text follows"),
    "an output of what says nothing": (("grep -q five a.yaml\n```\n",
                                        "grep -q five a.yaml\n```\n\n```text\nfive\n```\n"), "line 1 of what"),
    "words before the output": (("```text", "It says:\n\n```text"), "no ```text follows"),
    "a command that fails": (("grep -q five", "grep -q six"), "exit 1"),
    "a command that fails before another": (("cd notes\n", "cd notes\nfalse\n"), "exit 1"),
    "a file without a name": (("`notes/a.yaml`:\n```yaml", "A file:\n```yaml"), "does not name a file"),
    "a file that is there already": (("`a.yaml`, all of it:", "`a.yaml`:"), "is there already"),
    "a file that is not there": (("`a.yaml`, all of it:", "`b.yaml`, all of it:"), "is not there"),
    "old lines that are not there": (("-two: 2", "-two: 3"), "0 times, not once"),
    "old lines that are there twice": (("one: 1\ntwo: 2\n```", "one: 1\ntwo: 2\none: 1\ntwo: 2\n```"), "2 times, not"),
    "a change without a sign": (("+three: 3", "three: 3"), "does not begin with"),
    "a kind that cannot be run": (("```sh\ngrep", "```bash\ngrep"), "cannot be run"),
    "a block without a kind": (("```sh\ngrep", "```\ngrep"), "cannot be run"),
    "a block that does not end": (("grep -q five a.yaml\n```\n", "grep -q five a.yaml\n"), "does not end"),
    "an indented block": (("Read it:", "Read it:\n\n  ```sh\n  false\n  ```"), "is indented"),
    "another fence": (("Read it:", "Read it:\n\n~~~sh\nfalse\n~~~"), "is indented or not"),
    "no blocks": ((FINE, "# Nothing\n"), "0 blocks"),
}


def follow(text, scratch, update=False):
    """What the runner thinks of a page, and all that it says."""
    scratch.mkdir(parents=True, exist_ok=True)
    page, said = scratch / "page.md", []
    page.write_text(text)
    fine = run_page.run(page, scratch / "run", Path("/bin/true"), update, said.append)
    return fine, "\n".join(said), page.read_text()


def tests(scratch):
    """Name and result of each test."""
    fine, said, _ = follow(FINE, scratch)
    yield "a page that is right passes", fine and said.startswith("1..7\n") and said.count("\nok ") == 7, said
    for name, ((old, new), wanted) in WRONG.items():
        if FINE.count(old) != 1 and old != FINE:
            yield name, False, "the test changes nothing, or too much"
            continue
        fine, said, _ = follow(FINE.replace(old, new), scratch)
        yield name, not fine and wanted in said and ("not ok" in said or "Bail out" in said), said
    for name in ("another output", "an output that is cut off", "an output that nobody shows",
                 "an output of what says nothing"):
        _, said, text = follow(FINE.replace(*WRONG[name][0]), scratch, update=True)
        yield f"{name} is updated", text.replace("\n\n\n", "\n\n").rstrip() == FINE.rstrip(), text


def main():
    results = list(tests(Path(sys.argv[1]).resolve()))
    print(f"1..{len(results)}")
    for number, (name, passed, said) in enumerate(results):
        for line in [] if passed else said.splitlines():
            print(f"# {line}")
        print(f"{'ok' if passed else 'not ok'} {number + 1} - {name}")
    return 0 if all(passed for _, passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
