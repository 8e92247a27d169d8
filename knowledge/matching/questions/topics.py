"""Topics of a question: how well each fits, and the words that none of them explains."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from knowledge.language import Word, is_slip, is_speech, turns
from knowledge.matching.questions.vocabulary import SPEECH_SHARE, Phrase, Sense, Vocabulary
from knowledge.model import Measure, Topic

FEATURES = (
    "one",
    "coverage",
    "phrase_mass",
    "explained",
    "matched",
    "elsewhere",
    "unknown",
    "foreign",
    "party",
    "spoken_for",
    "same_number",
    "runner_up",
    "similar",
    "uncountable",
    "complete",
    "stranger",
    "turned",
    "unknown_name",
    "out_of_the_blue",
    "only_number",
)


@dataclass(frozen=True, slots=True)
class Clues:
    """What a question holds besides dates: its words, countries, speakers and numbers."""

    words: Sequence[Word]
    """The words that are neither date, nor number, nor speaker, nor country."""
    all_words: Sequence[Word]
    countries: frozenset[str]
    located: frozenset[str]
    """Those of the countries that are named as a place ("in …", "against …")."""
    spoken: frozenset[str]
    speaker_topics: frozenset[str] | None
    number_topics: frozenset[str]
    home_topics: Mapping[str, frozenset[str]]
    """By country: the topics on which somebody of it has made a claim."""
    placed: bool
    """Whether a country, a speaker, a date or a number says what the question is about."""
    similar: Mapping[str, float]
    amount: bool
    """Whether the question asks for an amount, or names one."""
    share: bool
    """Whether the question asks for a share, or names one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a topic fits a question; `confidence` is the probability that it is meant."""

    topic: str
    confidence: float
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    sense: Sense | None
    speech: bool
    turning: bool
    name: bool


class TopicMatcher:
    """Finds the topics that a question may be about, the most probable first."""

    def __init__(self, topics: Sequence[Topic], weights: Mapping[str, float]) -> None:
        self._topics = {topic.id: topic for topic in topics}
        self._weights = tuple(weights.get(name, 0.0) for name in FEATURES)
        self.vocabulary = Vocabulary(topics)

    def match(self, clues: Clues) -> list[Fit]:
        """Return the topics that share a word with the question, the best first."""
        if not any(word.text.isalpha() for word in clues.all_words):
            return []
        first = clues.all_words[0].start if clues.all_words else 0
        senses = [
            self._read(word, is_speech(word), word.capital and word.start > first)
            for word in self.vocabulary.joined(clues.words)
        ]
        best = self._best_phrases(senses, clues)
        for topic in clues.number_topics:
            best.setdefault(topic, (0.0, 0.0))
        for topic in self.vocabulary.named_outright(clues.all_words):
            unit = self.vocabulary.unknown_weight
            best[topic] = max((1.0, unit), best.get(topic, (0.0, 0.0)))
        if not best:
            return []
        rows = {topic: self._features(topic, best, senses, clues) for topic in best}
        runner_up = sorted((row["raw"] for row in rows.values()), reverse=True)[:2]
        fits = []
        for topic, row in rows.items():
            other = runner_up[1] if len(runner_up) > 1 and row["raw"] == runner_up[0] else 0.0
            row["runner_up"] = other if row["raw"] == runner_up[0] else runner_up[0]
            features = tuple(row[name] for name in FEATURES)
            fits.append(Fit(topic, self._confidence(features), features))
        return sorted(fits, key=lambda fit: fit.confidence, reverse=True)

    def _confidence(self, features: Sequence[float]) -> float:
        score = sum(w * value for w, value in zip(self._weights, features, strict=True))
        return 1 / (1 + exp(-max(min(score, 30.0), -30.0)))

    def _best_phrases(
        self, senses: Sequence[_Read], clues: Clues
    ) -> dict[str, tuple[float, float]]:
        """Find for each topic the phrase that the question covers best: coverage and mass."""
        quality = {f"@{code}": 1.0 for code in clues.countries | clues.spoken}
        telling = set()
        for one in senses:
            if one.sense:
                part = one.sense.stem
                quality[part] = max(one.sense.quality, quality.get(part, 0.0))
                telling |= set() if one.speech else {part}
        best: dict[str, tuple[float, float]] = {}
        for phrase in {phrase for part in telling for phrase in self.vocabulary.phrases(part)}:
            found = self._covered(phrase, quality)
            if found > best.get(phrase.topic, (0.0, 0.0)):
                best[phrase.topic] = found
        return best

    def _covered(self, phrase: Phrase, quality: dict[str, float]) -> tuple[float, float]:
        weights = {part: share * self.vocabulary.weight(part) for part, share in phrase.parts}
        mass = sum(weight * quality.get(part, 0.0) for part, weight in weights.items())
        coverage = mass / sum(weights.values())
        return coverage * phrase.weight, mass * phrase.weight * coverage

    def _features(
        self,
        topic: str,
        best: dict[str, tuple[float, float]],
        senses: Sequence[_Read],
        clues: Clues,
    ) -> dict[str, float]:
        explained: dict[str, float] = defaultdict(float)
        for one in senses:
            explained[self._reading(topic, one)] += self._mass(one)
        total = sum(explained[name] for name in ("matched", "elsewhere", "unknown"))
        telling = any(one.sense and not one.speech for one in senses)
        coverage, mass = best[topic]
        parties = set(self._topics[topic].parties)
        actors = clues.countries - (clues.located & set(self._topics[topic].places))
        speakers = clues.speaker_topics
        unit = self.vocabulary.unknown_weight
        return {
            "one": 1.0,
            "coverage": coverage,
            "phrase_mass": mass / unit,
            "explained": explained["matched"] / (total or 1.0),
            "matched": explained["matched"] / unit,
            "elsewhere": explained["elsewhere"] / unit,
            "unknown": explained["unknown"] / unit,
            "foreign": sum(self._foreign(topic, code, clues) for code in clues.countries),
            "party": float(bool((clues.countries | clues.spoken) & parties)),
            "spoken_for": 0.0 if speakers is None else (1.0 if topic in speakers else -1.0),
            "same_number": float(topic in clues.number_topics),
            "similar": clues.similar.get(topic, 0.0),
            "uncountable": float(self._unmeasured(topic, clues)),
            "complete": float(not explained["unknown"] and not explained["elsewhere"]),
            "stranger": float(bool(actors) and not actors & parties),
            "turned": float(any(self._turned(topic, one) for one in senses)),
            "unknown_name": float(sum(one.name and one.sense is None for one in senses)),
            "out_of_the_blue": explained["unknown"] / unit * float(not clues.placed),
            "only_number": float(topic in clues.number_topics and not telling),
            "raw": coverage * mass / unit + explained["matched"] / (total or 1.0),
        }

    def _unmeasured(self, topic: str, clues: Clues) -> bool:
        """Whether a topic is not measured in what the question counts."""
        measure = self._topics[topic].measure
        if clues.share:
            return measure is not Measure.SHARE
        return clues.amount and measure is Measure.QUALITATIVE

    def _foreign(self, topic: str, code: str, clues: Clues) -> float:
        """Tell how far from home a country is: not at all, half where it only has a say, quite."""
        about = self._topics[topic]
        if code in about.parties or (code in about.places and code in clues.located):
            return 0.0
        if topic not in clues.home_topics.get(code, ()):
            return 1.0
        return 0.0 if about.measure is Measure.QUALITATIVE else 0.5

    def _read(self, word: Word, speech: bool, name: bool) -> _Read:
        sense = self.vocabulary.sense(word, speech=speech)
        speech = speech and not (sense and self.vocabulary.names(sense.stem))
        speech = speech or (sense is None and is_slip(word.text))
        return _Read(sense, speech, turns(word), name and not speech)

    def _turned(self, topic: str, one: _Read) -> bool:
        return one.turning and self._reading(topic, one) != "matched"

    def _reading(self, topic: str, one: _Read) -> str:
        if one.sense is None:
            return "speech" if one.speech else "unknown"
        if topic in self.vocabulary.topics_using(one.sense.stem):
            return "matched"
        return "speech" if one.speech else "elsewhere"

    def _mass(self, one: _Read) -> float:
        if one.sense is None:
            return self.vocabulary.unknown_weight
        share = SPEECH_SHARE if one.speech else 1.0
        return self.vocabulary.weight(one.sense.stem) * one.sense.quality * share
