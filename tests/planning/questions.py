"""Random graphs and random queries of the shapes that are planned, and of many that nearly are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from asoen_graph.iris import XSD

Value = Literal | NamedNode | BlankNode


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


SUBJECTS = [NamedNode(f"http://e/s{number}") for number in range(4)]
PROPERTIES = "pqr"
PLAIN = [
    [typed(text, "date") for text in ("1999-12-31", "2000-01-01", "2000-02-29", "2010-05-05", "2011-01-01")],
    [typed(text, "gYear") for text in ("1999", "2000", "2001", "2010")],
    [typed(text, "integer") for text in ("-7", "-1", "0", "3", "12", "1000")],
    [typed(text, "dateTime") for text in ("2000-01-01T00:00:00", "2000-01-01T12:00:00", "2010-05-05T23:59:59")],
    [typed(text, "dateTime") for text in ("2000-01-01T00:00:00Z", "2000-01-01T12:00:00Z", "2010-05-05T23:59:59Z")],
    [typed(text, "decimal") for text in ("-1.5", "0.0", "0.25", "3.0", "12.75")],
]
ALL_PLAIN = [value for values in PLAIN for value in values]
ODD = [
    typed("2000-01-01Z", "date"), typed("2000-01-01+14:00", "date"), typed("1999-12-31-14:00", "date"),
    typed("2001-02-29", "date"), typed("12000-01-01", "date"), typed("-0044-03-15", "date"),
    typed("2000Z", "gYear"), typed("0003", "integer"), typed("+3", "integer"), typed("-0", "integer"),
    typed("3.00", "decimal"), typed("3", "double"), typed("3.5E0", "double"), typed("NaN", "double"),
    typed("INF", "double"), typed("-0", "double"), typed("3", "float"), typed("3", "int"), typed("x", "integer"),
    typed("123456789012345678901234567890", "integer"), typed("0.1234567890123456789012345", "decimal"),
    typed("2000-01-01T00:00:00+02:00", "dateTime"), typed("2000-01-01T24:00:00", "dateTime"),
    typed("2000-01-01T00:00:00.5", "dateTime"), typed("true", "boolean"), Literal("2000-01-01"), Literal("3"),
    Literal("3", language="en"), Literal('a"b\\u'), typed("2000-01-01", "nonsense"), NamedNode("http://e/s1"),
]  # fmt: skip


@dataclass
class Case:
    """A graph and the values from which its properties, and so its queries, have theirs."""

    random: Random
    store: Store
    values: dict[str, Sequence[Value]]
    is_tidy: bool
    """Whether each property has values of one kind, so that they can be put in order.

    The engine's order of the others is no order, and it aborts where it finds out.
    """
    pattern: str = "?s e:p ?v"
    """What was counted last."""

    @classmethod
    def make(cls, random: Random, most: int = 13) -> Case:
        """A graph with at most so many uses of each property."""
        is_tidy = random.random() < 0.6
        values = {name: _pool(random, is_tidy=is_tidy) for name in PROPERTIES}
        store = Store()
        for name, among in values.items():
            # A blank node can be stored, not asked for.
            among = [*among, BlankNode("b")] if not is_tidy and random.random() < 0.2 else among
            for _ in range(random.randint(0, most)):
                graph = random.choice([DefaultGraph(), DefaultGraph(), NamedNode("http://e/g1")])
                property_ = NamedNode("http://e/" + name)
                store.add(Quad(random.choice(SUBJECTS), property_, random.choice(among), graph))
        return cls(random, store, values, is_tidy)

    def query(self) -> tuple[str, bool]:
        """A query, and whether the order of its rows is part of the answer."""
        chance, group = self.random.random(), self.group()
        prologue = self.random.choice(["PREFIX e: <http://e/> ", "# ?v > 3 {\nprefix e:<http://e/>\n"])
        if chance < 0.1:
            return f"{prologue}ASK {group}", False
        if chance < 0.4:
            return self.count(prologue), True
        if chance < 0.45:
            return f"{prologue}SELECT ?s (COUNT(*) AS ?n) (MIN(?v) AS ?m) {group} GROUP BY ?s", False
        if chance < 0.55 or not self.is_tidy:
            return f"{prologue}SELECT {self.random.choice(['*', '?v ?s', 'DISTINCT ?v'])} {group}", False
        names = self.random.sample(["?s", "?o", "?v", "?w"], self.random.randint(1, 3))
        order = ["?v", *(name for name in names if name != "?v")] if self.random.random() < 0.8 else names
        keys = " ".join(self.random.choice(["{}", "ASC({})", "desc({})"]).format(name) for name in order)
        text = f"{prologue}SELECT {self.random.choice(['', 'DISTINCT '])}{' '.join(names)} {group} ORDER BY {keys}"
        if self.random.random() < 0.2:
            return text, False
        return f"{text} LIMIT {self.random.randint(0, 5)}{self.random.choice(['', ' OFFSET 2'])}", True

    def count(self, prologue: str) -> str:
        """A query that counts groups."""
        names = self.random.sample(["?s", "?o", "?v", "?w"] if self.is_tidy else ["?s"], self.random.randint(0, 1))
        first, second, third = (self.random.choice(PROPERTIES) for _ in range(3))
        constant = self.constant(self.values[third])
        pattern = self.pattern = self.random.choice(
            [
                *[self.pattern] * 4,
                f"?m e:{third} ?a . ?x e:{first} ?m ; e:{second} ?v . ?y e:{first} ?m ; e:{second} ?w",
                f"?m e:{third} {constant} . ?x e:{first} ?m ; e:{second} ?v . ?y e:{first} ?m ; e:{second} ?w",
                f"?x e:{first} ?m ; e:{second} ?v . ?y e:{second} ?m ; e:{third} ?w . ?m e:{third} ?a . ?a e:q ?z",
                f"?m e:{first} ?v",
                f"?m e:{first} ?v ; e:{second} {constant}",
                f"?x e:{first} ?m ; e:{second} ?v . ?y e:{first} ?m ; e:{second} ?w",
                f"?m e:{first} ?v . ?m e:{second} ?w .",
                f"?v e:{first} ?o . ?s e:{first} ?v ; e:{second} ?w ; e:{third} ?o",
                f"?s e:{first} ?v . ?x e:{second} ?s . ?x e:{third} ?w",
                self.triples(),
            ]
        )
        after = self.random.choice(
            [
                "",
                "",
                "FILTER(STR(?v) < STR(?w))",
                self.filter(),
                f"BIND({self.function()} AS ?f)",
                f"BIND({self.function()} AS ?f)",
                f"{self.filter()} BIND({self.function()} AS ?f)",
                "BIND(YEAR(?v) AS ?g) BIND(?g - YEAR(?w) AS ?f) FILTER(!BOUND(?f) || ?f < 5)",
                "FILTER(BOUND(?o))",
                f"FILTER EXISTS {{ ?m e:{third} ?z }}",
                f"OPTIONAL {{ {self.triples()} }}",
            ]
        )
        if "?f)" in after and self.random.random() < 0.8:
            names = ["?f", *names]
        elif self.is_tidy and self.random.random() < 0.7:
            names = ["?v", "?w"][: self.random.randint(1, 2)]
        groups = f"GROUP BY {' '.join(names)}" if names else ""
        counted = self.random.choice(["*", "?s", "?m", "?v", "DISTINCT ?v", "?nobody"])
        having = f" HAVING(COUNT(?v) > {self.random.randint(0, 2)})" if self.random.random() < 0.3 else ""
        order = f" ORDER BY DESC(?n) {' '.join(names)}" if names else ""
        columns = f"{' '.join(names)} (COUNT({counted}) AS ?n)"
        return f"{prologue}SELECT {columns} {{ {pattern} {after} }} {groups}{having}{order}"

    def function(self) -> str:
        """What has values that can be put in order, whatever it is given, or none."""
        name = self.random.choice(["?v", "?v", "?w", "?nobody"])
        return self.random.choice(
            [
                f"SUBSTR(STR({name}), 1, 4)",
                f"YEAR({name})",
                f"MONTH({name}) + YEAR({name})",
                f"STR({name})",
                f"DATATYPE({name})",
                f"LANG({name})",
                f"{name} < {self.constant(ALL_PLAIN)}",
                f"BOUND({name})",
                f"IF(ISIRI({name}), 1, STRLEN({name}))",
                f"COALESCE(TZ({name}), 'none')",
                "?v = ?w",
            ]
        )

    def group(self) -> str:
        first = f"?s e:{self.random.choice('ppqr')} ?v . {self.triples() if self.random.random() < 0.6 else ''}"
        parts = [first, *(self.part() for _ in range(self.random.randint(0, 3)))]
        if self.random.random() < 0.4:
            self.random.shuffle(parts)
        return "{ " + " ".join(parts) + " }"

    def part(self) -> str:
        chance = self.random.random()
        filtered = self.filter() if self.random.random() < 0.5 else ""
        if chance < 0.5:
            return self.filter()
        if chance < 0.6:
            return self.triples()
        if chance < 0.75:
            return f"OPTIONAL {{ {self.triples()} {filtered} }}"
        if chance < 0.83:
            return f"MINUS {{ {self.triples()} }}"
        if chance < 0.9:
            return f"FILTER NOT EXISTS {{ {self.triples()} {filtered} }}"
        if chance < 0.94:
            return f"{{ {self.triples()} }} UNION {{ {self.triples()} {self.filter()} }}"
        if chance < 0.97:
            return f"{{ SELECT ?v ?s {{ {self.triples()} {self.filter()} }} }}"
        return f"GRAPH ?g {{ {self.triples()} }}"

    def triples(self) -> str:
        joined = self.random.choice([" . ", " .\n", " . # ?v > 1\n"]).join(
            self.triple() for _ in range(self.random.randint(1, 3))
        )
        return joined + self.random.choice([" ", " . ", " ; e:q ?o . ", " ; . "])

    def triple(self) -> str:
        name = self.random.choice(PROPERTIES)
        constant = self.constant(self.values[name])
        return self.random.choice(
            [
                f"?s e:{name} ?v",
                f"?s e:{name} ?o",
                f"?s <http://e/{name}> ?w",
                f"?o e:{name} ?v",
                f"?s e:{name} {constant}",
                f"?s e:{name} {constant}, ?v",
                f"<http://e/s1> e:{name} ?o",
            ]
        )

    def filter(self) -> str:
        chance = self.random.random()
        compared = " && ".join(self.comparison() for _ in range(self.random.randint(1, 2)))
        if chance < 0.7:
            return f"FILTER({compared})"
        if chance < 0.85:
            return f"FILTER (({self.comparison()}) && ({compared}))"
        if chance < 0.92:
            return f"FILTER({self.comparison()} || {compared})"
        return f"FILTER(!({compared}))"

    def comparison(self) -> str:
        among = self.values[self.random.choice("ppqr")] if self.random.random() < 0.8 else ALL_PLAIN
        name, sign = self.random.choice(["?v", "?v", "?v", "?w", "?o"]), self.random.choice(["<", "<=", ">", ">=", "="])
        constant, space = self.constant(among), self.random.choice([" ", " ", ""])
        if constant.startswith("<"):
            space = " "
        return f"{name}{space}{sign} {constant}" if self.random.random() < 0.7 else f"{constant} {sign}{space}{name}"

    def constant(self, among: Sequence[Value]) -> str:
        """A term as it may be written: numbers mostly without their type."""
        value = self.random.choice(among)
        is_number = isinstance(value, Literal) and value.datatype.value in (XSD + "integer", XSD + "decimal")
        if is_number and value in ALL_PLAIN and self.random.random() < 0.7:
            return value.value
        return str(value)


def _pool(random: Random, *, is_tidy: bool) -> Sequence[Value]:
    chance = random.random() * (0.7 if is_tidy else 1)
    if chance < 0.5:
        return random.choice(PLAIN)
    if chance < 0.7:
        return SUBJECTS
    return [*random.choice(PLAIN), *random.sample(ODD, 3)] if chance < 0.9 else [*ALL_PLAIN, *ODD]
