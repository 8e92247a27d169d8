"""The application: which address shows what, and how an answer is sent, kept and compared."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from http import HTTPStatus
from importlib.metadata import version
from typing import Any
from zlib import crc32

from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.web import mistakes
from bot.web.cache import AnswerCache, Busy
from bot.web.guards import MOST_QUERY, Hardened, Limited, Observer, Told, Watched
from bot.web.mistakes import PROBLEM, Mistake, mistake_of
from bot.web.openapi import described
from bot.web.pages import (
    LANGUAGES,
    VIEWS,
    Asked,
    Missing,
    Moved,
    Site,
    View,
    language_wanted,
    read,
    robots,
    sitemap,
)
from bot.web.shapes import ASSETS, MEDIA, Shaped, Templates, shaped
from commands.chat import current
from commands.text import speak
from knowledge.workspaces import BeingRead

_FORMS = ("json", "jsonld", "svg", "png", "atom")
_MOST_SENT = 32 * 1024
"""Bytes of a form: a text of 4,000 characters in any script, as a browser encodes it."""
_REVALIDATE = "public, no-cache"
"""Kept by whoever likes, but asked about before it is shown again: a change is seen at once."""
_FOR_GOOD = "public, max-age=31536000, immutable"
_OPEN = {"json", "jsonld", "atom", "svg", "png"}
"""Forms that programs of other sites may read."""


_State = tuple[int, date, str]
"""Revision, day and name of a site."""
_REFUSALS: Mapping[int, Callable[[], Mistake]] = {
    HTTPStatus.BAD_REQUEST: mistakes.no_form,
    HTTPStatus.METHOD_NOT_ALLOWED: mistakes.not_allowed,
    HTTPStatus.NOT_ACCEPTABLE: lambda: mistakes.not_acceptable(["HTML", "JSON"]),
}


class _Form(Convertor[str]):
    """The form behind the last dot of an address."""

    regex = "|".join(_FORMS)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("form", _Form())


def application(site: Site, *, a_minute: int = 0, observers: Sequence[Observer] = ()) -> Starlette:
    """Make the application; one address may ask `a_minute` times, with 0 as often as it likes."""
    handlers = _Handlers(site)
    return Starlette(
        routes=list(handlers.routes()),
        middleware=[
            Middleware(Hardened, https=site.addresses.root.startswith("https://")),
            Middleware(Watched, observers=observers, failed=handlers.failed),
            Middleware(
                Limited,
                a_minute=a_minute,
                too_often=lambda seconds: handlers.telling(lambda: mistakes.too_often(seconds)),
                too_long=handlers.telling(lambda: mistakes.too_long(MOST_QUERY)),
            ),
        ],
        exception_handlers={HTTPException: handlers.refused},
    )


class _Handlers:
    """Takes requests and hands out answers."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._templates = Templates()
        self._kept = AnswerCache()
        self._version = f"{version('claimbot')}.{self._templates.digest}"

    def routes(self) -> list[Route]:
        """Return every address: pages, their forms, and what machines ask a site for."""
        return [
            Route("/robots.txt", self._robots),
            Route("/openapi.json", self._described),
            Route("/static/{name}", self._asset),
            *self._pages(""),
            *self._pages("/server/{place}"),
        ]

    def _pages(self, root: str) -> Iterator[Route]:
        """Go through the addresses of a site: that of the shared base, or of a server."""
        yield Route(f"{root}/sitemap.xml", self._sitemap)
        yield Route(f"{root}/sitemap-{{part:int}}.xml", self._sitemap)
        for view in VIEWS:
            path = "/index" if view.path == "/" else view.path
            show = partial(self._show, view)
            yield Route(f"{root}{path}.{{form:form}}", _endpoint(show))
        yield Route(f"{root}/check", _endpoint(self._check), methods=["POST"])
        for view in VIEWS:
            yield Route(f"{root}{view.path}", _endpoint(partial(self._show, view)))

    def _asked_at(self, request: Request) -> Site:
        """Return the site that a request is for.

        Raises:
            Missing: it is for a server that has published nothing.
        """
        place = request.path_params.get("place")
        site = self._site if place is None else self._site.of_server(place)
        if site is None:
            raise Missing
        return site

    # ---------------------------------------------------------------- pages

    async def _show(self, view: View, request: Request) -> Response:
        _named(view.name)
        form = request.path_params.pop("form", "") or _wanted(request, view)
        try:
            site = self._asked_at(request)
            if form not in {"html", *view.forms}:
                return self._told(request, mistakes.missing(), form)
            parameters = (*view.parameters, "ground") if form == "svg" else view.parameters
            asked = read(request, parameters, site.today())
            return await self._answered(view, form, site, asked, request)
        except Moved as moved:
            return RedirectResponse(_kept_language(moved.to, request), HTTPStatus.FOUND)
        except Busy:
            return self._told(request, mistakes.too_busy(), form)
        except Exception as error:
            mistake = self._mistake(request, error)
            if mistake is None:
                raise
            return self._told(request, mistake, form)

    async def _answered(
        self, view: View, form: str, site: Site, asked: Asked, request: Request
    ) -> Response:
        state = _state(site, asked)
        tag = self._tag(state, form, asked.language)
        headers = _headers(form, tag, request)
        if tag in _tags(request):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        make = partial(_make, view, form, site, asked, self._templates)
        made = await self._kept.answer(state, (form, asked.key), make)
        _ended(made)
        return _sent(made, headers, request)

    def _tag(self, state: _State, form: str, language: str) -> str:
        """Tell one answer at an address from another: by revision, day, language and version."""
        revision, today, name = state
        named = f"-{crc32(name.encode()):x}" if name else ""
        return f'W/"{revision}-{today}-{language}-{form}-{self._version}{named}"'

    async def _check(self, request: Request) -> Response:
        """Check a text from the form, which is in no address and in no log."""
        _named("check")
        try:
            site = self._asked_at(request)
            form = await _form_of(request)
            if form is None:
                return self._told(request, mistakes.too_large(_MOST_SENT), "html")
            asked = read(request, (), site.today())
            text = str(form.get("text") or "").replace("\r\n", "\n").strip()
            asked = Asked(asked.path, {"text": text}, asked.language, asked.chosen, asked.today)
            view = next(one for one in VIEWS if one.name == "check")
            state = _state(site, asked)
            make = partial(_make, view, "html", site, asked, self._templates)
            made = await self._kept.answer(state, ("html", asked.key), make)
        except Busy:
            return self._told(request, mistakes.too_busy(), "html")
        except Exception as error:
            mistake = self._mistake(request, error)
            if mistake is None:
                raise
            return self._told(request, mistake, "html")
        _ended(made)
        return _sent(made, {"cache-control": "no-store"}, request)

    # ---------------------------------------------------------------- machines

    async def _robots(self, request: Request) -> Response:
        _named("robots")
        del request
        return PlainTextResponse(robots(self._site), headers={"cache-control": _REVALIDATE})

    async def _sitemap(self, request: Request) -> Response:
        _named("sitemap")
        try:
            found = sitemap(self._asked_at(request), request.path_params.get("part"))
        except Missing:
            found = None
        except BeingRead:
            return self._told(request, mistakes.being_read(), "html")
        if found is None:
            return self._told(request, mistakes.missing(), "html")
        headers = {"cache-control": _REVALIDATE}
        return Response(found, media_type="application/xml", headers=headers)

    async def _described(self, request: Request) -> Response:
        _named("openapi")
        del request
        body = to_json(described(self._site, VIEWS), indent=2)
        headers = {"cache-control": _REVALIDATE, "access-control-allow-origin": "*"}
        return Response(body, media_type=MEDIA["json"], headers=headers)

    async def _asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ASSETS:
            return self._told(request, mistakes.missing(), "html")
        media = "text/css; charset=utf-8" if name.endswith(".css") else "image/svg+xml"
        headers = {"cache-control": _FOR_GOOD}
        return Response(ASSETS[name], media_type=media, headers=headers)

    # ---------------------------------------------------------------- mistakes

    def _mistake(self, request: Request, error: Exception) -> Mistake | None:
        speak(_language(request))
        here = self._told_at(request).here
        return mistake_of(error, here, next(iter(self._site.published.library.topics), ""))

    def _told_at(self, request: Request) -> Site:
        """Return the site whose pages tell what is wrong: with nothing of what is not public."""
        try:
            return self._asked_at(request)
        except Missing:
            return self._site

    def _told(self, request: Request, mistake: Mistake, form: str) -> Response:
        """Tell what is wrong, to a program as data and to a person as a page."""
        headers = {"cache-control": "no-store", "vary": "Accept, Accept-Language, Accept-Encoding"}
        if mistake.wait:
            headers["retry-after"] = str(mistake.wait)
        if form in {"json", "jsonld"}:
            body = to_json(mistake.problem(), indent=2)
            return _bare(request, Response(body, mistake.status, headers, PROBLEM))
        language = _language(request)
        speak(language)
        asked = Asked(request.url.path, {}, language, False, self._site.today())
        body = self._templates.page(mistake.page(), self._told_at(request), asked)
        return _bare(request, Response(body, mistake.status, headers, MEDIA["html"]))

    def telling(self, make: Callable[[], Mistake]) -> Told:
        """Return what answers every request with a mistake."""

        async def told(scope: Scope, receive: Receive, send: Send) -> None:
            request = Request(scope, receive)
            speak(_language(request))
            form = "json" if request.url.path.endswith(".json") else "html"
            await self._told(request, make(), form)(scope, receive, send)

        return told

    async def failed(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that the program failed at."""
        request = current.get()
        name = request.id if request else ""
        await self.telling(lambda: mistakes.failed(name))(scope, receive, send)

    async def refused(self, request: Request, error: Exception) -> Response:
        """Answer what no route takes."""
        speak(_language(request))
        status = error.status_code if isinstance(error, HTTPException) else 404
        mistake = _REFUSALS.get(status, mistakes.missing)()
        form = "json" if request.url.path.endswith(".json") else "html"
        answer = self._told(request, mistake, form)
        answer.headers.update(getattr(error, "headers", None) or {})
        return answer


def _endpoint(show: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Any]:
    """Make a function of it: Starlette takes whatever is none for an application."""

    async def endpoint(request: Request) -> Response:
        return await show(request)

    return endpoint


def _state(site: Site, asked: Asked) -> _State:
    """Return all that an answer rests on, apart from what is asked."""
    return site.published.revision, asked.today, site.published.server


def _make(view: View, form: str, site: Site, asked: Asked, templates: Templates) -> Shaped:
    return shaped(form, view.page(site, asked), site, asked, templates)


def _sent(made: Shaped, headers: Mapping[str, str], request: Request) -> Response:
    whole = {**headers, **made.headers}
    body = made.body
    if made.compressed and "gzip" in request.headers.get("accept-encoding", ""):
        body, whole["content-encoding"] = made.compressed, "gzip"
    return _bare(request, Response(body, made.status, whole, made.media))


def _bare(request: Request, response: Response) -> Response:
    """Leave the body out where only the head was asked for."""
    if request.method == "HEAD":
        response.body = b""
    return response


def _headers(form: str, tag: str, request: Request) -> dict[str, str]:
    # What a server has published it may withdraw: nobody is told to keep it for good.
    pinned = form == "png" and "v" in request.query_params and "place" not in request.path_params
    headers = {
        "etag": tag,
        "cache-control": _FOR_GOOD if pinned else _REVALIDATE,
        "vary": "Accept, Accept-Language, Accept-Encoding",
    }
    if form in _OPEN:
        headers["access-control-allow-origin"] = "*"
    return headers


def _tags(request: Request) -> set[str]:
    held = request.headers.get("if-none-match", "")
    return {tag.strip() for tag in held.split(",")}


def _wanted(request: Request, view: View) -> str:
    """Choose the form by what is accepted: HTML where that is, else data."""
    accepted = request.headers.get("accept", "*/*") or "*/*"
    liked = [part.partition(";") for part in accepted.lower().split(",")]
    ranges = {media.strip() for media, _, rest in liked if rest.replace(" ", "") != "q=0"}
    for form in ("html", *view.forms):
        media = MEDIA[form].partition(";")[0]
        if ranges & {media, f"{media.partition('/')[0]}/*", "*/*"}:
            return form
    raise HTTPException(HTTPStatus.NOT_ACCEPTABLE)


def _language(request: Request) -> str:
    chosen = request.query_params.get("lang", "")
    accepted = request.headers.get("accept-language", "")
    return chosen if chosen in LANGUAGES else language_wanted(accepted)


def _kept_language(address: str, request: Request) -> str:
    chosen = request.query_params.get("lang", "")
    if chosen not in LANGUAGES:
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={chosen}"


async def _form_of(request: Request) -> FormData | None:
    """Read a form, or nothing where it is longer than what is read."""
    sent = b""
    async for part in request.stream():
        sent += part
        if len(sent) > _MOST_SENT:
            return None
    request._body = sent  # noqa: SLF001 - where Starlette looks for a body that has been read
    return await request.form(max_files=0, max_fields=10)


def _named(name: str) -> None:
    request = current.get()
    if request is not None:
        request.command = name


def _ended(made: Shaped) -> None:
    request = current.get()
    if request is not None:
        request.outcome = made.outcome
