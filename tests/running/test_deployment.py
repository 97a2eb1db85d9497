"""What the files for containers and for systemd name is there, and fits together. Nothing is started here."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from asoen_graph.cli import serve
from asoen_graph.server.options import OPTIONS, chosen
from asoen_graph.server.routes import pages
from asoen_graph.server.serving import _CLOSING_SECONDS, _IDLE_SECONDS

ROOT = Path(__file__).parents[2]
VARIABLES = {option.variable for option in OPTIONS}
DEPLOY = ROOT / "deploy"
PINNED = re.compile(r"[a-z0-9./-]+(:[a-z]*[0-9]+\.[0-9]+\.[0-9]+[a-z0-9.-]*|@sha256:[0-9a-f]{64})")
"""An image of a whole version, or of a digest; without the address of a registry."""


def instructions() -> Iterator[tuple[str, str]]:
    text = re.sub(r"(?m)^\s*#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip():
            word, _, rest = line.partition(" ")
            yield word, rest.strip()


def said(word: str) -> list[str]:
    return [rest for each, rest in instructions() if each == word]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def proxy() -> str:
    return re.sub(r"(?m)^\s*#.*\n", "", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))


def directive(text: str, name: str) -> str:
    found = re.findall(rf"(?m)^\s*{name} (.*);$", text)
    assert len(found) == 1, name
    return str(found[0])


def seconds(text: str) -> int:
    assert text.endswith("s")
    return int(text[:-1])


class TestImage:
    def test_what_is_fetched_is_pinned(self) -> None:
        default = dict(each.split("=", 1) for each in said("ARG"))
        for image in said("FROM"):
            name = image.split(" AS ")[0]
            assert PINNED.fullmatch(default[name.strip("${}")]), image
        for command in said("RUN"):
            if "pip install" in command:
                assert "--require-hashes" in command or "--no-index" in command

    def test_what_is_copied_is_in_the_context(self) -> None:
        kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        kept = [line[1:] for line in kept if line.startswith("!")]
        for path in kept:
            assert (ROOT / path).exists(), path
        for words in map(str.split, said("COPY")):
            if words[0].startswith("--from") or words[0] == ".":
                continue
            assert any(fnmatch(words[0], path) for path in kept), words

    def test_the_context_has_all_that_a_wheel_needs(self) -> None:
        kept = {
            line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
        }
        needed = {"pyproject.toml", "hatch_build.py", "README.md", "src", "data", "ontology", "queries"}
        assert needed | {"CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA"} <= kept

    def test_it_is_no_root(self) -> None:
        assert said("USER")[-1] == "65532:65532"
        last = [word for word, _ in instructions()]
        assert last.index("USER") > max(place for place, word in enumerate(last) if word in ("RUN", "COPY"))

    def test_it_starts_the_server(self) -> None:
        words = json.loads(said("ENTRYPOINT")[0]) + json.loads(said("CMD")[0])
        assert words[0] == "asoen"
        values = chosen(arguments(words), environment())
        assert values["host"] == "0.0.0.0"
        assert str(values["port"]) == said("EXPOSE")[0]

    def test_its_settings_exist(self) -> None:
        assert {name for name in environment() if name.startswith("ASOEN_")} <= VARIABLES
        copied = {words.split()[-1] for words in said("COPY")}
        assert environment()["ASOEN_RELEASES"] in copied

    def test_its_health_is_asked_at_an_address_there_is(self) -> None:
        check = said("HEALTHCHECK")[0]
        path = re.search(r"http://127\.0\.0\.1:8000(/[a-z]+)", check)
        assert path is not None
        assert path[1] in pages.OF_THE_SERVER


def arguments(words: list[str]) -> argparse.Namespace:
    """What `asoen serve …` makes of its words."""
    assert words[1] == "serve"
    parser = argparse.ArgumentParser()
    serve.configure(parser)
    return parser.parse_args(words[2:])


def environment() -> dict[str, str]:
    return dict(word.split("=", 1) for word in shlex.split(said("ENV")[-1]))


class TestReplicas:
    def replicas(self, compose: dict[str, Any]) -> dict[str, Any]:
        return {name: each for name, each in compose["services"].items() if "build" in each}

    def test_there_are_two(self, compose: dict[str, Any]) -> None:
        assert len(self.replicas(compose)) == 2

    def test_their_settings_exist_and_are_right(self, compose: dict[str, Any]) -> None:
        for replica in self.replicas(compose).values():
            assert set(replica["environment"]) <= VARIABLES
            chosen(arguments(["asoen", "serve"]), replica["environment"])

    def test_nothing_is_more_than_it_has_to_be(self, compose: dict[str, Any]) -> None:
        for service in compose["services"].values():
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]
            assert service["security_opt"] == ["no-new-privileges:true"]
            assert not service["user"].startswith("0")
            assert service["mem_limit"]
        assert compose["networks"]["inside"]["internal"] is True
        assert [name for name, each in compose["services"].items() if "ports" in each] == ["proxy"]

    def test_the_image_of_the_proxy_is_pinned(self, compose: dict[str, Any]) -> None:
        assert PINNED.fullmatch(compose["services"]["proxy"]["image"])

    def test_the_proxy_finds_them_and_is_believed(self, compose: dict[str, Any], proxy: str) -> None:
        addresses = [each["networks"]["inside"]["ipv4_address"] for each in self.replicas(compose).values()]
        assert re.findall(r"server ([0-9.]+):8000", proxy) == addresses
        own = compose["services"]["proxy"]["networks"]["inside"]["ipv4_address"]
        for replica in self.replicas(compose).values():
            assert replica["environment"]["ASOEN_FORWARDED_ALLOW_IPS"] == own

    def test_the_configuration_is_where_the_proxy_reads_it(self, compose: dict[str, Any], proxy: str) -> None:
        service = compose["services"]["proxy"]
        source, target, mode = service["volumes"][0].split(":")
        assert (ROOT / source).is_file()
        assert (target, mode) == (service["command"][-1], "ro")
        assert service["ports"][0].endswith(":" + directive(proxy, "listen"))

    def test_they_are_given_the_time_to_end(self, compose: dict[str, Any]) -> None:
        for replica in self.replicas(compose).values():
            told = replica["environment"]
            needed = float(told["ASOEN_DRAIN"]) + float(told["ASOEN_TIMEOUT"]) + _CLOSING_SECONDS
            assert seconds(replica["stop_grace_period"]) > needed

    def test_the_limits_of_the_proxy_fit_theirs(self, compose: dict[str, Any], proxy: str) -> None:
        default = {option.name: option.default for option in OPTIONS}
        assert directive(proxy, "client_max_body_size") == f"{default['max-request']}m"
        upstream = proxy[proxy.index("upstream") : proxy.index("server {")]
        assert seconds(directive(upstream, "keepalive_timeout")) < _IDLE_SECONDS
        assert seconds(directive(proxy, "proxy_read_timeout")) > default["timeout"] + _CLOSING_SECONDS

    def test_the_proxy_writes_where_it_may(self, compose: dict[str, Any], proxy: str) -> None:
        assert compose["services"]["proxy"]["tmpfs"] == ["/tmp"]
        paths = [directive(proxy, "pid"), *re.findall(r"_temp_path (.*);", proxy)]
        assert len(paths) == 6
        assert all(path.startswith("/tmp/") for path in paths)

    @pytest.mark.skipif(shutil.which("docker-compose") is None, reason="docker-compose is not installed")
    def test_docker_compose_reads_it(self) -> None:
        subprocess.run(["docker-compose", "-f", ROOT / "compose.yaml", "config", "-q"], check=True, capture_output=True)


@pytest.fixture(scope="module")
def unit() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / "asoen.service").read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


class TestService:
    def test_it_starts_the_server(self, unit: dict[str, list[str]]) -> None:
        words = shlex.split(unit["ExecStart"][0])
        assert Path(words[0]).name == "asoen"
        settings = dict(word.split("=", 1) for line in unit["Environment"] for word in shlex.split(line))
        assert set(settings) <= VARIABLES
        values = chosen(arguments(words), settings)
        assert float(unit["TimeoutStopSec"][0]) > values["drain"] + values["timeout"] + _CLOSING_SECONDS

    def test_it_is_no_root_and_reads_again(self, unit: dict[str, list[str]]) -> None:
        assert unit["DynamicUser"] == ["yes"]
        assert "-HUP" in unit["ExecReload"][0]

    @pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
    def test_systemd_reads_it(self, tmp_path: Path) -> None:
        for name in ("asoen.service", "asoen.socket"):
            text = (DEPLOY / name).read_text(encoding="utf-8")
            # It looks whether the program is there, which on this machine it is not.
            (tmp_path / name).write_text(text.replace("/opt/asoen/bin/asoen", "/bin/true"), encoding="utf-8")
        units = [str(tmp_path / name) for name in ("asoen.service", "asoen.socket")]
        found = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
        assert (found.returncode, found.stderr) == (0, "")
