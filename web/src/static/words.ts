/** What a site of static files says in words of its own. */

import type { Language } from "../client/client.ts";

const WORDS = {
  hits: { en: "{n} found", vi: "Tìm thấy {n}" },
  near: {
    en: "Nothing is called exactly so; this is what was perhaps meant.",
    vi: "Không có gì mang đúng tên đó; có thể bạn muốn tìm những mục sau.",
  },
  none: {
    en: "Nothing is called so. Try fewer words, or another spelling.",
    vi: "Không có gì mang tên đó. Hãy thử ít từ hơn hoặc cách viết khác.",
  },
  failed: {
    en: "The names could not be loaded. Load the page again once the network is back.",
    vi: "Không tải được danh sách tên. Hãy tải lại trang khi có mạng.",
  },
  searching: { en: "Searching…", vi: "Đang tìm…" },
  loading: { en: "Loading the data: {n}%", vi: "Đang tải dữ liệu: {n}%" },
  also: { en: "also called", vi: "còn gọi là" },
  more: {
    en: "Only the first {n} are shown; add a word to narrow the search.",
    vi: "Chỉ hiện {n} mục đầu tiên; hãy thêm từ để thu hẹp.",
  },
} as const;

export function say(word: keyof typeof WORDS, language: Language, n: number | string = ""): string {
  return WORDS[word][language].replace("{n}", String(n));
}
