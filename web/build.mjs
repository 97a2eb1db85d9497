// Bundles the scripts and styles of the pages into the folder named, each under a name that changes with its content,
// and writes manifest.json: which file an entry became, what it loads at once, and how long the files are.
//
//   node build.mjs [FOLDER]        ../build/web unless told
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "..", "build", "web"));
const aside = `${out}.new`;

/**
 * Every script in src/entry and every style sheet in style/entry is loaded by some page under its own name; a script
 * and a style may share it: what is asked for is `editor.js` or `editor.css`.
 */
async function bundle() {
  const scripts = {};
  const styles = {};
  for (const folder of ["src/entry", "style/entry"]) {
    for (const name of readdirSync(join(here, folder)).sort()) {
      const kind = name.endsWith(".css") ? styles : scripts;
      kind[name.replace(/\.(ts|css)$/, "")] = join(here, folder, name);
    }
  }
  const shared = {
    absWorkingDir: here,
    bundle: true,
    minify: true,
    metafile: true,
    outdir: aside,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    loader: { ".woff2": "file", ".woff": "empty", ".wasm": "file", ".json": "json" },
    legalComments: "linked",
    logLevel: "warning",
    define: { "process.env.NODE_ENV": '"production"' },
  };
  const made = await build({ ...shared, entryPoints: scripts, format: "esm", splitting: true });
  const styled = await build({ ...shared, entryPoints: styles });
  const icon = await build({
    ...shared,
    entryPoints: { icon: join(here, "style/icon.svg") },
    loader: { ".svg": "copy" },
  });
  return { ...made.metafile.outputs, ...styled.metafile.outputs, ...icon.metafile.outputs };
}

/** What every file that decides the result says, as one digest, so that a build can be known to be of these sources. */
function sources() {
  const digest = createHash("sha256");
  const visit = (folder) => {
    for (const each of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, each.name);
      if (each.isDirectory()) visit(path);
      else digest.update(relative(here, path)).update("\0").update(readFileSync(path)).update("\0");
    }
  };
  for (const folder of ["src", "style", "../src/asoen_graph/messages/texts"]) visit(join(here, folder));
  const ours = "../src/asoen_graph";
  const shared = [`${ours}/server/templates/words/places.json`, `${ours}/drawing/south-east-asia.json`];
  for (const name of ["build.mjs", "package-lock.json", ...shared]) digest.update(readFileSync(join(here, name)));
  return digest.digest("hex");
}

function manifest(outputs) {
  const files = {};
  for (const [path, made] of Object.entries(outputs)) {
    const statics = made.imports.filter((each) => each.kind === "import-statement").map((each) => basename(each.path));
    files[basename(path)] = { bytes: made.bytes, ...(statics.length ? { imports: statics.sort() } : {}) };
  }
  const named = {};
  for (const [path, made] of Object.entries(outputs)) {
    if (made.entryPoint) named[basename(made.entryPoint).replace(/\.ts$/, ".js")] = basename(path);
  }
  return { sources: sources(), entries: sorted(named), files: sorted(files) };
}

function sorted(table) {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
}

rmSync(aside, { recursive: true, force: true });
mkdirSync(aside, { recursive: true });
const outputs = await bundle();
writeFileSync(join(aside, "manifest.json"), `${JSON.stringify(manifest(outputs), null, 1)}\n`);
rmSync(out, { recursive: true, force: true });
renameSync(aside, out);
