"""The words of the workbook in English and Vietnamese."""

from __future__ import annotations

from typing import Final

_HEADINGS: Final[dict[str, tuple[str, str]]] = {
    "about": ("About", "Giới thiệu"),
    "nodes": ("Nodes", "Nút"),
    "links": ("Links", "Đường nối"),
    "evidence": ("Sources", "Nguồn"),
    "title": ("Title", "Tiêu đề"),
    "description": ("Description", "Mô tả"),
    "weights": ("Weights count", "Trọng số là số"),
    "period": ("Period", "Giai đoạn"),
    "size": ("Size", "Quy mô"),
    "directed": ("Direction", "Hướng"),
    "directed yes": ("Links have a direction.", "Đường nối có hướng."),
    "directed no": ("Links have no direction.", "Đường nối không có hướng."),
    "release": ("Data", "Dữ liệu"),
    "note": ("Note", "Ghi chú"),
    "id": ("ID", "Mã"),
    "label": ("Label", "Nhãn"),
    "label_en": ("Label in English", "Nhãn tiếng Anh"),
    "label_vi": ("Label in Vietnamese", "Nhãn tiếng Việt"),
    "kind": ("Kind (key)", "Loại (khóa)"),
    "kind_label": ("Kind", "Loại"),
    "iri": ("IRI", "IRI"),
    "slug": ("Slug", "Tên ngắn"),
    "source": ("From (ID)", "Từ (mã)"),
    "target": ("To (ID)", "Đến (mã)"),
    "source_label": ("From", "Từ"),
    "target_label": ("To", "Đến"),
    "relation": ("Relation (key)", "Quan hệ (khóa)"),
    "relation_label": ("Relation", "Quan hệ"),
    "weight": ("Weight", "Trọng số"),
    "from": ("First day", "Ngày đầu"),
    "until": ("Last day", "Ngày cuối"),
    "spells": ("Spells", "Các khoảng thời gian"),
    "facts": ("Facts", "Dữ kiện"),
    "sources": ("Sources", "Nguồn"),
    "fact": ("Fact", "Dữ kiện"),
    "citation": ("Citation", "Trích dẫn"),
    "document": ("Document", "Tài liệu"),
    "publisher": ("Publisher", "Nhà xuất bản"),
    "published": ("Published", "Ngày đăng"),
    "place": ("Place in the document", "Vị trí trong tài liệu"),
    "address": ("Address", "Địa chỉ"),
}


def heading(name: str, language: str) -> str:
    """What a sheet, a line or a column is called, in Vietnamese for ``vi``; a name without a word stays as it is."""
    english, vietnamese = _HEADINGS.get(name, (name, name))
    return vietnamese if language == "vi" else english
