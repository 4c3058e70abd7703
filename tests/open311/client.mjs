// node client.mjs ENDPOINT KEY xml|json: what an app does with a GeoReport v2 endpoint, by the library "open311" as it was published.
// Prints one JSON document of what the library understood; ends with 1 and the reason where it did not.
import { createRequire } from "node:module";
import { XMLParser } from "fast-xml-parser";

const require = createRequire(import.meta.url);
const parser = new XMLParser({ parseTagValue: false });

// The parsers that the library wants: one drops the outermost element and gives a list, the other keeps the names.
require(require.resolve("sparkxml", { paths: [require.resolve("open311")] })).parseXml = (text) => {
  const [root] = Object.entries(parser.parse(text)).filter(([name]) => name !== "?xml").map(([, value]) => value);
  const parts = typeof root === "object" ? Object.values(root) : [];
  return parts.length === 1 && typeof parts[0] === "object" ? [parts[0]].flat() : root;
};
require(require.resolve("xml2json", { paths: [require.resolve("open311")] })).toJson = (text) => parser.parse(text);

const Open311 = require("open311");
const [endpoint, apiKey, format] = process.argv.slice(2);
const city = new Open311({ endpoint: `${endpoint}/open311/v2/`, discovery: `${endpoint}/open311/discovery.json`, apiKey, format });
const ask = (call, ...given) =>
  new Promise((done, failed) => city[call](...given, (error, data) => (error ? failed(new Error(`${call}: ${data}`)) : done(data))));

const discovery = await ask("serviceDiscovery", {});
const services = await ask("serviceList");
const definition = await ask("serviceDefinition", "street-lamp");
const [sent] = await ask("submitRequest", {
  service_code: "street-lamp",
  lat: 36.089,
  long: 113.1943,
  address_string: "卫生站对面 & <桥头>",
  description: "路灯不亮，三天了 🚲",
  first_name: "Wei",
  attributes: { fault: "dark", pole: "CN-017" },
});
const [moderated] = await ask("submitRequest", { service_code: "suggestion", lat: 36.089, long: 113.1943, description: "在路口加一盏灯" });
const [waiting] = await ask("token", moderated.token);
const [one] = await ask("serviceRequest", sent.service_request_id, {});
const several = await ask("serviceRequests", [sent.service_request_id], {});
const open = await ask("serviceRequests", { status: "open", service_code: "street-lamp" });
let refusal = null;
try {
  await ask("submitRequest", { service_code: "no-such", lat: 36.089, long: 113.1943 });
} catch (error) {
  refusal = error.message;
}

console.log(JSON.stringify({ discovery, services, definition, sent, moderated, waiting, one, several, open, refusal }));
