"""Comparing words as people do: without diacritics or case, and by nearness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "æ": "ae"})
_LATIN_MARKS = re.compile("[\u0300-\u036f]+")
"""Only the marks of Latin letters: the vowel signs of Khmer, Thai or Burmese are letters to their readers."""
_WITHOUT_DECOMPOSITION = re.compile("[đłøæ]")


def fold(text: str) -> str:
    """Lower case without Latin diacritics: ``Lò Gò – Xa Mát`` → ``lo go – xa mat``; other scripts stay as they are."""
    if text.isascii():
        return text.lower()
    unmarked = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
    # Translating looks every letter up, and takes longer than all the rest.
    if _WITHOUT_DECOMPOSITION.search(unmarked):
        unmarked = unmarked.translate(_LETTERS_WITHOUT_DECOMPOSITION)
    return unicodedata.normalize("NFC", unmarked)


def nearest(word: str, candidates: Iterable[str], count: int = 3) -> list[str]:
    """The candidates most like the word, best first; none where nothing is near."""
    import difflib  # only mistakes need it, and it takes a while to import

    by_folded: dict[str, list[str]] = {}
    for candidate in candidates:
        by_folded.setdefault(fold(candidate), []).append(candidate)
    wanted = fold(word)
    close = difflib.get_close_matches(wanted, by_folded, n=count, cutoff=0.6)
    if len(close) < count and len(wanted) > 2:
        close += [name for name in sorted(by_folded, key=len) if wanted in name and name not in close][
            : count - len(close)
        ]

    def differences_in_case(candidate: str) -> int:
        return sum(a != b and a.lower() == b.lower() for a, b in zip(candidate, word, strict=False))

    # Names that differ only in case or marks, such as a class and a property, come with the one written alike first.
    return [each for name in close for each in sorted(by_folded[name], key=differences_in_case)][:count]
