// <linli-area-picker><select>…options of the county…<optgroup label="town">villages</optgroup>…</select></linli-area-picker>
// One long grouped list becomes two short ones: town, then village. The select of the page stays the one that is sent.
// A place chosen on a map of the same form (event linli-place with area codes) chooses here as well.
import { el } from "../dom.js";
import { say } from "../words.js";

export class LinliAreaPicker extends HTMLElement {
  connectedCallback(): void {
    const select = this.querySelector("select");
    if (!select || this.querySelector(".area-town")) return;
    const all = [...select.children] as (HTMLOptionElement | HTMLOptGroupElement)[];
    const groups = all.filter((c): c is HTMLOptGroupElement => c instanceof HTMLOptGroupElement);
    if (groups.length < 2) return;
    const loose = all.filter((c) => c instanceof HTMLOptionElement);
    const empty = loose.find((o) => (o as HTMLOptionElement).value === "") as HTMLOptionElement | undefined;
    const town = el("select", { class: "form-select area-town", "aria-label": say("town") }, el("option", { value: "" }, say("townChoose")));
    groups.forEach((g, i) => town.append(el("option", { value: String(i) }, g.label)));
    if (!select.getAttribute("aria-label")) select.setAttribute("aria-label", say("village"));
    if (empty) empty.textContent = say("villageChoose");

    const show = () => {
      const group = groups[+town.value];
      const chosen = select.value;
      const options = town.value === "" || !group ? [] : [...group.children].map((o) => o.cloneNode(true) as HTMLOptionElement);
      select.replaceChildren(...loose, ...options);
      select.value = options.some((o) => o.value === chosen) || loose.some((o) => (o as HTMLOptionElement).value === chosen) ? chosen : (loose[0] as HTMLOptionElement | undefined)?.value ?? options[0]?.value ?? "";
      select.disabled = options.length === 0 && loose.length <= 1;
    };
    const choose = (code: string): boolean => {
      const at = groups.findIndex((g) => [...g.children].some((o) => (o as HTMLOptionElement).value === code));
      if (at < 0) return false;
      town.value = String(at);
      show();
      select.value = code;
      return true;
    };
    const start = select.value;
    select.before(town);
    if (!choose(start)) show();
    town.addEventListener("change", () => { show(); select.dispatchEvent(new Event("change", { bubbles: true })); });
    select.addEventListener("linli-restore", (event) => choose((event as CustomEvent<string>).detail));
    this.closest("form")?.addEventListener("linli-place", (event) => {
      for (const code of (event as CustomEvent<{ codes: string[] }>).detail.codes) if (choose(code)) break;
    });
  }
}
