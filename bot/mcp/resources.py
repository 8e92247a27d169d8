"""The resources: topics, claims and sources under addresses of their own, as JSON."""

from collections.abc import Callable

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp_types import (
    Completion,
    CompletionArgument,
    CompletionContext,
    PromptReference,
    Resource,
    ResourceTemplateReference,
)
from pydantic import BaseModel

from bot.mcp.words import refusal
from bot.published import CLAIMS_IN_DATA, Published, part_of
from knowledge.contract import Answer, Publication
from knowledge.library import NotOnFile

_JSON = "application/json"
_SCHEME = "claimbot://"
_COMPLETED = 20
"""Ids that are offered while one is typed; a list shows no more (chosen by eye)."""


def listed(published: Published) -> list[Resource]:
    """Return a resource for each topic on file."""
    return [
        Resource(
            uri=f"{_SCHEME}topic/{topic.id}",
            name=topic.id,
            title=topic.title,
            description=topic.description,
            mime_type=_JSON,
        )
        for topic in published.library.topics.values()
    ]


def add_resources(server: MCPServer[None], published: Published) -> None:
    """Offer the records for reading."""

    @server.resource(
        f"{_SCHEME}topics",
        name="topics",
        title="Topics on file",
        description="What the base holds, with counts and dates.",
        mime_type=_JSON,
    )
    def topics() -> str:
        return published.workspace.contents().model_dump_json(indent=2)

    @server.resource(
        f"{_SCHEME}topic/{{id}}",
        name="topic",
        title="A topic",
        description=f"The claims on a topic, the newest {CLAIMS_IN_DATA} of more, with the latest "
        "figure, range, denials and sources.",
        mime_type=_JSON,
    )
    def topic(id: str) -> str:  # noqa: A002 - the name in the template
        return _read(lambda: _newest(published.workspace.figures(id)))

    @server.resource(
        f"{_SCHEME}claim/{{id}}",
        name="claim",
        title="A claim",
        description="One claim for good: its evidence, what bears on it, and its history.",
        mime_type=_JSON,
    )
    def claim(id: str) -> str:  # noqa: A002
        return _read(lambda: published.claim(id))

    @server.resource(
        f"{_SCHEME}source/{{id}}",
        name="source",
        title="A publication",
        description="A publication and the claims that it carries, the last "
        f"{CLAIMS_IN_DATA} of more.",
        mime_type=_JSON,
    )
    def source(id: str) -> str:  # noqa: A002
        return _read(lambda: _last(published.source(id)))

    async def complete(
        ref: ResourceTemplateReference | PromptReference,
        argument: CompletionArgument,
        context: CompletionContext | None,
    ) -> Completion | None:
        del context
        if not isinstance(ref, ResourceTemplateReference):
            return None
        return Completion(values=_ids(published, ref.uri, argument.value)[:_COMPLETED])

    server.completion()(complete)  # type: ignore[no-untyped-call]


def _read(make: Callable[[], BaseModel]) -> str:
    try:
        return make().model_dump_json(indent=2)
    except NotOnFile as error:
        raise ResourceNotFoundError(refusal(error)) from error


def _newest(found: Answer) -> Answer:
    return part_of(found, found.claims[-CLAIMS_IN_DATA:])


def _last(found: Publication) -> Publication:
    return found.model_copy(update={"claims": found.claims[-CLAIMS_IN_DATA:]})


def _ids(published: Published, template: str, typed: str) -> list[str]:
    workspace = published.workspace
    match template.removeprefix(_SCHEME).partition("/")[0]:
        case "topic":
            return [topic.id for topic in workspace.lookup.complete_topics(typed)]
        case "claim":
            found = workspace.complete_claims(typed, _COMPLETED, among=published.shows)
            return [entry.id for entry in found]
        case "source":
            return sorted(one for one in published.source_ids() if one.startswith(typed))
    return []
