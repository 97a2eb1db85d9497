"""Changing the tags of a page, and nothing else of it: what stands between them, and in scripts, stays byte for byte.

The tokens are those of the HTML standard as far as our own templates use it: quotes may hold any sign, a script ends
at its end tag only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Final

ADDRESSES: Final = frozenset({"href", "src", "action", "formaction", "poster", "data-href", "data-src"})
"""The attributes that hold an address."""

_ATTRIBUTES = r"""(?:"[^"]*"|'[^']*'|[^"'>])*"""
_TOKEN: Final = re.compile(
    rf"<!--.*?-->|<(?P<raw>script|style|textarea)\b(?P<raw_attributes>{_ATTRIBUTES})>(?P<content>.*?)</(?P=raw)\s*>"
    rf"|<(?P<name>[a-zA-Z][^\s/>]*)(?P<attributes>{_ATTRIBUTES})>|</(?P<end>[a-zA-Z][^\s>]*)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")

_TOUCHED: Final = ("href=", "src=", "action=", "poster=", "site=", "facet", "asking")
"""What may be changed has one of these in it; most tags have not."""
_SEPARATOR: Final = re.compile(r"\s*·\s*")
"""What stands between the links of a list: it goes with the link before it."""
_VOID: Final = frozenset({"link", "img", "input", "meta", "source", "br", "hr"})
"""Elements without an end tag."""

Attributes = dict[str, str | None]
Change = Callable[[str, Attributes], "Attributes | None"]
"""Gives the attributes of a tag anew; ``None`` takes the element away with what is in it, where
it holds no other of its kind."""


def change(page: str, by: Change, after_forms: str = "") -> str:
    """The page with the attributes of each tag changed; ``after_forms`` stands after every form."""
    return "".join(_changed(page, by, after_forms))


def _changed(page: str, by: Change, after_forms: str) -> Iterator[str]:
    done = 0
    gone = ""
    for token in _TOKEN.finditer(page):
        if gone:
            if (token["end"] or "").lower() == gone:
                gone, done = "", token.end()
                if (between := _SEPARATOR.match(page, done)) is not None:
                    done = between.end()
            continue
        name, written = token["name"] or token["raw"], token["attributes"] or token["raw_attributes"]
        if name and written and _is_touched(written):
            yield page[done : token.start()]
            changed = _tag(name, written, by)
            yield changed
            if token["raw"]:
                yield f"{token['content']}</{name}>"
            elif not changed and name.lower() not in _VOID:
                gone = name.lower()
            done = token.end()
        elif after_forms and (token["end"] or "").lower() == "form":
            yield page[done : token.end()] + after_forms
            done = token.end()
    yield page[done:]


def _is_touched(attributes: str) -> bool:
    plain = attributes.lower()
    return any(each in plain for each in _TOUCHED)


def _tag(name: str, written: str, by: Change) -> str:
    attributes = attributes_of(written)
    changed = by(name.lower(), dict(attributes))
    if changed is None:
        return ""
    if changed == attributes:
        return f"<{name}{written}>"
    inside = "".join(f" {key}" if value is None else f' {key}="{quoted(value)}"' for key, value in changed.items())
    return f"<{name}{inside}>"


def quoted(value: str) -> str:
    """The value as it stands between double quotes."""
    return escape(value, quote=False).replace('"', "&quot;")


def attributes_of(written: str) -> Attributes:
    """What stands in a tag after its name, by name; the first of two of the same name counts."""
    found: Attributes = {}
    for match in _ATTRIBUTE.finditer(written):
        value = next((each for each in match.groups()[1:] if each is not None), None)
        found.setdefault(match[1].lower(), None if value is None else unescape(value))
    return found
