"""The fitted numbers of the topic matcher: a weight for each feature, the threshold of silence.

Made by `python -m bench.fit_confidence`; see docs/matching.md for what they reach.
"""

WEIGHTS = {
    "one": -4.179,
    "coverage": 4.386,
    "phrase_mass": 2.355,
    "explained": 0.236,
    "matched": 1.485,
    "elsewhere": 0.128,
    "unknown": -2.823,
    "foreign": -8.122,
    "party": 0.493,
    "spoken_for": 0.859,
    "same_number": 2.407,
    "runner_up": -2.818,
    "similar": 1.251,
    "uncountable": -2.729,
    "complete": 2.013,
    "stranger": -2.019,
    "turned": -3.639,
    "unknown_name": -1.431,
}
THRESHOLD = 0.33
