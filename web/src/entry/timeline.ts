import { enhance } from "../overview/page.ts";
import { tellTimeline } from "../timeline/told.ts";
import { TimelinePainter } from "../timeline/paint.ts";

const painter = new TimelinePainter(document.documentElement.lang === "vi" ? "vi" : "en");

enhance({
  painter,
  tell: tellTimeline,
  prepare: (form) => {
    painter.bySeries = new FormData(form).get("lanes") === "series";
  },
});
