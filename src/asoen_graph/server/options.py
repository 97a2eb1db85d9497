"""Every setting of the server: its flag, its environment variable, its default and what it means, in one table.

A flag wins over the variable, the variable over the default; a variable that is empty counts as not set.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from asoen_graph.errors import ParameterError
from asoen_graph.resources import release_folder, releases_folder
from asoen_graph.server.datafiles import DataFile
from asoen_graph.server.settings import MEBIBYTE, Limits, Settings, available_cores

Number = TypeVar("Number", int, float)

_PREFIX: Final = "ASOEN_"
_HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
_SWITCH: Final = {"on": True, "off": False}


@dataclass(frozen=True, slots=True)
class Option:
    """One setting; ``read`` makes its value from text and raises ArgumentTypeError where it is none."""

    name: str
    read: Callable[[str], Any]
    default: Any
    metavar: str
    help: str
    shown: str = ""
    """How the default is shown, where it depends on the machine or is a word."""
    is_several: bool = False
    """Whether it has as many values as are given; in the variable they are quoted as in a shell."""

    @property
    def flag(self) -> str:
        """Such as ``--max-rows``."""
        return "--" + self.name

    @property
    def variable(self) -> str:
        """Such as ``ASOEN_MAX_ROWS``."""
        return _PREFIX + self.name.replace("-", "_").upper()

    @property
    def default_shown(self) -> str:
        """The default as people read it."""
        return self.shown or f"{self.default:g}"


def _count(text: str) -> int:
    return _number(text, int, 1, 10**9)


def _count_or_none(text: str) -> int:
    return _number(text, int, 0, 10**9)


def _port(text: str) -> int:
    return _number(text, int, 0, 65535)


def _seconds(text: str) -> float:
    return _number(text, float, 0.001, 86_400.0)


def _delay(text: str) -> float:
    return _number(text, float, 0.0, 3600.0)


def _frequency(text: str) -> float:
    return _number(text, float, 0.0, 1e6)


def _switch(text: str) -> bool:
    if text.lower() not in _SWITCH:
        raise argparse.ArgumentTypeError(f"{text!r} is neither on nor off")
    return _SWITCH[text.lower()]


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip().lower() for host in text.split(",") if host.strip())
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise argparse.ArgumentTypeError(f"{host!r} is not the name of a host, or a name and a port")
    return hosts


def _url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"{text!r} is not the address of an endpoint")
    return text


def _engine(text: str) -> str:
    from asoen_graph.store.engines import ENGINES  # with the engine of our own, which most servers need elsewhere

    if text not in ENGINES:
        raise argparse.ArgumentTypeError(f"there is no engine {text!r}")
    return text


def _number(text: str, kind: Callable[[str], Number], least: Number, most: Number) -> Number:
    try:
        number = kind(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text} is not between {least:g} and {most:g}")
    return number


_LIMITS = Limits()

OPTIONS: Final = (
    Option("host", str, "127.0.0.1", "ADDRESS", "the address to listen on", "127.0.0.1"),
    Option("port", _port, 8000, "PORT", "the port to listen on, 0 for any free one", "8000"),
    Option("workers", _count, None, "N", "worker processes", "one a core"),
    Option(
        "lanes",
        _count_or_none,
        None,
        "N",
        "processes that answer cheap requests on the connections themselves; 0 for none",
        "one a core",
    ),
    Option(
        "release",
        str,
        None,
        "RELEASE",
        "the release to serve: a folder, or the version of a kept one",
        "the bundled or built one",
    ),
    Option(
        "dataset",
        DataFile.parse,
        (),
        "FILE",
        "RDF files to serve instead of a release, in the variable with spaces between: .ttl .nt .rdf .xml .jsonld "
        ".trig .nq; FILE=IRI makes one the graph of that name",
        "none",
        is_several=True,
    ),
    Option(
        "endpoint",
        _url,
        "",
        "URL",
        "a SPARQL endpoint of another server that holds the release, to be asked instead of loading it",
        "none",
    ),
    Option("engine", _engine, "", "NAME", "what the endpoint is: sparql11 or virtuoso", "what it says"),
    Option(
        "union",
        _switch,
        False,
        "on|off",
        "whether the default graph of files is the union of all graphs; of a release it holds what is accepted",
        "off",
    ),
    Option(
        "outside",
        _hosts,
        (),
        "LIST",
        "the hosts that queries may ask with SERVICE and fetch graphs from with FROM: names with commas between, with "
        "a port where it is not the usual one; never one in a private network",
        "none",
    ),
    Option(
        "planning",
        _switch,
        True,
        "on|off",
        "whether queries are given to the engine in another order, and with values known beforehand, where it is "
        "faster so; answers are the same",
        "on",
    ),
    Option("releases", Path, None, "FOLDER", "the folder of kept releases", "releases"),
    Option("kept", _count, 2, "N", "kept releases that may be loaded at a time, each with a worker of its own"),
    Option("kept-seconds", _seconds, 300.0, "S", "seconds a kept release stays loaded when nobody asks for it"),
    Option("timeout", _seconds, _LIMITS.seconds, "S", "seconds a request may take; a client may lower it"),
    Option("max-memory", _count, _LIMITS.memory // MEBIBYTE, "MIB", "mebibytes a worker may take beyond the data"),
    Option("max-rows", _count, _LIMITS.rows, "N", "rows or triples an answer may have", f"{_LIMITS.rows}"),
    Option("max-answer", _count, _LIMITS.size // MEBIBYTE, "MIB", "mebibytes an answer may have, before it is coded"),
    Option("max-request", _count, _LIMITS.body // MEBIBYTE, "MIB", "mebibytes the body of a request may have"),
    Option("queue", _count, 256, "N", "requests that may wait for a worker; more get 503"),
    Option(
        "cache",
        _count_or_none,
        64,
        "MIB",
        "mebibytes of answers kept in memory; with 0 none is kept, and equal requests do not share a run",
    ),
    Option(
        "rate",
        _frequency,
        0,
        "N",
        "requests a second a client may go on making, more get 429; 0 for as many as it likes",
    ),
    Option("burst", _count, 100, "N", "requests a client may make at once, where there is a rate"),
    Option(
        "forwarded-allow-ips",
        str,
        "127.0.0.1",
        "LIST",
        "the reverse proxies that are believed whom they ask for (X-Forwarded-For, -Proto): addresses and networks "
        "with commas between, * for everybody",
        "127.0.0.1",
    ),
    Option(
        "drain",
        _delay,
        1.0,
        "S",
        "seconds everything is answered as before when the server is told to end, but /ready, which says 503",
    ),
    Option("metrics", _switch, True, "on|off", "whether there are metrics for Prometheus at /metrics", "on"),
    Option("access-log", _switch, True, "on|off", "whether a line is written for each request", "on"),
)
"""Every setting, in the order of the help."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    served = parser.add_mutually_exclusive_group()
    for option in OPTIONS:
        place = served if option.name in ("release", "dataset") else parser
        place.add_argument(
            option.flag,
            type=option.read,
            nargs="+" if option.is_several else None,
            metavar=option.metavar,
            help=f"{option.help} ({option.variable}; {option.default_shown})".replace("%", "%%"),
        )


def chosen(arguments: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The value of each setting by its name. Raises ParameterError where a variable has a wrong one."""
    values = {option.name: _chosen(option, arguments, environment) for option in OPTIONS}
    if arguments.dataset is not None and arguments.endpoint is not None:
        raise ParameterError("endpoint", "Files are not served from an endpoint", "Give --dataset or --endpoint")
    if values["endpoint"] and values["outside"]:
        message = "Queries that an endpoint answers cannot ask other hosts"
        raise ParameterError("outside", message, "Leave --outside out, or serve the release itself")
    # What a variable says of files counts less than a flag that names a release, or who holds it.
    is_release = arguments.release is not None or arguments.endpoint is not None
    return values | {"dataset": ()} if is_release else values


def settings_of(values: Mapping[str, Any]) -> Settings:
    """The settings of the application that are among the values. Raises ReleaseError where there is no release."""
    releases, dataset = values["releases"] or releases_folder(), tuple(values["dataset"])
    return Settings(
        # Files are served whether or not there is a release.
        Path() if dataset else release_folder(values["release"], releases),
        dataset=dataset,
        union=values["union"],
        outside=values["outside"],
        endpoint="" if dataset else values["endpoint"],
        engine=values["engine"],
        planning=values["planning"],
        releases=releases,
        kept=values["kept"],
        kept_seconds=values["kept-seconds"],
        workers=values["workers"] or available_cores(),
        lanes=available_cores() if values["lanes"] is None else values["lanes"],
        limits=Limits(
            values["timeout"],
            values["max-memory"] * MEBIBYTE,
            values["max-rows"],
            values["max-answer"] * MEBIBYTE,
            values["max-request"] * MEBIBYTE,
        ),
        queue=values["queue"],
        cache=values["cache"] * MEBIBYTE,
        rate=values["rate"],
        burst=values["burst"],
        metrics=values["metrics"],
    )


def _chosen(option: Option, arguments: argparse.Namespace, environment: Mapping[str, str]) -> Any:
    given = getattr(arguments, option.name.replace("-", "_"))
    if given is not None:
        return given
    written = environment.get(option.variable, "")
    if not written:
        return option.default
    try:
        return tuple(map(option.read, shlex.split(written))) if option.is_several else option.read(written)
    except (argparse.ArgumentTypeError, ValueError) as error:
        message = f"The environment variable {option.variable} is wrong: {error}"
        raise ParameterError(option.variable, message, "`asoen serve --help` tells what it takes") from None
