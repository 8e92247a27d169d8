"""The words by which an article says who asserts something, and how surely."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWords:
    """What is needed of a language to read articles in it. Words are folded."""

    saying: frozenset[str]
    """Forms of verbs whose subject is who asserts what follows, or what went before."""
    strong: frozenset[str]
    """Those of them that may stand before who says it ("…”, said the mayor")."""
    measuring: frozenset[str]
    """Verbs that as often tell what their subject did as what it said."""
    also_nouns: frozenset[str]
    """Verbs that are nouns as well: behind an article, a number or a preposition they are."""
    refusing: frozenset[str]
    """Verbs by which somebody says that something is not so."""
    being: frozenset[str]
    """Behind these a participle tells what is done to its subject ("is believed to")."""
    helpers: frozenset[str]
    """Words between a subject and its verb, besides those in -ly."""
    determiners: frozenset[str]
    articles: frozenset[str]
    indefinite: frozenset[str]
    prepositions: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    pronouns: Mapping[str, str]
    """Pronouns → what they may stand for."""
    titles: frozenset[str]
    """Words for what somebody is, which may stand before a name."""
    speakers: frozenset[str]
    """Nouns for people and bodies that may assert something."""
    evidence: frozenset[str]
    """Nouns for what shows something: whose it is asserts it."""
    bodies: frozenset[str]
    """Words in the name of a body rather than of a person."""
    with_article: frozenset[str]
    """Last words of names that take an article ("the Water Board")."""
    outlets: frozenset[str]
    """Names that tell a publication, an agency or a platform by themselves."""
    outlet_words: frozenset[str]
    """Words in the name of a publication, or for one."""
    listeners: frozenset[str]
    """Those who are told something, and pass on nothing."""
    kinds: tuple[frozenset[str], ...]
    """Words of one kind: "the spies" may be those of a body named "… Intelligence …"."""
    forecasting: frozenset[str]
    """Words of what is still to come."""
    possible: frozenset[str]
    """Words by which something could be, and need not."""
    suspected: frozenset[str]
    """Words for what is under investigation."""
    rising: frozenset[str]
    """Verbs of change: "rose up to 5" names what was reached, "from 3 to 5" where it began."""
    no_figure_before: frozenset[str]
    """Nouns whose number behind them is a name and counts nothing."""
    no_count_after: frozenset[str]
    """Behind a number these make a manner of speaking of it ("two sides")."""
    definite: frozenset[str]
    """Words before what is known already."""
    large_vague: frozenset[str]
    """Words that make a vague amount one worth keeping."""
    made: frozenset[str]
    spans_before: frozenset[str]
    spans_after: frozenset[str]
    """What stands around a length of time that tells when, not how much."""
    abbreviations: frozenset[str]
    published: tuple[str, ...]
    """Patterns of who published a text, in the group "who"; the first two say it outright."""
    not_a_title: str
    """A pattern of lines that stand where a title might."""
    post_nominals: frozenset[str]
    """Letters behind a name."""
    company: frozenset[str]
    """Nouns behind which the name of a body stands ("the charity Shelter")."""
    doers: tuple[str, ...]
    """Endings of nouns for people who do something."""
    owners: Mapping[str, str]
    """Words that say whose a report is → what they may stand for."""
    pointing: frozenset[str]
    """Words before what was named already."""
    name_links: frozenset[str]
    """Small words inside a name."""
    belonging: frozenset[str]
    """Words between somebody, or a report, and the body that it belongs to."""
    produced: frozenset[str]
    """Behind these and "by" stands whose a report is."""
    carrying: frozenset[str]
    carried_to: frozenset[str]
    """Behind these and "to" or "with" stands who passed on what was said."""
    giving: frozenset[str]
    """Verbs of saying where what is given is an estimate."""
    naming: frozenset[str]
    """Verbs of saying where a figure follows."""
    participles: frozenset[str]
    """Behind a comma these tell more of what stands before it."""
    plurals: frozenset[str]
    """Plural subjects that do not end with an s."""
    aware: frozenset[str]
    """Adjectives behind a noun for people ("people familiar with the matter")."""
    expecting: frozenset[str]
    """Verbs of saying by which what is said is a forecast."""
    exceeding: frozenset[str]
    """Before a number these make "more than" of it."""
    away_from: frozenset[str]
    """Behind a length these tell where something is."""
    closing: frozenset[str]
    """Words that may follow a "he said" which closes a sentence."""
