import assert from "node:assert/strict";
import { test } from "node:test";
import { readTriples } from "../src/client/triples.ts";

test("N-Triples are read triple by triple, whatever their texts hold", () => {
  const [first, second, third] = readTriples(
    '<http://x/s> <http://x/p> "a \\"b\\" \\u0022 \\\\u0041\\n>.<" .\n' +
      '_:b1 <http://x/p> "Lò Gò"@vi .\n' +
      '<http://x/s> <http://x/q> <<( <http://x/s> <http://x/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> )>> .\n',
  );
  assert.deepEqual(first?.["object"], { type: "literal", value: 'a "b" " \\u0041\n>.<' });
  assert.deepEqual(second?.["subject"], { type: "bnode", value: "b1" });
  assert.deepEqual(second?.["object"], { type: "literal", value: "Lò Gò", "xml:lang": "vi" });
  assert.equal(third?.["object"]?.type, "triple");
});
