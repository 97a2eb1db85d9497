"""The papers and books in which the measures are defined."""

from __future__ import annotations

from typing import Final, NamedTuple


class Reference(NamedTuple):
    """A work, cited in one line, and its DOI."""

    text: str
    doi: str

    @property
    def address(self) -> str:
        """Where the DOI leads."""
        return f"https://doi.org/{self.doi}"

    def __str__(self) -> str:
        return f"{self.text} {self.address}"


BARRAT: Final = Reference(
    "Barrat, A., Barthélemy, M., Pastor-Satorras, R., Vespignani, A. (2004). The architecture of complex weighted "
    "networks. Proceedings of the National Academy of Sciences 101(11), 3747–3752.",
    "10.1073/pnas.0400087101",
)
BLONDEL: Final = Reference(
    "Blondel, V. D., Guillaume, J.-L., Lambiotte, R., Lefebvre, E. (2008). Fast unfolding of communities in large "
    "networks. Journal of Statistical Mechanics: Theory and Experiment, P10008.",
    "10.1088/1742-5468/2008/10/P10008",
)
BONACICH: Final = Reference(
    "Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification. Journal of "
    "Mathematical Sociology 2(1), 113–120.",
    "10.1080/0022250X.1972.9989806",
)
BRANDES: Final = Reference(
    "Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25(2), "
    "163–177.",
    "10.1080/0022250X.2001.9990249",
)
BRANDES_PICH: Final = Reference(
    "Brandes, U., Pich, C. (2007). Centrality estimation in large networks. International Journal of Bifurcation and "
    "Chaos 17(7), 2303–2318.",
    "10.1142/S0218127407018403",
)
BRIN_PAGE: Final = Reference(
    "Brin, S., Page, L. (1998). The anatomy of a large-scale hypertextual Web search engine. Computer Networks and "
    "ISDN Systems 30(1–7), 107–117.",
    "10.1016/S0169-7552(98)00110-X",
)
FREEMAN_1977: Final = Reference(
    "Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40(1), 35–41.",
    "10.2307/3033543",
)
FREEMAN_1978: Final = Reference(
    "Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social Networks 1(3), 215–239.",
    "10.1016/0378-8733(78)90021-7",
)
HOPCROFT_TARJAN: Final = Reference(
    "Hopcroft, J., Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation. Communications of "
    "the ACM 16(6), 372–378.",
    "10.1145/362248.362272",
)
NEWMAN_2001: Final = Reference(
    "Newman, M. E. J. (2001). Scientific collaboration networks. II. Shortest paths, weighted networks, and "
    "centrality. Physical Review E 64, 016132.",
    "10.1103/PhysRevE.64.016132",
)
NEWMAN_2002: Final = Reference(
    "Newman, M. E. J. (2002). Assortative mixing in networks. Physical Review Letters 89, 208701.",
    "10.1103/PhysRevLett.89.208701",
)
NEWMAN_2004: Final = Reference(
    "Newman, M. E. J. (2004). Analysis of weighted networks. Physical Review E 70, 056131.",
    "10.1103/PhysRevE.70.056131",
)
SEIDMAN: Final = Reference(
    "Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3), 269–287.",
    "10.1016/0378-8733(83)90028-X",
)
WASSERMAN_FAUST: Final = Reference(
    "Wasserman, S., Faust, K. (1994). Social network analysis: methods and applications. Cambridge University Press.",
    "10.1017/CBO9780511815478",
)
WATTS_STROGATZ: Final = Reference(
    "Watts, D. J., Strogatz, S. H. (1998). Collective dynamics of ‘small-world’ networks. Nature 393, 440–442.",
    "10.1038/30918",
)
