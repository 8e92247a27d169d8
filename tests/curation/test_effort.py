"""What a claim costs: actions and typed characters, from an article on buttons alone."""

from dataclasses import dataclass

from simcord.env import Env

from knowledge.base import KnowledgeBase
from tests.bases.articles import FOLDER
from tests.bases.engines import on_both_engines
from tests.conftest import Chat, Shown
from tests.driving.curators import CURATOR, Server, answered, call, current, fill

pytestmark = on_both_engines

ARTICLES = ("bridge-wire.txt", "flu-hospital.txt", "refugees.txt", "data-centres.txt")
CLAIMS = 12
ACTIONS, CHARACTERS = 3, 20
"""At most a claim; typed into the forms of each record they were 10 and 268."""
DAY = "May 2024"
COMMAND = "claim from-article"


@dataclass
class Person:
    """A curator whose every press and every typed character is counted."""

    chat: Chat
    actions: int = 0
    characters: int = 0

    async def send(self, name: str) -> Shown:
        """Type the command, choose the file, send."""
        self.actions += 3
        self.characters += len(f"/{COMMAND}")
        options = {"file": (name, (FOLDER / name).read_bytes())}
        return answered(await call(self.chat, COMMAND, options))

    async def press(self, shown: Shown, label: str) -> Shown:
        """Press a button; a form that opens is answered with a day."""
        self.actions += 1
        result = await self.chat.click(shown, label)
        if result.modal is None:
            return Shown(current(self.chat.env, shown))
        self.actions += 2
        self.characters += len(DAY)
        return await fill(self.chat, result, asserted_on=DAY)


async def accept_all(person: Person, shown: Shown) -> None:
    """Accept what is proposed, page by page: once more where a day or an odd figure is asked."""
    while True:
        for label in [one for one in shown.buttons if one.startswith("Accept")]:
            for same in (label, label, f"{label} anyway"):
                if same in shown.buttons:
                    shown = await person.press(shown, same)
        if "More" not in shown.buttons:
            return
        shown = await person.press(shown, "More")


async def test_a_claim_from_an_article_takes_few_actions_and_hardly_a_word(
    base: KnowledgeBase, simcord_env: Env
) -> None:
    server = Server.found(simcord_env)
    person = Person(server.person("ann", CURATOR))
    place = str(server.guild.id)
    for name in ARTICLES:
        await accept_all(person, await person.send(name))
    claims = list(base.store.all_claims(place))
    assert len(claims) >= CLAIMS
    assert person.actions / len(claims) <= ACTIONS
    assert person.characters / len(claims) < CHARACTERS
    assert all(one.citations[0].fingerprint for one in claims)
    ids = [one.id for one in (*claims, *base.store.sources(place), *base.store.topics(place))]
    assert max(map(len, ids)) <= 33
