"""The settings: where they come from, what is refused, and that each is documented."""

import re
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, load_settings, variable
from commands.cards import Links
from commands.chat import Rights
from knowledge.store import Quota
from tests import ROOT

NAMES = [variable(name) for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (*NAMES, "CLAIMBOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_setting_there_is_a_sensible_one() -> None:
    settings = load_settings()
    assert settings.token is None
    assert settings.database == Path("claimbot.db")
    assert settings.log_level == "info"
    assert settings.rights == Rights()
    assert settings.quota == Quota()


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "CLAIMBOT_TOKEN"])
def test_the_token_comes_from_either_variable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "abc.def")
    token = load_settings().token
    assert token is not None
    assert token.get_secret_value() == "abc.def"
    assert "abc.def" not in repr(load_settings())


@pytest.mark.parametrize("value", ["", "   ", "\t"])
def test_an_empty_token_is_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", value)
    assert load_settings().token is None


def test_an_empty_token_leaves_room_for_the_other_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "")
    monkeypatch.setenv("CLAIMBOT_TOKEN", "abc")
    token = load_settings().token
    assert token is not None


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(
        "CLAIMBOT_DATABASE=file.db\nCLAIMBOT_LOG_LEVEL=DEBUG\nSOMETHING_ELSE=1\n", "utf-8"
    )
    monkeypatch.setenv("CLAIMBOT_DATABASE", "environment.db")
    settings = load_settings()
    assert settings.database == Path("environment.db")
    assert settings.log_level == "debug"


def test_a_bad_value_is_one_line_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMBOT_LOG_LEVEL", "loud")
    with pytest.raises(BadSettings) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith("CLAIMBOT_LOG_LEVEL: ")
    assert "'debug', 'info', 'warning' or 'error'" in message
    assert "loud" in message
    assert "\n" not in message


def test_a_file_that_is_no_text_is_one_line() -> None:
    Path(".env").write_bytes(b"DISCORD_TOKEN=\xff\xfe\x00secret")
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert str(caught.value).startswith(".env cannot be read")
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file", [".env.example", "docs/operating.md"])
def test_each_setting_is_documented(name: str, file: str) -> None:
    assert name in (ROOT / file).read_text("utf-8")


def test_each_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_example_names_nothing_else_and_can_be_used_as_it_is() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    assert re.findall(r"^([A-Z_]+)=", text, re.MULTILINE) == NAMES
    Path(".env").write_text(text, "utf-8")
    assert load_settings() == Settings.model_construct()


@pytest.mark.parametrize("name", ["CLAIMBOT_SOURCE_URL", "CLAIMBOT_SUPPORT_URL"])
@pytest.mark.parametrize("value", ["example.org", "http://example.org", "javascript:alert(1)"])
def test_what_about_links_to_is_an_address(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=f"{name}: .*https://"):
        load_settings()


def test_about_links_to_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMBOT_SUPPORT_URL", " https://example.org/help ")
    assert load_settings().links == Links(support="https://example.org/help")
