"""Reading what a client sent: parameters, bodies and headers, strictly and within limits."""

from __future__ import annotations

import binascii
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote_to_bytes

from asoen_graph.errors import ParameterError
from asoen_graph.messages import tell
from asoen_graph.server.problems import AddressTooLong, BadRequest, TooLarge, TooSlow, UnsupportedMediaType
from asoen_graph.server.settings import Limits
from asoen_graph.text import nearest

if TYPE_CHECKING:
    from starlette.requests import Request

COMMON_PARAMETERS: Final = ("format", "lang", "timeout")
"""The parameters that every address with an answer takes."""

MOST_PARAMETERS: Final = 1000
LONGEST_ADDRESS: Final = 32 * 1024

_QUOTED_PRINTABLE: Final = bytes.maketrans(b"+%", b" =")

Parameters = Mapping[str, list[str]]


def url_parameters(request: Request) -> dict[str, list[str]]:
    """The parameters in the address, each with its values in order.

    Raises AddressTooLong, and BadRequest where they are not UTF-8.
    """
    encoded: bytes = request.scope["query_string"]
    if len(encoded) > LONGEST_ADDRESS:
        raise AddressTooLong(tell("request.address-long", longest_address=LONGEST_ADDRESS), tell("request.post"))
    return parse_parameters(encoded)


def parse_parameters(encoded: bytes) -> dict[str, list[str]]:
    """The names and values of ``application/x-www-form-urlencoded``. Raises BadRequest."""
    try:
        pairs = _pairs(encoded)
    except UnicodeDecodeError:
        raise BadRequest(tell("request.not-utf8"), tell("request.encode")) from None
    except ValueError:
        raise BadRequest(tell("request.parameters-many", most_parameters=MOST_PARAMETERS)) from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    """What ``parse_qsl`` finds, and much sooner where the text is ASCII, as it should be. Raises ValueError."""
    if not encoded.isascii():
        return parse_qsl(
            encoded.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    if encoded.count(b"&") >= MOST_PARAMETERS:
        raise ValueError
    fields = (field.partition(b"=") for field in encoded.split(b"&") if field)
    return [(_decoded(name), _decoded(value)) for name, _, value in fields]


def _decoded(encoded: bytes) -> str:
    """The text of a percent-encoded name or value. Raises UnicodeDecodeError."""
    if encoded.isalnum():
        return encoded.decode("ascii")
    escapes = encoded.count(b"%")
    if not escapes:
        return encoded.replace(b"+", b" ").decode("ascii")
    # Quoted-printable is the same but for its signs, and the standard library decodes it in C. It also knows line ends
    # that do not count, and is lenient in other ways than percent-encoding is: then the result is longer.
    if b"\n" not in encoded and b"\r" not in encoded and b"=" not in encoded:
        found = binascii.a2b_qp(encoded.translate(_QUOTED_PRINTABLE))
        if len(found) == len(encoded) - 2 * escapes:
            return found.decode("utf-8")
    return unquote_to_bytes(encoded.replace(b"+", b" ")).decode("utf-8")


def single(parameters: Parameters, name: str) -> str | None:
    """The value of a parameter that may be given once. Raises ParameterError where it is given more often."""
    values = parameters.get(name, [])
    if len(values) > 1:
        raise ParameterError(name, tell("value.repeated", name=name, values=len(values)), tell("value.once"))
    return values[0] if values else None


def whole_number(parameters: Parameters, name: str, default: int, most: int) -> int:
    """The value of a parameter that is a number from 0 to ``most``. Raises ParameterError."""
    text = single(parameters, name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or int(text[:20]) > most:
        raise ParameterError(name, tell("value.number-to", text=text[:40], most=most))
    return int(text)


def seconds(parameters: Parameters, most: float) -> float:
    """The time the client grants its request with ``timeout=``, never more than the server does.

    Raises ParameterError where it is no number of seconds.
    """
    text = single(parameters, "timeout")
    if text is None:
        return most
    try:
        wanted = float(text)
    except ValueError:
        wanted = math.nan
    if not 0 < wanted < math.inf:
        raise ParameterError("timeout", tell("value.seconds", text=text[:40]), tell("value.seconds-write"))
    return min(wanted, most)


def refuse_unknown(parameters: Parameters, known: Iterable[str]) -> None:
    """Raise ParameterError for a parameter that this address does not take, with the nearest that it does."""
    names = [*known, *COMMON_PARAMETERS]
    for name in parameters:
        if name not in names:
            near = nearest(name, names)
            hint = tell("value.did-you-mean", near=near) if near else tell("value.there-are", names=sorted(names))
            raise ParameterError(name, tell("value.no-parameter", name=name[:80]), hint)


def content_type(request: Request) -> str:
    """The media type of the body in lower case, without parameters; empty where the client names none.

    Raises UnsupportedMediaType where the body is compressed or not in UTF-8, BadRequest where there are several.
    """
    given = request.headers.getlist("content-type")
    if len(given) > 1:
        raise BadRequest(tell("request.types-many", given=len(given)), tell("value.once"))
    header = given[0] if given else ""
    media_type, _, rest = header.partition(";")
    for parameter in rest.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset" and value.strip('"').lower() not in ("utf-8", "utf8", "us-ascii"):
            raise UnsupportedMediaType(tell("request.charset", value=value[:40]), tell("request.send-utf8"))
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType(tell("request.compressed"), tell("request.no-coding"))
    return media_type.strip().lower()


async def body(request: Request, limits: Limits) -> bytes:
    """The whole body.

    Raises TooLarge as soon as it is known to be too long, TooSlow where it takes longer to come than an answer may.
    """
    import asyncio  # which who only reads addresses does not need

    try:
        async with asyncio.timeout(limits.seconds):
            return await _body(request, limits.body)
    except TimeoutError:
        error = tell("request.too-slow", seconds=limits.seconds)
        raise TooSlow(error, tell("request.again"), {"Connection": "close"}) from None


async def _body(request: Request, most: int) -> bytes:
    declared = request.headers.get("content-length", "0")
    # Who waits to be told to send the body is told not to: then nothing on this connection can be taken for it.
    closing = {"Connection": "close"} if "expect" in request.headers else {}
    too_large = TooLarge(tell("request.long", most=most), tell("request.shorten"), closing)
    if declared.isdigit() and int(declared[:20]) > most:
        raise too_large
    received = bytearray()
    async for piece in request.stream():
        received += piece
        if len(received) > most:
            raise too_large
    return bytes(received)


def text(content: bytes) -> str:
    """The content as text. Raises BadRequest where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRequest(tell("request.body-not-utf8", start_1=error.start + 1), tell("request.query-utf8")) from None
