"""The features of a question and a topic: numbers that are fitted, none of them about a subject."""

from collections.abc import Iterator, Sequence

import numpy as np

from knowledge.language import Wanted
from knowledge.matching.questions.judging.evidence import Array, Evidence, MeaningEvidence, Places

Named = Iterator[tuple[str, Array]]

_DESCRIBED, _CLAIMED, _PUBLISHED = 0.9, 0.8, 0.8
"""How much a word counts that stands in a description, in a claim, in the name of an outlet,
beside one of a topic's names; by eye, as everything below: what follows from them is fitted."""
_SURE = 0.6
_SPOKEN = 0.9
_TELLING = 0.05
_LEFT_OUT, _TAKEN_AWAY = 60.0, 180.0
"""Bring differences of cosines, a hundredth and a third of that as a rule, to the size of the
others."""
_NEAR = 0.6
_NAMES, _MET, _COUNTED = 0.3, 3.0, 1.5
"""How telling a word is that has to be met; and how well those of a question are met that has
none, or that counts nothing. By eye."""
_WHOLE = 2.0
_LONG = 14
_TINY = 1e-6
"""Names found whole that count, words of a question that is as long as any (both by eye: more of
either tells nothing further), and what keeps a division from nought."""

WORD_FEATURES = tuple(
    """
    covered covered_claims mass mass_claims unexplained elsewhere rare_here cover whole speaker
    other_speaker capital counted counted_elsewhere similar similar_lead same_number
    other_number same_year dated_in dated_out counted_unit counted_other_unit at_home abroad
    half_abroad unplaced when_not when many_not many_share much_not share_not share money_not
    money much_money money_unasked date_unasked share_unasked qualitative why who long degree
    length foreign foreign_unexplained foreign_covered
    """.split()
)
MEANING_FEATURES = tuple(
    """
    name name_lead name_above names names_lead names_above summary summary_lead summary_above
    claim claim_lead claim_above claims claims_lead claims_above foreign_name foreign_claim
    """.split()
) + tuple(
    f"{how}_{what}"
    for how in ("without", "less")
    for what in "rise unknown sum name claim fall least known counted".split()
)
ALIGNED = tuple(
    """
    aligned aligned_above aligned_least aligned_elsewhere aligned_unexplained aligned_missing
    aligned_worst aligned_counted spelled
    """.split()
)
MEANING_FEATURES += (*ALIGNED, *(f"{name}_lead" for name in ALIGNED))


def features_of(evidence: Evidence, keep: Sequence[int]) -> Array:
    """Return one row for each topic kept, as if the base held those alone.

    Columns are `WORD_FEATURES`, and `MEANING_FEATURES` where there is an encoder.
    """
    places = np.asarray(keep, dtype=np.intp)
    columns = [column for _, column in _all(evidence, places)]
    return np.stack(columns, axis=1)


def _all(evidence: Evidence, keep: Places) -> Named:
    words = _Words(evidence, keep)
    yield from words.features()
    yield from _asked(evidence, keep, words)
    if evidence.meaning is not None:
        yield from _meant(evidence.meaning, evidence, keep, words)


class _Words:
    """How the words of a question are shared out between a topic, its rivals, and nothing."""

    def __init__(self, evidence: Evidence, keep: Places) -> None:
        self.evidence, self.keep = evidence, keep
        self.telling = evidence.telling
        self.total = float(self.telling.sum()) + _TINY
        self.named = evidence.named[:, keep]
        self.of_names = np.maximum(self.named, _DESCRIBED * evidence.described[:, keep])
        self.known = np.maximum(self.of_names, _CLAIMED * evidence.claimed[:, keep])
        self.asserting = evidence.asserting[:, keep]
        self.explained = np.maximum(self.known, self.asserting)
        self.rivals = self.best(self.named)
        self.unexplained = self._sum(
            1 - np.maximum(self.explained, _PUBLISHED * evidence.publishing[:, keep])
        )

    def best(self, matrix: Array) -> Array:
        """Return the highest value of each word over the topics."""
        if not matrix.size:
            return np.zeros((len(matrix), 1))
        best: Array = matrix.max(axis=1, keepdims=True)
        return best

    def _sum(self, matrix: Array, weights: Array | None = None) -> Array:
        found: Array = (self.telling if weights is None else weights) @ matrix
        return found

    def most(self, matrix: Array) -> Array:
        """Return the highest value of each topic over the words."""
        if not len(matrix):
            return np.zeros(len(self.keep))
        most: Array = matrix.max(axis=0)
        return most

    def features(self) -> Named:
        """Yield what the words tell, in the order of `WORD_FEATURES`."""
        one, telling = self.evidence, self.telling
        covered, with_claims = self._sum(self.of_names), self._sum(self.known)
        yield "covered", covered / self.total
        yield "covered_claims", with_claims / self.total
        yield "mass", covered
        yield "mass_claims", with_claims
        yield "unexplained", self.unexplained
        yield "elsewhere", self._sum(np.clip(self.rivals - self.known, 0, 1))
        yield "rare_here", self._sum(self.named, telling * self._rarity_here())
        yield "cover", one.cover[self.keep]
        yield "whole", np.minimum(one.whole[self.keep], _WHOLE)
        spoken = np.where(one.spoken > _SPOKEN, one.spoken, 0.0)
        yield "speaker", self._sum(self.asserting, telling * (spoken > 0))
        others = np.clip(spoken[:, np.newaxis] - np.maximum(self.asserting, self.known), 0, 1)
        yield "other_speaker", self._sum(others)
        unknown = 1 - np.maximum(self.explained, _PUBLISHED * one.publishing[:, self.keep])
        yield "capital", self._sum(unknown, telling * one.capital)
        counting = one.counted[:, np.newaxis]
        asked = one.counted.any()
        yield "counted", self.most(counting * self.of_names) if asked else self._all(0.5)
        yield "counted_elsewhere", self.most(counting * np.clip(self.rivals - self.of_names, 0, 1))
        similar = one.similar[self.keep]
        yield "similar", similar
        yield "similar_lead", _lead(similar)

    def _rarity_here(self) -> Array:
        using = (self.named > _SURE).sum(axis=1)
        rarity: Array = np.log((len(self.keep) + 1) / (using + 0.5))
        return rarity

    def _all(self, value: float) -> Array:
        return np.full(len(self.keep), value)


def _asked(one: Evidence, keep: Places, words: _Words) -> Named:
    """Yield how what is asked for goes with a topic: number, country, kind of figure."""
    ones = np.ones(len(keep))
    kinds = one.kinds[keep]
    of = {kind: (kinds == kind).astype(float) for kind in ("none", "share", "date", "money")}
    asks = {each: float(each in one.wanted) for each in Wanted}
    same = one.same_number[keep]
    yield "same_number", same
    yield "other_number", one.has_number * (1 - same)
    yield "same_year", one.same_year[keep]
    yield "dated_in", one.dated * one.on_days[keep]
    yield "dated_out", one.dated * (1 - one.on_days[keep])
    unit = one.counted_unit[keep]
    yield "counted_unit", unit
    yield "counted_other_unit", unit.max(initial=0) - unit
    yield "at_home", one.at_home[keep]
    yield "abroad", one.abroad[keep]
    yield "half_abroad", one.half_abroad[keep]
    yield "unplaced", one.unplaced[keep]
    yield "when_not", asks[Wanted.WHEN] * (1 - of["date"] - 0.5 * of["none"])
    yield "when", asks[Wanted.WHEN] * of["date"]
    yield "many_not", asks[Wanted.MANY] * (of["date"] + of["none"] + of["money"])
    yield "many_share", asks[Wanted.MANY] * of["share"]
    yield "much_not", asks[Wanted.MUCH] * (of["date"] + of["none"])
    yield "share_not", asks[Wanted.SHARE] * (1 - of["share"])
    yield "share", asks[Wanted.SHARE] * of["share"]
    yield "money_not", asks[Wanted.MONEY] * (1 - of["money"])
    yield "money", asks[Wanted.MONEY] * of["money"]
    # "How much did they pay?" asks for money, though it does not say so.
    much = asks[Wanted.MUCH] * (1 - asks[Wanted.MONEY]) * (1 - asks[Wanted.MANY])
    yield "much_money", much * of["money"]
    yield "money_unasked", (1 - asks[Wanted.MONEY]) * of["money"]
    yield "date_unasked", (1 - asks[Wanted.WHEN]) * of["date"]
    yield "share_unasked", (1 - asks[Wanted.SHARE]) * of["share"]
    yield "qualitative", of["none"]
    for each in (Wanted.WHY, Wanted.WHO, Wanted.LONG, Wanted.DEGREE):
        yield each.value, asks[each] * ones
    yield "length", ones * min(one.words, _LONG) / (_LONG / 2)
    yield "foreign", ones * one.foreign
    yield "foreign_unexplained", one.foreign * words.unexplained
    yield "foreign_covered", one.foreign * (words.telling @ words.of_names) / words.total


def _meant(meaning: MeaningEvidence, one: Evidence, keep: Places, words: _Words) -> Named:
    """Yield what the encoder tells, in the order of `MEANING_FEATURES`."""
    for name in ("name", "names", "summary", "claim", "claims"):
        column: Array = getattr(meaning, name)[keep]
        yield name, column
        yield f"{name}_lead", _lead(column)
        yield f"{name}_above", column - column.mean()
    yield "foreign_name", one.foreign * meaning.name[keep]
    yield "foreign_claim", one.foreign * meaning.claim[keep]
    by_name, by_claim = meaning.without_names[:, keep], meaning.without_claims[:, keep]
    yield from _changes("without", by_name * _LEFT_OUT, by_claim * _LEFT_OUT, one, words)
    by_name, by_claim = meaning.less_names[:, keep], meaning.less_claims[:, keep]
    yield from _changes("less", by_name * _TAKEN_AWAY, by_claim * _TAKEN_AWAY, one, words)
    aligned = list(_aligned(meaning, one, keep, words))
    yield from aligned
    for name, column in aligned:
        yield f"{name}_lead", _lead(column)


def _aligned(meaning: MeaningEvidence, one: Evidence, keep: Places, words: _Words) -> Named:
    """Yield how the words of a question are met by those of a topic, in the order of `ALIGNED`."""
    nearest, above = meaning.aligned.nearest[:, keep], meaning.aligned.above[:, keep]
    unknown, telling = 1 - words.explained, words.telling[:, np.newaxis]
    names = telling[:, 0] > _NAMES
    yield "aligned", words.telling @ nearest / words.total
    yield "aligned_above", words.telling @ above / words.total
    least = above[names].min(axis=0) if names.any() else np.full(len(keep), _MET)
    yield "aligned_least", least
    elsewhere = words.best(nearest) - nearest
    yield "aligned_elsewhere", words.telling @ elsewhere
    yield "aligned_unexplained", words.telling @ (unknown * above)
    yield "aligned_missing", words.telling @ (unknown * np.clip(_NEAR - nearest, 0, 1))
    yield "aligned_worst", -words.most(-telling * unknown * above)
    counted = one.counted[:, np.newaxis]
    asked = counted.sum()
    yield (
        "aligned_counted",
        ((counted * above).sum(axis=0) / asked if asked else np.full(len(keep), _COUNTED)),
    )
    yield "spelled", meaning.aligned.spelled[keep]


def _changes(how: str, by_name: Array, by_claim: Array, one: Evidence, words: _Words) -> Named:
    """Yield what becomes of the nearness to a topic where a word is not there."""
    told = (words.telling > _TELLING)[:, np.newaxis]
    by_name, by_claim = np.where(told, by_name, 0), np.where(told, by_claim, 0)
    rise = (by_name + by_claim) / 2
    gain, unknown = np.clip(rise, 0, None), 1 - words.explained
    yield f"{how}_rise", words.most(rise)
    yield f"{how}_unknown", words.most(unknown * gain)
    yield f"{how}_sum", (unknown * gain).sum(axis=0)
    yield f"{how}_name", words.most(unknown * by_name)
    yield f"{how}_claim", words.most(unknown * by_claim)
    yield f"{how}_fall", (unknown * np.clip(rise, None, 0)).sum(axis=0)
    yield f"{how}_least", -words.most(-rise)
    yield f"{how}_known", (words.explained * rise).sum(axis=0)
    counted = one.counted[:, np.newaxis]
    yield f"{how}_counted", words.most(counted * gain * (1 - words.of_names))


def _lead(column: Array) -> Array:
    """Return by how much each value exceeds the best of the others."""
    if len(column) < 2:  # noqa: PLR2004  (one has no rival)
        return np.zeros(len(column))
    best, second = np.sort(column)[::-1][:2]
    lead: Array = column - np.where(column == best, second, best)
    return lead
