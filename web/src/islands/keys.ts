// <linli-keys rows="[data-row]">list</linli-keys>: j and k go through the rows (the first link in each takes the focus, so Enter opens it),
// / goes to the search field ([type=search]), ? shows the keys. Buttons and links with data-key="d" are pressed by that key.
// Can be switched off in the help, because single keys disturb people who dictate (WCAG 2.1.4).
import { el, kept } from "../dom.js";
import { say } from "../words.js";

const Off = "linli.keys";

export class LinliKeys extends HTMLElement {
  private dialog: HTMLDialogElement | null = null;
  private readonly press = (event: KeyboardEvent) => this.hear(event);

  connectedCallback(): void { document.addEventListener("keydown", this.press); }
  disconnectedCallback(): void { document.removeEventListener("keydown", this.press); }

  private hear(event: KeyboardEvent): void {
    const at = event.target as HTMLElement;
    if (event.defaultPrevented) return; // another list on the page has heard it
    if (event.ctrlKey || event.metaKey || event.altKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || this.dialog?.open) return;
    if (event.key === "?") return this.done(event, () => this.help());
    if (kept.read(Off) === "off") return;
    if (event.key === "j" || event.key === "k") return this.done(event, () => this.move(event.key === "j" ? 1 : -1));
    if (event.key === "/") return this.done(event, () => document.querySelector<HTMLElement>("main input[type=search]")?.focus());
    const target = [...document.querySelectorAll<HTMLElement>("[data-key]")].find((e) => e.dataset["key"] === event.key);
    if (target) this.done(event, () => target.click());
  }

  private done(event: KeyboardEvent, act: () => void): void {
    event.preventDefault();
    act();
  }

  private move(step: number): void {
    const rows = [...this.querySelectorAll<HTMLElement>(this.getAttribute("rows") ?? "[data-row]")];
    const now = rows.findIndex((r) => r.contains(document.activeElement));
    const next = rows[now < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, now + step))];
    const link = next?.matches("a") ? next : next?.querySelector<HTMLElement>("a");
    link?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  private help(): void {
    this.dialog?.remove();
    const rows: [string, string][] = [["j", say("keysNext")], ["k", say("keysPrevious")], ["Enter", say("keysOpen")], ["/", say("keysSearch")]];
    for (const e of document.querySelectorAll<HTMLElement>("[data-key]")) rows.push([e.dataset["key"]!, e.getAttribute("aria-label") ?? e.textContent?.trim() ?? ""]);
    rows.push(["?", say("keysHelp")]);
    const on = el("input", { type: "checkbox", class: "form-check-input", onchange: () => kept.write(Off, on.checked ? null : "off") });
    on.checked = kept.read(Off) !== "off";
    this.dialog = el("dialog", { class: "dialog", "aria-label": say("keysTitle") },
      el("h2", {}, say("keysTitle")),
      el("dl", { class: "keys" }, ...rows.map(([key, text]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, text)))),
      el("label", { class: "choice" }, on, el("span", { class: "choice-text" }, say("keysOn"))),
      el("form", { method: "dialog", class: "buttons" }, el("button", { class: "btn btn-primary" }, say("close"))));
    document.body.append(this.dialog);
    this.dialog.showModal();
  }
}
