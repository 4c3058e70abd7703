// <linli-pick><select multiple name="add">…groups…</select> and a button</linli-pick>: a search field and groups that open in place of one long list; one press adds.
import { el, icon } from "../dom.js";
import { say } from "../words.js";

export class LinliPick extends HTMLElement {
  connectedCallback(): void {
    const select = this.querySelector("select");
    if (!select || this.querySelector(".pick")) return;
    const note = el("span", { class: "visually-hidden", role: "status" });
    const field = el("input", { type: "search", class: "form-control", placeholder: say("pickHere"), "aria-label": say("pickHere"), autocomplete: "off" });
    const groups = [...select.querySelectorAll("optgroup")].map((group) => {
      const items = [...group.querySelectorAll("option")].map((option) => ({
        key: option.value, words: `${option.text} ${group.label}`.toLowerCase(),
        button: el("button", { type: "button", class: "pick-item", "data-key": option.value, onclick: () => this.dispatchEvent(new CustomEvent("linli-pick", { bubbles: true, detail: option.value })) }, icon("plus"), option.text),
      }));
      const count = el("small", {}, String(items.length));
      return { items, count, box: el("details", { class: "pick-group" }, el("summary", {}, group.label, " ", count), el("div", { class: "pick-items" }, ...items.map((i) => i.button))) };
    });
    const show = () => {
      const words = field.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      let found = 0;
      groups.forEach((group, place) => {
        const fits = group.items.filter((i) => { const fit = words.every((w) => i.words.includes(w)); i.button.hidden = !fit; return fit; });
        group.count.textContent = String(fits.length);
        group.box.hidden = fits.length === 0;
        group.box.open = words.length > 0 ? found < 40 : place === 0;
        found += fits.length;
      });
      note.textContent = words.length > 0 ? say("findCount", found) : "";
    };
    // Which are chosen already is seen in the columns of the form; one may be chosen twice, with another total.
    const mark = () => {
      const chosen = new Set([...this.closest("form")!.querySelectorAll<HTMLInputElement>('input[name^="columns["][name$=".column"]')].map((c) => c.value));
      for (const item of groups.flatMap((g) => g.items)) {
        item.button.classList.toggle("pick-chosen", chosen.has(item.key));
        item.button.replaceChild(icon(chosen.has(item.key) ? "check" : "plus"), item.button.firstChild!);
      }
    };
    field.addEventListener("input", show);
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();   // Enter takes the first that was found, and never sends the form
      if (field.value.trim() !== "") groups.flatMap((g) => g.items).find((i) => !i.button.hidden)?.button.click();
    });
    this.closest("linli-builder")?.addEventListener("linli-drafted", mark);
    select.disabled = true;
    for (const child of this.children) (child as HTMLElement).hidden = true;
    this.prepend(el("div", { class: "pick" }, el("p", { class: "field-label" }, this.querySelector("label")?.textContent ?? ""), field, note, el("div", { class: "pick-groups" }, ...groups.map((g) => g.box))));
    show();
    mark();
  }
}
