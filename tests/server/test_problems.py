"""Every error of the project has a status and a problem document."""

from __future__ import annotations

import json

import pytest

from asoen_graph import errors
from asoen_graph.server import problems


def every_error(kind: type[errors.AsoenError] = errors.AsoenError) -> list[type[errors.AsoenError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in every_error(child))]


def build(kind: type[errors.AsoenError]) -> errors.AsoenError:
    if kind is errors.CurationError:
        return errors.CurationError([])
    if kind is errors.LimitReached:
        return errors.LimitReached("rows", "Too many", "Ask for less")
    if kind is errors.ParameterError:
        return errors.ParameterError("lang", "Wrong", "Use en")
    if kind is errors.UnknownName:
        return errors.UnknownName("entity", "x", ["y"])
    if kind is problems.NotAcceptable:
        return problems.NotAcceptable(["text/csv"])
    return kind("Wrong")


@pytest.mark.parametrize("kind", sorted(set(every_error()), key=lambda kind: kind.__name__))
def test_it_has_a_document(kind: type[errors.AsoenError]) -> None:
    reply = problems.reply(build(kind))
    members = json.loads(reply.body)
    assert members["status"] == reply.status >= 400
    assert members["type"].startswith("https://w3id.org/asoen/problem/")
    assert members["title"]
    assert members["detail"]
    assert reply.headers["Content-Type"] == "application/problem+json"


def test_what_was_sent_is_not_told_back_whole() -> None:
    long = "x" * 1_000_000
    error = errors.QuerySyntaxError(f"begin {long} end", f"Not {long}", token=long, repaired="ASK {}" + long)
    members = problems.document(error)
    assert members["detail"].startswith("begin xxx")
    assert members["detail"].endswith("xxx end")
    assert max(len(members[name]) for name in ("detail", "hint", "token")) < 1100
    # Half a query would be none.
    assert members["repaired"] == "ASK {}" + long
    assert problems.document(errors.QuerySyntaxError("x" * 1000))["detail"] == "x" * 1000


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.QuerySyntaxError("x"), 400),
        (errors.QueryRefused("x"), 403),
        (errors.LimitReached("time", "x"), 503),
        (errors.LimitReached("memory", "x"), 413),
        (errors.LimitReached("rows", "x"), 413),
        (errors.LimitReached("bytes", "x"), 413),
        (errors.ParameterError("p", "x"), 400),
        (errors.UnknownName("query", "x"), 404),
        (errors.NetworkError("x"), 400),
        (errors.ReleaseError("x"), 500),
        (errors.StoreError("x"), 500),
        (errors.ElsewhereFailed("x"), 502),
        (errors.ElsewhereSlow("x"), 504),
        (problems.Busy("x"), 503),
    ],
)
def test_statuses(error: errors.AsoenError, status: int) -> None:
    assert problems.reply(error).status == status


def test_a_syntax_error_in_full() -> None:
    error = errors.QuerySyntaxError(
        "Not possible here",
        "Did you mean SELECT?",
        line=1,
        column=2,
        token="SELEC",
        expected=["ASK"],
        repaired="SELECT",
    )
    assert problems.document(error) == {
        "type": "https://w3id.org/asoen/problem/query-syntax",
        "title": "The query is not valid SPARQL",
        "status": 400,
        "detail": "Not possible here",
        "hint": "Did you mean SELECT?",
        "line": 1,
        "column": 2,
        "token": "SELEC",
        "expected": ("ASK",),
        "repaired": "SELECT",
    }


def test_codes_are_told_apart() -> None:
    codes = [kind.code for _, kind in problems.TABLE]
    assert len(codes) == len(set(codes))


def test_time_limits_and_busy_servers_say_when_to_come_back() -> None:
    assert problems.reply(errors.LimitReached("time", "x")).headers["Retry-After"]
    assert problems.reply(problems.Busy("x")).headers["Retry-After"]


def test_lone_surrogates_do_not_matter() -> None:
    assert json.loads(problems.reply(errors.UnknownName("entity", "\ud800")).body)["status"] == 404
