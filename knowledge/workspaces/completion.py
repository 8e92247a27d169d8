"""Sources and claims by what a person types: for forms, and for completion while typing."""

from anyascii import anyascii
from rapidfuzz import fuzz, process, utils

from knowledge.library import CHOICES, NotOnFile
from knowledge.model import Claim, Source, Status
from knowledge.workspaces.workspace import Workspace

_NEAR = 60.0
_SURE = 92.0
"""Of 100 in rapidfuzz's ratios: from where a source is offered, and from where it is taken for
the one that is meant without asking (both chosen by eye)."""
_WITHDRAWN = frozenset({Status.PROPOSED, Status.RETRACTED})


def complete_sources(workspace: Workspace, text: str, limit: int = CHOICES) -> list[Source]:
    """Return the sources that a person may be about to type, the likeliest first."""
    sources = workspace.library.sources
    typed = _clean(text)
    if not typed:
        return list(sources.values())[-limit:][::-1]
    names = {key: _clean(f"{one.publisher} {one.title} {key}") for key, one in sources.items()}
    found = process.extract(
        typed, names, scorer=fuzz.partial_token_set_ratio, limit=limit, score_cutoff=_NEAR
    )
    return [sources[key] for _, _, key in found]


def find_source(workspace: Workspace, text: str) -> Source:
    """Return the source of this id, web address or title.

    Raises:
        NotOnFile: there is none; the nearest ones are in the error.
    """
    wanted = text.strip()
    sources = workspace.library.sources
    if wanted in sources:
        return sources[wanted]
    for one in sources.values():
        if wanted and wanted in {one.url, one.archive_url}:
            return one
    names = {key: _clean(f"{one.publisher} {one.title}") for key, one in sources.items()}
    titles = {key: _clean(one.title) for key, one in sources.items()}
    for known in (titles, names):
        found = process.extract(_clean(wanted), known, scorer=fuzz.ratio, limit=2)
        if found and found[0][1] >= _SURE and (len(found) == 1 or found[1][1] < found[0][1]):
            return sources[found[0][2]]
    near = complete_sources(workspace, wanted, 3) if wanted else []
    raise NotOnFile(wanted, "source", [(one.id, one.id) for one in near])


def complete_claims(
    workspace: Workspace, text: str, limit: int = CHOICES, *, withdrawn: bool = True
) -> list[Claim]:
    """Return the claims that a person may be about to name, by id or by words.

    `withdrawn` says whether proposals and retracted claims are among them.
    """
    library = workspace.library
    typed = text.strip().casefold()
    ids: dict[str, None] = {}
    if typed and library.find(typed):
        ids[typed] = None
    if typed:
        # Words alone: a sentence model would take longer than the next key.
        ids |= dict.fromkeys(
            hit.id for hit in workspace.ranks.rank(text, 2 * limit, words_only=True)
        )
    if len(ids) < limit:
        tables = (library.table(topic) for topic in library.topics if topic.startswith(typed))
        ids |= dict.fromkeys(entry.id for table in tables for entry in table[-limit:])
    entries = [entry for one in ids if (entry := library.find(one))]
    chosen = [one.id for one in entries if withdrawn or one.status not in _WITHDRAWN]
    return library.claims(chosen[:limit])


def _clean(text: str) -> str:
    return utils.default_process(anyascii(text[:300]))
