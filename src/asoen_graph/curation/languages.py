"""Language tags of BCP 47 as curated files write them: language, where needed script and region (``zh-Hant-TW``)."""

from __future__ import annotations

import re
from typing import Final

TWO_LETTERS: Final = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
"""The codes of ISO 639-1:2002; a language without one is written with the three letters of ISO 639-3."""

PATTERN: Final = rf"({TWO_LETTERS.replace(' ', '|')}|[a-z]{{3}})(-[A-Z][a-z]{{3}})?(-([A-Z]{{2}}|[0-9]{{3}}))?"
"""Language, script (ISO 15924) and region (ISO 3166-1 or UN M49), each in its usual case."""

_TAG = re.compile(PATTERN)
_COUNTRIES_AND_NAMES: Final = {
    "cn": "zh",
    "gb": "en",
    "jp": "ja",
    "kh": "km",
    "mm": "my",
    "ph": "fil",
    "us": "en",
    "vn": "vi",
    "eng": "en",
    "vie": "vi",
    "english": "en",
    "vietnamese": "vi",
}
"""What is written by mistake for a language: codes of countries, three letters where there are two, names."""


def is_language(tag: str) -> bool:
    """Whether the text is a tag of a language, perhaps with script and region."""
    return _TAG.fullmatch(tag) is not None and tag not in _COUNTRIES_AND_NAMES


def meant_language(text: str) -> str | None:
    """The tag that was perhaps meant by a text that is none."""
    words = text.strip().replace("_", "-").split("-")
    language = _COUNTRIES_AND_NAMES.get(words[0].lower(), words[0].lower())
    rest = [word.title() if len(word) == 4 else word.upper() for word in words[1:]]
    tag = "-".join((language, *rest))
    return tag if is_language(tag) else None
