"""What people are writing is kept for each server and person, and costs no other one anything."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from commands.chat import Kept, Lost, Room

ROOM = Room(person=3, server=5, everywhere=12)


@dataclass(frozen=True)
class Note:
    """Something that a person keeps in a place."""

    person: int
    guild: int | None


def by(note: Note) -> Any:
    return SimpleNamespace(user=SimpleNamespace(id=note.person), guild_id=note.guild)


def left(kept: Kept[Note], keys: list[str], note: Note) -> int:
    found = 0
    for key in keys:
        try:
            kept.find(key, by(note))
        except Lost:
            continue
        found += 1
    return found


def test_of_one_person_the_oldest_gives_way() -> None:
    kept, mine, hers = Kept[Note](ROOM), Note(1, 10), Note(2, 10)
    other = kept.keep(hers)
    keys = [kept.keep(mine) for _ in range(5)]
    assert left(kept, keys[2:], mine) == 3
    assert left(kept, keys[:2], mine) == 0
    assert left(kept, [other], hers) == 1


def test_of_one_server_the_oldest_gives_way() -> None:
    kept = Kept[Note](ROOM)
    notes = [Note(person, 10) for person in range(1, 8)]
    keys = [kept.keep(note) for note in notes]
    assert [left(kept, [key], note) for key, note in zip(keys, notes, strict=True)] == [
        *(0, 0),
        *(1, 1, 1, 1, 1),
    ]


@pytest.mark.parametrize("flooding", [20, 1000])
def test_a_flood_in_one_server_costs_no_other_one(flooding: int) -> None:
    kept, mine = Kept[Note](ROOM), Note(1, 10)
    key = kept.keep(mine)
    for number in range(flooding):
        kept.keep(Note(100 + number, 20))
    assert left(kept, [key], mine) == 1


def test_where_memory_ends_the_place_with_the_most_gives_way() -> None:
    kept, mine = Kept[Note](ROOM), Note(1, 10)
    key = kept.keep(mine)
    for number in range(100):
        kept.keep(Note(number, 20 + number % 4))
    assert left(kept, [key], mine) == 1


def test_a_person_is_their_own_place_in_private() -> None:
    kept, mine = Kept[Note](ROOM), Note(1, None)
    key = kept.keep(mine)
    for number in range(20):
        kept.keep(Note(50 + number, None))
    assert left(kept, [key], mine) == 0 or kept.find(key, by(mine)) is mine


def test_an_item_is_kept_again_under_its_key() -> None:
    kept, mine = Kept[Note](ROOM), Note(1, 10)
    key = kept.keep(mine)
    assert kept.keep(mine, key) == key
    assert kept.take(key, by(mine)) is mine
    with pytest.raises(Lost):
        kept.find(key, by(mine))
    kept.drop(key)
