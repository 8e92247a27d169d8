"""What the bot knows of a language: one frozen record, of which every field has to be said.

No field has a default: a language that has no such words says so in `lacks`. Words are folded
(`fold`), as the readers compare them; phrases are tuples of words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeVar

from propcache.api import cached_property

from knowledge.language.folding import fold
from knowledge.language.wording import Wording
from knowledge.model import Relation

_Value = TypeVar("_Value")
Phrase = tuple[str, ...]


def words(listed: str) -> frozenset[str]:
    """Give the words of a list that is written as one text."""
    return frozenset(fold(word) for word in listed.split())


def table(rows: Mapping[_Value, str]) -> dict[str, _Value]:
    """Turn value → "its words" into word → value."""
    return {fold(word): value for value, row in rows.items() for word in row.split()}


def phrases(rows: Mapping[_Value, str]) -> dict[Phrase, _Value]:
    """Turn value → "one phrase|another" into phrase → value, a phrase as its words."""
    return {
        tuple(fold(phrase).split()): value
        for value, row in rows.items()
        for phrase in row.split("|")
        if phrase
    }


class Script(StrEnum):
    """The letters that a language is written in."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    HANGUL = "hangul"


class Lead(StrEnum):
    """What the words before a date make of it."""

    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    DURING = "during"
    BETWEEN = "between"


class Wanted(StrEnum):
    """What a question asks for."""

    MANY = "many"
    """A number of things."""
    MUCH = "much"
    """An amount."""
    MONEY = "money"
    SHARE = "share"
    WHEN = "when"
    WHO = "who"
    WHY = "why"
    """A reason or a way."""
    LONG = "long"
    """A span of time, or a length."""
    DEGREE = "degree"
    """How far, deep, fast, hot: a property that is neither number nor amount."""


@dataclass(frozen=True, kw_only=True)
class NumberWords:
    """The words that people count and measure with."""

    cardinals: Mapping[str, int]
    """0 to 99, in one word each."""
    mixed: Mapping[str, Decimal]
    """Words that name a whole and a half, or half a scale, in one."""
    hundred: frozenset[str]
    glue: frozenset[str]
    """Number words that others are written together with: "viertausendzweihundert"."""
    hundreds: Mapping[str, int]
    """200 to 900, where a language has one word for them."""
    tens_links: frozenset[str]
    """Words between tens and ones: "treinta y cinco"."""
    dotted: frozenset[str]
    """Abbreviated scales that end in a full stop wherever they stand: "Mrd."."""
    scales: Mapping[str, int]
    scale_letters: Mapping[str, int]
    """Letters that scale only right behind the digits; a capital also behind a space."""
    attached_scales: Mapping[str, int]
    """Scales that stand right behind the digits, with the next word glued to them."""
    slang_scales: Mapping[str, int]
    """Scales that are another number in another language: vague where the text may be of that."""
    unclear_scales: frozenset[str]
    """Scales that are one number to some people and another to others."""
    lone_scales: frozenset[str]
    """Scales that mean one of them where no number stands before."""
    fractions: Mapping[str, Decimal]
    fraction_endings: frozenset[str]
    """What may be glued to the digits of a fraction: "2/3rds"."""
    ordinal_fractions: Mapping[str, Decimal]
    """Fractions that are ordinals too: they need a number or an article before them."""
    whole_shares: frozenset[str]
    """Fractions that are a share without a word before them."""
    denominators: frozenset[str]
    """Words behind the number of parts, where that stands first: "3분의 1" is a third."""
    added_halves: frozenset[str]
    """Fractions that behind an "and" belong to the number before, whatever follows."""
    articles: frozenset[str]
    """Words that stand for 1 before a scale or a fraction, and for nothing before anything else."""
    ands: frozenset[str]
    of: frozenset[str]
    points: frozenset[str]
    tenths: Mapping[str, int]
    """The spoken decimal point; what counts the parts behind: "дві цілих п'ять десятих" is 2.5."""
    minus: frozenset[str]
    zeros: frozenset[str]
    """Words for none of the things counted."""
    percent: frozenset[str]
    per_cent: frozenset[Phrase]
    percent_points: frozenset[str]
    """Behind "percent" these make a difference of shares of it."""
    every: frozenset[str]
    """Words before an ordinal that make a share of it: "every third"."""
    ratios: frozenset[Phrase]
    """Words between the part and the whole: "1 in 10", "nine out of ten"."""
    for_each: frozenset[Phrase]
    """Words before what a sum of money is set against: "£2.30 for every £1"."""
    units: Mapping[str, str]
    """How a unit is written → the unit as `Quantity.unit` names it."""
    cents: Mapping[str, str]
    """Words for the hundredth of a currency → the sign of the currency."""
    squares: frozenset[str]
    cubes: frozenset[str]
    """Words before a length that make an area or a volume of it."""
    old: frozenset[str]
    """Behind years these tell an age."""
    vague: frozenset[str]
    """Amounts without a number, in one word."""
    vague_openers: frozenset[str]
    """Words that need a vague amount behind them ("many thousands")."""
    vague_after_article: frozenset[str]
    """Vague amounts behind an article and before "of"."""
    vague_few: frozenset[str]
    """Vague amounts behind an article, whatever follows."""
    vague_links: frozenset[str]
    """What may stand between two vague words: "hundreds of thousands"."""
    decades: Mapping[str, int]
    decade_leads: frozenset[str]
    """Words before a decade of two digits: "the 70s", but not "70s of them"."""
    relations_before: Mapping[Phrase, Relation]
    relations_behind: Mapping[Phrase, Relation]
    range_openers: Mapping[str, frozenset[str]]
    """Word before the first number of a range → the words that may stand before the second."""
    range_joiners: frozenset[str]
    """What may stand between the numbers of a range with no word before the first."""
    unit_joiners: frozenset[str]
    """What may stand between two numbers of one unit or scale ("122 and 152mm")."""
    dollars: Mapping[str, str]
    """Words before the name of a currency that say whose it is → its sign."""
    changes: frozenset[str]
    """Before "from 3 to 5" these tell of a change; before "3 to 5" of by how much, and to what."""
    rises: frozenset[str]
    falls: frozenset[str]
    """Words before a number that tell by how much something rose or fell."""
    ups: frozenset[str]
    downs: frozenset[str]
    """The same of figures that stand alone: "up 12%", where a text "makes up 12%"."""
    change_links: frozenset[str]
    """What may stand between them: "growth of 160%", "rose by 3,000"."""
    labels: frozenset[str]
    """Words before a number that make it a name: "page 5"."""
    lengths: frozenset[str]
    """Words around a number that make metres of its "m": "1.8m tall"."""
    interval_words: frozenset[str]
    """Words between a value and its interval that say what the interval is: "95% CI"."""
    year_relations: Mapping[Phrase, Relation]
    """Words before a year of the calendar → what they make of it."""
    year_leads: frozenset[str]
    """Before four digits these make a year of them."""
    changing: frozenset[str]
    """Words behind a typed figure that turn it to something else ("12 million fewer")."""
    no_count: frozenset[str]
    """Words behind a year after which nothing is counted ("in 2024 was …")."""
    no_share_before: frozenset[str]
    no_share_behind: frozenset[str]
    """Words around a fraction that is part of something else ("second half", "half past")."""
    share_followers: frozenset[str]
    """Words behind "a third" that leave it a share; before others it is an ordinal."""
    fraction_followers: frozenset[str]
    """Words behind "and a half" that make the half an amount of its own."""

    @cached_property
    def vague_amounts(self) -> frozenset[str]:
        """What may follow a vague word and still belongs to it: "several million"."""
        return self.vague | self.scales.keys() | self.hundred | self.unclear_scales

    @cached_property
    def relation_ends(self) -> frozenset[str]:
        """The last words of the relations before a number."""
        return frozenset(phrase[-1] for phrase in self.relations_before)

    @cached_property
    def relation_starts(self) -> frozenset[str]:
        """The first words of the relations behind a number."""
        return frozenset(phrase[0] for phrase in self.relations_behind)

    @cached_property
    def parts(self) -> Mapping[str, Decimal]:
        """All fractions, those that are ordinals too included."""
        return {**self.ordinal_fractions, **self.fractions}

    @cached_property
    def number_starts(self) -> frozenset[str]:
        """The words that a number can begin with."""
        return frozenset(
            self.mixed.keys()
            | self.articles
            | self.cardinals.keys()
            | self.hundred
            | self.hundreds.keys()
            | self.fractions.keys()
            | self.lone_scales
        )

    @cached_property
    def starts(self) -> frozenset[str]:
        """The words that a quantity can begin with."""
        return (
            self.number_starts
            | self.every
            | self.vague
            | self.decades.keys()
            | self.zeros
            | self.vague_openers
        )


@dataclass(frozen=True, kw_only=True)
class DateWords:
    """The words that people date with."""

    months: Mapping[str, int]
    """Names of months, in every case that they stand in."""
    short_months: Mapping[str, int]
    """Abbreviations that are a month only with a year: "ago" is one in Spanish."""
    leads: Mapping[Phrase, Lead]
    """Words before a date → what they make of it."""
    dotted_leads: frozenset[str]
    """Words before a day and a month in digits with a full stop behind each: "am 28.10."."""
    weak_leads: frozenset[str]
    """Leads too common to turn a lone month or a number that looks like a year into a date."""
    priced: frozenset[str]
    """Behind a year these make the basis of a price of it: "in 2019 prices"."""
    not_a_year_after: frozenset[str]
    onwards: frozenset[str]
    onwards_alone: frozenset[str]
    """Those of them that need no "since" before the date."""
    later: Mapping[str, Lead]
    """Particles glued behind a date → what they make of it."""
    afterthoughts: Mapping[str, Lead]
    """Behind "or" or "and" these bound the date before: "2024 or later"."""
    articles: frozenset[str]
    of: frozenset[str]
    """What may stand before the year of a date."""
    day_links: frozenset[str]
    """What may stand between a day and its month."""
    part_links: frozenset[str]
    """What may stand between a part and the whole: "end of February", "first half of 2024"."""
    year_words: frozenset[str]
    """Words behind a year that only say that it is one."""
    joiners: frozenset[str]
    alternatives: frozenset[str]
    parts: Mapping[str, str]
    """Words that take a part of a year, a season or a month."""
    ordinals: Mapping[str, int]
    """Words for the first to the thirty-first; -1 is the last."""
    fraction_parts: Mapping[str, int]
    """Words for a part of a year → how many such parts it has."""
    seasons: Mapping[str, int]
    """Season → its first month, in the northern hemisphere and as meteorologists count."""
    last: frozenset[str]
    coming: frozenset[str]
    """Words for what comes after this one: "next year"."""
    pairs: frozenset[str]
    """Words for two of them behind an article: "a couple of weeks ago"."""
    this: frozenset[str]
    units: Mapping[str, str]
    days: Mapping[str, int]
    """Words for a day → how many days ago it was."""
    whole_units: Mapping[str, tuple[str, int]]
    """Words for a whole unit of time → which unit, and how many of them ago: "작년", "торік"."""
    rolling: frozenset[str]
    """Those of the words of `last` that count back from today: "the past week"."""
    ago: frozenset[str]
    ago_before: frozenset[str]
    """Words before a span of time that is counted back: "vor drei Wochen"."""
    present: frozenset[str]
    """What a period that still runs ends with: "2022 to date"."""
    weekdays: Mapping[str, int]
    """Names of the days of the week, Monday being 0."""
    short_weekdays: Mapping[str, int]
    """Abbreviations that are a day of the week only beside a date."""
    doubtful_months: frozenset[str]
    """Months that are mostly another word where nothing but a year stands beside them."""
    numbered: Mapping[str, str]
    """Words before the number of a part of a year: "Quarter 1 2018", "KW 8"."""
    known: frozenset[str]
    """With these a period tells what had been asserted by its end, "in" included."""
    reported: frozenset[str]
    """With these only an upper bound does."""
    made: frozenset[str]
    """Before a year these tell of the age of things, never of a window."""

    @cached_property
    def starts(self) -> frozenset[str]:
        """The words that a date can begin with, numbers apart."""
        tables = (
            *(self.months, self.short_months, self.parts, self.ordinals, self.seasons),
            *(self.days, self.weekdays, self.short_weekdays, self.numbered, self.units),
            self.whole_units,
        )
        words = {word for table in tables for word in table}
        return self.articles | self.last | self.this | self.coming | self.ago_before | words

    @cached_property
    def lead_ends(self) -> frozenset[str]:
        """The last words of what leads to a date."""
        return frozenset(phrase[-1] for phrase in self.leads)


@dataclass(frozen=True, kw_only=True)
class ClauseWords:
    """The words that join, deny, ask, suppose and refer, by which a message is taken apart."""

    joiners: frozenset[str]
    """Words between two clauses."""
    contrasts: frozenset[str]
    """Joiners behind which a denial of the clause before no longer holds."""
    joining_endings: tuple[str, ...]
    """Endings of a verb that joins its clause to the next."""
    negations: frozenset[str]
    negation_endings: tuple[str, ...]
    negating_parts: tuple[str, ...]
    """Pieces of a word that deny, wherever in it they stand."""
    lacking: frozenset[str]
    """Words by which what is said behind them is missing ("without", "lack")."""
    failing: frozenset[str]
    """Verbs that deny what is said behind the word of `failing_links` after them."""
    failing_links: frozenset[str]
    no_denial_behind: frozenset[str]
    """Behind a "not" these make an emphasis of it ("not even 5%", "not only")."""
    no_negation_before: frozenset[str]
    """Behind a "no" these affirm."""
    denials: frozenset[str]
    """Words by which a clause, and what it introduces, is said to be untrue."""
    asking: frozenset[str]
    """Words that open a question, with a question mark or without."""
    asking_inside: frozenset[str]
    """Those that open a question even behind a comma."""
    introducing: frozenset[str]
    """Words that open a clause which the clause before speaks of."""
    wondering: frozenset[str]
    supposing: frozenset[str]
    """Words that make a clause a supposition."""
    referring: frozenset[str]
    """Words that stand for what was named before."""
    relatives: frozenset[str]
    """Words that begin to tell more of a thing: what they deny is not the figure."""
    stops: frozenset[str]
    """Words that end the name of what a figure counts."""
    links: frozenset[str]
    """Words that may stand before or inside the name of what is counted ("containers of …")."""
    towards: frozenset[str]
    away: frozenset[str]
    """Words before a country that something goes to, or comes from."""
    giving: frozenset[str]
    receiving: frozenset[str]
    """Words that make the country before them the one that something comes from, or goes to."""
    undoing: frozenset[str]
    """Words by which things are lost, only meant, a part or an addition ("wants", "another")."""
    among: frozenset[str]
    """Words before those of whom a figure is, beside those that place it: "among children"."""
    comparing: frozenset[str]
    comparing_endings: tuple[str, ...]
    """Words before a thing that one is only compared with ("like", "than"); endings of it."""
    articles: frozenset[str]
    adverbs: frozenset[str]
    """Words that may stand between a clause's beginning and its figure and say nothing of it."""
    speaking: frozenset[str]
    """Words that make the country before them a speaker."""
    leading: frozenset[str]
    """Words directly before a country that speaks ("according to", "reported by")."""
    governing: frozenset[str]
    """Words that make the government of a country a speaker, and not just anybody in it."""
    offices: frozenset[str]
    """Words in the names of those who speak for a government."""
    so_far: frozenset[str]
    """Words and phrases by which a figure is of what has been, and no forecast."""
    acquiring: frozenset[str]
    """Words for getting something for money: of a figure they tell only that it was got."""
    possessing: frozenset[str]
    first_person: frozenset[str]
    writer: frozenset[str]
    """Words for what is the writer's; for the writer as who does something."""
    periods: Mapping[str, str]
    """Words for a span of time → the span."""
    per: frozenset[str]
    """Words before a span of time that make a rate of an amount."""
    rates: frozenset[str]
    """Words that make a rate of an amount by themselves."""
    counted_time: tuple[str, ...]
    """Counters of time glued behind a number: no amount of anything else."""
    counted_time_endings: tuple[str, ...]
    """What may be glued to those counters."""


@dataclass(frozen=True, kw_only=True)
class QuestionWords:
    """The words by which a question says what it wants, and of whom."""

    speech: frozenset[str]
    """How people talk about any figure: words that say nothing of what is being asked about."""
    oldest_first: frozenset[str]
    counting: frozenset[str]
    """Pieces of a text that ask for an amount."""
    wanting: Mapping[Wanted, str]
    """What a question may ask for → the words for it, as pieces of a regular expression."""
    wanting_first: Mapping[Wanted, str]
    """The same of words that ask for it at the beginning of a question alone."""
    wanting_glued: Mapping[Wanted, str]
    """The same of words that have other words glued to them."""
    counting_leads: tuple[str, ...]
    """Words before the name of what a question counts, as pieces of a regular expression."""
    sharing: frozenset[str]
    """Words that ask for a share; they fit every topic that is measured in shares."""
    placing: frozenset[str]
    """Words before a country that make a place of it."""
    placing_endings: tuple[str, ...]
    attributing: frozenset[str]
    """Words that turn a country into a speaker."""
    case_vowels: frozenset[str]
    """Vowels at the end of a country's name that other cases replace."""
    particles: tuple[str, ...]
    """What is glued to a country's name without making another thing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Everything that the readers and the wording need of one language."""

    code: str
    """Its ISO 639 code."""
    name: str
    script: Script
    letters: frozenset[str]
    """Letters that no other understood language of its script has."""
    stemmer: str | None
    """Its Snowball stemmer."""
    endings: tuple[str, ...]
    """Endings of grammar that are stripped where it has no such stemmer, longest first."""
    point: Literal[".", ","]
    """What people who write it part a whole number from its decimals by (CLDR)."""
    numbers: NumberWords
    dates: DateWords
    clauses: ClauseWords
    questions: QuestionWords
    wording: Wording | None
    """None for a language that is understood, and not spoken."""
    lacks: frozenset[str]
    """The fields that it has nothing for; those of its tables as "dates.later"."""

    @property
    def empty(self) -> frozenset[str]:
        """The fields that hold nothing, whether it says so or not."""
        own = {f.name for f in fields(self) if f.name != "lacks" and not getattr(self, f.name)}
        return frozenset(own).union(
            f"{name}.{field.name}"
            for name, group in self._tables().items()
            for field in fields(group)
            if not getattr(group, field.name)
        )

    def _tables(self) -> Mapping[str, NumberWords | DateWords | ClauseWords | QuestionWords]:
        return {
            "numbers": self.numbers,
            "dates": self.dates,
            "clauses": self.clauses,
            "questions": self.questions,
        }
