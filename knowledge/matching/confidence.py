"""The fitted numbers of the topic matcher: a weight for each feature, the threshold of silence.

Made by `python -m bench.fit_confidence`; see docs/matching.md for what they reach.
"""

WEIGHTS = {
    "one": -4.166,
    "coverage": 4.451,
    "phrase_mass": 1.453,
    "explained": -0.069,
    "matched": 1.704,
    "elsewhere": -0.192,
    "unknown": -2.563,
    "foreign": -8.433,
    "party": 0.223,
    "spoken_for": 0.724,
    "same_number": 2.069,
    "runner_up": -1.933,
    "similar": 1.109,
    "uncountable": -2.269,
    "complete": 1.255,
    "stranger": -2.104,
    "turned": -2.943,
    "unknown_name": -1.785,
    "out_of_the_blue": -1.255,
    "only_number": 1.166,
}
THRESHOLD = 0.35
