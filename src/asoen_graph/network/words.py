"""The words of a network picture in English and Vietnamese, and how numbers and dates are spoken."""

from __future__ import annotations

from typing import Final

from asoen_graph import dates
from asoen_graph.network.period import Period

OTHER_KIND: Final = "other"
"""The key of the kind of nodes whose class is not known."""

# Not calendar.month_name, which follows the locale of the machine.
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "other kind": ("other", "khác"),
    "other relations": ("other relations", "các quan hệ khác"),
    "untitled": ("Network", "Mạng lưới"),
    "kinds": ("Kinds", "Loại"),
    "relations": ("Relations", "Quan hệ"),
    "width": ("Line width", "Độ dày nét"),
    "size": ("Mark size", "Cỡ ký hiệu"),
    "size unknown": ("not known", "chưa rõ"),
    "strength": ("sum of the weights of a node's links", "tổng trọng số các đường nối của nút"),
    "no relation": ("relation not named", "quan hệ không nêu tên"),
    "weight": ("Weight", "Trọng số"),
    "sources": ("Sources", "Nguồn"),
    "listed sources": ("Sources in the list: {references}", "Nguồn trong danh sách: {references}"),
    "no sources": ("The query gives no sources.", "Truy vấn không cho biết nguồn."),
    "data": ("Data: {release}.", "Dữ liệu: {release}."),
    "attached": (
        "The network as node-link JSON, every link with its facts and sources",
        "Mạng lưới dưới dạng JSON node-link, mỗi đường nối kèm sự kiện và nguồn",
    ),
    "from until": ("{since} – {until}", "{since} – {until}"),
    "from": ("Since {since}", "Từ {since}"),
    "until": ("Until {until}", "Đến {until}"),
    "nodes one": ("1 node", "1 nút"),
    "nodes": ("{count} nodes", "{count} nút"),
    "edges one": ("1 link", "1 đường nối"),
    "edges": ("{count} links", "{count} đường nối"),
    "no rows": ("The query found no links.", "Truy vấn không tìm thấy liên kết nào."),
    "no rows in period": ("No link falls in this period.", "Không có liên kết nào trong giai đoạn này."),
    "undated one": (
        "1 link has no date and is shown in every period.",
        "1 đường nối không có thời gian nên xuất hiện ở mọi giai đoạn.",
    ),
    "undated": (
        "{count} links have no date and are shown in every period.",
        "{count} đường nối không có thời gian nên xuất hiện ở mọi giai đoạn.",
    ),
    "strongest": (
        "Only {count} of {all} nodes are shown: those whose links together weigh most.",
        "Chỉ hiển thị {count} trong số {all} nút: những nút có tổng trọng số liên kết lớn nhất.",
    ),
    "and more": ("and {count} more", "và {count} mục khác"),
}


def say(phrase: str, language: str, **values: object) -> str:
    """A phrase by its name, in Vietnamese for ``vi`` and in English for any other language."""
    english, vietnamese = _WORDS[phrase]
    return (vietnamese if language == "vi" else english).format(**values)


def spoken_number(number: float, language: str) -> str:
    """A number as people of the language write it: ``1,234.5`` in English, ``1.234,5`` in Vietnamese."""
    text = f"{number:,.0f}" if number == int(number) else f"{number:,.2f}".rstrip("0")
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def spoken_date(text: str, language: str) -> str:
    """A date as people of the language write it: ``2 November 2019``, ``2/11/2019``; less where less is known.

    A text that is no date stays as it is: a document says when it was published as it likes.
    """
    try:
        year, month, day = dates.parse(text)
    except ValueError:
        return text
    if language == "vi":
        return "/".join(str(part) for part in (day, month, year) if part is not None)
    return " ".join(part for part in (str(day) if day else "", _MONTHS[month - 1] if month else "", str(year)) if part)


def spoken_period(period: Period, language: str) -> str:
    """The period as a line under a title: ``2009 – 2015``, ``Since May 2012``."""
    since = spoken_date(period.since, language) if period.since else ""
    until = spoken_date(period.until, language) if period.until else ""
    if since == until:
        return since
    name = "from until" if since and until else "from" if since else "until"
    return say(name, language, since=since, until=until)


def spoken_spell(start: str | None, end: str | None, language: str) -> str:
    """A stretch of days no more precisely than it is known: whole years as ``2018 – 2021``.

    ``start`` and ``end`` are its first and last day; an end that is not known is three dots. Days are spoken where
    the two do not span whole years (``2018``) or whole months (``May 2031``).
    """
    first, last = _coarsened(start, end)
    if first == last and first is not None:
        return spoken_date(first, language)
    return " – ".join("…" if day is None else spoken_date(day, language) for day in (first, last))


def _coarsened(start: str | None, end: str | None) -> tuple[str | None, str | None]:
    """The ends of a spell as years, else as months, where its first and last days are theirs; else as they are."""
    for length in (len("2031"), len("2031-05")):
        first, last = start and start[:length], end and end[:length]
        opens = first is None or dates.earliest(first).isoformat() == start
        closes = last is None or dates.latest(last).isoformat() == end
        if opens and closes:
            return first, last
    return start, end


def spoken_counts(nodes: int, edges: int, language: str) -> str:
    """How large a network is: ``12 nodes, 30 links``."""
    parts = (("nodes", nodes), ("edges", edges))
    return ", ".join(say(name + (" one" if count == 1 else ""), language, count=count) for name, count in parts)
