"""Writes batches of postings for bakers as JSON Lines: first, same and pastry."""
import json

EMPLOYERS = ["Mill & Sons", "Old Oven", "Harbour", "Crust", "Rye", "Four Corners", "Hearth", "Guild Hall"]
PLACES = ["Graz", "Linz", "Wels", "Enns", "Steyr", "Leoben", "Krems"]
SYLLABLES = ["ba", "do", "fi", "gu", "ka", "lo", "me", "nu", "pa", "ro", "si", "tu", "ve", "zo", "re", "mi"]


def filler(n):
    """Made-up words, others in every posting, so that each is a vacancy of its own."""
    state, words = n * 7919 + 1, []
    for _ in range(60):
        state = (state * 1103515245 + 12345) % 2**31
        words.append("".join(SYLLABLES[state >> shift & 15] for shift in (8, 13, 18)))
    return ". ".join(" ".join(words[i : i + 12]) for i in range(0, 60, 12)) + "."


def posting(n, date, skills):
    return {
        "title": "Baker %d" % n,
        "company": EMPLOYERS[n % len(EMPLOYERS)],
        "location": PLACES[n % len(PLACES)],
        "date_posted": date,
        "description": "## Requirements\n\n" + "\n".join("- You know " + s + "." for s in skills) + "\n\n" + filler(n),
    }


def write(name, postings):
    with open(name + ".jsonl", "w", encoding="utf-8") as out:
        for p in postings:
            out.write(json.dumps(p, sort_keys=True) + "\n")


base = ["baking", "kneading", "kitchen hygiene"]
write("first", [posting(n, "2026-0%d-10" % (1 + n % 3), base[: 2 + n % 2]) for n in range(16)])
write("same", [posting(100 + n, "2026-05-1%d" % (n % 10), base[: 2 + n % 2]) for n in range(12)])
write("pastry", [posting(200 + n, "2026-08-0%d" % (1 + n % 9), base[:2] + (["pastry"] if n < 10 else [])) for n in range(13)])
