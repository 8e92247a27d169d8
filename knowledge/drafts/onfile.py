"""Holds proposals against what is on file: the article itself, its speakers, its claims."""

from collections.abc import Iterable, Sequence

from knowledge.contract import ClaimView
from knowledge.drafts.article import Article
from knowledge.drafts.proposals import How, OnFile, Proposal
from knowledge.drafts.speech import Speaker
from knowledge.language import fold
from knowledge.library import Entry, Library, NotOnFile, Window
from knowledge.model import Asserter, Source
from knowledge.reading import country_name, in_unit
from knowledge.words import words_of
from knowledge.workspaces import Workspace

_SHOWN = 3
_ENOUGH = 0.5
"""Two articles that share more than half of their paragraphs are one."""
_GOVERNMENT = "government"
_UNNAMED = "unnamed "


def source_on_file(library: Library, article: Article) -> Source | None:
    """Return the source that an article is on file as: by opening, address, or title."""
    prints = set(article.fingerprints)
    title = fold(article.title or "")
    for source in library.sources.values():
        if source.opening in prints or (
            article.url and article.url in {source.url, source.archive_url}
        ):
            return source
        if title and fold(source.title) == title:
            return source
    return None


def same_article(one: Article, other: Article) -> bool:
    """Whether two articles are one: by address, opening, or most of their paragraphs."""
    if one.url and one.url == other.url:
        return True
    first, second = set(one.fingerprints), set(other.fingerprints)
    shared = len(first & second)
    return one.opening == other.opening or shared > _ENOUGH * min(len(first), len(second))


def asserter_on_file(
    workspace: Workspace, speaker: Speaker, topics: frozenset[str]
) -> Asserter | None:
    """Return the asserter on file who is meant, where it can be one only.

    Whoever is not named ("unnamed reports") is the one on file only where `topics`, those of
    the article, are theirs.
    """
    found = _found_on_file(workspace, speaker) or _alike(workspace, speaker, topics)
    unnamed = speaker.generic and (speaker.role or "").startswith(_UNNAMED)
    if found is None or not unnamed:
        return found
    return found if topics & workspace.library.topics_of({found.id}) else None


def _alike(workspace: Workspace, speaker: Speaker, topics: frozenset[str]) -> Asserter | None:
    """Return the one whom the records call like nobody's name ("unnamed reports on …")."""
    role = speaker.role or ""
    if not (speaker.generic and role.startswith(_UNNAMED)):
        return None
    library = workspace.library
    found = [
        one
        for one in library.asserters.values()
        if f"{one.role} ".startswith(f"{role} ") and topics & library.topics_of({one.id})
    ]
    return found[0] if len(found) == 1 else None


def _found_on_file(workspace: Workspace, speaker: Speaker) -> Asserter | None:
    asserters = workspace.library.asserters
    if not asserters:
        return None
    for name in _names(speaker):
        try:
            found = workspace.lookup.by(name).asserters if name else ()
        except NotOnFile:
            continue
        fitting = [asserters[key] for key in sorted(found) if _fits(asserters[key], speaker)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting and (exact := _exact(fitting, speaker)):
            return exact
    return None


def _names(speaker: Speaker) -> Iterable[str]:
    if speaker.called:
        yield speaker.called
    if speaker.person:
        yield speaker.person
        yield speaker.person.split()[-1]
    elif speaker.organisation:
        yield speaker.organisation
        if speaker.acronym:
            yield speaker.acronym
    if not speaker.person and speaker.role:
        government = fold(speaker.role) == _GOVERNMENT and speaker.country
        yield country_name(speaker.country or "") if government else speaker.role
        if speaker.country and not government:
            yield f"{country_name(speaker.country)} {speaker.role}"


def _fits(asserter: Asserter, speaker: Speaker) -> bool:
    """Whether an asserter of a like name may be the speaker."""
    if asserter.country and speaker.country and asserter.country != speaker.country:
        return False
    if fold(asserter.role or "") == _GOVERNMENT and not speaker.country:
        # "Swedish and Western estimates" are of no one government.
        return False
    if speaker.person:
        return asserter.person is not None and _shares(asserter.person, speaker.person)
    return asserter.person is None or not speaker.organisation


def _shares(one: str, other: str) -> bool:
    first, second = ([word.text for word in words_of(name)] for name in (one, other))
    return len(first) == 1 or len(second) == 1 or first[0] == second[0] or first[-1] == second[-1]


def _exact(found: Sequence[Asserter], speaker: Speaker) -> Asserter | None:
    government = fold(speaker.role or "") == _GOVERNMENT and not speaker.organisation
    exact = [
        one
        for one in found
        if (government and fold(one.role or "") == _GOVERNMENT and not one.organisation)
        or (
            speaker.organisation
            and fold(one.organisation or "") == fold(speaker.organisation)
            and not one.person
        )
    ]
    return exact[0] if len(exact) == 1 else None


def compared(workspace: Workspace, one: Proposal) -> tuple[OnFile, ...]:
    """Return the claims on the proposal's topic that are nearest to it, the likeliest first."""
    library = workspace.library
    if one.topic is None or one.topic.id not in library.topics:
        return ()
    table = Window().select(library.table(one.topic.id))
    ranked = sorted(table, key=lambda entry: _distance(one, entry))
    same = {entry.id for entry in ranked if _is_same(one, entry)}
    views = library.views(ranked[:_SHOWN])
    return tuple(_beside(one, view, same_figure=view.id in same) for view in views)


def _distance(one: Proposal, entry: Entry) -> tuple[bool, bool, int]:
    own = one.asserter is not None and one.asserter.id == entry.asserter
    return not _is_same(one, entry), not own, -entry.last.toordinal()


def _is_same(one: Proposal, entry: Entry) -> bool:
    """Whether a claim on file has the same figure of the same thing, in the topic's unit."""
    ends = tuple(_in_topic(one, number) for number in (one.amount.low, one.amount.high))
    if one.amount.vague or one.qualifiers != entry.qualifiers:
        return False
    return ends == (entry.low, entry.high)


def _in_topic(one: Proposal, number: float | None) -> float | None:
    unit, wanted = one.amount.unit, one.topic.unit if one.topic else None
    return in_unit(number, unit, wanted) if unit and wanted else number


def _beside(one: Proposal, view: ClaimView, *, same_figure: bool) -> OnFile:
    figure = view.figure
    own = one.asserter is not None and one.asserter.id == view.asserter
    how: How = "differs"
    if same_figure:
        how = "duplicate" if own else "same-figure"
    return OnFile(
        claim=view.id,
        how=how,
        statement=view.statement,
        figure=figure.as_worded if figure else "",
        asserted_by=view.asserted_by,
        asserted_on=view.asserted_on,
    )
