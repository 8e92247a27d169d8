"""The fitted numbers of the topic matcher: a weight for each feature, the threshold of silence.

Made by `python -m bench.fit_confidence`; see docs/matching.md for what they reach.
"""

WEIGHTS = {
    "one": -3.945,
    "coverage": 4.298,
    "phrase_mass": 2.445,
    "explained": 0.380,
    "matched": 1.474,
    "elsewhere": 0.154,
    "unknown": -3.004,
    "foreign": -8.640,
    "party": 0.253,
    "spoken_for": 0.865,
    "same_number": 1.978,
    "runner_up": -3.055,
    "similar": 0.882,
    "uncountable": -2.386,
    "complete": 2.059,
    "stranger": -2.021,
    "turned": -3.695,
    "unknown_name": -2.101,
}
THRESHOLD = 0.35
