"""Where a database stands, as people write it: never shown with its password, never misread."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import BadSettings, load_settings
from knowledge.store import BadAddress, ServerAddress, where_of

SECRET = "s3cret"  # noqa: S105 - of nobody


@pytest.mark.parametrize("text", ["claimbot.db", "/var/lib/claims.db", "postgresql.db", "~/a b.db"])
def test_whatever_is_no_address_is_a_file(text: str) -> None:
    assert where_of(text) == Path(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"postgresql://ann:{SECRET}@db.example:5433/claims", "ann@db.example:5433/claims"),
        (f"postgres://ann:{SECRET}@one,two:5433/claims", "ann@one,two:5433/claims"),
        (
            f"postgresql://ann:{SECRET}@[::1]/claims?sslmode=require",
            "ann@[::1]/claims?sslmode=require",
        ),
        (f"postgresql://db/claims?user=ann&password={SECRET}", "db/claims?user=ann"),
        ("postgresql:///claims?host=/run/postgresql", "/claims?host=/run/postgresql"),
    ],
)
def test_an_address_shows_no_password(text: str, shown: str) -> None:
    found = where_of(text)
    assert isinstance(found, ServerAddress)
    assert str(found).partition("://")[2] == shown
    assert found.url == text
    assert SECRET not in repr(found)


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1))
def test_no_password_is_shown_however_it_is_written(password: str) -> None:
    secret = f"{SECRET}{password}{SECRET}"
    try:
        shown = str(where_of(f"postgresql://ann:{secret}@db.example/claims"))
    except BadAddress as error:
        shown = str(error)
    assert SECRET not in shown


@pytest.mark.parametrize("password", ["a@b", "a/b", "a?b", "a#b", "a[b"])
def test_what_would_be_misread_is_one_line_without_it(
    monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("CLAIMBOT_DATABASE", f"postgresql://ann:{SECRET}{password}@db/claims")
    with pytest.raises(BadSettings) as refused:
        load_settings()
    message = str(refused.value)
    assert message.startswith("CLAIMBOT_DATABASE: ")
    assert "cannot be read" in message or "brackets" in message
    assert SECRET not in message
    assert "\n" not in message
