"""The words around measures in English and Vietnamese."""

from __future__ import annotations

from typing import Final

from asoen_graph.network import words

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "top": (
        "Only {count} of {all} nodes are shown: those with the highest values of {measure}.",
        "Chỉ hiển thị {count} trong số {all} nút: những nút có giá trị {measure} cao nhất.",
    ),
    "component": (
        "Only component {number} of {components}, by size, is shown: {count} of {all} nodes.",
        "Chỉ hiển thị thành phần liên thông thứ {number} trong số {components} theo kích thước: {count} trong số {all} "
        "nút.",
    ),
    "measured whole": (
        "Measures are those of the network of {all} nodes, before any were left out.",
        "Các độ đo là của mạng lưới gồm {all} nút, trước khi bỏ bớt nút.",
    ),
    "betweenness estimated": (
        "Betweenness is estimated from the shortest paths that start at {count} of {all} nodes (Brandes and Pich 2007, "
        "https://doi.org/10.1142/S0218127407018403).",
        "Độ trung gian được ước lượng từ các đường đi ngắn nhất xuất phát từ {count} trong số {all} nút (Brandes và "
        "Pich 2007, https://doi.org/10.1142/S0218127407018403).",
    ),
    "eigenvector part": (
        "Eigenvector centrality is that of the largest component, {count} of {all} nodes; the others have none.",
        "Độ trung tâm véc-tơ riêng chỉ tính cho thành phần lớn nhất, {count} trong số {all} nút; các nút khác không "
        "có.",
    ),
    "eigenvector none": (
        "Eigenvector centrality is left out: its computation did not converge.",
        "Không có độ trung tâm véc-tơ riêng: phép tính không hội tụ.",
    ),
    "measures": ("Measures", "Độ đo"),
    "measures of nodes": ("Measures of nodes", "Độ đo của các nút"),
    "measures of the whole": ("Measures of the network", "Độ đo của mạng lưới"),
    "definitions": ("Definitions", "Định nghĩa"),
    "notes": ("Notes", "Ghi chú"),
    "node": ("Node", "Nút"),
    "kind": ("Kind", "Loại"),
    "measure": ("Measure", "Độ đo"),
    "value": ("Value", "Giá trị"),
    "definition": ("Definition", "Định nghĩa"),
    "references": ("References", "Tài liệu tham khảo"),
    "of": ("Measure of", "Là độ đo của"),
    "of a node": ("a node", "nút"),
    "of the network": ("the network", "mạng lưới"),
    "direction counts": ("Direction counts", "Tính chiều"),
    "weights count": ("Weights count", "Tính trọng số"),
    "yes": ("yes", "có"),
    "no": ("no", "không"),
    "undefined": ("not defined", "không xác định"),
    "period": ("Period", "Giai đoạn"),
    "description": ("Description", "Mô tả"),
    "release": ("Data", "Dữ liệu"),
    "weights": ("Weights", "Trọng số"),
    "conventions": (
        "Except where a definition says otherwise, links between the same nodes are taken as one whose weight is their "
        "sum, and links of a node with itself are left out. Values that are no counts or sums are rounded to six "
        "decimal places, PageRank to nine.",
        "Nếu định nghĩa không nói khác, các đường nối giữa cùng hai nút được gộp thành một với trọng số là tổng của "
        "chúng, và đường nối của một nút với chính nó bị bỏ qua. Các giá trị không phải số đếm hay tổng được làm tròn "
        "đến sáu chữ số thập phân, PageRank đến chín.",
    ),
}


def say(phrase: str, language: str, **values: object) -> str:
    """A phrase by its name, in Vietnamese for ``vi`` and in English for any other language.

    What is not said of measures alone is said as it is elsewhere in networks.
    """
    if phrase not in _WORDS:
        return words.say(phrase, language, **values)
    english, vietnamese = _WORDS[phrase]
    return (vietnamese if language == "vi" else english).format(**values)
