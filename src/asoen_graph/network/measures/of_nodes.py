"""The measures of a node."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from asoen_graph.network.measures.definition import Measure, measure
from asoen_graph.network.measures.references import (
    BARRAT,
    BLONDEL,
    BONACICH,
    BRANDES,
    BRIN_PAGE,
    FREEMAN_1977,
    FREEMAN_1978,
    HOPCROFT_TARJAN,
    NEWMAN_2001,
    SEIDMAN,
    WASSERMAN_FAUST,
    WATTS_STROGATZ,
)

OF_NODES: Final[Mapping[str, Measure]] = MappingProxyType({each.key: each for each in (
    measure(
        "degree",
        ("Degree", "Bậc"),
        (
            "The number of other nodes that the node is linked with, whichever way the links lead.",
            "Số nút khác có đường nối với nút này, không kể chiều của đường nối.",
        ),
        FREEMAN_1978,
    ),
    measure(
        "in_degree",
        ("In-degree", "Bậc vào"),
        (
            "The number of other nodes that a link leads from to the node.",
            "Số nút khác có đường nối đi tới nút này.",
        ),
        WASSERMAN_FAUST,
        counts_direction=True,
        needs_direction=True,
    ),
    measure(
        "out_degree",
        ("Out-degree", "Bậc ra"),
        (
            "The number of other nodes that a link leads to from the node.",
            "Số nút khác mà từ nút này có đường nối đi tới.",
        ),
        WASSERMAN_FAUST,
        counts_direction=True,
        needs_direction=True,
    ),
    measure(
        "strength",
        ("Strength", "Cường độ"),
        (
            "The sum of the weights of all links at the node, whichever way they lead. A link of the node with itself "
            "counts once.",
            "Tổng trọng số của mọi đường nối tại nút, không kể chiều. Đường nối của nút với chính nó tính một lần.",
        ),
        BARRAT,
        counts_weights=True,
    ),
    measure(
        "betweenness",
        ("Betweenness", "Độ trung gian"),
        (
            "The share of the shortest paths between two other nodes that lead through the node, on average over all "
            "pairs of other nodes: 0 for none, 1 for all; a pair without a path adds 0. The length of a link is 1 / "
            "its weight, so that paths follow strong links; a link that weighs 0 is on no path. Paths follow the "
            "direction of links where they have one.",
            "Tỷ lệ các đường đi ngắn nhất giữa hai nút khác đi qua nút này, lấy trung bình trên mọi cặp nút khác: 0 là "
            "không có, 1 là tất cả; cặp không có đường đi tính là 0. Độ dài của một đường nối là 1 / trọng số, nên "
            "đường đi theo các đường nối mạnh; đường nối có trọng số 0 không thuộc đường đi nào. Đường đi theo chiều "
            "của đường nối nếu có chiều.",
        ),
        FREEMAN_1977,
        NEWMAN_2001,
        BRANDES,
        counts_direction=True,
        counts_weights=True,
    ),
    measure(
        "eigenvector",
        ("Eigenvector centrality", "Độ trung tâm véc-tơ riêng"),
        (
            "High where the node is linked with nodes that are high themselves: the value is proportional to the sum "
            "over its neighbours of their value times the weight of the link. Only nodes of the largest component have "
            "one; their squares add up to 1. Links count both ways.",
            "Cao khi nút được nối với các nút cũng có giá trị cao: giá trị tỷ lệ với tổng, trên các nút kề, của giá "
            "trị nút kề nhân với trọng số đường nối. Chỉ các nút của thành phần lớn nhất có giá trị; tổng bình phương "
            "bằng 1. Đường nối tính theo cả hai chiều.",
        ),
        BONACICH,
        counts_weights=True,
    ),
    measure(
        "pagerank",
        ("PageRank", "PageRank"),
        (
            "How often a walker comes by who at each step follows a link, in its direction and the sooner the more it "
            "weighs, or with probability 0.15 (and wherever no link leads on) goes to any node. The values of all "
            "nodes add up to 1.",
            "Tần suất một người đi ngẫu nhiên ghé qua nút: mỗi bước đi theo một đường nối, đúng chiều và với xác suất "
            "tỷ lệ với trọng số, hoặc với xác suất 0,15 (và khi không còn đường nối nào để đi tiếp) chuyển tới một nút "
            "bất kỳ. Tổng giá trị của mọi nút bằng 1.",
        ),
        BRIN_PAGE,
        counts_direction=True,
        counts_weights=True,
    ),
    measure(
        "clustering",
        ("Clustering coefficient", "Hệ số phân cụm"),
        (
            "The share of the pairs of the node's neighbours that are linked with one another; 0 where it has fewer "
            "than two neighbours.",
            "Tỷ lệ các cặp nút kề của nút này có đường nối với nhau; bằng 0 nếu có ít hơn hai nút kề.",
        ),
        WATTS_STROGATZ,
    ),
    measure(
        "core",
        ("Core number", "Chỉ số lõi"),
        (
            "The largest k for which the node is in the k-core: the largest part of the network in which every node is "
            "linked with at least k others of that part.",
            "Số k lớn nhất sao cho nút thuộc lõi k: phần lớn nhất của mạng lưới trong đó mỗi nút được nối với ít nhất "
            "k nút khác của phần ấy.",
        ),
        SEIDMAN,
    ),
    measure(
        "component",
        ("Component", "Thành phần liên thông"),
        (
            "The number of the component the node is in, 1 for the largest. Nodes are in one component where links "
            "join them, directly or by way of others, whichever way the links lead.",
            "Số thứ tự của thành phần liên thông chứa nút, 1 là lớn nhất. Các nút thuộc cùng một thành phần nếu được "
            "nối với nhau, trực tiếp hoặc qua các nút khác, không kể chiều của đường nối.",
        ),
        HOPCROFT_TARJAN,
        is_group=True,
    ),
    measure(
        "community",
        ("Community", "Cộng đồng"),
        (
            "The number of the community the node is in, 1 for the largest. Communities are sets of nodes with more "
            "weight of links inside than chance would give, found by the Louvain method with resolution 1 and a fixed "
            "seed; other divisions may be nearly as good. Links count both ways.",
            "Số thứ tự của cộng đồng chứa nút, 1 là lớn nhất. Cộng đồng là tập các nút có tổng trọng số đường nối bên "
            "trong cao hơn mức ngẫu nhiên, tìm bằng phương pháp Louvain với độ phân giải 1 và hạt giống cố định; cách "
            "chia khác có thể tốt gần bằng. Đường nối tính theo cả hai chiều.",
        ),
        BLONDEL,
        counts_weights=True,
        is_group=True,
    ),
)})  # fmt: skip
"""The measures of a node, by key, in the order they are shown."""
