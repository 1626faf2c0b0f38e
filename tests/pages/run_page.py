#!/usr/bin/env python3
"""Does what a page of docs/ tells its reader to do, block after block, as TAP.

Usage: run_page.py PAGE SCRATCH, with the program in $CW_BIN. CW_UPDATE=1 writes into the page what its commands print.

Every fenced block of the page is one step and one test; a block that is none of these is an error:

    `a/file.yaml`:                      a new file
    `a/file.yaml`, all of it:           takes the place of the file that is there
    `a/file.yaml`, at the end:          is added to the file that is there
    In `a/file.yaml`:                   ```diff, whose old lines stand in the file exactly once
    ```sh                               commands, which succeed and print nothing, or else
    ```text                             what the commands just before it print

The line with the name stands directly above its block. Commands and files go on in the folder in which the commands
before them ended. Shipped data that a command names is shown where `meson install` puts it. The number of tests is
counted by itself, by the lines that begin with a fence, so that no block can be left out.
"""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

FENCE = "```"
FILE_KINDS = {"yaml", "markdown", "python", "csv", "log", "mustache"}
NAMED = re.compile(r"`([^`\s]+)`(, all of it|, at the end)?:")
CHANGED = re.compile(r"In `([^`\s]+)`:")
SECONDS = 300
SHIPPED = re.compile(re.escape(os.environ.get("CW_SOURCE_ROOT", "/nowhere")) + r"(?=/(catalog|rubrics|templates)/)")
INSTALLED = "/usr/local/share/coursewright"


class Wrong(Exception):
    """What is wrong with a block, in words for whoever wrote the page."""


class Block:
    """One fenced block: where it stands (lines from 0), what it is, what it holds, what stands above it."""

    def __init__(self, at, kind, lines, above, follows):
        self.at, self.kind, self.lines, self.above, self.follows = at, kind, lines, above, follows

    @property
    def text(self):
        return "".join(line + "\n" for line in self.lines)

    @property
    def end(self):
        return self.at + len(self.lines) + 1


def read_blocks(lines):
    """All blocks of a page. A block `follows` if nothing but empty lines is between it and the one before."""
    blocks, at, above, follows = [], 0, "", False
    while at < len(lines):
        line = lines[at]
        if line.startswith(FENCE):
            try:
                end = lines.index(FENCE, at + 1)
            except ValueError:
                raise Wrong(f"line {at + 1}: the block does not end") from None
            blocks.append(Block(at, line[len(FENCE):].strip(), lines[at + 1:end], above, follows))
            at, above, follows = end, "", True
        elif re.match(r"\s*(```|~~~)", line):
            raise Wrong(f"line {at + 1}: a fence that is indented or not ``` is not run")
        elif line.strip():
            above, follows = line, False
        at += 1
    return blocks


def difference(want, got):
    """The first line that differs, and all that was printed."""
    want, got = want.splitlines(), got.splitlines()
    for number, (a, b) in enumerate(zip(want + [None], got + [None])):
        if a != b:
            return (f"line {number + 1} of what is printed: "
                    f"the page says {a!r}, the program {b!r}\n" + "\n".join(got))
    return "the page and the program differ in how they end"


class Reader:
    """Somebody who follows the page."""

    def __init__(self, scratch, program, update):
        self.place, self.update, self.printed = scratch / "work", update, None
        self.said = {}  # block of commands -> what it printed
        shutil.rmtree(scratch, ignore_errors=True)
        self.place.mkdir(parents=True)
        (scratch / "bin").mkdir()
        (scratch / "bin" / "coursewright").symlink_to(program)
        self.where = scratch / "where"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("COURSEWRIGHT")}
        self.environment.update(PATH=f"{scratch / 'bin'}:{os.environ['PATH']}", LC_ALL="C.UTF-8", TZ="UTC",
                                PYTHONDONTWRITEBYTECODE="1", PAGE_WHERE=str(self.where))

    def file(self, name, there):
        path = self.place / name
        if path.is_file() != there:
            raise Wrong(f"{name} is {'not there' if there else 'there already'}")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, block):
        named = NAMED.fullmatch(block.above)
        if not named:
            raise Wrong(f"the line above it does not name a file, such as `catalog/lexicon.yaml`: {block.above!r}")
        name, how = named.groups()
        path = self.file(name, there=how is not None)
        if how and how.endswith("end"):
            path.write_text(path.read_text() + block.text)
        else:
            path.write_text(block.text)

    def change(self, block):
        named = CHANGED.fullmatch(block.above)
        if not named:
            raise Wrong(f"the line above it does not name a file, such as In `plan.yaml`: {block.above!r}")
        path = self.file(named[1], there=True)
        if any(line[:1] not in ("+", "-", " ") for line in block.lines):
            raise Wrong("a line does not begin with +, - or a space")
        old, new = ([line[1:] for line in block.lines if line[0] in kept] for kept in (" -", " +"))
        lines = path.read_text().splitlines()
        places = [at for at in range(len(lines)) if old and lines[at:at + len(old)] == old]
        if len(places) != 1:
            raise Wrong(f"the old lines stand in {named[1]} {len(places)} times, not once")
        lines[places[0]:places[0] + len(old)] = new
        path.write_text("\n".join(lines) + "\n")

    def command(self, block):
        script = f"set -e\n{block.text}pwd >\"$PAGE_WHERE\"\n"
        done = subprocess.run(["sh", "-c", script], cwd=self.place, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, check=False)
        self.printed = SHIPPED.sub(INSTALLED, done.stdout.decode(errors="replace"))
        if done.returncode:
            raise Wrong(f"exit {done.returncode}\n{self.printed}")
        self.place = Path(self.where.read_text().rstrip("\n"))
        self.said[block] = self.printed

    def compare(self, block, before):
        if not before or before.kind != "sh" or not block.follows or before not in self.said:
            raise Wrong("no commands that succeeded stand directly before it")
        if block.text != self.said[before] and not self.update:
            raise Wrong(difference(block.text, self.said[before]))

    def silent(self, block, after):
        answered = after and after.kind == "text" and after.follows
        if self.printed and not answered and not self.update:
            raise Wrong(f"it prints something, and no ```text follows:\n{self.printed}")

    def step(self, block, before, after):
        if block.kind == "sh":
            self.command(block)
            self.silent(block, after)
        elif block.kind == "text":
            self.compare(block, before)
        elif block.kind == "diff":
            self.change(block)
        elif block.kind in FILE_KINDS:
            self.write(block)
        else:
            raise Wrong(f"a block of kind {block.kind!r} cannot be run")


def rewrite(path, lines, blocks, said):
    """The page with what its commands printed, from the last block to the first."""
    for number, block in reversed(list(enumerate(blocks))):
        if block not in said:
            continue
        answer = [FENCE + "text", *said[block].splitlines(), FENCE] if said[block] else []
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if after and after.kind == "text" and after.follows:
            lines[block.end + 1:after.end + 1] = [""] * bool(answer) + answer
        elif answer:
            lines[block.end + 1:block.end + 1] = ["", *answer]
    path.write_text("\n".join(lines) + "\n")


def run(path, scratch, program, update, say=print):
    """Runs a page; says TAP. True if nothing is wrong with it."""
    lines = path.read_text().splitlines()
    count, odd = divmod(sum(line.startswith(FENCE) for line in lines), 2)
    say(f"1..{count}")
    try:
        blocks = read_blocks(lines)
        if odd or len(blocks) != count or not count:
            raise Wrong(f"{len(blocks)} blocks, and {2 * count + odd} lines that begin with a fence")
    except Wrong as wrong:
        say(f"Bail out! {path.name}: {wrong}")
        return False
    reader, fine = Reader(scratch, program, update), True
    for number, block in enumerate(blocks):
        name = f"{path.name}:{block.at + 1}: {block.kind} {block.above if block.kind not in ('sh', 'text') else ''}"
        try:
            reader.step(block, blocks[number - 1] if number else None,
                        blocks[number + 1] if number + 1 < count else None)
            say(f"ok {number + 1} - {name.replace('#', '').rstrip()}")
        except (Wrong, OSError, subprocess.SubprocessError) as wrong:
            fine = False
            for line in f"{name}\n{wrong}".splitlines():
                say(f"# {line}")
            say(f"not ok {number + 1} - {name.replace('#', '').rstrip()}")
    if update:
        rewrite(path, lines, blocks, reader.said)
    return fine


def main():
    update = bool(os.environ.get("CW_UPDATE"))
    if update and os.environ.get("CI"):
        print("Bail out! CW_UPDATE is refused when CI is set")
        return 1
    page, scratch = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    return 0 if run(page, scratch, Path(os.environ["CW_BIN"]).resolve(), update) else 1


if __name__ == "__main__":
    sys.exit(main())
