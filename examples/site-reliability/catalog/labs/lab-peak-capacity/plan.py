"""The plan as found. Change what stands here; replay.py calls it once a week.

order(history, calendar, day) returns (nodes, low, high):
  nodes  machines that shall run in the week that begins 21 days after `day`, over all zones
  low    and
  high   interval that the largest hourly peak of that week falls into nine times in ten

history   list of days so far, each a list of 24 hourly peaks in requests per second
calendar  campaigns known today: (day, days, audience share), up to 60 days ahead
day       today; the week to plan is day + 21 to day + 27
One node carries NODE_RPS within the objective. Nodes are spread evenly over ZONES zones.
"""
import math

NODE_RPS = 45.0
ZONES = 3


def order(history, calendar, day):
    peak = max(max(hours) for hours in history[-28:])
    nodes = math.ceil(peak * 1.10 / NODE_RPS)
    return nodes, peak * 0.95, peak * 1.05
