// Small things that every island needs.

type Child = Node | string | null | undefined | false;

/** An element with attributes (`onclick` and the like are listeners) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Record<string, string | boolean | EventListener | null | undefined> = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(key.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children.filter((c): c is Node | string => !!c));
  return element;
}

/** Address of the sprite as the page's own icons use it, with its hash. */
function sprite(): string {
  return document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0] ?? "/dist/icons.svg";
}

export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite()}#${name}`);
  svg.append(use);
  return svg;
}

/** A button that submits nothing. */
export function button(kind: string, iconName: string | null, text: string, press: () => void): HTMLButtonElement {
  return el("button", { type: "button", class: `btn btn-${kind}`, onclick: press }, iconName ? icon(iconName) : null, el("span", {}, text));
}

export function debounce<A extends unknown[]>(wait: number, action: (...a: A) => void): (...a: A) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...a) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...a), wait);
  };
}

/** Storage may be switched off or full; then nothing is kept and nothing breaks. */
export const kept = {
  read(key: string): string | null {
    try { return localStorage.getItem(key); } catch { return null; }
  },
  write(key: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch { /* not kept */ }
  },
};
