"""Saving that helps: evidence found, odd things asked about, and a way back after everything."""

from typing import Any

import pytest

from knowledge.base import KnowledgeBase
from knowledge.model import Modality, Status
from knowledge.records import fingerprint
from tests.bases.engines import on_both_engines
from tests.conftest import Chat, Shown
from tests.driving.curators import (
    ADD,
    CONTRIBUTOR,
    FULL,
    Server,
    answered,
    call,
    drafted,
    fill,
    own,
    pressed,
)

pytestmark = on_both_engines

LINES = (
    "What the quay has seen",
    "The Mill Review",
    "2 February 2024",
    "More than 2 million sacks were unloaded, the deputy chief said.",
    "Another ship carried 300,000 sacks.",
    "That was 300,000 sacks more than before.",
)
STORY = ("story.txt", "\n".join(LINES).encode())
TYPED = {name: FULL[name] for name in ("statement", "figure", "asserted_on")}


# ------------------------------------------------------------------ where it stands


async def with_article(chat: Chat, options: dict[str, Any], **texts: Any) -> Shown:
    form = await call(chat, "claim add", options)
    return await fill(chat, form, **{**TYPED, **texts})


async def test_paragraph_and_fingerprint_are_found_from_the_figure(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    shown = await with_article(ann, {**ADD, "article": STORY})
    assert "¶4, found in the article" in shown.text
    await pressed(ann, shown, "Save")
    (claim,) = own(base, server)
    (cited,) = claim.citations
    assert (cited.paragraph, cited.fingerprint) == (4, fingerprint(LINES[3]))


async def test_an_article_is_sent_once_for_all_claims_from_its_source(ann: Chat) -> None:
    form = await call(ann, "claim add", dict(ADD))
    shown = await fill(ann, form, **TYPED, article=STORY)
    await pressed(ann, shown, "Save")
    form = await call(ann, "claim add", dict(ADD))
    names = [each["component"]["custom_id"] for each in (form.modal or {})["components"]]
    assert "article" not in names
    assert "paragraph" not in names
    second = {"statement": "A second ship.", "figure": "300,000 sacks more"}
    shown = await fill(ann, form, **{**TYPED, **second})
    assert "¶6, found in the article" in shown.text


async def test_a_figure_that_stands_twice_is_placed_by_a_select(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    shown = await with_article(ann, {**ADD, "article": STORY}, figure="300,000")
    assert "stands in ¶5, ¶6: choose one" in shown.text
    assert "Save" not in shown.buttons
    form = await ann.click(shown, "Choose the paragraph")
    shown = await fill(ann, form, paragraph="5")
    await pressed(ann, shown, "Save")
    (claim,) = own(base, server)
    assert claim.citations[0].fingerprint == fingerprint(LINES[4])


@pytest.mark.parametrize("figure", ["9 million", ""])
async def test_what_is_not_found_is_placed_by_a_select_and_asked_about(
    ann: Chat, figure: str
) -> None:
    shown = await with_article(ann, {**ADD, "article": STORY}, figure=figure)
    form = await ann.click(shown, "Choose the paragraph")
    shown = await fill(ann, form, paragraph="4")
    assert "¶4, found in the article" in shown.text
    assert ("does not stand there" in shown.text) == bool(figure)
    assert ("Save anyway" in shown.buttons) == bool(figure)


async def test_a_figure_in_other_words_is_found_by_its_number(ann: Chat) -> None:
    shown = await with_article(ann, {**ADD, "article": STORY}, figure="over 2,000,000")
    assert "¶4" in shown.text


@pytest.mark.parametrize(
    ("data", "words"), [(b"\0\1\2" * 90, "binary"), (b"#!/bin/sh\necho\n", "program")]
)
async def test_a_file_that_is_no_article_costs_nothing_that_was_typed(
    ann: Chat, data: bytes, words: str
) -> None:
    form = await call(ann, "claim add", dict(ADD))
    shown = await fill(ann, form, **TYPED, article=("noise.bin", data), paragraph="3")
    assert shown.private
    assert words in shown.text
    shown = await fill(ann, await ann.click(shown, "Edit"))
    assert "Save" in shown.buttons
    assert FULL["statement"] in shown.text


POST = b"Ships double\nThe Ostby Post\n14 March 2024\nMore than 2 million sacks came, she said."


async def test_without_a_source_the_article_becomes_one(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    options = {"topic": "sacks", "asserter": "kamau", "article": ("post.txt", POST)}
    shown = await with_article(ann, options)
    assert "New source, saved with it" in shown.text
    await pressed(ann, shown, "Save")
    (source,) = base.store.sources(str(server.guild.id))
    assert (source.publisher, source.id) == ("The Ostby Post", "ostby-post-2024-03")
    assert own(base, server)[0].citations[0].source == source.id
    again = await with_article(ann, options, asserted_on="2024-02-03")
    assert "New source" not in again.text


async def test_two_articles_at_once_are_not_mixed_up(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    options = {"topic": "sacks", "asserter": "kamau"}
    first = await with_article(ann, {**options, "article": ("post.txt", POST)})
    other = POST.replace(b"Post", b"Herald").replace(b"double", b"treble")
    await with_article(ann, {**options, "article": ("herald.txt", other)})
    await pressed(ann, first, "Save")
    (source,) = base.store.sources(str(server.guild.id))
    assert source.publisher == "The Ostby Post"


async def test_a_contributor_brings_no_new_source(server: Server) -> None:
    cid = server.person("cid", CONTRIBUTOR)
    options = {"topic": "sacks", "asserter": "kamau", "article": STORY}
    shown = await with_article(cid, options)
    assert "a curator has to add it first" in shown.text
    assert "Propose" not in shown.buttons


async def test_it_has_to_stand_somewhere(ann: Chat) -> None:
    shown = answered(await call(ann, "claim add", {"topic": "sacks", "asserter": "kamau"}))
    assert "choose the source, or send the article" in shown.text


async def test_evidence_is_added_to_a_claim_on_file(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    await pressed(ann, await drafted(ann, paragraph="4; The Ledger"), "Save")
    (claim,) = own(base, server)
    shown = await fill(ann, await ann.invoke("claim edit", claim=claim.id))
    form = await ann.click(shown, "Relation, note, article")
    await pressed(ann, await fill(ann, form, article=STORY), "Save")
    (cited,) = own(base, server)[0].citations
    assert (cited.paragraph, cited.fingerprint) == (4, fingerprint(LINES[3]))
    assert cited.via == ("The Ledger",)


# ------------------------------------------------------------------ fields of their own


async def test_kind_period_and_chain_have_fields_of_their_own(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    shown = await drafted(ann, paragraph="3")
    form = await ann.click(shown, "More fields")
    given = {"modality": "forecast", "period": "by 2030", "via": "Agency Savanna, The Ledger"}
    await pressed(ann, await fill(ann, form, **given), "Save")
    (claim,) = own(base, server)
    assert claim.modality is Modality.FORECAST
    assert str(claim.period) == "2030"
    assert claim.citations[0].via == ("Agency Savanna", "The Ledger")


async def new_topic(ann: Chat, **texts: str) -> Shown:
    form = await ann.invoke("topic add")
    given = {"title": "Share of US ships", "unit": "ships", "description": "Ships that came"}
    shown = await fill(ann, form, **given, measure="level")
    form = await ann.click(shown, "More fields")
    return await fill(ann, form, **texts)


async def test_a_topic_has_parties_dimensions_and_a_measure_to_choose(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    shown = await new_topic(ann, parties="United States, EG", dimensions="kind, price base")
    assert "United States, Egypt" in shown.text
    await pressed(ann, shown, "Save")
    (topic,) = base.store.topics(str(server.guild.id))
    assert topic.parties == ("US", "EG")
    assert topic.dimensions == ("kind", "price-base")
    assert (topic.measure, topic.id) == ("level", "share-us-ships")


async def test_qualifiers_are_chosen_among_those_on_file_or_new(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    await pressed(ann, await new_topic(ann, dimensions="kind"), "Save")
    given = {"topic": "share-us-ships", "figure": "12", "statement": "Twelve tugs came."}
    shown = await drafted(ann, **given)
    narrow = await ann.click(shown, "Narrowed by")
    shown = await fill(ann, narrow, **{"q:": "tugs"})
    assert "kind: tugs" in shown.text
    await pressed(ann, shown, "Save")
    other = {**given, "figure": "15", "statement": "Fifteen came in spring.", "asserted_on": "2024"}
    narrow = await ann.click(await drafted(ann, **other), "Narrowed by")
    await pressed(ann, await fill(ann, narrow, **{"q:kind": "tugs"}), "Save")
    assert [one.qualifiers for one in own(base, server)] == [{"kind": "tugs"}] * 2


async def test_a_value_that_fits_no_select_stays(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    await pressed(ann, await new_topic(ann, dimensions="kind, berth"), "Save")
    long = "tugs " * 22 + "and barges"
    shown = await drafted(ann, topic="share-us-ships", figure="12")
    narrow = await ann.click(shown, "Narrowed by")
    shown = await fill(ann, narrow, **{"q:": f"kind: {long}"})
    again = await ann.click(shown, "Narrowed by")
    shown = await fill(ann, again, **{"q:": "berth: north"})
    await pressed(ann, shown, "Save")
    (claim,) = own(base, server)
    assert claim.qualifiers == {"kind": long, "berth": "north"}


async def test_an_edit_leaves_qualifiers_kind_and_rating(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    await pressed(ann, await new_topic(ann, dimensions="kind"), "Save")
    shown = await drafted(ann, topic="share-us-ships", figure="12")
    narrow = await ann.click(shown, "Narrowed by")
    await pressed(ann, await fill(ann, narrow, **{"q:": "tugs"}), "Save")
    (claim,) = own(base, server)
    form = await ann.invoke("claim edit", claim=claim.id)
    await pressed(ann, await fill(ann, form, figure="13"), "Save")
    (now,) = own(base, server)
    assert now.model_copy(update={"figure": claim.figure}) == claim


async def test_a_unit_of_another_dimension_is_refused(ann: Chat) -> None:
    shown = await drafted(ann, paragraph="3")
    form = await ann.click(shown, "More fields")
    shown = await fill(ann, form, unit="kWh")
    assert "unit does not fit" in shown.text
    assert not [label for label in shown.buttons if label.startswith("Save")]


# ------------------------------------------------------------------ what is odd


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"figure": "900 million"}, "times the highest figure on file"),
        ({"figure": "12"}, "the lowest figure on file is"),
        ({"asserted_on": "2024-02-02; 2025"}, "is it no forecast?"),
        (
            {"relation": "denies", "relates_to": "sacks-kamau-2024-02", "asserted_on": "2023-01"},
            "which was said later",
        ),
        ({"relation": "disputes", "relates_to": "sacks", "asserted_on": "1999"}, "said later"),
        ({"asserted_on": "2024-05~"}, "before it was said"),
        ({"statement": "Some 77 sacks were sent, clerks say."}, "gives another number than the"),
    ],
)
async def test_what_is_odd_is_asked_about_and_saved_anyway(
    base: KnowledgeBase, server: Server, ann: Chat, texts: dict[str, str], words: str
) -> None:
    shown = await drafted(ann, **texts)
    assert "Is this meant?" in shown.text
    assert words in shown.text
    assert "Save" not in shown.buttons
    await pressed(ann, shown, "Save anyway")
    (claim,) = own(base, server)
    again = await fill(ann, await ann.invoke("claim edit", claim=claim.id), statement="Reworded.")
    assert "Save" in again.buttons


async def test_the_same_once_more_is_asked_about(ann: Chat) -> None:
    await pressed(ann, await drafted(ann), "Save")
    shown = await drafted(ann)
    assert "the same speaker with the same figure is on file" in shown.text
    assert "Save anyway" in shown.buttons


async def test_the_same_figure_a_year_later_is_no_duplicate(ann: Chat) -> None:
    await pressed(ann, await drafted(ann, asserted_on="2023-01-03"), "Save")
    texts = {"statement": "Harbour clerks have repeated what they had told earlier."}
    assert "Save" in (await drafted(ann, **texts)).buttons


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"asserted_on": "2024-05"}, "before this was said"),
        ({"asserted_on": "2024-02-02; 2023"}, "cannot be made on"),
    ],
)
async def test_what_is_impossible_is_never_saved(
    base: KnowledgeBase, server: Server, ann: Chat, texts: dict[str, str], words: str
) -> None:
    shown = await drafted(ann, **texts)
    if "Save" in shown.buttons:
        form = await ann.click(shown, "More fields")
        shown = await fill(ann, form, modality="forecast")
    assert words in shown.text
    assert not [label for label in shown.buttons if label.startswith("Save")]
    assert own(base, server) == []


async def test_an_odd_proposal_of_an_article_is_asked_about(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    text = b"Norway sends grain\n2 May 2024\nFarm Minister Rosa Vidal said on 1 May 2024 that "
    text += b"Norway had sent Sweden 900 million sacks of grain."
    shown = answered(await call(ann, "claim from-article", {"file": ("story.txt", text)}))
    shown = await pressed(ann, shown, "Accept 1")
    assert "times the highest figure on file" in shown.text
    assert own(base, server) == []
    shown = await pressed(ann, shown, "Accept 1 anyway")
    assert "saved as" in shown.text
    shown = await pressed(ann, shown, "Undo 1")
    assert "Accept 1 anyway" in shown.buttons
    assert [one.status for one in own(base, server)] == [Status.RETRACTED]


# ------------------------------------------------------------------ after saving


async def test_what_was_saved_is_shown_and_taken_back(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    done = await pressed(ann, await drafted(ann), "Save")
    shown = await pressed(ann, done, "Show")
    assert shown.private
    assert FULL["statement"] in shown.text
    undone = await pressed(ann, done, "Undo")
    assert "Undid revision" in undone.text
    assert [one.status for one in own(base, server)] == [Status.RETRACTED]
    await pressed(ann, undone, "Undo")
    assert [one.status for one in own(base, server)] == [Status.ACTIVE]
    assert base.store.verify_history() == []


async def test_every_change_has_a_way_back(base: KnowledgeBase, server: Server, ann: Chat) -> None:
    await pressed(ann, await drafted(ann), "Save")
    (claim,) = own(base, server)
    form = await ann.invoke("claim edit", claim=claim.id)
    await pressed(
        ann, await pressed(ann, await fill(ann, form, figure="3 million"), "Save"), "Undo"
    )
    assert own(base, server) == [claim]
    gone = await ann.run("claim retract", claim=claim.id, reason="wrong")
    await pressed(ann, gone, "Undo")
    assert own(base, server) == [claim]
    form = await ann.invoke("asserter add")
    done = await pressed(ann, await fill(ann, form, organisation="Quay office"), "Save")
    assert list(done.buttons) == ["Show"]
    form = await ann.invoke("asserter edit", asserter="Quay office")
    done = await pressed(ann, await fill(ann, form, role="night shift"), "Save")
    await pressed(ann, done, "Undo")
    (asserter,) = base.store.asserters(str(server.guild.id))
    assert (asserter.id, asserter.role) == ("quay-office", None)


async def test_a_contributor_sees_a_proposal_but_undoes_nothing(server: Server) -> None:
    cid = server.person("cid", CONTRIBUTOR)
    done = await pressed(cid, await drafted(cid), "Propose")
    assert "Undo" not in done.buttons


# ------------------------------------------------------------------ what ships


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("claim edit", {"claim": "sacks-kamau-2024-02"}),
        ("claim retract", {"claim": "sacks-kamau-2024-02", "reason": "wrong"}),
    ],
)
async def test_what_ships_may_be_disputed(
    base: KnowledgeBase, server: Server, ann: Chat, command: str, options: dict[str, str]
) -> None:
    shown = await ann.run(command, **options)
    assert "a claim of your own may dispute it" in shown.text
    form = await ann.click(shown, "Dispute it")
    texts = {**TYPED, "asserter": "Rosa Vidal", "source": "The Mill Review", "figure": ""}
    shown = await fill(ann, form, **{**texts, "asserted_on": "2024-02-24"})
    form = await ann.click(shown, "Relation, note, article")
    shown = await fill(ann, form, paragraph="2")
    assert "Save" in shown.buttons, shown.text
    await pressed(ann, shown, "Save")
    (claim,) = own(base, server)
    assert (claim.relations[0].kind, claim.relations[0].claim) == (
        "disputes",
        "sacks-kamau-2024-02",
    )


async def test_other_records_that_ship_are_refused_alike(ann: Chat) -> None:
    for command, options in (
        ("topic edit", {"topic": "sacks"}),
        ("sources edit", {"source": "mill-review-2024-02"}),
        ("asserter edit", {"asserter": "kamau"}),
    ):
        shown = await ann.run(command, **options)
        assert "add one of your own" in shown.text, command
        assert shown.buttons == {}


# ------------------------------------------------------------------ names of sources


async def test_of_a_publisher_with_several_the_titles_are_offered(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    for title in ("Ships by night", "Ships by day"):
        form = await ann.invoke("sources add")
        texts = {"publisher": "RTO Insider", "title": title, "published_on": "2024"}
        await pressed(ann, await fill(ann, form, **texts), "Save")
    ids = [one.id for one in base.store.sources(str(server.guild.id))]
    assert ids == ["rto-insider-2024", "rto-insider-2024-2"]
    shown = await ann.run("claim add", **{**ADD, "source": "RTO Insider"})
    assert "RTO Insider, “Ships by night”" in shown.text
    assert "RTO Insider, “Ships by day”" in shown.text


async def test_a_source_goes_by_publisher_title_and_address(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    form = await ann.invoke("sources add")
    texts = {"publisher": "RTO Insider", "title": "Ships by night", "url": "rto.example/ships"}
    await pressed(ann, await fill(ann, form, **texts, published_on="2024"), "Save")
    (source,) = base.store.sources(str(server.guild.id))
    assert source.url == "https://rto.example/ships"
    for name in ("RTO Insider", "rto insider", "Ships by night", "http://www.rto.example/ships/"):
        form = await ann.invoke("claim add", **{**ADD, "source": name})
        shown = await fill(ann, form, **FULL)
        assert "RTO Insider, “Ships by night”" in shown.text, name


# ------------------------------------------------------------------ history


async def test_what_ships_is_one_line_of_the_newest_changes(ann: Chat) -> None:
    await pressed(ann, await drafted(ann), "Save")
    text = (await ann.run("claim history")).text
    assert "ann added the claim “Observers on the quay" in text
    assert text.count("shipped with this version") == 1
    assert "Page 1 of 1" in text


async def test_an_import_says_from_what_to_what(ann: Chat) -> None:
    await pressed(ann, await drafted(ann), "Save")
    file = answered(await call(ann, "claim export", {"form": "yaml", "own": True})).message
    data = await file.message.attachments[0].read()
    changed = data.replace(b"more than 2 million", b"more than 3 million")
    changed = changed.replace(b"low: 2000000", b"low: 3000000")
    shown = answered(await call(ann, "claim import", {"file": ("mine.yaml", changed)}))
    assert "Figure: more than 2 million sacks" in shown.text
    assert "→ more than 3 million sacks" in shown.text
