"""The client before it connects: tokens that cannot be one, and what is registered."""

from typing import Any

import pytest
from pydantic import SecretStr

from bot.client import Claimbot
from bot.run import Ended, checked, run
from bot.settings import Settings
from knowledge.workspaces import Workspace
from tests.driving.payload_limits import check_commands


@pytest.mark.parametrize(
    "token",
    ["a b", "abc\n", "abc\ndef", '"abc"', "'abc'", "Bot abc.def", "tökén", "a\x00b", "x" * 500],
)
def test_a_malformed_token_never_becomes_a_header(
    token: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings.model_construct(token=SecretStr(token), log_level="debug")
    assert run(settings, workspace) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("claimbot: DISCORD_TOKEN is malformed")
    assert token.strip() not in line


def test_without_a_token_it_does_not_start() -> None:
    with pytest.raises(Ended) as caught:
        checked(Settings.model_construct(token=None))
    assert caught.value.code == 2


async def test_a_reconnection_registers_nothing_twice(
    simcord_bot: Claimbot, simcord_env: Any
) -> None:
    def registered() -> int:
        return sum(request.method == "PUT" for request in simcord_env.http_requests)

    assert registered() == 1
    simcord_bot.dispatch("ready")
    await simcord_bot.sync_commands()
    assert registered() == 1


def test_every_command_is_one_that_discord_takes(simcord_bot: Claimbot) -> None:
    tree = simcord_bot.tree
    check_commands([command.to_dict(tree) for command in tree.get_commands()])
