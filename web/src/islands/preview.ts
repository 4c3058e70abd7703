// <linli-preview src="/work/ledgers/preview">…</linli-preview> inside a form: posts the form as it stands a moment after every change, and shows what comes back in its place.
import { debounce } from "../dom.js";
import { replaceWith } from "../trusted.js";

export class LinliPreview extends HTMLElement {
  private call: AbortController | null = null;

  connectedCallback(): void {
    const form = this.closest("form");
    if (!form) return;
    this.setAttribute("aria-live", "polite");
    const ask = debounce(600, () => void this.ask(form));
    form.addEventListener("input", ask);
    form.addEventListener("change", ask);
  }

  private async ask(form: HTMLFormElement): Promise<void> {
    this.call?.abort();
    this.call = new AbortController();
    this.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams();
      new FormData(form).forEach((value, name) => { if (typeof value === "string") body.append(name, value); });
      const answer = await fetch(this.getAttribute("src")!, { method: "POST", body, signal: this.call.signal, headers: { Accept: "text/html" } });
      if (answer.ok) replaceWith(this, await answer.text());
    } catch { /* the button renews it too */ }
    this.removeAttribute("aria-busy");
  }
}
