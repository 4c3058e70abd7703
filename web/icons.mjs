// The icon sprite: one <symbol> for each name in icons.txt, from @tabler/icons, and our own mark.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Two roofs that share a wall. */
const mark = '<symbol id="linli" viewBox="0 0 24 24"><path d="M3 11.2 8 6.5l5 4.7"/><path d="M11 9.4 16 4.8l5 4.6"/><path d="M4.6 10v9.2h14.8V8.4"/><path d="M11.4 10v9.2"/><path d="M7 19.2v-4h2v4M14.6 13h1.8"/></symbol>';

export function names(here) {
  return readFileSync(join(here, "icons.txt"), "utf8").split("\n").map((l) => l.trim()).filter((l) => l && !l.startsWith("#"));
}

export function sprite(here) {
  const symbols = [...new Set(names(here))].sort().map((name) => {
    const [folder, file] = name.endsWith("-filled") ? ["filled", name.slice(0, -"-filled".length)] : ["outline", name];
    const path = join(here, "node_modules/@tabler/icons/icons", folder, `${file}.svg`);
    if (!existsSync(path)) {
      throw new Error(`icons.txt: Tabler has no icon '${name}'.`);
    }
    const shapes = readFileSync(path, "utf8").replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\/?>/g, "").replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
    const paint = folder === "filled" ? ' fill="currentColor" stroke="none"' : "";
    return `<symbol id="${name}" viewBox="0 0 24 24"${paint}>${shapes}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${mark}${symbols.join("")}</svg>`;
}
