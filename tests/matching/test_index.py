"""The index answers the same however its passages came, and trusts no file that is not its own."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.retrieval import Passage, PassageIndex
from knowledge.matching.retrieval.index import FILE_NAME
from knowledge.workspaces.kept_index import open_or_build

STAMP: dict[str, str | int] = {"database": "a1", "revision": 7, "passages": 3}
PASSAGES = [
    Passage("tide", "High tide at the old harbour came at noon", "Tide tables"),
    Passage("wheat", "Wheat harvest fell by 12 percent in 2023", "Did the wheat harvest fall?"),
    Passage("ferry", "The ferry to the island stopped in March 2024"),
]
WORDS = st.sampled_from(
    "tide wheat ferry harbour noon March 2024 12 пором 나루터 #OldHarbour".split()
)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)
STEPS = st.lists(st.tuples(st.integers(0, 5), TEXTS, TEXTS, st.booleans()), max_size=25)


def found(index: PassageIndex, query: str) -> list[tuple[str, float]]:
    return [(hit.id, round(hit.score, 4)) for hit in index.search(query, 10)]


@given(steps=STEPS, query=TEXTS)
def test_single_changes_equal_a_rebuild(
    steps: list[tuple[int, str, str, bool]], query: str
) -> None:
    index = PassageIndex()
    kept: dict[str, Passage] = {}
    for number, text, title, added in steps:
        passage = Passage(str(number), text, title)
        if added:
            index.add([passage])
            kept.pop(passage.id, None)
            kept[passage.id] = passage
        elif passage.id in kept:
            index.remove([passage.id])
            del kept[passage.id]
    rebuilt = PassageIndex(kept.values())
    assert len(index) == len(rebuilt) == len(kept)
    assert sorted(found(index, query)) == sorted(found(rebuilt, query))
    assert index.shingle_frequency.tolist() == rebuilt.shingle_frequency.tolist()


@given(query=st.text(max_size=300))
def test_any_text_is_a_query(query: str) -> None:
    assert len(PassageIndex(PASSAGES).search(query, 2)) <= 2


def test_a_passage_is_found_by_its_stems_and_its_title() -> None:
    index = PassageIndex(PASSAGES)
    assert [hit.id for hit in index.search("harvests of wheat")] == ["wheat"]
    assert [hit.id for hit in index.search("TABLES, please")] == ["tide"]


def test_scripts_other_than_latin_are_found() -> None:
    index = PassageIndex([Passage("uk", "Пором зупинився"), Passage("ko", "나루터에서 멈췄다")])
    assert [hit.id for hit in index.search("ПОРОМ")] == ["uk"]
    assert [hit.id for hit in index.search("나루터")] == ["ko"]


def test_adding_an_id_again_replaces_it() -> None:
    index = PassageIndex(PASSAGES)
    index.add([Passage("tide", "Low water")])
    assert len(index) == 3
    assert index.search("noon") == []
    assert [hit.id for hit in index.search("low")] == ["tide"]


def test_removing_an_unknown_id_is_an_error() -> None:
    with pytest.raises(KeyError):
        PassageIndex(PASSAGES).remove(["nobody"])


def test_many_removals_renumber_the_rows() -> None:
    index = PassageIndex(Passage(str(number), f"item {number}") for number in range(2500))
    index.remove(str(number) for number in range(2400))
    assert len(index.ids) < 2500
    assert [hit.id for hit in index.search("item 2450", 1)] == ["2450"]


def test_a_saved_index_is_the_same_index(tmp_path: Path) -> None:
    built = open_or_build(tmp_path, STAMP, PASSAGES)
    loaded = open_or_build(tmp_path, STAMP, [])
    assert len(loaded) == 3
    assert found(loaded, "wheat in march") == found(built, "wheat in march")
    loaded.add([Passage("new", "A lighthouse")])
    loaded.remove(["tide"])
    assert [hit.id for hit in loaded.search("lighthouse at noon")] == ["new"]


def test_what_was_removed_stays_removed_in_the_saved_index(tmp_path: Path) -> None:
    index = PassageIndex(PASSAGES)
    index.remove(["wheat"])
    index.save(tmp_path, STAMP)
    loaded = PassageIndex.load(tmp_path, STAMP)
    assert loaded is not None
    assert set(loaded.rows) == {"tide", "ferry"}
    assert found(loaded, "wheat harbour march") == found(index, "wheat harbour march")
    assert loaded.shingle_frequency.tolist() == index.shingle_frequency.tolist()


@pytest.mark.parametrize(
    "other", [{"database": "b2"}, {"revision": 8}, {"passages": 4}, {"extra": "field"}]
)
def test_an_index_with_another_stamp_is_rebuilt(
    tmp_path: Path, other: dict[str, str | int]
) -> None:
    open_or_build(tmp_path, STAMP, PASSAGES)
    assert len(open_or_build(tmp_path, {**STAMP, **other}, PASSAGES[:1])) == 1


def test_a_cut_off_index_is_rebuilt(tmp_path: Path) -> None:
    open_or_build(tmp_path, STAMP, PASSAGES)
    file = tmp_path / FILE_NAME
    whole = file.read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:length])
        assert PassageIndex.load(tmp_path, STAMP) is None
    assert len(open_or_build(tmp_path, STAMP, PASSAGES)) == 3


def test_an_index_with_a_changed_byte_is_rebuilt(tmp_path: Path) -> None:
    open_or_build(tmp_path, STAMP, PASSAGES)
    file = tmp_path / FILE_NAME
    raw = bytearray(file.read_bytes())
    raw[raw.index(b"harbour")] ^= 1
    file.write_bytes(raw)
    assert PassageIndex.load(tmp_path, STAMP) is None


def test_a_folder_that_cannot_be_written_costs_only_the_next_start(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert len(open_or_build(blocked, STAMP, PASSAGES)) == 3


def test_a_small_index_weighs_words_by_the_one_below() -> None:
    below = PassageIndex(Passage(str(number), "the tide came in") for number in range(50))
    alone = PassageIndex([Passage("own", "the tide turned")])
    placed = PassageIndex([Passage("own", "the tide turned")], below)
    tide, turned = (alone.term_ids[stem] for stem in ("tide", "turn"))
    assert alone.idf([tide])[0] == alone.idf([turned])[0]
    assert placed.idf([tide])[0] < placed.idf([turned])[0]
    together = PassageIndex([*(Passage(str(n), "the tide came in") for n in range(50))])
    together.add([Passage("own", "the tide turned")])
    known = [together.term_ids[stem] for stem in ("tide", "turn")]
    assert placed.idf([tide, turned]).tolist() == together.idf(known).tolist()
    assert placed.shingle_weights().tolist() == together.shingle_weights().tolist()
