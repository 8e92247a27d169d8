"""The fitted numbers of the topic matcher: a weight for each feature, the threshold of silence.

Made by `python -m bench.fit_confidence`; see docs/matching.md for what they reach.
"""

WEIGHTS = {
    "one": -4.064,
    "coverage": 4.520,
    "phrase_mass": 1.493,
    "explained": -0.075,
    "matched": 1.652,
    "elsewhere": -0.253,
    "unknown": -2.581,
    "foreign": -8.429,
    "party": 0.169,
    "spoken_for": 0.714,
    "same_number": 2.044,
    "runner_up": -1.981,
    "similar": 1.072,
    "uncountable": -2.297,
    "complete": 1.195,
    "stranger": -2.122,
    "turned": -2.813,
    "unknown_name": -1.826,
    "out_of_the_blue": -1.166,
    "only_number": 1.160,
}
THRESHOLD = 0.4
