"""The words of the page in English and Vietnamese; those of the picture itself are in ``network.words``."""

from __future__ import annotations

from typing import Final

PAGE: Final[dict[str, tuple[str, str]]] = {
    "skip": ("Skip to the tables", "Chuyển đến các bảng"),
    "picture": ("Picture", "Hình vẽ"),
    "no script": (
        "Without JavaScript the picture and the tables below are complete; moving about in the picture and filtering "
        "need it.",
        "Không có JavaScript, hình vẽ và các bảng bên dưới vẫn đầy đủ; chỉ việc di chuyển trong hình và lọc mới cần "
        "đến nó.",
    ),
    "help": (
        "Tab leads into the picture; the arrow keys go to the node that lies next, Page Up and Page Down through "
        "all of them, Home and End to the first and the last. "
        "Enter shows the details of a node, Escape leaves them. Plus, minus and 0 zoom, Shift with the arrow keys "
        "moves the picture. With a mouse: drag, and turn the wheel while Ctrl is down.",
        "Phím Tab đưa vào hình; các phím mũi tên đi đến nút nằm kế bên, Page Up và Page Down đi qua lần lượt mọi nút, "
        "Home và End đến nút đầu và nút cuối. "
        "Enter mở chi tiết của nút, Escape đóng lại. Phím cộng, trừ và 0 để phóng to, thu nhỏ và xem toàn hình; Shift "
        "cùng phím mũi tên để dời hình. Bằng chuột: kéo hình, và lăn bánh xe trong khi giữ Ctrl.",
    ),
    "keys": ("Keys and mouse", "Phím và chuột"),
    "show": ("What is shown", "Nội dung hiển thị"),
    "find": ("Find a node", "Tìm nút"),
    "least weight": ("Least weight", "Trọng số nhỏ nhất"),
    "years": ("Years", "Năm"),
    "since": ("From year", "Từ năm"),
    "until": ("Until year", "Đến năm"),
    "one year": ("One year at a time", "Từng năm một"),
    "reset": ("Show everything", "Hiển thị tất cả"),
    "move": ("Zoom and move", "Phóng to, thu nhỏ và dời hình"),
    "zoom in": ("Zoom in", "Phóng to"),
    "zoom out": ("Zoom out", "Thu nhỏ"),
    "whole": ("Whole picture", "Toàn hình"),
    "left": ("Move left", "Sang trái"),
    "right": ("Move right", "Sang phải"),
    "up": ("Move up", "Lên trên"),
    "down": ("Move down", "Xuống dưới"),
    "details": ("Details", "Chi tiết"),
    "no details": (
        "Choose a node or a link, in the picture or in the tables, to see what is known of it and where that stands.",
        "Hãy chọn một nút hoặc một đường nối, trong hình hoặc trong bảng, để xem thông tin và nguồn của nó.",
    ),
    "download": ("Download what is shown", "Tải phần đang hiển thị"),
    "as svg": ("Picture (SVG)", "Hình vẽ (SVG)"),
    "as csv": ("Links (CSV)", "Đường nối (CSV)"),
    "nodes": ("Nodes", "Các nút"),
    "links": ("Links", "Các đường nối"),
    "name": ("Name", "Tên"),
    "kind": ("Kind", "Loại"),
    "number of links": ("Number of links", "Số đường nối"),
    "measures": ("What the measures mean", "Ý nghĩa của các độ đo"),
    "from": ("From", "Từ"),
    "one end": ("One end", "Một đầu"),
    "relation": ("Relation", "Quan hệ"),
    "to": ("To", "Đến"),
    "other end": ("Other end", "Đầu kia"),
    "dates": ("Dates", "Thời gian"),
    "spells": ("{count} stretches of time", "{count} khoảng thời gian"),
    "change": ("Change", "Thay đổi"),
    "weight_before": ("Weight before", "Trọng số trước"),
    "weight_after": ("Weight after", "Trọng số sau"),
    "strength_before": ("Strength before", "Cường độ trước"),
    "strength_after": ("Strength after", "Cường độ sau"),
    "sources of link": ("Sources and facts", "Nguồn và dữ kiện"),
    "evidence": (
        "Places: {places}; facts: {facts}",
        "Số vị trí: {places}; số dữ kiện: {facts}",
    ),
    "fact": ("fact", "dữ kiện"),
    "place unknown": ("place not given", "không nêu vị trí"),
    "without source": ("Facts without a source", "Dữ kiện không có nguồn"),
    "no facts": ("none given", "không nêu"),
    "none": ("There are none.", "Không có."),
}
"""What stands in the file as it is written."""

SCRIPT: Final[dict[str, tuple[str, str]]] = {
    "shown": (
        "Shown: {nodes} of {allNodes} nodes, {links} of {allLinks} links.",
        "Đang hiển thị: {nodes} trên {allNodes} nút, {links} trên {allLinks} đường nối.",
    ),
    "years shown": ("Years {since} – {until}.", "Các năm {since} – {until}."),
    "year shown": ("Year {since}.", "Năm {since}."),
    "undated": (
        "Links without a date, shown in every year: {count}.",
        "Số đường nối không có thời gian nên luôn hiển thị: {count}.",
    ),
    "whole weights": (
        "Weights and line widths are those of all years, not only of these.",
        "Trọng số và độ dày nét là của mọi năm, không chỉ của những năm này.",
    ),
    "kinds shown": ("Kinds: {names}.", "Loại: {names}."),
    "relations shown": ("Relations: {names}.", "Quan hệ: {names}."),
    "changes shown": ("Changes: {names}.", "Thay đổi: {names}."),
    "weight shown": ("Weight {weight} or more.", "Trọng số từ {weight} trở lên."),
    "found": ("Nodes found: {count}. Enter goes to the first.", "Số nút tìm thấy: {count}. Enter để đến nút đầu tiên."),
    "not found": ("No node of what is shown is called so.", "Không có nút nào đang hiển thị mang tên này."),
    "node": ("{label}, {kind}, links: {count}", "{label}, {kind}, số đường nối: {count}"),
    "links shown": ("Links shown", "Đường nối đang hiển thị"),
    "links hidden": ("Links filtered out: {count}.", "Số đường nối bị lọc bỏ: {count}."),
    "in picture": ("Show in the picture", "Xem trong hình"),
    "in picture of": ("Show in the picture: {label}", "Xem trong hình: {label}"),
    "in table": ("Row in the table", "Dòng trong bảng"),
    "zoom to": ("Zoom to it", "Phóng to đến đó"),
    "page of": ("Address of the entity", "Địa chỉ của thực thể"),
    "close": ("Close", "Đóng"),
    "selected": ("Chosen: {label}.", "Đã chọn: {label}."),
    "filtered out": ("Not shown: the filters leave it out.", "Không hiển thị: bộ lọc đã loại ra."),
    "part": (
        "Part of the picture. Legend, notes and sources are those of the whole.",
        "Một phần của hình vẽ. Chú giải, ghi chú và nguồn là của toàn hình.",
    ),
}
"""What the script says."""


def say(phrase: str, language: str, **values: object) -> str:
    """A phrase of the page by its name, in Vietnamese for ``vi`` and in English for any other language."""
    return _in(PAGE[phrase], language).format(**values)


def for_script(language: str) -> dict[str, str]:
    """What the script says in a language, by name, with the names of values in braces."""
    return {name: _in(texts, language) for name, texts in SCRIPT.items()}


def _in(texts: tuple[str, str], language: str) -> str:
    return texts[1] if language == "vi" else texts[0]
