#!/usr/bin/env python3
"""Captures of one broken or slow request each, taken at three places at once.

    python3 captures.py make --seed 1 --out captures/seed1     writes capture-01.txt to capture-20.txt
    python3 captures.py score answers.csv --seed 1

Places: C on the client, G on both sides of the gateway (Gc towards the client, Gs towards the
service), S on the service. The clocks agree to 2 ms. Notation is that of tcpdump: flags S
(SYN), . (ACK), P (data), F (FIN), R (RST), then length; `lookup` lines are name lookups on C.
Findings, one for each capture; some occur more than once in a set, some not at all:
  dns-retry        an answer to a name lookup is lost, and the resolver asks again after 5 s
  dns-search       the time goes into names that do not exist, before the right one is asked
  drop-gateway     the gateway takes the first SYN and does not pass it on
  drop-accept      the service's host sees the SYN and does not answer it, since its queue is full
  mtu-hole         small segments pass, full-sized ones never arrive
  nat-idle         the gateway has forgotten a connection that was silent for long
  idle-race        the service closes a kept connection at the moment at which the client uses it
  loss-client      segments are lost between client and gateway
  loss-service     segments are lost between gateway and service
  slow-service     the request arrives in time, and the answer leaves late
  slow-client      the client stops reading, its window is 0
answers.csv has the header capture,finding.
"""
import argparse
import csv
import os
import random
import sys

FINDINGS = ["dns-retry", "dns-search", "drop-gateway", "drop-accept", "mtu-hole", "nat-idle", "idle-race", "loss-client",
            "loss-service", "slow-service", "slow-client"]
CAPTURES = 20
HOP = 0.004


class Capture:
    def __init__(self, finding, rng):
        self.f, self.rng, self.lines, self.t = finding, rng, [], rng.uniform(0, 0.5)
        self.clock = {"C": rng.uniform(-0.001, 0.001), "S": rng.uniform(-0.001, 0.001)}

    def see(self, place, what, when):
        self.lines.append((when + self.clock.get(place, 0.0), place, what))

    def forth(self, what, until="S"):
        """A segment from the client, seen as far as `until`; time passes."""
        for i, place in enumerate(["C", "Gc", "Gs", "S"]):
            self.see(place, f"C > S {what}", self.t + i * HOP / 2)
            if place == until:
                break
        self.t += 1.5 * HOP + 0.0002

    def back(self, what, until="C"):
        for i, place in enumerate(["S", "Gs", "Gc", "C"]):
            self.see(place, f"S > C {what}", self.t + i * HOP / 2)
            if place == until:
                break
        self.t += 1.5 * HOP + 0.0002

    def lookup(self):
        names = ["billing.internal"]
        if self.f == "dns-search":
            names = [f"billing.internal.{d}" for d in ("shop.svc.cluster.local", "svc.cluster.local", "cluster.local",
                                                       "eu.example.net")] + names
        for name in names:
            real = name == names[-1]
            self.see("C", f"lookup {name} ask", self.t)
            if self.f == "dns-retry" and real:
                self.t += 5.0
                self.see("C", f"lookup {name} ask", self.t)
            self.t += self.rng.uniform(0.3, 0.6) if self.f == "dns-search" else 0.002
            self.see("C", f"lookup {name} " + ("10.4.0.9" if real else "does not exist"), self.t)

    def open(self):
        if self.f in ("drop-gateway", "drop-accept"):
            wait = 1.0
            for _ in range(self.rng.randrange(1, 3)):
                start = self.t
                self.forth("S length 0", "Gc" if self.f == "drop-gateway" else "S")
                self.t = start + wait
                wait *= 2
        self.forth("S length 0")
        self.back("S. length 0")
        self.forth(". length 0")

    def exchange(self):
        size = 1448 if self.f == "mtu-hole" else self.rng.randrange(180, 700)
        start = self.t
        self.forth("P length 96")
        self.back(". length 0")
        if self.f == "mtu-hole":
            for wait in (0.2, 0.4, 0.8, 1.6):
                self.forth(f". length {size}", "Gc")
                self.t = start = start + wait
            self.forth("F length 0")
            return
        if self.f in ("loss-client", "loss-service"):
            for wait in (0.2, 0.4)[: self.rng.randrange(1, 3)]:
                start = self.t
                if self.rng.random() < 0.5:
                    self.forth(f"P length {size}", "C" if self.f == "loss-client" else "Gs")
                else:
                    self.see("C", f"C > S P length {size}", start)
                    if self.f == "loss-service":
                        self.see("Gc", f"C > S P length {size}", start + HOP / 2)
                        self.see("Gs", f"C > S P length {size}", start + HOP)
                self.t = start + wait
        self.forth(f"P length {size}")
        self.t += self.rng.uniform(1.2, 3.0) if self.f == "slow-service" else self.rng.uniform(0.005, 0.03)
        if self.f == "slow-client":
            self.back("P length 1448")
            self.forth(". length 0 win 0")
            self.t += self.rng.uniform(0.9, 2.5)
            self.forth(". length 0 win 64240")
        self.back(f"P length {self.rng.randrange(200, 1400)}")
        self.forth(". length 0")

    def text(self):
        if self.f in ("nat-idle", "idle-race"):
            self.open()
            self.exchange()
            silent = self.rng.uniform(400, 1500) if self.f == "nat-idle" else self.rng.uniform(59.99, 60.0)
            self.t += silent
            if self.f == "nat-idle":
                self.forth("P length 240", "Gc")
                self.see("Gc", "S > C R length 0", self.t)
                self.see("C", "S > C R length 0", self.t + HOP / 2)
            else:
                start = self.t
                self.back("F. length 0")
                self.t = start + 0.001
                self.forth("P length 240")
                self.back("R length 0")
        else:
            self.lookup()
            self.open()
            self.exchange()
        return [f"{when:10.4f} {place:2} {what}" for when, place, what in sorted(self.lines, key=lambda line: line[0])]


def truth(seed):
    rng = random.Random(f"captures {seed}")
    return [rng.choice(FINDINGS) for _ in range(CAPTURES)], rng


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("verb", choices=["make", "score"])
    parser.add_argument("answers", nargs="?")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", default="captures")
    args = parser.parse_args()
    findings, rng = truth(args.seed)
    if args.verb == "make":
        os.makedirs(args.out, exist_ok=True)
        for n, finding in enumerate(findings, 1):
            with open(os.path.join(args.out, f"capture-{n:02}.txt"), "w") as f:
                f.write("\n".join(Capture(finding, rng).text()) + "\n")
        print(f"{args.out}: {CAPTURES} captures")
        return 0
    if not args.answers:
        raise SystemExit("score needs a file of answers")
    with open(args.answers) as f:
        said = {int(r["capture"]): r["finding"].strip() for r in csv.DictReader(f)}
    unknown = sorted(set(said.values()) - set(FINDINGS))
    if unknown:
        raise SystemExit(f"{args.answers}: unknown finding '{unknown[0]}'; there are: {', '.join(FINDINGS)}")
    right = sum(said.get(n) == finding for n, finding in enumerate(findings, 1))
    print(f"seed {args.seed}: {right} of {CAPTURES} located, {100 * right / CAPTURES:.0f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
