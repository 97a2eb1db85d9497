/** What the explorer says, in both languages. What the page says without scripts is in templates/words/network.json. */

import type { Language } from "../client/client.ts";

const WORDS = {
  picture: ["Picture of the network", "Hình vẽ mạng lưới"],
  explorer: ["Network explorer", "Công cụ khám phá mạng lưới"],
  what: ["What is shown", "Nội dung hiển thị"],
  time: ["Time", "Thời gian"],
  "all time": ["All time", "Mọi thời gian"],
  "one date": ["One date", "Một thời điểm"],
  span: ["A period", "Một giai đoạn"],
  "two dates": ["Compare two", "So sánh hai thời điểm"],
  year: ["Year", "Năm"],
  date: ["Date", "Thời điểm"],
  from: ["From", "Từ"],
  until: ["Until", "Đến"],
  earlier: ["Earlier", "Trước"],
  later: ["Later", "Sau"],
  play: ["Play", "Chạy"],
  pause: ["Pause", "Dừng"],
  "next year": ["Next year", "Năm sau"],
  "last year": ["Year before", "Năm trước"],
  "no date": [
    "This is no date. Write a year, month or day: 2019, 2019-11 or 2019-11-02.",
    "Đây không phải là ngày tháng. Hãy viết năm, tháng hoặc ngày: 2019, 2019-11 hoặc 2019-11-02.",
  ],
  "two ways": ["Give either one date, or from and until.", "Hãy chọn một thời điểm, hoặc từ và đến."],
  "ends before": ["The period ends before it starts.", "Giai đoạn kết thúc trước khi bắt đầu."],
  "same days": [
    "These are the same days, so nothing can have changed.",
    "Hai thời điểm trùng nhau nên không có gì thay đổi.",
  ],
  "later first": ["Name the earlier date first.", "Hãy ghi thời điểm sớm hơn trước."],
  "not two": ["Two dates are needed.", "Cần hai thời điểm."],
  kinds: ["Kinds", "Loại"],
  relations: ["Relations", "Quan hệ"],
  unnamed: ["relation not named", "quan hệ không nêu tên"],
  least: ["Least weight", "Trọng số nhỏ nhất"],
  find: ["Find by name", "Tìm theo tên"],
  more: ["Find, filter, measure, arrange", "Tìm, lọc, đo lường, bố trí"],
  component: ["Component", "Thành phần liên thông"],
  "every component": ["all", "tất cả"],
  "component of": ["{number} ({count} nodes)", "{number} ({count} nút)"],
  top: ["Only so many nodes", "Chỉ lấy số nút"],
  by: ["by", "theo"],
  size: ["Size shows", "Cỡ thể hiện"],
  colour: ["Colour shows", "Màu thể hiện"],
  kind: ["Kind", "Loại"],
  nothing: ["nothing", "không"],
  project: ["Join one side", "Nối một phía"],
  "both sides": ["no, show both sides", "không, hiển thị cả hai phía"],
  weighting: ["Weighting", "Cách tính trọng số"],
  count: ["how many are shared", "số điểm chung"],
  newman: ["Newman: large gatherings count less", "Newman: nhóm đông tính ít hơn"],
  jaccard: ["Jaccard: share of all", "Jaccard: tỷ lệ trên tổng"],
  "in common": ["in common ({what})", "điểm chung ({what})"],
  layout: ["Layout", "Bố trí"],
  "as usual": ["as usual", "như thường lệ"],
  spring: ["linked ones near", "các nút liên kết ở gần"],
  layered: ["in layers", "theo tầng"],
  circle: ["in a circle", "theo vòng tròn"],
  reset: ["Show everything", "Hiển thị tất cả"],
  "zoom in": ["Zoom in", "Phóng to"],
  "zoom out": ["Zoom out", "Thu nhỏ"],
  fit: ["Whole picture", "Toàn hình"],
  left: ["Move left", "Sang trái"],
  right: ["Move right", "Sang phải"],
  up: ["Move up", "Lên trên"],
  down: ["Move down", "Xuống dưới"],
  move: ["Zoom and move", "Phóng to, thu nhỏ và dời hình"],
  keys: ["Keys and mouse", "Phím và chuột"],
  help: [
    "Tab leads into the picture; the arrow keys go to the node that lies next, Page Up and Page Down through all, Home and End to the first and the last. Enter shows the details, with the links as buttons; Escape leads back. Plus, minus and 0 zoom, Shift with the arrow keys moves the picture. With a mouse or finger: click, drag, Ctrl and wheel.",
    "Phím Tab đưa vào hình; các phím mũi tên đi đến nút nằm kế bên, Page Up và Page Down đi qua mọi nút, Home và End đến nút đầu và nút cuối. Enter mở chi tiết, với các đường nối là nút bấm; Escape quay lại. Phím cộng, trừ và 0 để phóng to, thu nhỏ và xem toàn hình; Shift cùng phím mũi tên để dời hình. Bằng chuột hoặc ngón tay: bấm, kéo, Ctrl và lăn bánh xe.",
  ],
  legend: ["Legend", "Chú giải"],
  changes: ["Changes", "Thay đổi"],
  appeared: ["appeared", "mới xuất hiện"],
  vanished: ["vanished", "không còn"],
  strengthened: ["strengthened", "mạnh lên"],
  weakened: ["weakened", "yếu đi"],
  unchanged: ["unchanged", "không đổi"],
  "new here": ["new in this step", "mới ở bước này"],
  "gone here": ["gone since the step before", "đã mất so với bước trước"],
  width: ["Line width: {what}", "Độ dày nét: {what}"],
  "mark size": ["Mark size: {what}", "Cỡ ký hiệu: {what}"],
  "mark colour": ["Mark colour: {what}", "Màu ký hiệu: {what}"],
  weight: ["weight", "trọng số"],
  group: ["{what} {number}", "{what} {number}"],
  "further groups": ["further ones", "các nhóm khác"],
  details: ["Details", "Chi tiết"],
  choose: [
    "Choose a node or a link, in the picture or in the tables, to see what is known of it and where that stands.",
    "Hãy chọn một nút hoặc một đường nối, trong hình hoặc trong bảng, để xem thông tin và nguồn của nó.",
  ],
  "page of": ["Page of the entity", "Trang của thực thể"],
  "page of document": ["Page of the document", "Trang của tài liệu"],
  close: ["Close", "Đóng"],
  links: ["Links", "Các đường nối"],
  nodes: ["Nodes", "Các nút"],
  measures: ["Measures", "Độ đo"],
  "of the whole": ["Of the whole network", "Của toàn mạng lưới"],
  meaning: ["What the measures mean", "Ý nghĩa của các độ đo"],
  "communities differ": [
    "Computed in the browser. The Louvain method makes choices by chance, so its communities may differ a little from those of the server.",
    "Được tính trong trình duyệt. Phương pháp Louvain có yếu tố ngẫu nhiên nên các cộng đồng có thể hơi khác kết quả của máy chủ.",
  ],
  table: ["Tables of what is shown", "Bảng của phần đang hiển thị"],
  name: ["Name", "Tên"],
  "one end": ["One end", "Một đầu"],
  "other end": ["Other end", "Đầu kia"],
  source: ["From", "Từ"],
  target: ["To", "Đến"],
  relation: ["Relation", "Quan hệ"],
  Weight: ["Weight", "Trọng số"],
  dates: ["Dates", "Thời gian"],
  change: ["Change", "Thay đổi"],
  strength: ["Strength", "Cường độ"],
  degree: ["Links", "Số đường nối"],
  evidence: ["Facts and sources", "Dữ kiện và nguồn"],
  facts: ["{count} facts", "{count} dữ kiện"],
  "facts one": ["1 fact", "1 dữ kiện"],
  "no facts": ["none given", "không nêu"],
  fact: ["fact", "dữ kiện"],
  joint: ["one or more of", "một hoặc nhiều trong số"],
  "no place": ["place not given", "không nêu vị trí"],
  "no source": ["Facts without a source", "Dữ kiện không có nguồn"],
  "show rows": ["Show all {count} rows", "Hiển thị tất cả {count} dòng"],
  download: ["Download what is seen", "Tải phần đang hiển thị"],
  "seen here": [
    "Exactly what is seen, written in the browser; every link carries its facts and sources.",
    "Đúng phần đang hiển thị, ghi ngay trong trình duyệt; mỗi đường nối kèm dữ kiện và nguồn.",
  ],
  "from server": ["As the site has it, in more formats", "Do trang cung cấp, thêm nhiều định dạng"],
  "without filters": [
    "Filters by kind, relation, weight and name are not part of these.",
    "Các tệp này không áp dụng bộ lọc theo loại, quan hệ, trọng số và tên.",
  ],
  "links as": ["Links (CSV)", "Đường nối (CSV)"],
  "nodes as": ["Nodes (CSV)", "Nút (CSV)"],
  "picture as svg": ["Picture (SVG)", "Hình vẽ (SVG)"],
  "picture as png": ["Picture (PNG)", "Hình vẽ (PNG)"],
  seen: ["{nodes}, {links}", "{nodes}, {links}"],
  "count nodes": ["{count} nodes", "{count} nút"],
  "count nodes one": ["1 node", "1 nút"],
  "count links": ["{count} links", "{count} đường nối"],
  "count links one": ["1 link", "1 đường nối"],
  "of all": ["Of {nodes} and {links} in all.", "Trong tổng số {nodes} và {links}."],
  compared: ["{earlier} compared with {later}", "{earlier} so với {later}"],
  undated: [
    "Links without a date, shown in every period: {count}.",
    "Số đường nối không có thời gian nên luôn hiển thị: {count}.",
  ],
  arrived: ["New: {names}.", "Mới: {names}."],
  departed: ["Gone: {names}.", "Không còn: {names}."],
  "and more": ["{names} and {count} more", "{names} và {count} mục khác"],
  empty: [
    "There is no link in what is chosen. Choose another date, or show everything.",
    "Không có đường nối nào trong phần đã chọn. Hãy chọn thời điểm khác hoặc hiển thị tất cả.",
  ],
  "not in it": ["This network has no links.", "Mạng lưới này không có đường nối nào."],
  "too large": [
    "This network has {nodes} and {links}; a picture of more than {mostNodes} nodes or {mostLinks} links cannot be read.",
    "Mạng lưới này có {nodes} và {links}; hình có hơn {mostNodes} nút hoặc {mostLinks} đường nối thì không thể đọc được.",
  ],
  reduce: ["Show the 100 strongest nodes", "Hiển thị 100 nút mạnh nhất"],
  "ways to reduce": [
    "Or choose a date, a period or a component.",
    "Hoặc chọn một thời điểm, một giai đoạn hay một thành phần liên thông.",
  ],
  selected: ["Chosen: {label}.", "Đã chọn: {label}."],
  node: ["{label}, {kind}, links: {count}", "{label}, {kind}, số đường nối: {count}"],
  "not shown": ["Not in what is shown now.", "Không nằm trong phần đang hiển thị."],
  failed: ["The explorer could not be loaded: {why}", "Không tải được công cụ khám phá: {why}"],
  saved: ["{name} was saved.", "Đã lưu {name}."],
  "not saved": ["{name} could not be made. Another form may do.", "Không tạo được {name}. Hãy thử dạng khác."],
  "part of": ["Part of the network “{title}”", "Một phần của mạng lưới “{title}”"],
  data: ["Data: {release}.", "Dữ liệu: {release}."],
  untitled: ["Network", "Mạng lưới"],
} as const satisfies Record<string, readonly [string, string]>;

export type Word = keyof typeof WORDS;
export type Say = (word: Word, values?: Record<string, string | number>) => string;

/** The words in a language. */
export function words(language: Language): Say {
  return (word, values = {}) =>
    WORDS[word][language === "vi" ? 1 : 0].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
}

/** `12 nodes`, `1 link`. */
export function counted(say: Say, what: "nodes" | "links", count: number): string {
  return count === 1 ? say(`count ${what} one`) : say(`count ${what}`, { count });
}

export function isWord(text: string): text is Word {
  return Object.hasOwn(WORDS, text);
}

/** A number as people of the language write it. */
export function spokenNumber(value: number, language: Language): string {
  const digits =
    Number.isInteger(value) || Math.abs(value) >= 1 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 4 };
  return new Intl.NumberFormat(language === "vi" ? "vi" : "en", digits).format(value);
}
