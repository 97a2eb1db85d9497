"""The words of a network picture in English and Vietnamese, and how numbers and dates are spoken."""

from __future__ import annotations

from typing import Final

from asoen_graph import dates
from asoen_graph.network.period import Comparison, Period

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
    "no relation": ("relation not named", "quan hệ không nêu tên"),
    "weight": ("Weight", "Trọng số"),
    "sources": ("Sources", "Nguồn"),
    "no sources": ("The query gives no sources.", "Truy vấn không cho biết nguồn."),
    "data": ("Data: {release}.", "Dữ liệu: {release}."),
    "from until": ("{since} – {until}", "{since} – {until}"),
    "from": ("Since {since}", "Từ {since}"),
    "until": ("Until {until}", "Đến {until}"),
    "nodes one": ("1 node", "1 nút"),
    "nodes": ("{count} nodes", "{count} nút"),
    "edges one": ("1 link", "1 đường nối"),
    "edges": ("{count} links", "{count} đường nối"),
    "no rows": ("The query found no links.", "Truy vấn không tìm thấy liên kết nào."),
    "no instance": (
        "Nothing in the data is of the class {label} ({name}).",
        "Dữ liệu không có đối tượng nào thuộc lớp {label} ({name}).",
    ),
    "no statement": (
        "No statement in the data uses the property {label} ({name}).",
        "Dữ liệu không có phát biểu nào dùng thuộc tính {label} ({name}).",
    ),
    "not in the data": ("The data have no {name}.", "Dữ liệu không có {name}."),
    "lost fact": (
        "1 fact named as evidence is not in the data.",
        "1 dữ kiện được nêu làm căn cứ không có trong dữ liệu.",
    ),
    "lost facts": (
        "{count} facts named as evidence are not in the data.",
        "{count} dữ kiện được nêu làm căn cứ không có trong dữ liệu.",
    ),
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
    "compared": ("{earlier} compared with {later}", "{earlier} so với {later}"),
    "changes": ("Changes", "Thay đổi"),
    "appeared": ("appeared", "mới xuất hiện"),
    "vanished": ("vanished", "không còn"),
    "strengthened": ("strengthened", "mạnh lên"),
    "weakened": ("weakened", "yếu đi"),
    "unchanged": ("unchanged", "không đổi"),
    "changed edges": ("Links: {counts}.", "Đường nối: {counts}."),
    "changed nodes": ("Nodes: {counts}.", "Nút: {counts}."),
    "sign on nodes": ("on a node: it appeared or vanished", "trên một nút: nút mới xuất hiện hoặc không còn"),
    "width compared": ("the greater of both weights", "trọng số lớn hơn trong hai giai đoạn"),
    "none at": ("No link falls in {period}.", "Không có liên kết nào trong {period}."),
    "undated compared one": (
        "1 link has no date and stands in both periods.",
        "1 đường nối không có thời gian nên có mặt ở cả hai giai đoạn.",
    ),
    "undated compared": (
        "{count} links have no date and stand in both periods.",
        "{count} đường nối không có thời gian nên có mặt ở cả hai giai đoạn.",
    ),
    "uneven": (
        "The two periods are not equally long, so a longer one may count more.",
        "Hai giai đoạn dài ngắn khác nhau nên giai đoạn dài hơn có thể đếm được nhiều hơn.",
    ),
    "source side": ("source", "nguồn"),
    "target side": ("target", "đích"),
    "one-mode": (
        "One-mode projection onto “{kept}”: two are joined where they share an entry of “{shared}” at the same time.",
        "Phép chiếu một loại nút lên “{kept}”: hai nút được nối nếu cùng gắn với một mục của “{shared}” "
        "trong cùng thời gian.",
    ),
    "count defined": (
        "The weight is the number of entries shared.",
        "Trọng số là số mục chung.",
    ),
    "newman defined": (
        "Each entry shared adds 1/(n − 1) to the weight, n being how many are joined to it (Newman 2001, "
        "doi:10.1103/PhysRevE.64.016132).",
        "Mỗi mục chung thêm 1/(n − 1) vào trọng số, n là số nút gắn với mục đó (Newman 2001, "
        "doi:10.1103/PhysRevE.64.016132).",
    ),
    "jaccard defined": (
        "The weight is the number of entries shared by both, divided by the number of entries of either (Jaccard 1901, "
        "doi:10.5169/seals-266450).",
        "Trọng số là số mục chung của cả hai chia cho số mục của ít nhất một bên (Jaccard 1901, "
        "doi:10.5169/seals-266450).",
    ),
    "in common": ("in common ({shared})", "mục chung ({shared})"),
    "count weight": ("{what}", "{what}"),
    "newman weight": ("{what}, each 1/(n − 1)", "{what}, mỗi mục 1/(n − 1)"),
    "jaccard weight": ("{what}, as a share of those of either", "{what}, tính theo tỷ lệ trên tổng của cả hai bên"),
    "pajek": (
        "Pajek has no place for facts, sources, IRIs and dates; GraphML, GEXF, CSV and XLSX hold them.",
        "Định dạng Pajek không chứa được dữ kiện, nguồn, IRI và ngày tháng; GraphML, GEXF, CSV và XLSX thì có.",
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


def spoken_comparison(comparison: Comparison, language: str) -> str:
    """The two periods of a comparison as a line under a title: ``2010 compared with 2020``."""
    earlier, later = (spoken_period(each, language) for each in (comparison.earlier, comparison.later))
    return say("compared", language, earlier=earlier, later=later)


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
