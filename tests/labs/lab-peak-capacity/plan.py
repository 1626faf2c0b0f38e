"""A sound plan: campaigns apart from level and season, a measured lift, a factor for the lost zone."""
import math
import statistics

NODE_RPS = 45.0
ZONES = 3
WEEK = [1.0, .97, .96, .98, 1.05, 1.16, 1.12]


def order(history, calendar, day):
    audience = {d: share for start, days, share in calendar for d in range(start, start + days)}

    def usual(first, last):
        return statistics.median(max(history[d]) / WEEK[d % 7] for d in range(first, last) if d not in audience)

    lifts = [(max(history[d]) / WEEK[d % 7] / usual(start - 14, start) - 1) / share
             for start, days, share in calendar if 60 < start and start + days <= day
             for d in range(start, start + days)]
    season = usual(day + 14 - 364, day + 35 - 364) / usual(day - 42 - 364, day - 364)
    level = usual(day - 42, day) * season
    largest = max(level * WEEK[d % 7] * (1 + statistics.mean(lifts) * audience.get(d, 0))
                  for d in range(day + 21, day + 28))
    return math.ceil(largest * 1.12 * 1.5 / NODE_RPS), largest * 0.92, largest * 1.14
