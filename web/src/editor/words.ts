/** What the editor says, in both languages. */
import type { Language } from "../client/client.ts";

const WORDS = {
  query: { en: "Query", vi: "Truy vấn" },
  label: { en: "SPARQL query", vi: "Truy vấn SPARQL" },
  leave: {
    en: "Tab moves text in. To leave the editor, press Escape, then Tab.",
    vi: "Phím Tab thụt dòng. Để rời ô soạn thảo, bấm Escape rồi Tab.",
  },
  run: { en: "Run", vi: "Chạy" },
  stop: { en: "Stop", vi: "Dừng" },
  format: { en: "Format", vi: "Định dạng" },
  share: { en: "Share", vi: "Chia sẻ" },
  code: { en: "Code", vi: "Mã lệnh" },
  save: { en: "Save as .rq", vi: "Lưu .rq" },
  keys: { en: "Keys", vi: "Phím tắt" },
  tools: { en: "What to do with the query", vi: "Thao tác với truy vấn" },
  tabs: { en: "Open queries", vi: "Các truy vấn đang mở" },
  newTab: { en: "New query", vi: "Truy vấn mới" },
  closeTab: { en: "Close query", vi: "Đóng truy vấn" },
  reopen: { en: "Reopen closed query", vi: "Mở lại truy vấn đã đóng" },
  rename: { en: "Rename query", vi: "Đổi tên truy vấn" },
  name: { en: "Name of the query", vi: "Tên truy vấn" },
  apply: { en: "Rename", vi: "Đổi tên" },
  close: { en: "Close", vi: "Đóng" },
  copy: { en: "Copy", vi: "Chép" },
  copied: { en: "Copied", vi: "Đã chép" },
  notCopied: {
    en: "The browser does not let the page copy. The text is selected: press Ctrl+C.",
    vi: "Trình duyệt không cho phép trang chép. Văn bản đã được chọn: bấm Ctrl+C.",
  },
  running: { en: "Running…", vi: "Đang chạy…" },
  stopped: { en: "Stopped after {0}.", vi: "Đã dừng sau {0}." },
  rows: { en: "{0} rows in {1}", vi: "{0} dòng trong {1}" },
  row: { en: "1 row in {1}", vi: "1 dòng trong {1}" },
  noRows: { en: "No rows in {1}", vi: "Không có dòng nào, trong {1}" },
  triples: { en: "{0} triples in {1}", vi: "{0} bộ ba trong {1}" },
  yes: { en: "Yes, in {1}", vi: "Có, trong {1}" },
  no: { en: "No, in {1}", vi: "Không, trong {1}" },
  see: { en: "To the answer", vi: "Đến kết quả" },
  failed: { en: "No answer: {0}", vi: "Không có câu trả lời: {0}" },
  tooFew: {
    en: "Most often a name or a pattern is not as the data have it: leave one pattern out and run again.",
    vi: "Thường do một tên hay một mẫu không giống dữ liệu: hãy bỏ bớt một mẫu rồi chạy lại.",
  },
  empty: {
    en: "There is no query yet. Write one, or choose an example.",
    vi: "Chưa có truy vấn. Hãy viết hoặc chọn một ví dụ.",
  },
  noProblem: { en: "No problem found.", vi: "Không thấy vấn đề nào." },
  problems: { en: "Problems", vi: "Vấn đề" },
  doubt: { en: "Doubtful", vi: "Đáng ngờ" },
  mistake: { en: "Mistake", vi: "Lỗi" },
  goTo: { en: "Go to line {0}", vi: "Đến dòng {0}" },
  repair: { en: "Repair", vi: "Sửa" },
  replace: { en: "Use {0}", vi: "Dùng {0}" },
  repaired: { en: "Repaired.", vi: "Đã sửa." },
  nothingToRepair: {
    en: "There is nothing that can be repaired for certain.",
    vi: "Không có gì có thể sửa chắc chắn.",
  },
  formatted: { en: "Formatted.", vi: "Đã định dạng." },
  retry: { en: "Try again", vi: "Thử lại" },
  limit: { en: "Ask for {0} rows only", vi: "Chỉ hỏi {0} dòng" },
  gone: {
    en: "The server cannot be reached. Your query is safe here; look at your connection and try again.",
    vi: "Không kết nối được với máy chủ. Truy vấn của bạn vẫn còn đây; hãy kiểm tra mạng rồi thử lại.",
  },
  wrong: { en: "Something went wrong in the page: {0}", vi: "Trang gặp lỗi: {0}" },
  noExample: { en: "The example could not be fetched: {0}", vi: "Không tải được ví dụ: {0}" },
  notKept: {
    en: "The browser has no room to keep your queries, or does not keep anything. Save those you need as .rq.",
    vi: "Trình duyệt hết chỗ hoặc không lưu gì. Hãy lưu các truy vấn cần thiết thành tệp .rq.",
  },
  shared: { en: "Shared query", vi: "Truy vấn được chia sẻ" },
  opened: { en: "Opened: {0}", vi: "Đã mở: {0}" },
  linkToQuery: { en: "Link that opens this query in the editor", vi: "Liên kết mở truy vấn này trong trình soạn" },
  linkToAnswer: {
    en: "Permanent link to the answer of this release",
    vi: "Liên kết cố định đến kết quả của bản phát hành này",
  },
  language: { en: "Language", vi: "Ngôn ngữ" },
  codeLead: { en: "Asks the same query from your own program.", vi: "Hỏi cùng truy vấn từ chương trình của bạn." },
  noServer: {
    en: "This site has no server to ask. Load its data files into a program of yours and ask there.",
    vi: "Trang này không có máy chủ để hỏi. Hãy nạp các tệp dữ liệu vào chương trình của bạn và hỏi ở đó.",
  },
  find: { en: "Find an example", vi: "Tìm ví dụ" },
  found: { en: "{0} examples", vi: "{0} ví dụ" },
  loading: { en: "The editor is being loaded…", vi: "Đang tải trình soạn thảo…" },
  keyRun: { en: "Run", vi: "Chạy" },
  keyComplete: { en: "Suggest names, prefixes, variables", vi: "Gợi ý tên, tiền tố, biến" },
  keyFix: { en: "Repair the first problem", vi: "Sửa vấn đề đầu tiên" },
  keyNext: { en: "Next problem", vi: "Vấn đề tiếp theo" },
  keyFormat: { en: "Format", vi: "Định dạng" },
  keyComment: { en: "Comment lines in or out", vi: "Thêm hoặc bỏ chú thích" },
  keyFind: { en: "Find in the query", vi: "Tìm trong truy vấn" },
  keyLeave: { en: "Leave the editor", vi: "Rời ô soạn thảo" },
  keyTabs: { en: "Among open queries: go, rename, close", vi: "Giữa các truy vấn: chuyển, đổi tên, đóng" },
  class: { en: "class", vi: "lớp" },
  property: { en: "property", vi: "thuộc tính" },
  concept: { en: "value", vi: "giá trị" },
  entity: { en: "entity", vi: "thực thể" },
} as const;

export type Word = keyof typeof WORDS;

/** A text in the language, with what is to stand in its places. */
export function say(language: Language, word: Word, ...values: (string | number)[]): string {
  return WORDS[word][language].replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ""));
}

const TITLES: Record<string, Record<Language, string>> = {
  "query-syntax": { en: "The query is not valid SPARQL", vi: "Truy vấn không đúng cú pháp SPARQL" },
  "query-refused": {
    en: "The query asks for what is not done here",
    vi: "Truy vấn yêu cầu điều không được phép ở đây",
  },
  query: { en: "The query cannot be answered", vi: "Không thể trả lời truy vấn" },
  "time-limit": {
    en: "The query takes more time than allowed. Ask for less: name an entity, or leave a part out.",
    vi: "Truy vấn chạy quá thời gian cho phép. Hãy hỏi ít hơn: nêu rõ một thực thể, hoặc bỏ bớt một phần.",
  },
  "size-limit": {
    en: "The answer is larger than allowed. Ask for fewer rows, or for fewer columns.",
    vi: "Kết quả lớn hơn mức cho phép. Hãy hỏi ít dòng hơn hoặc ít cột hơn.",
  },
  "too-large": { en: "The query is too long to be sent", vi: "Truy vấn quá dài để gửi" },
  "rate-limit": {
    en: "Too many questions in a short time. Wait a few seconds and try again.",
    vi: "Quá nhiều câu hỏi trong thời gian ngắn. Hãy chờ vài giây rồi thử lại.",
  },
  busy: { en: "The server is busy. Try again in a moment.", vi: "Máy chủ đang bận. Hãy thử lại sau giây lát." },
  "release-changed": {
    en: "The data are being renewed. Try again in a moment.",
    vi: "Dữ liệu đang được cập nhật. Hãy thử lại sau giây lát.",
  },
};

/** What kind of problem it is, in the language; the server's own title where the kind is not known. */
export function titleOf(language: Language, type: string, title: string): string {
  return TITLES[type.slice(type.lastIndexOf("/") + 1)]?.[language] ?? title;
}
