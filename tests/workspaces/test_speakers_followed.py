"""An outlet speaks for whom it carries: as long as a claim that stands bears it out."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date

import pytest

from knowledge.matching.questions.reading import Speakers
from knowledge.model import AnyRecord, Status, Use
from knowledge.store import Store, Where, open_store
from knowledge.words import words_of
from knowledge.workspaces import Workspaces, Writer
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim, source, topic

pytestmark = on_both_engines

HERE = "111"
TODAY = date(2026, 1, 1)


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    """Open a database of two claims that one agency carried."""
    with closing(open_store(where)) as opened:
        with opened.change("test", "to begin with") as change:
            records: list[AnyRecord] = [topic(), asserter(), source(), carried("one")]
            change.put_all(records)
        yield opened


def carried(key: str, status: Status = Status.ACTIVE) -> AnyRecord:
    cited = {"source": "gazette", "paragraph": 1, "via": ["Delta Wire"]}
    return claim(key, citations=[cited], status=status)


def test_carriers_follow_what_stands_in_each_place(store: Store) -> None:
    with closing(Workspaces(store)) as workspaces, closing(Writer(store, workspaces)) as writer:

        def write(place: str | None, key: str, status: Status) -> None:
            work = carried(key, status)
            writer.write_now(lambda change: change.put(work), who="a", why="b", workspace=place)

        def carries(place: str | None) -> bool:
            return workspaces.of(place).library.carries("Delta Wire", "ministry")

        write(HERE, "two", Status.ACTIVE)
        assert carries(None)
        assert carries(HERE)
        write(None, "one", Status.RETRACTED)
        assert not carries(None)
        assert carries(HERE)
        write(HERE, "two", Status.RETRACTED)
        assert not carries(HERE)
        for place in (None, HERE):
            assert workspaces.of(place).library.carriers().get("Delta Wire", set()) == set()


def test_what_an_outlet_carries_no_longer_is_not_found_by_its_name() -> None:
    speakers = Speakers([asserter()], {"Delta Wire": {"ministry"}})
    text = "how many wells according to Delta Wire"
    assert [one.label for one in speakers.find(text, words_of(text))] == ["Delta Wire"]
    speakers.dropped("Delta Wire", "ministry")
    assert speakers.find(text, words_of(text)) == []
    speakers.carried("Delta Wire", "ministry")
    assert [one.asserters for one in speakers.find(text, words_of(text))] == [{"ministry"}]


def test_an_outlet_of_the_name_of_an_asserter_leaves_it_its_name() -> None:
    speakers = Speakers([asserter()], {"Ministry": {"ministry"}})
    speakers.dropped("Ministry", "ministry")
    text = "how many wells does the Ministry count"
    assert [one.asserters for one in speakers.find(text, words_of(text))] == [{"ministry"}]


def test_a_speaker_who_has_come_is_known_as_after_a_new_start(store: Store) -> None:
    asked = "how many wells according to Zora Quill"
    with closing(Workspaces(store)) as workspaces, closing(Writer(store, workspaces)) as writer:
        workspaces.shared.prepare()
        topics = workspaces.shared.asker.topics
        new = asserter("quill", person="Zora Quill")
        writer.write_now(lambda change: change.put(new), who="a", why="b")
        said = claim("said", asserter="quill")
        writer.write_now(lambda change: change.put(said), who="a", why="b")
        followed = workspaces.shared.ask(asked, TODAY)
        assert workspaces.shared.asker.topics is topics
        assert workspaces.shared.fits(asked, TODAY) == Workspaces(store).shared.fits(asked, TODAY)
    assert followed.filters.by == "Zora Quill, Quill (Egypt)"


def test_a_speaker_who_has_changed_is_followed_without_reading_the_claims_anew(
    store: Store,
) -> None:
    quill = asserter("quill", person="Zora Quill", country="NO")
    said = claim("said", asserter="quill", statement="Zora Quill counts the wells of Chad.")

    def fits(workspaces: Workspaces, name: str) -> Sequence[tuple[str, float]]:
        asked = f"how many wells according to {name} in Norway"
        return [(fit.topic, fit.confidence) for fit in workspaces.shared.fits(asked, TODAY)]

    with closing(Workspaces(store)) as workspaces, closing(Writer(store, workspaces)) as writer:

        def write(*records: AnyRecord) -> None:
            writer.write_now(lambda change: change.put_all(records), who="a", why="b")

        write(quill, said)
        workspaces.shared.prepare()
        topics = workspaces.shared.asker.topics
        for now in (
            quill.model_copy(update={"person": "Vera Blot", "country": "SE"}),
            quill.model_copy(update={"status": Use.RETIRED}),
            quill,
        ):
            write(now)
            assert workspaces.shared.asker.topics is topics
            with closing(Workspaces(store)) as started:
                for name in ("Zora Quill", "Vera Blot"):
                    assert fits(workspaces, name) == fits(started, name), now
