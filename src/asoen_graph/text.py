"""Comparing words as people do: without diacritics or case, and by nearness."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans({"đ": "d", "Đ": "D", "ł": "l", "ø": "o", "æ": "ae", "ß": "ss"})


def fold(text: str) -> str:
    """Lower case without Latin diacritics: ``Lò Gò – Xa Mát`` → ``lo go – xa mat``; other scripts stay as they are."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LETTERS_WITHOUT_DECOMPOSITION))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not _is_latin_mark(c))).casefold()


def _is_latin_mark(character: str) -> bool:
    # Only the marks of Latin letters: the vowel signs of Khmer, Thai or Burmese are letters to their readers.
    return "\u0300" <= character <= "\u036f"


def nearest(word: str, candidates: Iterable[str], count: int = 3) -> list[str]:
    """The candidates most like the word, best first; none where nothing is near."""
    by_folded: dict[str, str] = {}
    for candidate in candidates:
        by_folded.setdefault(fold(candidate), candidate)
    wanted = fold(word)
    close = difflib.get_close_matches(wanted, by_folded, n=count, cutoff=0.6)
    if len(close) < count and len(wanted) > 2:
        close += [name for name in sorted(by_folded, key=len) if wanted in name and name not in close][
            : count - len(close)
        ]
    return [by_folded[name] for name in close]
