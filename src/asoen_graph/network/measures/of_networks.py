"""The measures of a whole network."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from asoen_graph.network.measures.definition import Measure, measure
from asoen_graph.network.measures.references import (
    BLONDEL,
    HOPCROFT_TARJAN,
    NEWMAN_2002,
    NEWMAN_2004,
    WASSERMAN_FAUST,
    WATTS_STROGATZ,
)

OF_NETWORKS: Final[Mapping[str, Measure]] = MappingProxyType({each.key: each for each in (
    measure(
        "nodes",
        ("Nodes", "Số nút"),
        ("The number of nodes.", "Số nút."),
        WASSERMAN_FAUST,
    ),
    measure(
        "links",
        ("Links", "Số đường nối"),
        (
            "The number of links; of several between the same nodes each counts.",
            "Số đường nối; nếu có nhiều đường nối giữa hai nút thì tính từng đường.",
        ),
        WASSERMAN_FAUST,
    ),
    measure(
        "density",
        ("Density", "Mật độ"),
        (
            "The share of the pairs of nodes that are linked; where links have a direction, of the ordered pairs.",
            "Tỷ lệ các cặp nút có đường nối; nếu đường nối có chiều thì tính trên các cặp có thứ tự.",
        ),
        WASSERMAN_FAUST,
        counts_direction=True,
    ),
    measure(
        "components",
        ("Components", "Số thành phần liên thông"),
        (
            "The number of components: sets of nodes that links join, directly or by way of others, whichever way the "
            "links lead.",
            "Số thành phần liên thông: tập các nút được nối với nhau, trực tiếp hoặc qua các nút khác, không kể chiều "
            "của đường nối.",
        ),
        HOPCROFT_TARJAN,
    ),
    measure(
        "mean_clustering",
        ("Mean clustering coefficient", "Hệ số phân cụm trung bình"),
        (
            "The mean of the clustering coefficients of all nodes.",
            "Trung bình hệ số phân cụm của mọi nút.",
        ),
        WATTS_STROGATZ,
    ),
    measure(
        "assortativity",
        ("Degree assortativity", "Độ tương hợp bậc"),
        (
            "The correlation (Pearson's) of the degrees at the two ends of a link: above 0 where nodes of high degree "
            "are linked with one another, below 0 where they are linked with nodes of low degree. There is none where "
            "all linked nodes have the same degree.",
            "Hệ số tương quan (Pearson) giữa bậc của hai đầu mỗi đường nối: lớn hơn 0 nếu các nút bậc cao nối với "
            "nhau, nhỏ hơn 0 nếu chúng nối với các nút bậc thấp. Không xác định nếu mọi nút có đường nối đều cùng bậc.",
        ),
        NEWMAN_2002,
    ),
    measure(
        "communities",
        ("Communities", "Số cộng đồng"),
        (
            "The number of communities that the Louvain method finds (see Community).",
            "Số cộng đồng mà phương pháp Louvain tìm được (xem Cộng đồng).",
        ),
        BLONDEL,
        counts_weights=True,
    ),
    measure(
        "modularity",
        ("Modularity of the communities", "Độ mô-đun của các cộng đồng"),
        (
            "The share of the weight of links that lies inside communities, less the share to be expected if the links "
            "were placed at random and every node kept its strength. There is none in a network without links.",
            "Tỷ lệ trọng số đường nối nằm bên trong các cộng đồng, trừ đi tỷ lệ kỳ vọng nếu các đường nối được đặt "
            "ngẫu nhiên mà mỗi nút giữ nguyên cường độ. Không xác định nếu mạng lưới không có đường nối.",
        ),
        NEWMAN_2004,
        counts_weights=True,
    ),
)})  # fmt: skip
"""The measures of a whole network, by key, in the order they are shown."""
