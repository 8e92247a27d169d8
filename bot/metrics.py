"""Prometheus metrics, for this machine only: what was asked, how it went, what is on file."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.aiohttp import make_aiohttp_handler
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.client import Claimbot
from commands.chat import Outcome, Request
from knowledge.library import Library

LOOPBACK = "127.0.0.1"
_QUESTIONS = {("command", "ask"), ("page", "ask")}
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)
"""3 s is where Discord stops waiting for an answer."""


class Metrics:
    """Counts requests; what is held and who is connected is read when somebody looks."""

    def __init__(self, library: Callable[[], Library], client: Claimbot | None = None) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.registry.register(_OnFile(library))
        if client is not None:
            self.registry.register(_Connected(client))
        self._requests = Counter(
            "claimbot_requests",
            "Commands, completions, buttons, forms and pages, by how they ended.",
            ["kind", "command", "outcome"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "claimbot_request_seconds",
            "From the arrival of a request to the end of its work.",
            ["kind", "command"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._questions = Counter(
            "claimbot_questions",
            "Free-form questions: matched, or answered with silence.",
            ["result"],
            registry=self.registry,
        )
        for result in ("matched", "silent"):
            self._questions.labels(result)

    def observe(self, request: Request) -> None:
        """Count a request that has ended."""
        self._requests.labels(request.kind, request.command, str(request.outcome)).inc()
        self._seconds.labels(request.kind, request.command).observe(request.seconds)
        if (request.kind, request.command) not in _QUESTIONS:
            return
        if request.outcome is Outcome.ANSWERED:
            self._questions.labels("matched").inc()
        elif request.outcome is Outcome.SILENT:
            self._questions.labels("silent").inc()


class _OnFile(Collector):
    """Reads what is on file at the moment of looking."""

    def __init__(self, library: Callable[[], Library]) -> None:
        self._library = library

    def collect(self) -> Iterator[Metric]:
        library = self._library()
        yield _gauge(
            "claims", "Claims on file.", sum(len(library.table(t)) for t in library.topics)
        )
        yield _gauge("topics", "Topics on file.", len(library.topics))
        yield _gauge("database_revision", "The newest revision on file.", library.revision)


class _Connected(Collector):
    """Reads the client at the moment of looking."""

    def __init__(self, client: Claimbot) -> None:
        self._client = client

    def collect(self) -> Iterator[Metric]:
        client = self._client
        yield _gauge("running_requests", "Requests being worked on.", len(client.running))
        yield _gauge(
            "stuck_threads", "Threads whose work does not end by its deadline.", client.pool.stuck
        )
        written_off = CounterMetricFamily(
            "claimbot_work_past_deadline", "Pieces of work that did not end by their deadline."
        )
        written_off.add_metric([], client.pool.written_off)
        yield written_off
        yield _gauge("guilds", "Servers the bot is in.", len(client.guilds))
        yield _gauge("gateway_latency_seconds", "Discord's last heartbeat.", client.latency)
        connections = CounterMetricFamily(
            "claimbot_gateway_connections",
            "Connections to Discord: new sessions, resumed ones, losses.",
            labels=["event"],
        )
        for event in ("connected", "resumed", "disconnected"):
            connections.add_metric([event], client.connections[event])
        yield connections


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"claimbot_{name}", told, value=value)


@asynccontextmanager
async def served(metrics: Metrics, port: int) -> AsyncIterator[None]:
    """Serve metrics on http://127.0.0.1:PORT/metrics meanwhile.

    Raises:
        OSError: the port cannot be had.
    """
    application = web.Application()
    application.router.add_get("/metrics", make_aiohttp_handler(metrics.registry))
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
        yield
    finally:
        await runner.cleanup()
