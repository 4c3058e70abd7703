// The one place where text becomes elements. The content security policy lets browsers that know trusted types refuse every other.
type Policy = { createHTML(html: string): unknown };
type Factory = { createPolicy(name: string, rules: { createHTML(html: string): string | null }): Policy };

const factory = (window as unknown as { trustedTypes?: Factory }).trustedTypes;
const own = factory?.createPolicy("linli", { createHTML: (html) => html });

// Leaflet writes these few into innerHTML by itself; text without a tag or an entity is only text.
const ofLeaflet = new Set(["<svg/>", '<v:shape adj="1"/>', '<span aria-hidden="true">+</span>', '<span aria-hidden="true">&#x2212;</span>', '<span aria-hidden="true">&#215;</span>']);
factory?.createPolicy("default", { createHTML: (html) => ofLeaflet.has(html) || !/[<&]/.test(html) ? html : null });

/** A page or fragment that our own server answered with. Scripts in it do not run. */
export function parse(html: string): Document {
  return new DOMParser().parseFromString((own?.createHTML(html) ?? html) as string, "text/html");
}

export function replaceWith(place: Element, html: string): void {
  place.replaceChildren(...[...parse(html).body.childNodes].map((n) => document.adoptNode(n)));
}
