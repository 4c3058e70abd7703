// <linli-find><select>…</select></linli-find>: a search field above a long list; typing narrows it, the list stays what is sent.
import { el } from "../dom.js";
import { say } from "../words.js";

const Long = 15;

export class LinliFind extends HTMLElement {
  connectedCallback(): void {
    const select = this.querySelector("select");
    if (!select || select.options.length < Long || this.querySelector("input")) return;
    const all = [...select.children].map((c) => c.cloneNode(true) as HTMLOptionElement | HTMLOptGroupElement);
    const note = el("span", { class: "visually-hidden", role: "status" });
    const field = el("input", { type: "search", class: "form-control", placeholder: say("findHere"), "aria-label": say("findHere"), autocomplete: "off", "data-draft": "no" });
    this.prepend(field, note);
    field.addEventListener("input", () => {
      const words = field.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const chosen = select.value;
      const fits = (o: HTMLOptionElement) => o.value === "" || words.every((w) => o.textContent!.toLowerCase().includes(w));
      select.replaceChildren(...all.map((c) => {
        const copy = c.cloneNode(true) as HTMLOptionElement | HTMLOptGroupElement;
        if (copy instanceof HTMLOptionElement) return fits(copy) ? copy : "";
        for (const option of [...copy.children] as HTMLOptionElement[]) if (!fits(option)) option.remove();
        return copy.children.length ? copy : "";
      }).filter((c): c is HTMLOptionElement => c !== ""));
      const left = [...select.options].filter((o) => o.value !== "");
      select.value = left.some((o) => o.value === chosen) ? chosen : words.length ? left[0]?.value ?? "" : "";
      note.textContent = say("findCount", left.length);
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
    // Enter in the search field must not send the form.
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); select.focus(); } });
  }
}
