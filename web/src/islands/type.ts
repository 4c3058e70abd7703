// <linli-type src="/report/fields">the chosen type's own questions</linli-type> in a form with select[name=serviceType] and, as suggestions, input[name=suggested].
// List and suggestions always say the same: whichever was chosen last by hand. The questions of another type are fetched and take the place of these.
import { el } from "../dom.js";
import { replaceWith } from "../trusted.js";

export class LinliType extends HTMLElement {
  private select: HTMLSelectElement | null = null;
  private byHand = false;
  private shown = "";
  private call: AbortController | null = null;

  connectedCallback(): void {
    const form = this.closest("form");
    const select = form?.querySelector<HTMLSelectElement>("select[name=serviceType]");
    if (!form || !select || this.select) return;
    this.select = select;
    this.shown = select.value;
    this.byHand = select.value !== "";
    this.setAttribute("aria-live", "polite");
    form.addEventListener("change", (event) => {
      const field = event.target as HTMLInputElement;
      if (field.name === "suggested") select.value = field.value;
      else if (event.target !== select) return;
      this.byHand = true;
      this.settle();
    });
    form.addEventListener("linli-suggested", (event) => { if (event.target !== this) this.settle(); });
    select.addEventListener("linli-restored", () => { this.byHand = select.value !== ""; this.settle(); });
  }

  private get suggested(): HTMLInputElement[] {
    return [...this.closest("form")!.querySelectorAll<HTMLInputElement>("input[name=suggested]")];
  }

  private settle(): void {
    const select = this.select!;
    if (!this.byHand) select.value = this.suggested.find((r) => r.checked)?.value ?? "";
    const same = this.suggested.find((r) => r.value === select.value) ?? this.suggested.find((r) => r.value === "");
    if (same) same.checked = true;
    void this.ask(select.value);
  }

  private async ask(type: string): Promise<void> {
    if (type === this.shown) return;
    this.shown = type;
    this.call?.abort();
    this.call = new AbortController();
    try {
      const answer = type === "" ? null : await fetch(this.getAttribute("src")!, {
        method: "POST", body: new URLSearchParams({ serviceType: type }), signal: this.call.signal, headers: { Accept: "text/html" },
      });
      if (answer && !answer.ok) return;
      this.show(answer ? await answer.text() : "");
    } catch { /* they come with the answer to the form, as without script */ }
  }

  /** A question that both types ask keeps its answer. */
  private show(html: string): void {
    const typed = new FormData(el("form", {}, ...[...this.children].map((c) => c.cloneNode(true))));
    replaceWith(this, html);
    for (const field of this.querySelectorAll<HTMLInputElement>("input, select, textarea")) {
      const values = typed.getAll(field.name).map(String);
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= values.includes(field.value);
      else if (values[0]) field.value = values[0];
    }
    this.dispatchEvent(new Event("linli-suggested", { bubbles: true }));
  }
}
