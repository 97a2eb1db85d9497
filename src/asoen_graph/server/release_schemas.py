"""The schemas of answers about releases: the list of them, the feed of what changed, the difference of two."""

from __future__ import annotations

from typing import Any, Final

_SCHEMAS: Final = "#/components/schemas/"
_TEXT: Final = {"type": "string"}
_TEXT_OR_NONE: Final = {"type": "string", "nullable": True}
_COUNT: Final = {"type": "integer"}
_LANGUAGES: Final = {"type": "object", "description": "Language → text.", "additionalProperties": _TEXT}
_COUNTS_OF_BOTH: Final = {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}


def _object(description: str = "", /, **properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has all these members."""
    said = {"description": description} if description else {}
    return {"type": "object", **said, "required": [*properties], "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _named(schema: str) -> dict[str, Any]:
    return {"$ref": _SCHEMAS + schema}


# "from" is a word of Python.
_FROM_TO: Final[dict[str, Any]] = {
    "from": {"type": "string", "description": "The version of the older release."},
    "to": {"type": "string", "description": "The version of the newer release."},
    "same": {"type": "boolean"},
    "counts": {
        "type": "object",
        "description": "Of each count that of the older release and that of the newer.",
        "additionalProperties": _COUNTS_OF_BOTH,
    },
}

COMPONENTS: Final[dict[str, Any]] = {
    "Release": _object(
        "A release that can be queried.",
        name=_TEXT,
        version=_TEXT,
        date={"type": "string", "format": "date", "nullable": True},
        kept={"type": "boolean"},
        present={"type": "boolean", "description": "Whether it is the one served without `/releases`."},
        license=_TEXT,
        hash=_TEXT,
        counts={"type": "object", "additionalProperties": _COUNT},
        address={"type": "string", "description": "Below which its routes are."},
        files=_list(
            _object(
                name=_TEXT,
                address=_TEXT,
                sha256={"type": "string", "nullable": True, "description": "Of the file unpacked."},
                bytes={"type": "integer", "nullable": True, "description": "Of the file unpacked."},
            )
        ),
        changes={"type": "string", "nullable": True, "description": "Where the difference to the one before is."},
        citation=_LANGUAGES,
    ),
    "ReleaseList": _object(total=_COUNT, items=_list(_named("Release"))),
    "ChangeFeed": _object(
        "JSON Feed 1.1, the newest release first.",
        version=_TEXT,
        title=_TEXT,
        home_page_url=_TEXT,
        feed_url=_TEXT,
        language=_TEXT,
        authors=_list(_object(name=_TEXT)),
        items=_list(
            _object(
                id=_TEXT,
                url=_TEXT,
                title=_TEXT,
                content_text=_TEXT,
                date_published=_TEXT,
                _asoen=_object(
                    "The same as values.",
                    release=_TEXT,
                    since=_TEXT_OR_NONE,
                    kept={"type": "boolean"},
                    changes={"type": "object", "nullable": True, "additionalProperties": True},
                ),
            )
        ),
    ),
    "Difference": {
        "type": "object",
        "description": "What changed between two releases, with labels in one language.",
        "required": [*_FROM_TO, "entities_added", "entities_removed", "entities_changed"],
        "properties": {
            **_FROM_TO,
            "entities_added": _list(_named("ChangedEntity")),
            "entities_removed": _list(_named("ChangedEntity")),
            "sources_added": _list(_named("ChangedSource")),
            "sources_removed": _list(_named("ChangedSource")),
            "sources_changed": _list(_named("ChangedSource")),
            "entities_changed": _list(
                {
                    "type": "object",
                    "description": "Facts that came, went or changed, and the names and class where they changed.",
                    "required": ["slug", "label"],
                    "properties": {"slug": _TEXT, "label": _TEXT},
                    "additionalProperties": True,
                }
            ),
        },
    },
    "ChangedEntity": {
        "type": "object",
        "required": ["slug", "class", "label"],
        "properties": {"slug": _TEXT, "class": _TEXT, "label": _TEXT},
    },
    "ChangedSource": _object(slug=_TEXT, title=_TEXT),
}

OF_JSON: Final = {
    "releases": "ReleaseList",
    "release": "Release",
    "changes": "ChangeFeed",
    "changes-json": "ChangeFeed",
    "difference": "Difference",
}
"""The schema of the JSON of an operation."""
