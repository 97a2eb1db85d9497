import { MapPainter } from "../map/paint.ts";
import { enhance } from "../overview/page.ts";
import { tellMap } from "../map/told.ts";

const language = document.documentElement.lang === "vi" ? "vi" : "en";

enhance({ painter: new MapPainter(language), tell: tellMap });
