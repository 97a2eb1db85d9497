/** What a site without a server says of a mistake, in the words of the server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { told } from "../src/client/told.ts";
import { kindOf, placed, problem, tell } from "../src/client/static/telling.ts";
import { latest } from "../src/client/static/dates.ts";

test("a message is said in both languages, with its fields in them", () => {
  assert.deepEqual(tell("value.did-you-mean", { near: ["a", "{b}", "$&"] }), {
    en: "Did you mean a or {b} or $&?",
    vi: "Có phải ý bạn là a hoặc {b} hoặc $&?",
  });
  assert.equal(tell("value.unknown-name", { kind: kindOf("query"), name: "x" }).vi, "Không có truy vấn nào tên là 'x'");
  assert.equal(tell("query.words-many", { max_tokens: 5000 }).vi, "truy vấn dài hơn 5.000 từ và ký hiệu");
  assert.throws(() => tell("value.nonsense"), RangeError);
  assert.throws(() => latest("2031-02-30"), /There is no day 30 in February 2031/);
});

test("a problem has what it says in the language of the page", () => {
  const detail = placed({ line: 2, column: 3 }, tell("query.update"));
  const made = problem("query-refused", 403, "Refused", { detail, hint: tell("query.how-to-change"), line: 2 }).problem;
  assert.match(told(made, "en").text, /^Line 2, column 3: this is an update.*\. The data is curated/);
  assert.equal(told(made, "vi").language, "vi");
  assert.match(told(made, "vi").text, /^Dòng 2, cột 3: đây là lệnh cập nhật.*\. Dữ liệu được biên soạn/);
  assert.deepEqual(told({ type: "", status: 500, title: "Broken" }, "vi"), { text: "Broken", language: "en" });
});
