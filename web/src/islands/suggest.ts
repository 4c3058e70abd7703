// <linli-suggest src="/report/suggest" for="f-description" min="4">…</linli-suggest>
// with="serviceType longitude": these fields of the form go along, and a change of one asks anew.
// As somebody types in that field, fetches src?text=… and shows the HTML fragment that comes back in its place. Typed text goes by POST, so that it stands in no log.
import { debounce } from "../dom.js";
import { replaceWith } from "../trusted.js";

export class LinliSuggest extends HTMLElement {
  private asked = "";
  private call: AbortController | null = null;

  connectedCallback(): void {
    const field = document.getElementById(this.getAttribute("for") ?? "") as HTMLTextAreaElement | null;
    if (!field) return;
    if (!this.hasAttribute("aria-live")) this.setAttribute("aria-live", "polite");
    const ask = debounce(350, () => void this.ask(field.value.trim()));
    field.addEventListener("input", ask);
    field.addEventListener("linli-restored", ask);
    const also = this.with;
    if (also.length) {
      field.form?.addEventListener("change", (event) => { if (also.includes((event.target as HTMLInputElement).name)) ask(); });
      field.form?.addEventListener("linli-suggested", (event) => { if (event.target !== this) ask(); });
    }
  }

  private get with(): string[] { return (this.getAttribute("with") ?? "").split(" ").filter(Boolean); }

  private async ask(text: string): Promise<void> {
    const form = this.closest("form");
    const typed = form ? new FormData(form) : new FormData();
    const body = new URLSearchParams({ text });
    for (const name of this.with) body.set(name, String(typed.get(name) ?? ""));
    if (body.toString() === this.asked || text.length < +(this.getAttribute("min") ?? 4)) return;
    this.asked = body.toString();
    this.call?.abort();
    this.call = new AbortController();
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(this.getAttribute("src")!, {
        method: "POST", body, signal: this.call.signal, headers: { Accept: "text/html" },
      });
      if (answer.ok) this.show(await answer.text());
    } catch { /* without suggestions the list is still there */ }
    this.removeAttribute("aria-busy");
  }

  /** What was chosen stays chosen if it is offered again. */
  private show(html: string): void {
    const chosen = new Set([...this.querySelectorAll<HTMLInputElement>("input:checked")].map((i) => `${i.name} ${i.value}`));
    replaceWith(this, html);
    for (const input of this.querySelectorAll<HTMLInputElement>("input")) {
      if (chosen.has(`${input.name} ${input.value}`)) input.checked = true;
    }
    this.dispatchEvent(new Event("linli-suggested", { bubbles: true }));
  }
}
