/** The words of the views of an answer, in both languages. */

import type { Language } from "../client/client.ts";

type Texts = Readonly<Record<Language, string>>;

const WORDS = {
  answer: { en: "Answer", vi: "Trả lời" },
  views: { en: "Views of the answer", vi: "Các cách xem câu trả lời" },
  table: { en: "Table", vi: "Bảng" },
  chart: { en: "Chart", vi: "Biểu đồ" },
  map: { en: "Map", vi: "Bản đồ" },
  timeline: { en: "Timeline", vi: "Dòng thời gian" },
  network: { en: "Network", vi: "Mạng lưới" },
  raw: { en: "Raw", vi: "Bản thô" },
  loading: { en: "Loading…", vi: "Đang tải…" },

  whyNoRows: { en: "There are no rows to show.", vi: "Không có dòng nào để hiển thị." },
  whyVerdict: { en: "The answer is yes or no.", vi: "Câu trả lời chỉ là có hoặc không." },
  whyNoChart: {
    en: "A chart needs a column of numbers, dates or names.",
    vi: "Biểu đồ cần một cột số, ngày tháng hoặc tên.",
  },
  whyNoMap: {
    en: "A map needs points: a column of WKT points, columns of latitude and longitude, or entities that have a point.",
    vi: "Bản đồ cần tọa độ: một cột điểm WKT, các cột vĩ độ và kinh độ, hoặc các thực thể có tọa độ.",
  },
  whyNoTimeline: { en: "A timeline needs a column of dates.", vi: "Dòng thời gian cần một cột ngày tháng." },
  whyNoNetwork: {
    en: "A network needs the columns ?source and ?target.",
    vi: "Mạng lưới cần hai cột ?source và ?target.",
  },

  yes: { en: "Yes.", vi: "Có." },
  no: { en: "No.", vi: "Không." },
  yesMore: { en: "What the query asks for is in the graph.", vi: "Điều truy vấn hỏi có trong đồ thị." },
  noMore: {
    en: "What the query asks for is not in the graph. That does not say it is not so: it may just not be recorded.",
    vi: "Điều truy vấn hỏi không có trong đồ thị. Điều đó không có nghĩa là không đúng: có thể chỉ là chưa được ghi.",
  },
  noRows: { en: "No rows.", vi: "Không có dòng nào." },
  noRowsMore: {
    en: "Nothing in this release fits the query.",
    vi: "Không có gì trong bản phát hành này khớp với truy vấn.",
  },
  rowsOne: { en: "{count} row", vi: "{count} dòng" },
  rowsMany: { en: "{count} rows", vi: "{count} dòng" },
  triplesOne: { en: "{count} triple", vi: "{count} bộ ba" },
  triplesMany: { en: "{count} triples", vi: "{count} bộ ba" },
  inSeconds: { en: "{what} in {seconds} s", vi: "{what} trong {seconds} giây" },
  truncated: {
    en: "The answer was cut off at the row limit: there is more than is shown here. Narrow the query down, or ask for the rest with LIMIT and OFFSET.",
    vi: "Câu trả lời đã bị cắt ở giới hạn số dòng: còn nhiều hơn phần hiển thị ở đây. Hãy thu hẹp truy vấn, hoặc lấy phần còn lại bằng LIMIT và OFFSET.",
  },

  filter: { en: "Filter rows", vi: "Lọc các dòng" },
  filterColumns: { en: "Filter by column", vi: "Lọc theo cột" },
  filterOf: { en: "Filter {column}", vi: "Lọc {column}" },
  clear: { en: "Clear filters", vi: "Bỏ lọc" },
  show: { en: "Show", vi: "Hiển thị" },
  names: { en: "Names", vi: "Tên" },
  iris: { en: "IRIs", vi: "IRI" },
  both: { en: "Names and IRIs", vi: "Tên và IRI" },
  copyTable: { en: "Copy table", vi: "Chép bảng" },
  copied: { en: "Copied.", vi: "Đã chép." },
  notCopied: {
    en: "The browser did not allow copying. Select the text and copy it by hand.",
    vi: "Trình duyệt không cho phép chép. Hãy chọn văn bản rồi tự chép.",
  },
  sortedUp: { en: "Sorted by {column}, ascending.", vi: "Đã sắp theo {column}, tăng dần." },
  sortedDown: { en: "Sorted by {column}, descending.", vi: "Đã sắp theo {column}, giảm dần." },
  sortedNot: { en: "In the order of the query.", vi: "Theo thứ tự của truy vấn." },
  sortBy: { en: "sort", vi: "sắp xếp" },
  fitting: { en: "{count} of {all} rows fit.", vi: "{count} trong {all} dòng khớp." },
  noneFit: { en: "No row fits the filters.", vi: "Không có dòng nào khớp bộ lọc." },
  shownOf: { en: "{count} of {all} rows shown.", vi: "Đang hiển thị {count} trong {all} dòng." },
  showMore: { en: "Show {count} more", vi: "Hiển thị thêm {count}" },
  showAll: { en: "Show all {count}", vi: "Hiển thị tất cả {count}" },
  sources: { en: "Sources", vi: "Nguồn" },
  source: { en: "source", vi: "nguồn" },
  sourceOf: { en: "Source {number}", vi: "Nguồn {number}" },
  sourcePage: { en: "what it says", vi: "nội dung đã ghi" },
  disputed: { en: "disputed", vi: "còn tranh chấp" },
  superseded: { en: "superseded", vi: "đã được thay thế" },
  rejected: { en: "rejected", vi: "bị bác bỏ" },
  subject: { en: "Subject", vi: "Chủ thể" },
  predicate: { en: "Property", vi: "Thuộc tính" },
  object: { en: "Value", vi: "Giá trị" },
  scroll: { en: "{title}, table to scroll", vi: "{title}, bảng có thể cuộn" },

  chartKind: { en: "Draw as", vi: "Vẽ dạng" },
  bars: { en: "Bars", vi: "Cột" },
  line: { en: "Line", vi: "Đường" },
  dots: { en: "Dots", vi: "Điểm" },
  across: { en: "By", vi: "Theo" },
  measure: { en: "Show the", vi: "Thể hiện" },
  series: { en: "Colour by", vi: "Tô màu theo" },
  none: { en: "nothing", vi: "không" },
  numberOfRows: { en: "number of rows", vi: "số dòng" },
  combine: { en: "Several rows:", vi: "Nhiều dòng:" },
  sum: { en: "sum", vi: "tổng" },
  mean: { en: "mean", vi: "trung bình" },
  most: { en: "largest", vi: "lớn nhất" },
  unknown: { en: "not stated", vi: "không nêu" },
  others: { en: "others", vi: "khác" },
  chartCut: {
    en: "The {count} largest of {all}; the table below has all.",
    vi: "{count} mục lớn nhất trong {all}; bảng bên dưới có đủ.",
  },
  chartLeftOut: {
    en: "{count} rows without a value for it are left out.",
    vi: "{count} dòng không có giá trị nên không được vẽ.",
  },
  chartData: { en: "The data of the chart ({count})", vi: "Dữ liệu của biểu đồ ({count})" },
  chartSpoken: {
    en: "{kind}: {measure} by {across}, {count} values. Largest: {most}. Smallest: {least}.",
    vi: "{kind}: {measure} theo {across}, {count} giá trị. Lớn nhất: {most}. Nhỏ nhất: {least}.",
  },
  barChart: { en: "Bar chart", vi: "Biểu đồ cột" },
  lineChart: { en: "Line chart", vi: "Biểu đồ đường" },
  dotChart: { en: "Scatter chart", vi: "Biểu đồ điểm" },
  nothingToDraw: {
    en: "These columns have nothing to draw. Choose others.",
    vi: "Các cột này không có gì để vẽ. Hãy chọn cột khác.",
  },
  savePicture: { en: "Save as {format}", vi: "Lưu dạng {format}" },
  mapNote: {
    en: "{count} of {all} rows have a point and are on the map.",
    vi: "{count} trong {all} dòng có tọa độ và nằm trên bản đồ.",
  },
  timelineNote: {
    en: "{count} of {all} rows have a date and are on the timeline.",
    vi: "{count} trong {all} dòng có ngày tháng và nằm trên dòng thời gian.",
  },
  timelineDates: { en: "Dates from", vi: "Ngày từ" },
  latitude: { en: "latitude", vi: "vĩ độ" },

  copyText: { en: "Copy", vi: "Chép" },
  rawCut: {
    en: "The first {count} characters of {all}. Copying takes all.",
    vi: "{count} ký tự đầu trong {all}. Khi chép sẽ lấy tất cả.",
  },
  asTurtle: { en: "The graph as Turtle", vi: "Đồ thị dạng Turtle" },
  asJson: { en: "The answer as SPARQL JSON", vi: "Câu trả lời dạng SPARQL JSON" },

  download: { en: "Download", vi: "Tải xuống" },
  downloadAs: { en: "Download the answer as {format}", vi: "Tải câu trả lời dạng {format}" },
  downloading: { en: "Making {name}…", vi: "Đang tạo {name}…" },
  downloaded: { en: "{name} is saved.", vi: "Đã lưu {name}." },
  failed: { en: "That did not work: {why}", vi: "Không thực hiện được: {why}" },
  origin: { en: "Where this answer comes from", vi: "Câu trả lời này từ đâu" },
  release: { en: "Release", vi: "Bản phát hành" },
  cite: { en: "Cite as", vi: "Trích dẫn" },
  permanent: { en: "Permanent link to this answer", vi: "Liên kết lâu dài tới câu trả lời này" },
  permanentShort: { en: "Permanent link", vi: "Liên kết lâu dài" },
  copyCitation: { en: "Copy citation", vi: "Chép trích dẫn" },
  copyLink: { en: "Copy link", vi: "Chép liên kết" },
  running: { en: "Running…", vi: "Đang chạy…" },
} as const satisfies Record<string, Texts>;

export type Word = keyof typeof WORDS;

/** A word or sentence in a language, with its gaps filled. */
export function say(language: Language, word: Word, gaps: Readonly<Record<string, string | number>> = {}): string {
  return WORDS[word][language].replace(/\{(\w+)\}/g, (gap, name: string) => {
    const filling = gaps[name];
    return typeof filling === "number" ? written(language, filling) : (filling ?? gap);
  });
}

/** A number as the language writes it. */
export function written(language: Language, number: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(number);
}

/** How many rows or triples there are. */
export function counted(language: Language, what: "rows" | "triples", count: number): string {
  return say(language, `${what}${count === 1 ? "One" : "Many"}`, { count });
}
