// What every form gets: it cannot be sent twice, says that it is being sent, and long texts say how much room is left.
import { button, el } from "./dom.js";
import { say } from "./words.js";

const busy = new WeakSet<HTMLFormElement>();

export function setBusy(form: HTMLFormElement, submitter: HTMLElement | null): void {
  busy.add(form);
  const button = submitter ?? form.querySelector<HTMLElement>("button[type=submit], button:not([type])");
  // After the browser has read the form: a disabled button would not be sent with it.
  setTimeout(() => {
    button?.setAttribute("aria-disabled", "true");
    button?.classList.add("btn-busy");
    const text = button?.querySelector("span");
    if (text && form.method !== "get") {
      text.dataset["text"] ??= text.textContent ?? "";
      text.textContent = say("sending");
    }
  });
}

export function setIdle(form: HTMLFormElement): void {
  busy.delete(form);
  for (const button of form.querySelectorAll<HTMLElement>(".btn-busy")) {
    button.removeAttribute("aria-disabled");
    button.classList.remove("btn-busy");
    const text = button.querySelector("span");
    if (text?.dataset["text"]) text.textContent = text.dataset["text"];
  }
}

export function guardForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (busy.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const form = event.target as HTMLFormElement;
    setBusy(form, event.submitter);
    // A file comes, or another window opens, and this page stays.
    if (event.submitter?.hasAttribute("data-download")) setTimeout(() => setIdle(form), 3000);
  });
  // Back from the page that followed: the browser may show this one as it was left.
  addEventListener("pageshow", () => document.querySelectorAll("form").forEach(setIdle));
  document.addEventListener("input", (event) => countDown(event.target as HTMLElement));
}

/** On a telephone a search form shows its first field; the rest opens on demand, or when something in it is chosen. */
export function foldFilters(): void {
  if (!matchMedia("(max-width: 575.98px)").matches) return;
  for (const form of document.querySelectorAll<HTMLFormElement>("form.form-across")) {
    const rest = [...form.querySelectorAll<HTMLElement>(".field")].slice(1);
    const chosen = rest.some((f) => [...f.querySelectorAll<HTMLInputElement>("input, select")].some((i) => i.value !== "" && i.type !== "hidden"));
    if (rest.length < 2 || chosen) continue;
    for (const field of rest) field.hidden = true;
    const more = button("quiet", "adjustments-horizontal", say("moreFilters"), () => {
      for (const field of rest) field.hidden = false;
      more.remove();
      rest[0]?.querySelector<HTMLElement>("input, select")?.focus();
    });
    form.append(more);
  }
}

/** Says how many characters are left once four fifths are used. */
function countDown(field: HTMLElement): void {
  if (!(field instanceof HTMLTextAreaElement) || field.maxLength <= 0) return;
  const left = field.maxLength - field.value.length;
  let note = field.nextElementSibling;
  if (left > field.maxLength / 5) {
    if (note?.classList.contains("field-left")) note.textContent = "";
    return;
  }
  if (!note?.classList.contains("field-left")) {
    note = el("p", { class: "field-left", role: "status" });
    field.after(note);
  }
  note.textContent = say("charactersLeft", left);
}
