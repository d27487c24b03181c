"""What the one on call sees: a line of JSON for each view and each error, numbers for Prometheus, and the health."""

from __future__ import annotations

import json
import logging
import secrets
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import runtime

from components import store
from data import select
from data.load import DatasetError
from data.view import View

LOG = logging.getLogger("atlas")
_VIEWS = Histogram("atlas_view_seconds", "Time of the script that draws a page.", ["page"],
                   buckets=(0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10))
_ANSWERS = Histogram("atlas_answer_seconds", "Time of an answer other than a page, by the first part of its path.",
                     ["path"], buckets=(0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10))
_ERRORS = Counter("atlas_errors", "Errors that readers were told of, by where they came up.", ["where"])
_SESSIONS = Gauge("atlas_sessions", "Readers with a page open.")


class _Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        said = {"time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                "event": record.getMessage(), **getattr(record, "facts", {})}
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def start() -> None:
    """Send the log to standard output, and count sessions."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Lines())
    LOG.handlers, LOG.propagate = [handler], False
    LOG.setLevel(logging.INFO)
    _SESSIONS.set_function(_sessions)


def viewed(page: str, view: View, seconds: float) -> None:
    """Note that a page was drawn."""
    _VIEWS.labels(page).observe(seconds)
    LOG.info("view", extra={"facts": {**facts(page, view), "ms": round(1000 * seconds, 1)}})


def facts(page: str, view: View) -> dict[str, Any]:
    """What is noted of a view: its filters, and of the list of a room only its length, for it is the reader's."""
    filters = {key: value for key, value in view.to_query().items() if key != "room"}
    return {"page": page, "filters": filters | ({"room": str(len(view.room))} if view.room else {})}


def answered(path: str, seconds: float) -> None:
    """Note how long an answer took."""
    _ANSWERS.labels(path).observe(seconds)


def failed(where: str, told: Mapping[str, Any]) -> str:
    """Note the error that is being handled, and return the number under which the reader may name it."""
    number = secrets.token_hex(4)
    _ERRORS.labels(where).inc()
    LOG.exception("error", extra={"facts": {"number": number, "where": where, **told}})
    return number


def metrics(request: Request) -> Response:
    """All numbers, as Prometheus reads them."""
    return Response(generate_latest(REGISTRY), headers={"content-type": CONTENT_TYPE_LATEST})


def health(request: Request) -> Response:
    """Whether the dataset is there and answers a question."""
    try:
        dataset = store.dataset()
        shown = select.coverage(dataset, View())
    except DatasetError as problem:
        return JSONResponse({"status": "failing", "reason": str(problem)}, 503)
    return JSONResponse({"status": "ok", "dataset": dataset.version, "ties": shown.all}, 200 if shown.all else 503)


def _sessions() -> float:
    found = runtime.get_instance().stats_mgr.get_stats(["active_sessions"])
    return sum(stat.value for stat in found.get("active_sessions", []))


routes = [Route("/metrics", metrics), Route("/healthz", health)]
