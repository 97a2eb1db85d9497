"""Reaching other servers on behalf of a stranger's query: only hosts on a list, and none in a private network.

What a stranger may write must not become a way into the network the server stands in (server-side request forgery).
So the host must be on the operator's list with its port; every address its name has must be a public one, and the
connection goes to an address that was looked at, not to one the name has by then; redirects are not followed; proxies
of the environment are not used; an answer has a size.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from pyoxigraph import RdfFormat, Triple, parse

from asoen_graph.errors import ElsewhereFailed, ElsewhereSlow, LimitReached, QueryRefused
from asoen_graph.messages import tell
from asoen_graph.store import SelectAnswer
from asoen_graph.store.engines import STANDARD
from asoen_graph.store.remote import RemoteStore

MOST_BYTES: Final = 32 * 1024 * 1024
"""The longest answer taken from another server."""

_PORTS: Final = {"http": 80, "https": 443}
_GRAPHS: Final = "text/turtle, application/n-triples, application/rdf+xml;q=0.8, application/ld+json;q=0.5"
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")


class Outside:
    """The hosts that may be asked: names such as ``query.wikidata.org``, with a port where it is not the usual one.

    ``seconds`` is the longest silence of a host; ``is_public`` says of an IP address whether it may be connected to.
    """

    def __init__(
        self, hosts: Sequence[str], seconds: float = 20.0, is_public: Callable[[str], bool] | None = None
    ) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)
        self._seconds = seconds
        self._opener = _opener(is_public or is_public_address)

    def allows(self, url: str) -> bool:
        """Whether the address is on a host of the list: HTTP or HTTPS, no user name in it."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port or _PORTS.get(parts.scheme)
        except ValueError:
            return False
        if parts.scheme not in _PORTS or not host or "@" in parts.netloc or not url.isascii():
            return False
        return f"{host}:{port}" in self._hosts or (port == _PORTS[parts.scheme] and host in self._hosts)

    def solutions(self, endpoint: str, query: str) -> SelectAnswer:
        """The answer of an endpoint to a ``SELECT``. Raises what ``RemoteStore.query`` raises, and QueryRefused."""
        self._demand(endpoint)
        answer = RemoteStore(endpoint, self._seconds, self._opener, MOST_BYTES, STANDARD).query(query)
        if not isinstance(answer, SelectAnswer):
            raise ElsewhereFailed(tell("elsewhere.no-table", endpoint=endpoint))
        return answer

    def graph(self, url: str) -> list[Triple]:
        """The triples of an RDF document. Raises ElsewhereFailed and -Slow, QueryRefused, LimitReached."""
        self._demand(url)
        request = urllib.request.Request(url, headers={"Accept": _GRAPHS})  # noqa: S310 - the scheme was checked
        try:
            with self._opener.open(request, timeout=self._seconds) as response:
                media_type = response.headers.get_content_type()
                body = response.read(MOST_BYTES + 1)
        except urllib.error.HTTPError as error:
            raise ElsewhereFailed(tell("elsewhere.status", url=url, code=error.code), _NO_REDIRECT) from error
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
                raise ElsewhereSlow(tell("elsewhere.address-slow", url=url)) from error
            raise ElsewhereFailed(tell("elsewhere.not-fetched", url=url, error=error)) from error
        if len(body) > MOST_BYTES:
            raise LimitReached("bytes", tell("elsewhere.address-long", url=url, most_bytes=MOST_BYTES))
        format = RdfFormat.from_media_type(media_type)
        if format is None:
            raise ElsewhereFailed(tell("elsewhere.not-rdf", url=url, media_type=media_type))
        try:
            quads = parse(body, format, base_iri=url, without_named_graphs=True, rename_blank_nodes=True)
            return [quad.triple for quad in quads]
        except (SyntaxError, ValueError) as error:
            raise ElsewhereFailed(tell("elsewhere.not-form", url=url, media_type=media_type, error=error)) from error

    def _demand(self, url: str) -> None:
        if not self.allows(url):
            hint = tell("elsewhere.listed", known=sorted(self._hosts)) if self._hosts else tell("elsewhere.none-listed")
            raise QueryRefused(tell("elsewhere.not-listed", url=url), hint)


_NO_REDIRECT: Final = tell("elsewhere.redirect")


def is_public_address(address: str) -> bool:
    """Whether an IP address belongs to the public network, and no other address is hidden in it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip in _TRANSLATED):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _opener(is_public: Callable[[str], bool]) -> urllib.request.OpenerDirector:
    """An opener for HTTP and HTTPS and nothing else: no files, no proxies, no redirects."""
    context = ssl.create_default_context()

    def connected(host: str, port: int, timeout: float | None) -> socket.socket:
        found = [place[4] for place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not all(is_public(str(address[0])) for address in found):
            raise QueryRefused(tell("elsewhere.private", host=host))
        failure: OSError | None = None
        for address in found:
            try:
                return socket.create_connection((str(address[0]), port), timeout)
            except OSError as error:
                failure = error
        raise failure or OSError(f"{host} has no address")

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            self.sock = connected(self.host, self.port, self.timeout)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            bare = connected(self.host, self.port, self.timeout)
            self.sock = context.wrap_socket(bare, server_hostname=self.host)

    class Handler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
        def http_open(self, request: urllib.request.Request) -> Any:
            return self.do_open(Plain, request)

        def https_open(self, request: urllib.request.Request) -> Any:
            return self.do_open(Secure, request)

    opener = urllib.request.OpenerDirector()
    for handler in (
        Handler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener
