"""What the functions behind routes take is what their addresses have."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
from starlette.requests import Request

from asoen_graph.queries.catalogue import Catalogue
from asoen_graph.server import addresses
from asoen_graph.server.routing import Router

from .conftest import QUERIES

OF_RELEASES = addresses.of_releases(addresses.of_release(Catalogue.read(QUERIES)), metrics=True)
OF_FILES = addresses.of_files(metrics=True)


@pytest.mark.parametrize("routers", [OF_RELEASES, OF_FILES], ids=["releases", "files"])
def test_functions_take_the_request_and_texts_from_the_path(routers: tuple[Router, ...]) -> None:
    routes = [route for router in routers for route in router.routes]
    assert len(routes) > 20
    for route in routes:
        assert inspect.iscoroutinefunction(route.function), route.path
        parameters = inspect.signature(route.function, eval_str=True).parameters
        taken = {name: parameter.annotation for name, parameter in parameters.items()}
        assert taken == {"request": Request} | dict.fromkeys(route.param_convertors, str) or (
            route.described is None and {**taken, "rest": str} == {"request": Request, "rest": str}
        ), route.path


def test_the_web_process_does_without_what_only_workers_or_documents_need() -> None:
    code = (
        "import sys, asoen_graph.server.app, asoen_graph.server.addresses\n"
        "unwanted = {'fastapi', 'pydantic', 'yaml', 'jinja2', 'networkx', 'rdflib'} & set(sys.modules)\n"
        "sys.exit(f'imported: {sorted(unwanted)}' if unwanted else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr


def test_little_is_imported_before_the_release_begins_to_be_loaded() -> None:
    code = (
        "import sys, asoen_graph.server.zygote\n"
        "unwanted = [name for name in sys.modules if name.startswith('asoen_graph.')]\n"
        "wanted = {'server', 'server.zygote', 'server.control', 'errors', 'messages', 'iris', 'release'}\n"
        "wanted |= {'fact_places', 'server.allocator'}\n"
        "more = {name.removeprefix('asoen_graph.') for name in unwanted} - wanted\n"
        "sys.exit(f'imported: {sorted(more)}' if more else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
