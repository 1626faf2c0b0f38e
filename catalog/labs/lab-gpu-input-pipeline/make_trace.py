"""Writes a SYNTHETIC timeline of 120 training steps with a fixed seed: python3 make_trace.py --seed 17 > timeline.csv

Columns: step,lane,name,start_ms,end_ms. Lanes: loader0..loader3, host, copy, device. No real GPU made these numbers.
"""
import argparse
import random


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--seed", type=int, default=17)
    a = p.parse_args()
    rng = random.Random(a.seed)
    print("step,lane,name,start_ms,end_ms")
    free = [0.0] * 4                                    # loader workers
    host = copy = device = 0.0
    ready = {}
    slow = rng.randrange(4)                             # one worker reads from a far zone
    for step in range(120):
        w = step % 4
        read = rng.gauss(190 if w == slow else 95, 4)
        decode = rng.gauss(35, 2)
        start = free[w]
        print("%d,loader%d,read,%.3f,%.3f" % (step, w, start, start + read))
        print("%d,loader%d,decode,%.3f,%.3f" % (step, w, start + read, start + read + decode))
        free[w] = ready[step] = start + read + decode
        begin = max(ready[step], host)
        moved = begin + rng.gauss(6, 0.2)
        print("%d,copy,h2d,%.3f,%.3f" % (step, begin, moved))
        host = moved
        for k in range(8):
            launch = rng.gauss(0.9, 0.05)
            print("%d,host,launch%d,%.3f,%.3f" % (step, k, host, host + launch))
            host += launch
            run = rng.gauss(3.0, 0.1)
            begin = max(host, device)
            print("%d,device,kernel%d,%.3f,%.3f" % (step, k, begin, begin + run))
            device = begin + run
        if step % 10 == 9:                              # the loss is read back: host waits for device
            print("%d,host,sync,%.3f,%.3f" % (step, host, device + 4))
            host = device + 4


if __name__ == "__main__":
    main()
