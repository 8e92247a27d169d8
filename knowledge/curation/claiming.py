"""Drafts of claims: a claim made of what a person typed and, where it is there, the article."""

from datetime import date

from pydantic import ValidationError

from knowledge import wording
from knowledge.curation.forms import (
    ClaimForm,
    parts_of,
    qualifiers_of,
    read_figure,
    typed_date,
    typed_period,
)
from knowledge.curation.oddities import Oddity, oddities
from knowledge.curation.placing import holds, passages
from knowledge.curation.translated import still_translated
from knowledge.curation.work import Draft, Drafting, FieldProblem, Fields, Passage
from knowledge.drafts import Article, source_of, source_on_file
from knowledge.library import figure_view
from knowledge.model import Claim, Figure, LinkKind, Modality, Source, Topic
from knowledge.reading import BadFigure
from knowledge.records import claim_id, fingerprint, in_plain_words
from knowledge.workspaces import Workspace, similar_claims

_DIGITS = 7
"""So many digits no number of a paragraph has."""
_PHRASE = 60
"""Characters of a figure phrase that a refusal repeats (chosen by eye)."""


def draft_claim(
    workspace: Workspace,
    form: ClaimForm,
    today: date,
    editing: Claim | None = None,
    article: Article | None = None,
) -> Draft:
    """Draft a claim, or an edition of one that is on file.

    Where the article is at hand, its paragraph is looked for; and without a source the article
    becomes one.
    """
    work = Drafting(workspace, today)
    topic = work.tried("topic", lambda: workspace.lookup.topic(form.topic))
    asserter = work.tried("asserter", lambda: workspace.lookup.asserter(form.asserter))
    figure = _unchanged(form, topic, editing) or _figure(work, form, topic)
    asserted_on = work.tried("asserted_on", lambda: typed_date(form.asserted_on, today))
    speaks_of = form.period.strip()
    period = work.tried("period", lambda: typed_period(speaks_of, today)) if speaks_of else None
    place = _Place(work, form, figure, article)
    work.fields |= {
        "topic": topic.id if topic else "",
        "asserter": asserter.id if asserter else "",
        "statement": form.statement,
        "figure": figure,
        "qualifiers": work.tried("qualifiers", lambda: qualifiers_of(form.qualifiers)) or {},
        "modality": _modality(work, form),
        "asserted_on": asserted_on,
        "period": period,
        "assumption": form.assumption.strip() or None,
        "note": form.note.strip() or None,
        "citations": place.citations(editing),
        "relations": _relations(work, form, editing),
    }
    if editing:
        kept = {"id", "origin", "status", "rating"}
        work.fields |= editing.model_dump(include=kept)
        work.fields["translations"] = still_translated(editing, work.fields)
    else:
        work.fields["id"] = work.fields["origin"] = claim_id(
            topic.id if topic else "", asserter.id if asserter else "", asserted_on, place.taken
        )
    _share_origin(work)
    record = work.finished("claim")
    if not isinstance(record, Claim):
        return Draft(None, _understood(figure, topic), tuple(work.problems), passages=place.choice)
    near = tuple(similar_claims(workspace, record))
    held = _held_odd(workspace, editing)
    odd = [*place.odd(), *(one for one in oddities(workspace, record, near) if one not in held)]
    return Draft(
        record,
        _understood(figure, topic),
        similar=near,
        odd=tuple(FieldProblem(*one) for one in odd),
        source=work.source,
    )


def _held_odd(workspace: Workspace, editing: Claim | None) -> set[Oddity]:
    """Return what is odd about a claim as it stands: somebody has said yes to that."""
    if editing is None:
        return set()
    return set(oddities(workspace, editing, similar_claims(workspace, editing)))


def _unchanged(form: ClaimForm, topic: Topic | None, editing: Claim | None) -> Figure | None:
    """Return the figure on file where its words are left alone, so that it is not read anew."""
    figure = editing.figure if editing else None
    if figure is None or editing is None or topic is None or topic.id != editing.topic:
        return None
    typed = (form.figure.strip(), form.unit.strip() or None)
    return figure if typed == (figure.as_worded, figure.unit) else None


def _figure(work: Drafting, form: ClaimForm, topic: Topic | None) -> Figure | None:
    if not form.figure.strip():
        return None
    try:
        return read_figure(form.figure, topic, form.unit)
    except ValidationError as errors:
        work.complain("figure", in_plain_words(errors.errors()[0], Figure))
    except BadFigure as error:
        work.complain("figure", error)
    return None


def _understood(figure: Figure | None, topic: Topic | None) -> str:
    """Say how a figure was read."""
    if figure is None:
        return ""
    if figure.relation is None:
        return f"“{figure.as_worded}”, without a number"
    view = figure_view(figure, topic.unit if topic else None)
    return wording.figure(view, topic.measure if topic else None, unit=True) if view else ""


def _modality(work: Drafting, form: ClaimForm) -> str:
    typed = form.modality.strip().casefold() or Modality.REPORTED
    if typed not in set(Modality):
        work.complain("modality", f"“{form.modality[:60]}” is none of {', '.join(Modality)}")
    return typed


class _Place:
    """The source and the paragraph that a claim stands in."""

    def __init__(
        self, work: Drafting, form: ClaimForm, figure: Figure | None, article: Article | None
    ) -> None:
        self._work = work
        self._form = form
        self._figure = figure
        self._article = article
        self._text = ""
        self.choice: tuple[Passage, ...] = ()

    def citations(self, editing: Claim | None) -> list[Fields]:
        """Put what was typed in the place of the first citation; the others stay."""
        old = [one.model_dump() for one in editing.citations] if editing else []
        source = self._work.tried("source", self._source)
        paragraph = self._paragraph()
        if source is None or not paragraph or self._work.problems:
            return old
        via = parts_of(self._form.via)
        one: Fields = {"source": source.id, "paragraph": paragraph, "via": via}
        first = old[0] if old else {}
        if (first.get("source"), first.get("paragraph")) == (source.id, paragraph):
            one = {**first, **one}
        if self._text:
            one["fingerprint"] = fingerprint(self._text)
        return [one, *old[1:]]

    def taken(self, key: str) -> bool:
        """Whether a claim has an id."""
        return self._work.library.find(key) is not None

    def odd(self) -> list[tuple[str, str]]:
        """Say so where the figure does not stand in the paragraph, or the article is another."""
        found = []
        if self._text and self._figure and not holds(self._text, self._figure.as_worded):
            phrase = self._figure.as_worded[:_PHRASE]
            found.append(("paragraph", f"“{phrase}” does not stand there as it was typed"))
        if self._article and self._form.source:
            like = source_on_file(self._work.library, self._article)
            meant = self._source()
            if like and like.id != meant.id:
                found.append(("source", f"the article that you sent is on file as {like.id}"))
        return found

    def _source(self) -> Source:
        """Return the source that was named, or the one that the article is or becomes.

        Raises:
            NotOnFile: none goes by that name.
        """
        library = self._work.library
        if self._form.source or self._article is None:
            return self._work.workspace.lookup.source(self._form.source)
        found = source_on_file(library, self._article)
        if found is None:
            found = self._work.source = source_of(self._article, library.sources.__contains__)
        return found

    def _paragraph(self) -> int:
        """Return the number that was typed or found; 0 where there is none yet."""
        typed = self._form.paragraph.strip().removeprefix("¶").strip()
        if self._article and not typed:
            return self._found(self._article)
        number = int(typed) if typed.isdecimal() and len(typed) < _DIGITS else 0
        if number < 1:
            reason = "send the article, or say in which paragraph it stands, counted from 1"
            self._work.complain("paragraph", reason)
            return 0
        return self._checked(self._article, number) if self._article else number

    def _checked(self, article: Article, number: int) -> int:
        """Return the one paragraph where the figure stands, else the number that was typed."""
        found = self._passages(article) if self._figure else []
        if len(found) == 1:
            number = found[0].number
        if number > len(article.paragraphs):
            self._work.complain("paragraph", f"the article has {len(article.paragraphs)} of them")
            return 0
        self._text = article.paragraphs[number - 1]
        return number

    def _passages(self, article: Article) -> list[Passage]:
        return passages(article, self._figure, self._form.figure, self._form.statement)

    def _found(self, article: Article) -> int:
        found = self._passages(article)
        phrase = self._figure.as_worded[:_PHRASE] if self._figure else ""
        if len(found) == 1:
            self._text = found[0].text
            return found[0].number
        self.choice = tuple(found)
        listed = ", ".join(f"¶{one.number}" for one in found[:6])
        if phrase and found and all(holds(one.text, phrase) for one in found):
            reason = f"“{phrase}” stands in {listed}: choose one"
        elif phrase:
            reason = f"“{phrase}” does not stand in the article as it was typed: choose where"
        else:
            reason = "without a figure it is not found by itself: choose where it stands"
        self._work.complain("paragraph", reason)
        return 0


def _relations(work: Drafting, form: ClaimForm, editing: Claim | None) -> list[Fields]:
    """Put what was typed in the place of the first relation; nothing typed leaves all."""
    old = [one.model_dump() for one in editing.relations] if editing else []
    if not form.relation.strip() and not form.relates_to.strip():
        return old
    kind = form.relation.strip().casefold()
    target = form.relates_to.strip()
    if kind not in set(LinkKind):
        work.complain("relation", f"“{form.relation}” is none of {', '.join(LinkKind)}")
    elif work.library.find(target):
        return [{"kind": kind, "claim": target}, *old[1:]]
    else:
        topic = work.tried("relates_to", lambda: work.workspace.lookup.topic(target))
        return [{"kind": kind, "topic": topic.id}, *old[1:]] if topic else old
    return old


def _share_origin(work: Drafting) -> None:
    """A retelling has the origin of what it retells."""
    relations = work.fields["relations"]
    for one in relations if isinstance(relations, list) else []:
        retold = work.library.find(str(one.get("claim")))
        if one["kind"] == LinkKind.RETELLS and retold:
            work.fields["origin"] = retold.origin
