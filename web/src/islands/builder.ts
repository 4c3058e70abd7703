// <linli-builder><form>…</form></linli-builder>: buttons that would fetch the whole page anew (add, move, remove, undo) renew the marked parts alone,
// and what was moved keeps the focus. Without script the same buttons do the same. Alt+Up and Alt+Down move the column that one is in.
import { parse } from "../trusted.js";

export class LinliBuilder extends HTMLElement {
  private busy = false;
  private field: HTMLInputElement | null = null;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    form.addEventListener("submit", (event) => {
      const by = event.submitter as HTMLButtonElement | null;
      if (!by?.formAction.endsWith("/draft") || by.dataset["whole"]) return;
      event.preventDefault();
      void this.draft(form, by);
    });
    this.addEventListener("linli-pick", (event) => {
      const add = form.querySelector<HTMLButtonElement>("button[name=do][value=add]")!;
      void this.draft(form, add, (event as CustomEvent<string>).detail);
    });
    this.addEventListener("focusin", (event) => { if ((event.target as HTMLInputElement).name?.endsWith(".formula")) this.field = event.target as HTMLInputElement; });
    this.addEventListener("click", (event) => {
      const word = (event.target as HTMLElement).closest<HTMLElement>("[data-insert]");
      if (word) this.insert(word);
    });
    this.addEventListener("keydown", (event) => {
      const way = event.key === "ArrowUp" ? "up" : event.key === "ArrowDown" ? "down" : null;
      const column = (event.target as HTMLElement).closest(".ledger-column");
      if (!way || !event.altKey || !column) return;
      event.preventDefault();
      column.querySelector<HTMLButtonElement>(`button[value^="${way}:"]`)?.click();
    });
  }

  private async draft(form: HTMLFormElement, by: HTMLButtonElement, added?: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const removed = this.removedAt();
    try {
      const body = new URLSearchParams();
      new FormData(form).forEach((value, name) => { if (typeof value === "string") body.append(name, value); });
      body.append(by.name, by.value);
      if (added) body.append("add", added);
      const answer = await fetch(by.formAction, { method: "POST", body, headers: { Accept: "text/html" } });
      const page = answer.ok ? parse(await answer.text()) : null;
      const parts = [...this.querySelectorAll<HTMLElement>("[data-part]")].map((part) => ({ part, fresh: page?.querySelector(`[data-part="${part.dataset["part"]}"]`) }));
      if (parts.some((p) => !p.fresh)) throw new Error("another page");
      for (const { part, fresh } of parts) part.replaceChildren(...[...fresh!.childNodes].map((n) => document.adoptNode(n)));
      if (!added) this.focusAfter(by.value, removed);
      form.dispatchEvent(new Event("change", { bubbles: true }));
      this.dispatchEvent(new Event("linli-drafted"));
    } catch {
      by.dataset["whole"] = "yes";   // signed out, or no line: as without script, which says what is the matter
      form.requestSubmit(by);
    }
    this.busy = false;
  }

  private focusAfter(what: string, removed: number): void {
    const [step, at] = what.split(":");
    const columns = this.querySelectorAll(".ledger-column").length;
    const place = Number(at);
    const tries = step === "up" ? [`button[value="up:${place - 1}"]`, `button[value="down:${place - 1}"]`]
      : step === "down" ? [`button[value="down:${place + 1}"]`, `button[value="up:${place + 1}"]`]
        : step === "remove" ? ["button[value=undo]"]
          : step === "undo" ? [`[name="columns[${removed}].heading"]`]
            : step === "addFormula" ? [`[name="columns[${columns - 1}].formula"]`]
              : step === "addNumber" ? ['[name="columns[0].heading"]'] : [];
    tries.map((t) => this.querySelector<HTMLElement>(t)).find((e) => e)?.focus();
  }

  private removedAt(): number {
    try { return (JSON.parse(this.querySelector<HTMLInputElement>("input[name=removed]")?.value ?? "{}") as { at?: number }).at ?? 0; } catch { return 0; }
  }

  /** Where one was writing, else into the formula of the same column. */
  private insert(word: HTMLElement): void {
    const own = word.closest(".ledger-column")?.querySelector<HTMLInputElement>('[name$=".formula"]') ?? null;
    const field = this.field && this.field === own ? this.field : own;
    if (!field) return;
    field.focus();
    field.setRangeText(word.dataset["insert"]!, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
