// `npm run check` after the types: every icon that the sources name is in icons.txt, and icons.txt names nothing that nobody uses.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { names } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const quoted = /"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)"/g;
// Where a quoted word is an icon for certain; anything else that equals a listed name counts as a use.
const certain = [
  /<Icon Name="([a-z0-9-]+)"/g,
  /\bIcon(?:: |=)"([a-z0-9-]+)"/g,
  /new MenuEntry\("[^"]*", "[^"]*", "([a-z0-9-]+)"/g,
  /\bicon\("([a-z0-9-]+)"\)/g,
  /\bbutton\("[a-z]+", "([a-z0-9-]+)"/g,
  /"icon": "([a-z0-9-]+)"/g,
];

function* files(folder, kinds) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (["bin", "obj", "node_modules", "wwwroot", "Migrations"].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path, kinds);
    else if (kinds.includes(extname(entry.name))) yield path;
  }
}

const listed = new Set([...names(here), "linli"]);
const used = new Set(["linli"]);
const missing = new Map();
for (const path of [...files(join(here, "../src"), [".razor", ".cs"]), ...files(join(here, "src"), [".ts"]), ...files(join(here, "../data"), [".json"])]) {
  const text = readFileSync(path, "utf8");
  for (const pattern of certain) {
    for (const [, name] of text.matchAll(pattern)) if (!listed.has(name)) missing.set(name, path);
  }
  for (const [, name] of text.matchAll(quoted)) if (listed.has(name)) used.add(name);
}
for (const [name, path] of missing) console.error(`${path}: icon '${name}' is not in web/icons.txt`);
const idle = [...listed].filter((name) => !used.has(name));
if (idle.length) console.log(`In icons.txt and used nowhere: ${idle.join(" ")}`);
process.exitCode = missing.size ? 1 : 0;
