// Bundles styles, islands and icons into src/Linli.Server/wwwroot/dist.
// Names stay fixed (linli.css); manifest.json holds a hash of each content, which the Layout puts into the address.
// Every file gets a .br and a .gz beside it, so that the server never compresses the same thing twice.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";
import { sprite } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/Linli.Server/wwwroot/dist");
// Phones in the county are often five years old, and so are the browsers inside their chat apps.
const target = ["chrome86", "safari14", "firefox90"];

async function build() {
  const files = new Map();
  for (const name of ["linli", "map"]) {
    const { css } = sass.compile(join(here, `src/styles/${name}.scss`), {
      loadPaths: [join(here, "node_modules")],
      quietDeps: true,
      logger: sass.Logger.silent,
    });
    const { code } = await esbuild.transform(withoutPictures(css), { loader: "css", minify: true, target });
    files.set(`${name}.css`, Buffer.from(code));
  }
  files.set("icons.svg", Buffer.from(sprite(here)));
  const bundle = await esbuild.build({
    absWorkingDir: here,
    entryPoints: { linli: "src/linli.ts" },
    outdir: out,
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    target: "es2020",
    chunkNames: "chunks/[name]-[hash]",
    legalComments: "none",
    define: { MAP_CSS: JSON.stringify(`map.css?v=${hash(files.get("map.css"))}`) },
    write: false,
  });
  for (const file of bundle.outputFiles) {
    files.set(file.path.slice(out.length + 1).replaceAll("\\", "/"), Buffer.from(file.contents));
  }
  files.set("licences.txt", Buffer.from(licences()));
  files.set("manifest.json", Buffer.from(JSON.stringify(Object.fromEntries([...files].map(([n, c]) => [n, hash(c)])), null, 1)));
  write(files);
}

function write(files) {
  // Old files go last and new ones come first, so that a running server never misses one.
  mkdirSync(join(out, "chunks"), { recursive: true });
  const kept = new Set();
  for (const [name, content] of files) {
    const all = [[name, content]];
    if (name !== "manifest.json") {
      all.push([`${name}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } })]);
      all.push([`${name}.gz`, gzipSync(content, { level: 9 })]);
    }
    for (const [n, c] of all) {
      writeFileSync(join(out, n), c);
      kept.add(n);
    }
    if (/\.(css|js|svg)$/.test(name)) {
      console.log(`${name.padEnd(32)} ${kb(content.length)} KB, ${kb(all[1][1].length)} KB packed`);
    }
  }
  for (const name of readdirSync(out, { recursive: true, withFileTypes: true })) {
    const path = join(name.parentPath ?? name.path, name.name).slice(out.length + 1).replaceAll("\\", "/");
    if (name.isFile() && !kept.has(path)) {
      rmSync(join(out, path));
    }
  }
}

/** Leaflet's default marker and layer pictures are not used, and not shipped. */
const withoutPictures = (css) => css.replace(/background-image:\s*url\(images[^)]*\);?/g, "");

/** The notices that the licences of bundled code ask for. */
function licences() {
  return ["@tabler/core", "@tabler/icons", "leaflet"]
    .map((name) => {
      const folder = join(here, "node_modules", name);
      const file = readdirSync(folder).find((f) => /^licen[sc]e/i.test(f));
      const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      return `${name} ${version} (${license})\n\n${file ? readFileSync(join(folder, file), "utf8") : ""}`;
    })
    .join("\n----\n\n");
}

const hash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 10);
const kb = (bytes) => (bytes / 1024).toFixed(1).padStart(6);

await build();
if (process.argv.includes("--watch")) {
  let timer;
  watch(join(here, "src"), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => build().catch((error) => console.error(error.message)), 80);
  });
}
