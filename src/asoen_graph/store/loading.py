"""Putting a release into a server of another make, in the place of everything it holds."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from asoen_graph.errors import StoreError
from asoen_graph.release import QUADS_FILE, Release
from asoen_graph.store.engines import DEFAULT_GRAPH, PLAIN_WKT, WKT

CLIENTS: Final = ("isql-vt", "isql")
"""What the client of Virtuoso is called: by Debian, and by its makers."""

_SECONDS: Final = 3600.0


def load_over_http(release: Release, url: str) -> None:
    """Send the quads to the address of a store that takes a dataset with ``PUT``, such as Oxigraph's ``/store``.

    Raises ReleaseError, and StoreError where the server does not take them.
    """
    quads = release.read(QUADS_FILE)
    if not url.startswith(("http://", "https://")):
        raise StoreError(f"{url} is not the address of a store", "Give one that starts with http(s)://")
    headers = {"Content-Type": "application/n-quads"}
    request = urllib.request.Request(url, quads, headers, method="PUT")  # noqa: S310 - the scheme was checked
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310 - the same
            return
    except urllib.error.HTTPError as error:
        said = error.read().decode("utf-8", "replace").strip()
        raise StoreError(
            f"{url} does not take the release (status {error.code}): {said[:300]}",
            "Give the address that takes a whole dataset as N-Quads: of an Oxigraph server, /store",
        ) from error
    except OSError as error:
        raise StoreError(f"{url} cannot be reached: {getattr(error, 'reason', error)}") from error


def load_into_virtuoso(release: Release, address: str, through: Path, user: str, password: str) -> None:
    """Have a Virtuoso 7 on this machine read the quads, its default graph in the graph ``DEFAULT_GRAPH``.

    ``address`` is ``host:port`` of its SQL port, ``through`` a folder it may read (``DirsAllowed`` of its settings).
    Raises ReleaseError, and StoreError where the server does not take them.
    """
    client = next(filter(None, map(shutil.which, CLIENTS)), None)
    if client is None:
        raise StoreError("There is no client of Virtuoso here", "Install virtuoso-opensource-7, which has isql-vt")
    quads = release.read(QUADS_FILE).replace(f"^^<{WKT}>".encode(), f"^^<{PLAIN_WKT}>".encode())
    if "'" in str(through.resolve()):
        raise StoreError(f"The name of {through} holds a quote, which Virtuoso does not read", "Name another folder")
    try:
        with tempfile.TemporaryDirectory(prefix="asoen-", dir=through) as folder:
            Path(folder).chmod(0o755)  # the server reads as another user
            path = Path(folder, QUADS_FILE)
            path.write_bytes(quads)
            probe = Path(folder, "readable")
            probe.write_text("yes")
            # 512: the format is N-Quads. Two threads load.
            load = f"DB.DBA.TTLP_MT(file_open('{path.resolve()}'), '', '{DEFAULT_GRAPH}', 512, 2)"
            # What is there goes only when it is certain that the rest can be read.
            for commands in (f"SELECT file_to_string('{probe.resolve()}')", f"RDF_GLOBAL_RESET(); {load}; checkpoint;"):
                _run([client, address, user, password, f"EXEC={commands}"], address)
    except OSError as error:
        raise StoreError(f"{through} cannot be written to: {error.strerror or error}") from error


def _run(command: list[str], address: str) -> None:
    """Run the client, which tells of errors in its output only."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - our own words
    except subprocess.TimeoutExpired as error:
        raise StoreError(f"Virtuoso at {address} took longer than {_SECONDS:g} seconds") from error
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    found = next((line for line in said.splitlines() if line.startswith("*** Error")), "")
    if found or done.returncode:
        hint = "Its settings must list the folder in DirsAllowed" if "access" in found.lower() else ""
        raise StoreError(f"Virtuoso at {address} does not take the release: {found or said.strip()[-300:]}", hint)
