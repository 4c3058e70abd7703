// `npm run weigh -- http://localhost:5311/report …`: what a browser fetches to show a page, packed, without map and photos. The limit is 60 KB.
import http from "node:http";
import https from "node:https";

const limit = 60 * 1024;

function get(url) {
  return new Promise((done, fail) => {
    (url.startsWith("https:") ? https : http).get(url, { headers: { "Accept-Encoding": "br, gzip", Accept: "text/html" } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => done({ bytes: Buffer.concat(parts), encoding: answer.headers["content-encoding"], status: answer.statusCode }));
    }).on("error", fail);
  });
}

async function text({ bytes, encoding }) {
  const zlib = await import("node:zlib");
  return (encoding === "br" ? zlib.brotliDecompressSync(bytes) : encoding === "gzip" ? zlib.gunzipSync(bytes) : bytes).toString();
}

for (const address of process.argv.slice(2)) {
  const page = await get(address);
  const html = await text(page);
  const parts = new Set([...html.matchAll(/(?:href|src)="(\/[^"#]+\.(?:css|js|svg)(?:\?[^"#]*)?)/g)].map((m) => m[1]));
  for (const part of [...parts].filter((p) => p.includes(".js"))) {
    const script = await text(await get(new URL(part, address).href));
    for (const [, name] of script.matchAll(/(?:from|import)\s*"(\.\/[^"]+)"/g)) parts.add(new URL(name, new URL(part, address)).pathname);
  }
  let sum = page.bytes.length;
  const lines = [`${kb(sum)} page (${page.status})`];
  for (const part of parts) {
    const { bytes } = await get(new URL(part, address).href);
    sum += bytes.length;
    lines.push(`${kb(bytes.length)} ${part.split("?")[0]}`);
  }
  console.log(`${address}\n${lines.join("\n")}\n${kb(sum)} altogether${sum > limit ? ", OVER 60 KB" : ""}\n`);
  if (sum > limit) process.exitCode = 1;
}

function kb(bytes) { return `${(bytes / 1024).toFixed(1).padStart(7)} KB`; }
