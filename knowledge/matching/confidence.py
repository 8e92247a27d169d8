"""The fitted numbers of the topic matcher: a weight for each feature, the threshold of silence.

Made by `python -m bench.fit_confidence`; see docs/matching.md for what they reach.
"""

WEIGHTS = {
    "one": -4.140,
    "coverage": 4.230,
    "phrase_mass": 2.300,
    "explained": 0.433,
    "matched": 1.433,
    "elsewhere": 0.240,
    "unknown": -2.797,
    "foreign": -8.620,
    "party": 0.487,
    "spoken_for": 0.828,
    "same_number": 1.900,
    "runner_up": -2.976,
    "similar": 1.976,
    "uncountable": -2.672,
    "complete": 2.118,
    "stranger": -2.015,
    "turned": -3.692,
    "unknown_name": -1.887,
}
THRESHOLD = 0.35
