from __future__ import annotations

import json

import pytest

from asoen_graph.cli.main import main
from asoen_graph.release import Release


def search(release: Release, *words: str) -> int:
    return main(["search", *words, "--release", str(release.folder)])


def test_hits_come_in_columns(lagoon_release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(lagoon_release, "stone", "kiln") == 0
    assert capsys.readouterr().out == "lo-da-reef  ASEAN Heritage Park  Lò Đá Reef (Stone Kiln Reef)\n"


def test_hits_come_in_the_language_and_number_asked_for(
    lagoon_release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search(lagoon_release, "ran", "--lang", "vi", "-n", "1", "-f", "json") == 0
    (hit,) = json.loads(capsys.readouterr().out)
    assert hit["slug"] == "lo-da-reef"
    assert hit["class_label"] == "Vườn Di sản ASEAN"
    assert hit["match"] == "label-start"


def test_nothing_found_is_said_on_the_side(lagoon_release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    assert search(lagoon_release, "qqqqqqqq") == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "Nothing is called 'qqqqqqqq'.\n")


@pytest.mark.parametrize("count", ["0", "-1", "many"])
def test_a_number_of_hits_is_one_or_more(
    lagoon_release: Release, capsys: pytest.CaptureFixture[str], count: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        search(lagoon_release, "reef", f"-n{count}")
    assert caught.value.code == 2
    assert "1 or more" in capsys.readouterr().err
