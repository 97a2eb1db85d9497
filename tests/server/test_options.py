"""The settings: by flag, by environment, and as the documentation says."""

from __future__ import annotations

import argparse
import dataclasses
import re
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from asoen_graph.cli import serve
from asoen_graph.errors import ParameterError
from asoen_graph.release import Release
from asoen_graph.resources import checkout
from asoen_graph.server import options
from asoen_graph.server.datafiles import DataFile
from asoen_graph.server.options import OPTIONS, chosen, settings_of
from asoen_graph.server.settings import MEBIBYTE, Limits, Settings, available_cores

from .conftest import Site
from .test_serve_command import serving

PAGE = (checkout() / "docs" / "server.md").read_text(encoding="utf-8")
HEAD = "| flag | variable | default | what |\n| --- | --- | --- | --- |\n"
OTHER_VALUES = {
    "host": ("::1", "::1"),
    "port": ("0", 0),
    "workers": ("3", 3),
    "timeout": ("2.5", 2.5),
    "forwarded-allow-ips": ("10.0.0.0/8", "10.0.0.0/8"),
    "rate": ("0.5", 0.5),
    "cache": ("0", 0),
    "dataset": ("parks.ttl=urn:x:parks", (DataFile("parks.ttl", "urn:x:parks"),)),
    "endpoint": ("http://127.0.0.1:7878/query", "http://127.0.0.1:7878/query"),
    "engine": ("virtuoso", "virtuoso"),
    "union": ("on", True),
    "outside": ("Example.org, other.example:8443", ("example.org", "other.example:8443")),
    "releases": ("kept-ones", Path("kept-ones")),
    "planning": ("off", False),
    "metrics": ("off", False),
    "access-log": ("OFF", False),
}


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser()
    serve.configure(made)
    return made


def parse(*words: str) -> argparse.Namespace:
    return parser().parse_args(words)


def other_value(name: str) -> tuple[str, object]:
    return OTHER_VALUES.get(name, ("77", "77" if name == "release" else 77))


def test_the_documented_table_is_the_parser() -> None:
    rows = [f"| `{o.flag} {o.metavar}` | `{o.variable}` | {o.default_shown} | {o.help} |" for o in OPTIONS]
    table = "\n".join(row.replace("on|off", "on\\|off") for row in rows)
    written = PAGE.partition(HEAD)[2].partition("\n\n")[0]
    assert written == table, f"Put this into docs/server.md:\n{HEAD}{table}"
    flags = [flag for action in parser()._actions for flag in action.option_strings if flag.startswith("--")]
    assert flags == ["--help", *(option.flag for option in OPTIONS)]


def test_everything_that_can_be_set_is_set(lagoon_release: Release) -> None:
    given = {option.name: other_value(option.name)[1] for option in OPTIONS} | {
        "release": lagoon_release.folder,
        "dataset": (),
    }
    settings = settings_of(given)
    limits = Limits(2.5, 77 * MEBIBYTE, 77, 77 * MEBIBYTE, 77 * MEBIBYTE)
    assert settings == Settings(
        lagoon_release.folder,
        workers=3,
        lanes=77,
        limits=limits,
        queue=77,
        cache=0,
        rate=0.5,
        burst=77,
        metrics=False,
        releases=Path("kept-ones"),
        endpoint="http://127.0.0.1:7878/query",
        engine="virtuoso",
        union=True,
        outside=("example.org", "other.example:8443"),
        planning=False,
        kept=77,
        kept_seconds=77,
    )


def test_the_defaults_are_those_of_the_code(lagoon_release: Release) -> None:
    values = chosen(parse(), {}) | {"release": str(lagoon_release.folder)}
    assert settings_of(values) == Settings(lagoon_release.folder)
    assert settings_of(values).workers == available_cores()


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_flag_before_variable_before_default(option: options.Option) -> None:
    text, value = other_value(option.name)
    assert chosen(parse(), {option.variable: text})[option.name] == value
    assert chosen(parse(), {option.variable: ""})[option.name] == option.default
    # What is given several times over comes as a list from the parser.
    value = list(value) if option.is_several and isinstance(value, tuple) else value
    assert chosen(parse(option.flag, text), {})[option.name] == value
    assert chosen(parse(option.flag, text), {option.variable: "no value at all"})[option.name] == value


def test_files_in_a_variable_are_written_as_in_a_shell() -> None:
    variable = {"ASOEN_DATASET": "a.ttl 'b c.nq' d.ttl=urn:x:d"}
    files = (DataFile("a.ttl"), DataFile("b c.nq"), DataFile("d.ttl", "urn:x:d"))
    assert chosen(parse(), variable)["dataset"] == files
    settings = settings_of(chosen(parse(), variable | {"ASOEN_RELEASE": "not-looked-at"}))
    assert settings.dataset == files
    assert chosen(parse("--release", "x"), variable)["dataset"] == ()
    with pytest.raises(ParameterError, match="ASOEN_DATASET"):
        chosen(parse(), {"ASOEN_DATASET": "'a.ttl"})


def test_an_endpoint_goes_with_a_release_and_asks_nobody_else() -> None:
    url = "http://127.0.0.1:7878/query"
    assert chosen(parse("--endpoint", url), {"ASOEN_DATASET": "a.ttl"})["dataset"] == ()
    assert settings_of(chosen(parse("--dataset", "a.ttl"), {"ASOEN_ENDPOINT": url})).endpoint == ""
    with pytest.raises(ParameterError, match="Files"):
        chosen(parse("--dataset", "a.ttl", "--endpoint", url), {})
    with pytest.raises(ParameterError, match="other hosts"):
        chosen(parse("--endpoint", url, "--outside", "e.org"), {})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ASOEN_PORT", "x"),
        ("ASOEN_PORT", "70000"),
        ("ASOEN_RATE", "nan"),
        ("ASOEN_METRICS", "maybe"),
        ("ASOEN_ENDPOINT", "127.0.0.1:7878"),
        ("ASOEN_ENGINE", "virtuozo"),
        ("ASOEN_OUTSIDE", "http://e.org/"),
    ],
)
def test_a_variable_with_a_wrong_value_is_named(variable: str, value: str) -> None:
    with pytest.raises(ParameterError, match=variable) as caught:
        chosen(parse(), {variable: value})
    assert caught.value.parameter == variable


def test_settings_have_no_unlisted_part() -> None:
    inner = {"edition", "queries", "fork", "limits"}
    names = {"timeout": "seconds", "max-memory": "memory", "max-rows": "rows", "max-answer": "size"}
    names["kept-seconds"] = "kept_seconds"
    listed = {names.get(option.name, option.name) for option in OPTIONS} | {"body"}
    for class_ in (Settings, Limits):
        assert {field.name for field in dataclasses.fields(class_)} - inner <= listed


def test_the_documented_metrics_are_those_there_are(site: Site) -> None:
    text = PAGE.partition("| metric | labels | what |")[2]
    documented: dict[str, set[str]] = {}
    for names, labels in re.findall(r"^\| (`asoen[^|]*) \|([^|]*)\|", text, re.MULTILINE):
        for name in re.findall(r"`(\w+)`", names):
            documented[name.removesuffix("_total").removesuffix("_info")] = set(re.findall(r"`(\w+)`", labels))
    site.get("/health")
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(site.get("/metrics").text):
        labels = {label for sample in family.samples for label in sample.labels} - {"le"}
        found.setdefault(family.name.removesuffix("_info"), set()).update(labels)
    ours = {name: labels for name, labels in found.items() if not name.startswith("process_")}
    assert set(ours) == set(documented)
    assert {name: labels for name, labels in ours.items() if labels} == {
        name: labels for name, labels in documented.items() if ours[name]
    }


def test_the_environment_reaches_the_server(lagoon_release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASOEN_WORKERS", "1")
    monkeypatch.setenv("ASOEN_MAX_ROWS", "5")
    monkeypatch.setenv("ASOEN_METRICS", "off")
    monkeypatch.setenv("ASOEN_ACCESS_LOG", "off")
    with serving(lagoon_release) as (process, url):
        query = {"query": "SELECT ?s WHERE { ?s ?p ?o } LIMIT 6"}
        assert httpx.get(f"{url}/sparql", params=query).status_code == 413
        assert httpx.get(f"{url}/metrics").status_code == 404
        process.kill()
        assert process.stderr is not None
        assert "/sparql" not in process.stderr.read()


def test_the_page_is_found_from_the_readme() -> None:
    assert "docs/server.md" in (checkout() / "README.md").read_text(encoding="utf-8")
