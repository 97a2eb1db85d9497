"""The requests, group by group, and what each gets."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

TRAP = "127.0.0.1:60000"
"""Stands for a server in the private network that must never be asked; the test puts a real one in its place."""

TIMEOUT_SECONDS = 2
QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
REFUSED = "403 query-refused"
SYNTAX = "400 query-syntax"
EITHER = "503 time-limit or 413 size-limit"
"""Which of two limits is met first depends on how fast the machine is."""
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
RUNAWAY = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"


@dataclass(frozen=True, slots=True)
class Case:
    """One thing tried: in words, the bytes, what came back; ``methods`` of the requests in it that get an answer."""

    what: str
    sent: bytes
    got: str
    methods: Sequence[str] = ("GET",)


def request(target: str | bytes, *headers: str | bytes, method: str = "GET", body: bytes = b"") -> bytes:
    """The bytes of a request with the headers that are needed and these."""
    target = target.encode() if isinstance(target, str) else target
    lines = [method.encode() + b" " + target + b" HTTP/1.1", b"Host: localhost"]
    lines += [header.encode() if isinstance(header, str) else header for header in headers]
    if body:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def asking(query: str, *headers: str, more: str = "") -> bytes:
    """A query by GET."""
    return request(f"/sparql?query={quote(query, safe='')}{more}", *headers)


def posting(query: str | bytes, media_type: str = QUERY, target: str = "/sparql") -> bytes:
    """A query by POST."""
    body = query if isinstance(query, bytes) else query.encode()
    return request(target, f"Content-Type: {media_type}", method="POST", body=body)


def _limited(query: str) -> bytes:
    """A query by GET that is to be stopped soon."""
    return asking(query, more=f"&timeout={TIMEOUT_SECONDS}")


def head_only(*lines: bytes) -> bytes:
    """A head as it is given."""
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _escaped(word: str) -> str:
    """The word in codepoint escapes."""
    return "".join(f"\\u{ord(letter):04X}" for letter in word)


def _services() -> Iterator[Case]:
    here = f"<http://{TRAP}/>"
    spellings = {
        "SERVICE": f"SELECT * {{ SERVICE {here} {{ ?s ?p ?o }} }}",
        "in mixed case": f"SELECT * {{ sErViCe {here} {{ ?s ?p ?o }} }}",
        "SILENT": f"SELECT * {{ SERVICE SILENT {here} {{ ?s ?p ?o }} }}",
        "with comments between": f"SELECT * {{ SERVICE # }}\n SILENT #\r{here} {{ ?s ?p ?o }} }}",
        "without a space": f"SELECT*{{SERVICE{here}{{?s?p?o}}}}",
        "by a prefix": f"PREFIX x: <http://{TRAP}/> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}",
        "relative to BASE": f"BASE <http://{TRAP}/a/> SELECT * {{ SERVICE <../b> {{ ?s ?p ?o }} }}",
        "\\u in the word": f"SELECT * {{ \\u0053ERVICE {here} {{ ?s ?p ?o }} }}",
        "\\U in the word": f"SELECT * {{ S\\U00000045RVICE {here} {{ ?s ?p ?o }} }}",
        "\\u in the IRI": f"SELECT * {{ SERVICE <http\\u003A//{TRAP}/> {{ ?s ?p ?o }} }}",
        "by a variable": f"SELECT * {{ VALUES ?x {{ {here} }} SERVICE ?x {{ ?s ?p ?o }} }}",
        "in a sub-query": f"SELECT * {{ {{ SELECT * {{ {{ SELECT * {{ SERVICE {here} {{ ?s ?p ?o }} }} }} }} }} }}",
        "in OPTIONAL": f"SELECT * {{ OPTIONAL {{ SERVICE {here} {{ ?s ?p ?o }} }} }}",
        "in MINUS": f"SELECT * {{ ?s ?p ?o MINUS {{ SERVICE {here} {{ ?s ?p ?o }} }} }}",
        "in FILTER EXISTS": f"ASK {{ FILTER EXISTS {{ SERVICE {here} {{ ?s ?p ?o }} }} }}",
        "in GRAPH": f"ASK {{ GRAPH ?g {{ SERVICE {here} {{ ?s ?p ?o }} }} }}",
        "in CONSTRUCT": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {here} {{ ?s ?p ?o }} }}",
        "in DESCRIBE": f"DESCRIBE ?s {{ SERVICE {here} {{ ?s ?p ?o }} }}",
        "in UNION": f"SELECT * {{ {{}} UNION {{ SERVICE {here} {{ ?s ?p ?o }} }} }}",
        "in HAVING": f"SELECT (COUNT(*) AS ?n) {{}} HAVING(EXISTS {{ SERVICE {here} {{ ?s ?p ?o }} }})",
        "in BIND": f"SELECT * {{ BIND(EXISTS {{ SERVICE {here} {{ ?s ?p ?o }} }} AS ?x) }}",
        "in ORDER BY": f"SELECT * {{}} ORDER BY (EXISTS {{ SERVICE {here} {{ ?s ?p ?o }} }})",
        "in the SELECT clause": f"SELECT (EXISTS {{ SERVICE {here} {{ ?s ?p ?o }} }} AS ?x) {{}}",
        "in another SERVICE": f"SELECT * {{ SERVICE {here} {{ SERVICE {here} {{ ?s ?p ?o }} }} }}",
        "\\u for every letter of the word": f"SELECT * {{ {_escaped('SERVICE')} {here} {{ ?s ?p ?o }} }}",
        "behind a line end that \\u000A makes": f"SELECT * {{ # \\u000A SERVICE {here} {{ ?s ?p ?o }}\n }}",
        "behind a quote that \\u0022 opens": f"ASK {{ ?s ?p \\u0022 . SERVICE {here} {{ }} # \\u0022 }}",
        "of the server itself (<>)": "SELECT * { SERVICE <> { ?s ?p ?o } }",
        "of 127.0.0.1 as a number": "SELECT * { SERVICE <http://2130706433:60000/> { ?s ?p ?o } }",
        "of 127.0.0.1 in octal": "SELECT * { SERVICE <http://0177.0.0.1:60000/> { ?s ?p ?o } }",
        "of 127.0.0.1 in IPv6": "SELECT * { SERVICE <http://[::ffff:127.0.0.1]:60000/> { ?s ?p ?o } }",
        "HTTP:// in capitals": f"SELECT * {{ SERVICE <HTTP://{TRAP}/> {{ ?s ?p ?o }} }}",
        "of a file": "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
        "of the metadata of a cloud": "SELECT * { SERVICE <http://169.254.169.254/latest/> { ?s ?p ?o } }",
    }
    for name, query in spellings.items():
        yield Case(name, posting(query), REFUSED, ("POST",))
    yield Case("the long s of old prints (ſERVICE)", posting(f"ASK {{ \u017fERVICE {here} {{}} }}"), REFUSED, ("POST",))
    yield Case("the word in a comment, which is no request", asking("ASK { # SERVICE <x> {}\n }"), "200")
    yield Case("the word in a string, which is no request", asking('ASK { FILTER("SERVICE <x> {}" != "") }'), "200")


def _graphs() -> Iterator[Case]:
    here = f"http://{TRAP}/g"
    yield Case("FROM", asking(f"SELECT * FROM <{here}> {{ ?s ?p ?o }}"), REFUSED)
    yield Case("FROM NAMED", asking(f"SELECT * FROM NAMED <{here}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"), REFUSED)
    yield Case("FROM by a prefix", asking(f"PREFIX x: <http://{TRAP}/> ASK FROM x:g {{}}"), REFUSED)
    yield Case("FROM relative to BASE", asking(f"BASE <http://{TRAP}/> ASK FROM <g> {{}}"), REFUSED)
    yield Case("FROM a file", asking("ASK FROM <file:///etc/passwd> {}"), REFUSED)
    yield Case("default-graph-uri", asking("ASK {}", more="&default-graph-uri=" + quote(here, safe="")), REFUSED)
    yield Case("named-graph-uri", asking("ASK {}", more="&named-graph-uri=" + quote(here, safe="")), REFUSED)
    yield Case("default-graph-uri that is no IRI", asking("ASK {}", more="&default-graph-uri=%3E%20%7B"), REFUSED)
    yield Case("/data?graph= of another server", request(f"/data?graph={quote(here, safe='')}"), "404 unknown-name")
    yield Case("/data?graph= of a file", request("/data?graph=file:///etc/passwd"), "404 unknown-name")


def _updates() -> Iterator[Case]:
    for update in (
        "INSERT DATA { <a:b> <a:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "CLEAR DEFAULT",
        f"LOAD <http://{TRAP}/>",
        "# x\nPREFIX a: <b:> INSERT { a:a a:a a:a } WHERE {}",
    ):
        yield Case(f"{update.splitlines()[-1]}, as a query", asking(update), REFUSED)
    yield Case("ASK {} ; DROP ALL", asking("ASK {} ; DROP ALL"), SYNTAX)
    yield Case("?update=", request("/sparql?update=DROP%20ALL"), REFUSED)
    yield Case("update= in a form", posting("update=DROP+ALL", FORM), REFUSED, ("POST",))
    yield Case("query= and update= in a form", posting("query=ASK+{}&update=DROP+ALL", FORM), REFUSED, ("POST",))
    yield Case("application/sparql-update", posting("DROP ALL", "application/sparql-update"), REFUSED, ("POST",))
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        yield Case(f"{method} /data", request("/data?default", method=method), "405 method-not-allowed")


def _deep() -> Iterator[Case]:
    deep = 20_000
    texts = {
        "20,000 groups": "ASK " + "{" * deep + "}" * deep,
        "20,000 parentheses": "ASK { FILTER(" + "(" * deep + "1" + ")" * deep + ") }",
        "20,000 parentheses in a path": "ASK { ?s " + "(" * deep + "rdf:type" + ")" * deep + " ?o }",
        "20,000 brackets": "ASK { " + "[ a " * deep + "1" + "]" * deep + " }",
        "20,000 lists": "ASK { ?s ?p " + "(" * deep + "1" + ")" * deep + " }",
        "40,000 times not": "ASK { FILTER(" + "!" * 2 * deep + "true) }",
        "40,000 times minus": "ASK { FILTER(" + "- " * 2 * deep + "1 = 1) }",
        "20,000 UNION": "ASK { {}" + " UNION {}" * deep + " }",
        "20,000 OR": "ASK { FILTER(1" + "||1" * deep + ") }",
        "20,000 steps of a path": "ASK { ?s a" + "/a" * deep + " ?o }",
        "20,000 triple terms": "ASK { " + "<<( ?s ?p " * deep + "1" + ")>>" * deep + " ?p ?o }",
        "20,000 functions": "ASK { FILTER(" + "STR(" * deep + "1" + ")" * deep + ' = "") }',
        "20,000 OPTIONAL": "ASK { " + "OPTIONAL { " * deep + "}" * deep + " }",
        "20,000 sub-queries": "SELECT * { " * deep + "} " * deep,
        "20,000 NOT EXISTS": "ASK { " + "FILTER NOT EXISTS { " * deep + "}" * deep + " }",
        "20,000 MINUS": "ASK { " + "MINUS { " * deep + "}" * deep + " }",
        "20,000 IF": "ASK { FILTER(" + "IF(true, " * deep + "1" + ", 2)" * deep + " = 1) }",
        "20,000 times ^ in a path": "ASK { ?s " + "^" * deep + "a ?o }",
        "20,000 values in IN": "ASK { FILTER(1 IN (" + "1," * deep + "1)) }",
        "20,000 SERVICE": "ASK { " + f"SERVICE <http://{TRAP}/> {{ " * deep + "}" * deep + " }",
        "opened 20,000 times, never closed": "ASK " + "{" * deep,
    }
    for name, text in texts.items():
        yield Case(name, posting(text), REFUSED, ("POST",))
    starred = f"ASK {{ ?s {'(' * 190}a{'*)' * 190} ?o }}"
    yield Case(
        "190 times * in a path, one in another",
        posting(starred, target=f"/sparql?timeout={TIMEOUT_SECONDS}"),
        "503 time-limit",
        ("POST",),
    )
    yield Case("150 sub-queries, which may be", posting("SELECT * { " * 75 + "{ " * 75 + "} " * 150), "200", ("POST",))
    opened = "SELECT * { ?s ?p ?o OPTIONAL " + "{ ?s ?p ?o OPTIONAL " * 150 + "{}" + " }" * 151
    yield Case(
        "150 OPTIONAL, one in another", posting(opened, target=f"/sparql?timeout={TIMEOUT_SECONDS}"), EITHER, ("POST",)
    )
    exists = "ASK { ?s ?p ?o FILTER EXISTS " + "{ ?s ?p ?o FILTER NOT EXISTS " * 150 + "{}" + " }" * 151
    yield Case("150 NOT EXISTS, one in another", posting(exists), "200", ("POST",))


def _long() -> Iterator[Case]:
    mebibyte = 1024 * 1024
    yield Case("a query of one mebibyte: a comment", posting("ASK {} #".ljust(mebibyte, "x")), "200", ("POST",))
    yield Case("one byte more", posting("ASK {} #".ljust(mebibyte + 1, "x")), "413 too-large", ("POST",))
    yield Case("of sixteen mebibytes", posting("ASK {} #".ljust(16 * mebibyte, "x")), "413 too-large", ("POST",))
    yield Case(
        "the same in chunks, with no length told",
        request("/sparql", f"Content-Type: {QUERY}", "Transfer-Encoding: chunked", method="POST")
        + (b"10000\r\n" + b"#" * 65536 + b"\r\n") * 256
        + b"0\r\n\r\n",
        "413 too-large",
        ("POST",),
    )
    yield Case("a string of a mebibyte", posting('ASK { FILTER("' + "x" * 1_000_000 + '" = "") }'), "200", ("POST",))
    yield Case("an IRI of a mebibyte", posting("ASK { <a:" + "x" * 1_000_000 + "> ?p ?o }"), "200", ("POST",))
    yield Case("a name of a mebibyte", posting("ASK { ?" + "x" * 1_000_000 + " ?p ?o }"), "200", ("POST",))
    yield Case("a word of a mebibyte", posting("x" * 1_000_000), SYNTAX, ("POST",))
    yield Case("a number of a mebibyte", posting("ASK { FILTER(1" + "0" * 1_000_000 + " = 1) }"), "200", ("POST",))
    yield Case("spaces of a mebibyte", posting(" " * 1_000_000), SYNTAX, ("POST",))
    yield Case("a quote that never ends", posting('ASK { FILTER("' + "\\\\x" * 300_000), SYNTAX, ("POST",))
    data = " ".join(f"<http://e/{number:07}>" for number in range(45_000))
    yield Case(
        "VALUES of 900 kB, which may be",
        posting(f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {data} }} }}"),
        "200",
        ("POST",),
    )
    yield Case(
        "the same with ten braces too many", posting(f"ASK {{ VALUES ?x {{ {data} }} }}" + "}" * 10), SYNTAX, ("POST",)
    )
    for name, unit, begin in (
        ("{", "{", ""),
        ("variables", "?a ", ""),
        ("comments", "#\n", "ASK {}"),
        ("apostrophes", "'", ""),
        ("half IRIs", "<", ""),
        ("letters beyond ASCII", "\u00e9 ", ""),
        ("codepoint escapes", "\\u0041 ", "ASK { "),
        ("words with dots between them", "a.", "ASK { "),
        ("the same as data", "a.", "ASK { VALUES ?x { "),
        ("blocks of data", "VALUES ?x {1} ", "ASK { "),
    ):
        text = begin + unit * ((mebibyte - len(begin)) // len(unit.encode()))
        yield Case(f"a mebibyte of {name}", posting(text), REFUSED, ("POST",))
    yield Case("a name of a mebibyte of dots", posting("ASK { ?s a:b" + "." * 1_000_000 + "c ?o }"), SYNTAX, ("POST",))
    yield Case(
        "50,000 prefixes", posting("".join(f"PREFIX a{n}:<b:>" for n in range(50_000)) + "ASK {}"), REFUSED, ("POST",)
    )
    yield Case(
        "200,000 VALUES", posting("SELECT (COUNT(*) AS ?n) { VALUES ?x { " + '"x" ' * 200_000 + "} }"), "200", ("POST",)
    )
    yield Case("200,000 variables that are not there", posting("SELECT " + "?a " * 200_000 + "{}"), REFUSED, ("POST",))
    yield Case("a form of a mebibyte of percent signs", posting(b"%" * 1_000_000, FORM), "400 bad-request", ("POST",))
    yield Case("an address of 40 kB", asking("ASK {} #" + "x" * 40_000), "414 address-too-long")
    yield Case("an address of 100 kB", asking("ASK {} #" + "x" * 100_000), "414 address-too-long, hangs up")
    yield Case("an address of 16 MB", asking("ASK {} #" + "x" * 16_000_000), "414 address-too-long, hangs up")
    yield Case("a path of 40 kB", request("/" + "a" * 40_000), "404 not-found")
    yield Case("1,001 parameters", request("/sparql?query=ASK{}" + "&a=b" * 1001), "400 bad-request")
    yield Case(
        "300,000 parameters in a form", posting("query=ASK{}" + "&a=" * 300_000, FORM), "400 bad-request", ("POST",)
    )
    yield Case(
        "a form a mebibyte long instead of a format's name",
        posting("query=ASK+{}&format=" + "jsn" * 330_000, FORM),
        "400 wrong-parameter",
        ("POST",),
    )
    yield Case(
        "the same for a language",
        posting("query=ASK+{}&lang=" + "x" * 1_000_000, FORM),
        "400 wrong-parameter",
        ("POST",),
    )
    yield Case(
        "the same for the limit",
        posting("query=ASK+{}&timeout=" + "9" * 1_000_000, FORM),
        "400 wrong-parameter",
        ("POST",),
    )


def _odd() -> Iterator[Case]:
    yield Case("a body that is not UTF-8", posting(b"ASK { ?s ?p '\xff\xfe' }"), "400 bad-request", ("POST",))
    yield Case("a query in UTF-16", posting("ASK {}".encode("utf-16")), "400 bad-request", ("POST",))
    yield Case(
        "charset=utf-16", posting(b"ASK {}", QUERY + "; charset=utf-16"), "415 unsupported-media-type", ("POST",)
    )
    yield Case("an overlong slash (%C0%AF) in a query", request("/sparql?query=%C0%AF"), "400 bad-request")
    yield Case("half a percent escape", request("/sparql?query=ASK{}%4"), SYNTAX)
    yield Case("NUL in a query", request("/sparql?query=ASK{}%00"), SYNTAX)
    yield Case("half a surrogate pair (\\uD800)", posting('ASK { FILTER("\\uD800" = "") }'), SYNTAX, ("POST",))
    yield Case("the same as JSON would write it in UTF-8", request("/sparql?query=ASK{}%ED%A0%80"), "400 bad-request")
    yield Case(
        "a body in gzip that unpacks to a hundred megabytes",
        request(
            "/sparql",
            f"Content-Type: {QUERY}",
            "Content-Encoding: gzip",
            method="POST",
            body=gzip.compress(b" " * 100_000_000, 1),
        ),
        "415 unsupported-media-type",
        ("POST",),
    )
    yield Case(
        "multipart/form-data",
        posting(b"--x--", "multipart/form-data; boundary=x"),
        "415 unsupported-media-type",
        ("POST",),
    )
    yield Case(
        "Content-Type twice",
        request("/sparql", f"Content-Type: {QUERY}", f"Content-Type: {FORM}", method="POST", body=b"ASK {}"),
        "400 bad-request",
        ("POST",),
    )
    yield Case("JSON", posting(b'{"query": "ASK {}"}', "application/json"), "415 unsupported-media-type", ("POST",))
    yield Case("no body and no length", request("/sparql", f"Content-Type: {QUERY}", method="POST"), SYNTAX, ("POST",))
    yield Case("two queries in the address", request("/sparql?query=ASK{}&query=ASK{}"), "400 bad-request")
    yield Case(
        "one in the address, one in the body",
        posting("ASK {}", target="/sparql?query=ASK{}"),
        "400 bad-request",
        ("POST",),
    )
    yield Case("timeout=-1", asking("ASK {}", more="&timeout=-1"), "400 wrong-parameter")
    yield Case("timeout=nan", asking("ASK {}", more="&timeout=nan"), "400 wrong-parameter")
    yield Case("timeout=1e308, which changes nothing", asking("ASK {}", more="&timeout=1e308"), "200")
    yield Case("a limit beyond all numbers", asking("SELECT * { ?s ?p ?o } LIMIT 99999999999999999999"), SYNTAX)
    yield Case("an offset of 2^64 - 1", asking("SELECT * { ?s ?p ?o } OFFSET 18446744073709551615"), "200")
    yield Case(
        "a year of 18 digits, and its difference to now",
        asking('SELECT (NOW() - "999999999999999999-01-01T00:00:00Z"^^xsd:dateTime AS ?x) {}'),
        "200",
    )
    yield Case("a pattern that cannot be read", asking('ASK { FILTER(REGEX("a", "(")) }'), "200")
    yield Case(
        "a pattern that grows when it is read", asking('ASK { FILTER(REGEX("a", "((a{999}){999}){999}")) }'), "200"
    )
    yield Case(
        "a pattern that is slow to refuse", asking('ASK { FILTER(REGEX("' + "a" * 5000 + '", "^(a+)+$b")) }'), "200"
    )
    mixed = " ".join(f'{number} "{number * 61 % 300}x"' for number in range(300))
    yield Case("numbers among texts, sorted", asking(f"SELECT ?v {{ VALUES ?v {{ {mixed} }} }} ORDER BY ?v"), "200")
    yield Case("everything sorted", asking("SELECT ?o { ?s ?p ?o } ORDER BY DESC(?o) LIMIT 9"), "200")
    yield Case("a column twice", asking("SELECT ?a ?a { ?a ?b ?c } LIMIT 1"), SYNTAX)


_ANY = "(<a:a>|!<a:a>)"
_BOTH = "(<a:a>|!<a:a>|^!<a:a>)"
_COUNT = "SELECT (COUNT(*) AS ?n)"
_ONES = "1 " * 100
_UNDEF = "UNDEF " * 80_000
_DOUBLING = " ".join(f'BIND(REPLACE(?x{n}, "x", "xx") AS ?x{n + 1})' for n in range(40))


def _costly() -> Iterator[Case]:
    yield Case("a product counted", _limited(RUNAWAY), "503 time-limit")
    yield Case("a product as rows", _limited(f"SELECT * {{ {CROSS} }}"), EITHER)
    yield Case("a product in order", _limited(f"SELECT * {{ {CROSS} }} ORDER BY ?i ?h"), EITHER)
    yield Case(
        "paths without end",
        _limited("SELECT (COUNT(*) AS ?n) { ?a (<a:a>|!<a:a>|^!<a:a>)* ?b . ?c (<a:a>|!<a:a>|^!<a:a>)* ?d }"),
        "503 time-limit",
    )
    yield Case(
        "a regular expression on a product",
        _limited('ASK { ?s ?p ?o . ?a ?b ?c FILTER(REGEX(CONCAT(STR(?o), STR(?c)), "^(.?){200}x{200}$")) }'),
        "503 time-limit",
    )
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(60))
    yield Case(
        "a string doubled sixty times",
        _limited(f'SELECT (STRLEN(?x60) AS ?n) {{ BIND("x" AS ?x0) {doubled} }}'),
        EITHER,
    )
    yield Case(
        "everything as one string, many times", _limited(f"SELECT (GROUP_CONCAT(STR(?i)) AS ?x) {{ {CROSS} }}"), EITHER
    )
    costly = {
        "a product below NOT EXISTS": f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ {CROSS} FILTER(?a = ?d && ?c = 1) }} }}",
        "a product below MINUS": f"SELECT (COUNT(*) AS ?n) {{ ?a ?x ?y MINUS {{ {CROSS} }} }}",
        "a product whose rows are all different": f"SELECT DISTINCT ?a ?d ?g {{ {CROSS} }}",
        "a product of OPTIONAL": _COUNT + " { OPTIONAL { ?a ?b ?c } OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } }",
        "a product of data": f"{_COUNT} {{ {' '.join(f'VALUES ?x{n} {{ {_ONES} }}' for n in range(8))} }}",
        "a product behind an OFFSET": f"SELECT * {{ {CROSS} }} OFFSET 1000000000000 LIMIT 1",
        "a product in groups": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }} GROUP BY ?a ?b ?d ?e ?g ?h",
        "a join by parts of names": f"{_COUNT} {{ {CROSS} FILTER(CONTAINS(STR(?a), CONCAT(STR(?f), STR(?i)))) }}",
        "paths without end, in paths without end": f"{_COUNT} {{ ?a ({_ANY}*)* ?b . ?c ({_ANY}+)+ ?d }}",
        "three paths without end in a row": f"{_COUNT} {{ ?a {_ANY}*/^{_ANY}*/{_ANY}* ?b . ?c {_ANY}* ?d }}",
        "paths without end that lead back": f"{_COUNT} {{ ?a {_BOTH}+ ?a . ?b {_BOTH}+ ?b . ?c {_BOTH}+ ?c }}",
        "a regular expression with choices in choices": f"{_COUNT} {{ {CROSS} FILTER(REGEX(CONCAT(STR(?a), STR(?f)), "
        '"(a|aa|a*)*(b|bb|b*)*(x+x+)+y")) }',
        "a replacement that doubles, forty times": f'SELECT (STRLEN(?x40) AS ?n) {{ BIND("xx" AS ?x0) {_DOUBLING} }}',
        "80,000 rows that fit any of 80,000": f"{_COUNT} {{ VALUES ?x {{ {_UNDEF} }} VALUES ?x {{ {_UNDEF} }} }}",
    }
    for name, query in costly.items():
        yield Case(name, posting(query, target=f"/sparql?timeout={TIMEOUT_SECONDS}"), EITHER, ("POST",))
    yield Case(
        "a pattern of 5,000 times maybe",
        asking('ASK { FILTER(REGEX("' + "a" * 5000 + '", "^(a?){5000}a{5000}$")) }'),
        "200",
    )
    yield Case("everything described", asking("DESCRIBE ?s { ?s ?p ?o }"), "200")
    yield Case("everything described, of a product", _limited(f"DESCRIBE ?a ?d ?g {{ {CROSS} }}"), EITHER)
    yield Case("a new graph from a product", _limited(f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {CROSS} }}"), EITHER)


def _methods() -> Iterator[Case]:
    for method in ("TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"):
        yield Case(
            f"{method} /sparql", request("/sparql?query=ASK{}", method=method), "405 method-not-allowed", (method,)
        )
    yield Case(
        "CONNECT of another server",
        head_only(b"CONNECT 127.0.0.1:9 HTTP/1.1", b"Host: 127.0.0.1:9"),
        "400 bad-request, hangs up",
    )
    yield Case("a method there is none of", request("/", method="SPARQL"), "400 bad-request, hangs up")
    yield Case("a method in small letters", request("/", method="get"), "400 bad-request, hangs up")
    yield Case("a method of 100 kB", request("/", method="G" * 100_000), "400 bad-request, hangs up")
    yield Case("NUL in the method", request("/", method="G\x00T"), "400 bad-request, hangs up")
    yield Case("a tab after the method", head_only(b"GET\t/ HTTP/1.1", b"Host: a"), "400 bad-request, hangs up")
    yield Case("OPTIONS *", request("*", method="OPTIONS"), "204", ("OPTIONS",))
    yield Case("HEAD of a query", request("/sparql?query=ASK{}", method="HEAD"), "200", ("HEAD",))
    yield Case("POST where only reading is done", request("/", method="POST"), "405 method-not-allowed", ("POST",))
    yield Case(
        "X-HTTP-Method-Override: DELETE, which is not read", asking("ASK {}", "X-HTTP-Method-Override: DELETE"), "200"
    )
    yield Case(
        "Upgrade to a WebSocket",
        request(
            "/",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ),
        "200, hangs up",
    )
    yield Case(
        "Upgrade to HTTP/2",
        request("/health", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAA"),
        "200, hangs up",
    )


def _framing() -> Iterator[Case]:
    ask = b"POST /sparql HTTP/1.1", b"Host: localhost", b"Content-Type: application/sparql-query"
    inner = request("/health")
    bad = "400 bad-request, hangs up"
    yield Case(
        "Content-Length twice, not the same",
        head_only(*ask, b"Content-Length: 6", b"Content-Length: 60") + b"ASK {}" + inner,
        bad,
    )
    yield Case(
        "Content-Length twice, the same",
        head_only(*ask, b"Content-Length: 6", b"Content-Length: 6") + b"ASK {}" + inner,
        bad,
    )
    yield Case("Content-Length: 6, 6", head_only(*ask, b"Content-Length: 6, 6") + b"ASK {}" + inner, bad)
    yield Case("Content-Length: +6", head_only(*ask, b"Content-Length: +6") + b"ASK {}" + inner, bad)
    yield Case("Content-Length: -1", head_only(*ask, b"Content-Length: -1") + b"ASK {}" + inner, bad)
    yield Case("Content-Length: 0x6", head_only(*ask, b"Content-Length: 0x6") + b"ASK {}" + inner, bad)
    yield Case("Content-Length beyond all numbers", head_only(*ask, b"Content-Length: " + b"9" * 40) + b"ASK {}", bad)
    yield Case(
        "Content-Length and Transfer-Encoding",
        head_only(*ask, b"Content-Length: 6", b"Transfer-Encoding: chunked") + b"0\r\n\r\n" + inner,
        bad,
    )
    yield Case(
        "Transfer-Encoding and Content-Length",
        head_only(*ask, b"Transfer-Encoding: chunked", b"Content-Length: 6") + b"0\r\n\r\n" + inner,
        bad,
    )
    yield Case(
        "Transfer-Encoding twice",
        head_only(*ask, b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity") + b"0\r\n\r\n" + inner,
        bad,
    )
    yield Case(
        "Transfer-Encoding: xchunked", head_only(*ask, b"Transfer-Encoding: xchunked") + b"0\r\n\r\n" + inner, bad
    )
    coded = head_only(*ask, b"Transfer-Encoding: gzip, chunked")
    yield Case("Transfer-Encoding: gzip, chunked", coded + b"6\r\nASK {}\r\n0\r\n\r\n" + inner, bad)
    yield Case(
        "Transfer-Encoding : chunked", head_only(*ask, b"Transfer-Encoding : chunked") + b"0\r\n\r\n" + inner, bad
    )
    yield Case(
        "a folded Transfer-Encoding", head_only(*ask, b"Transfer-Encoding:\r\n chunked") + b"0\r\n\r\n" + inner, bad
    )
    yield Case(
        "a chunk whose length is no number",
        head_only(*ask, b"Transfer-Encoding: chunked") + b"zz\r\nASK {}\r\n0\r\n\r\n",
        bad,
    )
    yield Case(
        "a chunk longer than all numbers",
        head_only(*ask, b"Transfer-Encoding: chunked") + b"f" * 20 + b"\r\nASK {}",
        bad,
    )
    yield Case(
        "a chunk longer than it says", head_only(*ask, b"Transfer-Encoding: chunked") + b"3\r\nASK {}\r\n0\r\n\r\n", bad
    )
    yield Case(
        "a chunk extension without end",
        head_only(*ask, b"Transfer-Encoding: chunked") + b"1;" + b"a" * 4_000_000,
        "431 head-too-large, hangs up",
    )
    yield Case(
        "fields after the last chunk without end",
        head_only(*ask, b"Transfer-Encoding: chunked") + b"6\r\nASK {}\r\n0\r\n" + b"X-A: b\r\n" * 500_000,
        "431 head-too-large, hangs up",
    )
    yield Case(
        "fields after the last chunk, which are not read",
        head_only(*ask, b"Transfer-Encoding: chunked") + b"6\r\nASK {}\r\n0\r\nIf-None-Match: *\r\nHost: evil\r\n\r\n",
        "200",
        ("POST",),
    )
    for length in (b"-6", b"0x6", b" 6"):
        yield Case(
            f"a chunk of length {length.decode()!r}",
            head_only(*ask, b"Transfer-Encoding: chunked") + length + b"\r\nASK {}\r\n0\r\n\r\n" + inner,
            bad,
        )
    yield Case(
        "a chunk whose length ends in LF",
        head_only(*ask, b"Transfer-Encoding: chunked") + b"6\nASK {}\r\n0\r\n\r\n" + inner,
        bad,
    )
    yield Case(
        "a chunk extension with LF in quotes",
        head_only(*ask, b"Transfer-Encoding: chunked") + b'6;a="\n"\r\nASK {}\r\n0\r\n\r\n' + inner,
        bad,
    )
    for value in (b"chunked, chunked", b"identity", b"\x0bchunked"):
        yield Case(
            f"Transfer-Encoding: {value.decode()!r}",
            head_only(*ask, b"Transfer-Encoding: " + value) + b"6\r\nASK {}\r\n0\r\n\r\n" + inner,
            bad,
        )
    yield Case(
        "Content-Length and Transfer-Encoding over HTTP/1.0",
        head_only(b"POST /sparql HTTP/1.0", *ask[1:], b"Content-Length: 6", b"Transfer-Encoding: chunked") + inner,
        bad,
    )
    yield Case("an empty Content-Length", head_only(*ask, b"Content-Length:") + b"ASK {}" + inner, bad)
    yield Case("Content-Length: 6a", head_only(*ask, b"Content-Length: 6a") + b"ASK {}" + inner, bad)
    yield Case(
        "a HEAD with a body that is a request",
        request("/health", f"Content-Length: {len(inner)}", method="HEAD") + inner,
        "200",
        ("HEAD",),
    )
    yield Case("empty lines before a request", b"\r\n\r\n" + inner, "200")
    yield Case("a GET with a body", request("/sparql?query=ASK{}", "Content-Length: 5") + b"hello", "200")
    yield Case(
        "a GET with a body that is a request",
        request("/sparql?query=ASK{}", f"Content-Length: {len(inner)}") + inner,
        "200",
    )
    yield Case("lines that end in LF", b"GET /health HTTP/1.1\nHost: localhost\n\n", bad)
    yield Case("two requests in one packet", asking("ASK {}") * 2, "200; 200", ("GET", "GET"))
    yield Case("two hundred requests in one packet", request("/health") * 200, "; ".join(["200"] * 200), ("GET",) * 200)
    yield Case(
        "a request, and nonsense behind it",
        asking("SELECT * { ?s ?p ?o } LIMIT 3") + b"\x16\x03\x01 nonsense\r\n\r\n",
        "200; 400 bad-request, hangs up",
        ("GET", "GET"),
    )


def _headers() -> Iterator[Case]:
    bad = "400 bad-request, hangs up"
    large = "431 head-too-large, hangs up"
    yield Case("a header of 100 kB", request("/health", "X-A: " + "a" * 100_000), large)
    yield Case("a header of 16 MB", request("/health", "X-A: " + "a" * 16_000_000), large)
    yield Case("50,000 headers", request("/health", *(f"X-{n}: a" for n in range(50_000))), large)
    yield Case("a header name of 100 kB", request("/health", "X" * 100_000 + ": a"), large)
    localhost = b"GET /health HTTP/1.1", b"Host: localhost"
    yield Case("a header on two lines (obs-fold)", head_only(*localhost, b"X-A: a", b" b"), bad)
    yield Case("a Host on two lines", head_only(localhost[0], b"Host: local", b" host"), bad)
    yield Case("a space before the first header", head_only(localhost[0], b" X-A: a", localhost[1]), bad)
    yield Case("a space before the colon of Host", head_only(localhost[0], b"Host : localhost"), bad)
    yield Case("a header without a name", request("/health", ": a"), bad)
    yield Case("a header with a space in its name", request("/health", "X A: b"), bad)
    yield Case("a header line without a colon", request("/health", "nonsense"), bad)
    yield Case("NUL in a header", request("/health", b"X-A: a\x00b"), bad)
    yield Case("CR in a header", request("/health", b"X-A: a\rX-B: b"), bad)
    yield Case(
        "bytes beyond ASCII in a header", request("/sparql?query=ASK{}", b"Accept: \xff\xfe\x80"), "406 not-acceptable"
    )
    yield Case("no Host", head_only(b"GET /health HTTP/1.1"), bad)
    yield Case("an empty Host", head_only(b"GET /health HTTP/1.1", b"Host:"), bad)
    yield Case("NUL in Host", head_only(b"GET /health HTTP/1.1", b"Host: a\x00b"), bad)
    yield Case("two Hosts, the same", head_only(b"GET /health HTTP/1.1", b"Host: a", b"host: a"), bad)
    yield Case("two Hosts", head_only(b"GET /health HTTP/1.1", b"Host: a", b"Host: b"), bad)
    yield Case("a Host of 60 kB", head_only(b"GET /sparql HTTP/1.1", b"Host: " + b"a" * 60_000), bad)
    yield Case("a Host with a space", head_only(b"GET /sparql HTTP/1.1", b"Host: a b"), bad)
    yield Case("a Host with a path", head_only(b"GET /sparql HTTP/1.1", b"Host: a/../b?c#d"), bad)
    yield Case("a Host that is half an address", head_only(b"GET /sparql HTTP/1.1", b"Host: [::1"), bad)
    yield Case("a Host with markup", head_only(b"GET /sparql HTTP/1.1", b"Host: <script>"), bad)
    yield Case("a Host with a port that is none", head_only(b"GET /sparql HTTP/1.1", b"Host: a:99999999"), bad)
    yield Case("a Host with a user", head_only(b"GET /sparql HTTP/1.1", b"Host: a@b"), bad)
    yield Case("X-Forwarded-Proto that is no scheme", request("/sparql", "X-Forwarded-Proto: javascript:"), "200")
    yield Case("X-Forwarded-For that is no address", request("/health", "X-Forwarded-For: <a>, ,,%00"), "200")
    accept = ", ".join(f"a{n}/b{n};q=0.{n % 1000:03}" for n in range(200))
    yield Case("Accept with 200 ranges", asking("ASK {}", f"Accept: {accept}"), "406 not-acceptable")
    yield Case("Accept: */*;q=0", asking("ASK {}", "Accept: */*;q=0"), "406 not-acceptable")
    yield Case("an empty Accept", asking("ASK {}", "Accept:"), "200")
    yield Case(
        "Accept with qualities that are none",
        asking("ASK {}", "Accept: text/csv;q=9, text/html;q=-1, */*;q=NaN"),
        "406 not-acceptable",
    )
    yield Case(
        "Accept with a quality of 60,000 digits",
        asking("ASK {}", "Accept: text/csv;q=0." + "1" * 60_000),
        "406 not-acceptable",
    )
    yield Case("Accept of 60,000 semicolons", asking("ASK {}", "Accept: " + ";" * 60_000), "406 not-acceptable")
    yield Case("Accept of 60 kB", asking("ASK {}", "Accept: " + "a/b;q=0.1," * 6000), "406 not-acceptable")
    yield Case(
        "Accept full of quotes that never end", asking("ASK {}", "Accept: " + 'a/b;c="\\"' * 400), "406 not-acceptable"
    )
    yield Case(
        "Accept-Encoding of 60 kB, which is not read",
        asking("ASK {}", "Accept-Encoding: " + "gzip;q=0.1," * 5000),
        "200",
    )
    names = ",".join(f"a{number}" for number in range(9000))
    yield Case("Accept-Encoding of 9,000 names", asking("ASK {}", f"Accept-Encoding: {names}"), "200")
    yield Case("1,000 times Accept-Encoding", asking("ASK {}", *["Accept-Encoding: br;q=0.1"] * 1000), "200")
    yield Case("Accept-Encoding: *;q=0", asking("ASK {}", "Accept-Encoding: *;q=0"), "406 coding-refused")
    yield Case(
        "Accept-Language of 60 kB, which is not read", asking("ASK {}", "Accept-Language: " + "vi;q=0.1," * 6000), "200"
    )
    yield Case("If-None-Match with 1,000 tags", asking("ASK {}", "If-None-Match: " + '"a",' * 1000), "200")
    yield Case("1,000 times If-None-Match", asking("ASK {}", *['If-None-Match: "a"'] * 1000), "200")
    yield Case("If-None-Match: *", asking("ASK {}", "If-None-Match: *"), "304")
    yield Case("If-Modified-Since that is no date", asking("ASK {}", "If-Modified-Since: " + "9" * 1000), "200")
    yield Case(
        "Accept-Datetime that is no date", request("/id/lsoe-12", "Accept-Datetime: x" + "9" * 1000), "400 bad-request"
    )
    yield Case(
        "Range with a thousand pieces, which is not read",
        asking("ASK {}", "Range: bytes=" + ",".join(f"{n}-{n}" for n in range(1000))),
        "200",
    )
    yield Case("Range beyond all numbers", asking("ASK {}", "Range: bytes=0-" + "9" * 1000), "200")
    yield Case("If-Range and Range", request("/data?default", 'If-Range: "a"', "Range: bytes=0-"), "200")
    yield Case(
        "X-Original-URL and X-Rewrite-URL, which are not read",
        asking("ASK {}", "X-Original-URL: /no-such-address", "X-Rewrite-URL: /no-such-address"),
        "200",
    )
    yield Case(
        "Connection: Host, Content-Length, Content-Type",
        request(
            "/sparql",
            "Connection: Host, Content-Length, Content-Type",
            f"Content-Type: {QUERY}",
            method="POST",
            body=b"ASK {}",
        ),
        "200",
        ("POST",),
    )
    yield Case("Expect: 100-continue with no body after it", request("/health", "Expect: 100-continue"), "200")
    yield Case(
        "Expect: 100-continue with a body that is too large",
        request("/sparql", f"Content-Type: {QUERY}", "Expect: 100-continue", "Content-Length: 99999999", method="POST"),
        "413 too-large, hangs up",
        ("POST",),
    )
    yield Case("Expect: something else", request("/health", "Expect: wonders"), "200")
    yield Case(
        "Cookie and Authorization, which are not read",
        asking("ASK {}", "Cookie: a=b", "Authorization: Basic eA=="),
        "200",
    )


def _paths() -> Iterator[Case]:
    nothing = "404 not-found"
    for path in (
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/..%5c..%5cetc",
        "/docs/../../etc/passwd",
        "/docs/assets/..%2f..%2fetc%2fpasswd",
        "/%00",
        "/%c0%ae%c0%ae/",
        "/%ff",
        "//evil.example/",
        "/.git/config",
        "/.env",
        "/sparql/",
        "/SPARQL",
        "/sparql%00",
        "/;/sparql",
    ):
        yield Case(path, request(path), nothing)
    yield Case("/releases/..%2f..%2fetc/sparql", request("/releases/..%2f..%2fetc/sparql"), "404 unknown-name")
    yield Case("/releases/%2e%2e/sparql", request("/releases/%2e%2e/sparql"), "404 unknown-name")
    yield Case("/id/%2e%2e%2f", request("/id/%2e%2e%2f"), nothing)
    yield Case("/id/%00", request("/id/%00"), "404 unknown-name")
    yield Case("/api/entities/%3Cscript%3E", request("/api/entities/%3Cscript%3E"), "404 unknown-name")
    yield Case(
        "/api/entities?cursor= of somebody's making",
        request("/api/entities?cursor=" + "A" * 2000),
        "400 wrong-parameter",
    )
    yield Case("/api/entities?limit=999999999999", request("/api/entities?limit=999999999999"), "400 wrong-parameter")
    yield Case("/api/search for a word of 30 kB", request("/api/search?q=" + "a" * 30_000), "400 wrong-parameter")
    yield Case("/sparql as http://localhost/sparql", request("http://localhost/sparql?query=ASK{}"), "200")
    yield Case("http://evil.example/sparql", request("http://evil.example/sparql?query=ASK{}"), "200")
    yield Case("file:///etc/passwd", request("file:///etc/passwd"), "400 bad-request, hangs up")
    yield Case("a path with no slash before it", request("sparql"), "400 bad-request, hangs up")
    yield Case("http://a@localhost/sparql", request("http://a@localhost/sparql?query=ASK{}"), "200")
    yield Case("http://localhost without a path", request("http://localhost"), "400 bad-request, hangs up")
    yield Case("localhost:80", request("localhost:80"), "400 bad-request, hangs up")
    yield Case(
        "http:// and 100 kB of a host", request("http://" + "a" * 100_000 + "/"), "414 address-too-long, hangs up"
    )
    yield Case("NUL as it is in the address", request(b"/sparql?query=ASK{}\x00"), "400 bad-request, hangs up")
    yield Case("a space in the path", request("/a b"), "400 bad-request, hangs up")
    yield Case("bytes beyond ASCII in the path", request(b"/\xc3\xa9\xff"), "400 bad-request, hangs up")
    yield Case("CR LF in a parameter", request("/sparql?query=ASK{}&lang=en%0d%0aX-A:%20b"), "400 wrong-parameter")
    yield Case("CR LF in a path", request("/id/a%0d%0aX-A:%20b"), "404 unknown-name")


def _versions() -> Iterator[Case]:
    yield Case("HTTP/1.0", b"GET /health HTTP/1.0\r\n\r\n", "200, hangs up")
    yield Case("HTTP/1.0, kept alive", b"GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "200, hangs up")
    yield Case(
        "HTTP/1.0 in chunks",
        b"POST /sparql HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "415 unsupported-media-type, hangs up",
    )
    yield Case("HTTP/0.9", b"GET /health\r\n\r\n", "400 bad-request, hangs up")
    yield Case("HTTP/2 at once", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 bad-request, hangs up")
    yield Case("http/1.1", b"GET /health http/1.1\r\nHost: a\r\n\r\n", "400 bad-request, hangs up")
    yield Case("HTTP/9.9", b"GET /health HTTP/9.9\r\nHost: a\r\n\r\n", "400 bad-request, hangs up")
    yield Case("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200), "400 bad-request, hangs up")
    yield Case("bytes of zero", bytes(1000), "400 bad-request, hangs up")
    yield Case("a greeting in the protocol of mail", b"EHLO localhost\r\n", "400 bad-request, hangs up")


GROUPS: dict[str, tuple[Case, ...]] = {
    "SERVICE": tuple(_services()),
    "Graphs of other servers": tuple(_graphs()),
    "Changes": tuple(_updates()),
    "Nested deeply": tuple(_deep()),
    "Long": tuple(_long()),
    "Written oddly": tuple(_odd()),
    "Costly": tuple(_costly()),
    "Methods": tuple(_methods()),
    "Where a request ends": tuple(_framing()),
    "Headers": tuple(_headers()),
    "Addresses": tuple(_paths()),
    "Versions and other protocols": tuple(_versions()),
}
"""Every request by group; what stays to be done with time (slow clients, broken ones) is in the test."""
