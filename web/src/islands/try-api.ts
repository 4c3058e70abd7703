// <linli-try method path parameters="path:number query:page" code scope part body what>: sends a call of the API from its documentation page,
// with the session that the reader has, with the secret code of a report, or with the key of a program, which then goes without the session.
import { button, el } from "../dom.js";
import { say } from "../words.js";

export class LinliTry extends HTMLElement {
  connectedCallback(): void {
    if (this.firstChild) return;
    this.append(button("secondary", "send", say("tryOpen"), () => this.open()));
  }

  private open(): void {
    const form = el("form", { class: "api-try", onsubmit: (event) => { event.preventDefault(); void this.send(form, answer); } });
    for (const parameter of this.words("parameters")) {
      const [place, name] = parameter.split(":") as [string, string];
      form.append(this.line(name, el("input", { class: "form-control", name, "data-in": place, required: place === "path", autocomplete: "off" })));
    }
    if (this.hasAttribute("code")) form.append(this.line("X-Linli-Code", el("input", { class: "form-control", "data-in": "code", autocomplete: "off" })));
    const scope = this.getAttribute("scope");
    if (scope) form.append(this.line(say("tryKey", scope), el("input", { class: "form-control", "data-in": "key", autocomplete: "off", spellcheck: "false" })));
    const part = this.getAttribute("part");
    if (part) form.append(this.line(part, el("input", { class: "form-control", type: "file", name: part, "data-in": "file", required: true })));
    const body = this.getAttribute("body");
    if (body) form.append(this.line(say("tryBody"), el("textarea", { class: "form-control", "data-in": "body", rows: String(Math.min(14, body.split("\n").length)), spellcheck: "false" }, body)));
    const answer = el("pre", { class: "api-answer", role: "status" });
    if (this.getAttribute("method") !== "GET") form.append(el("p", { class: "form-hint" }, say("tryReal")));
    form.append(el("button", { type: "submit", class: "btn btn-primary" }, say("trySend")));
    this.replaceChildren(form, answer);
    (form.querySelector<HTMLElement>("input, textarea") ?? form.querySelector("button"))?.focus();
  }

  private line(label: string, input: HTMLInputElement | HTMLTextAreaElement): HTMLElement {
    input.id = `try-${this.getAttribute("what")}-${label}`;
    return el("p", {}, el("label", { class: "form-label", for: input.id }, label), input);
  }

  private async send(form: HTMLFormElement, answer: HTMLElement): Promise<void> {
    const headers: Record<string, string> = { "X-Linli": "1", Accept: "application/json, */*", "Accept-Language": document.documentElement.lang };
    let path = this.getAttribute("path") ?? "";
    const query = new URLSearchParams();
    let body: BodyInit | undefined;
    for (const input of form.querySelectorAll<HTMLInputElement>("[data-in]")) {
      const value = input.value.trim();
      switch (input.dataset["in"]) {
        case "path": path = path.replace(`{${input.name}}`, encodeURIComponent(value)); break;
        case "query": if (value) query.append(input.name, value); break;
        case "code": if (value) headers["X-Linli-Code"] = value; break;
        case "key": if (value) headers["Authorization"] = `Bearer ${value}`; break;
        case "file": body = new FormData(form); break;
        case "body": body = value; headers["Content-Type"] = "application/json"; break;
      }
    }
    answer.textContent = say("sending");
    try {
      const response = await fetch(query.size > 0 ? `${path}?${query}` : path, { method: this.getAttribute("method") ?? "GET", headers, body: body ?? null, credentials: headers["Authorization"] ? "omit" : "same-origin" });
      answer.textContent = `${response.status} ${response.statusText}\n${await readable(response)}`;
    } catch {
      answer.textContent = say("sendFailed");
    }
  }

  private words(name: string): string[] {
    return (this.getAttribute(name) ?? "").split(" ").filter((word) => word);
  }
}

const most = 20_000;

/** JSON set out line by line; of what has no end or is no text, only what it is. */
async function readable(response: Response): Promise<string> {
  const type = response.headers.get("Content-Type") ?? "";
  if (type.includes("event-stream") || !/json|text/.test(type)) {
    await response.body?.cancel();
    return type;
  }
  const text = await response.text();
  const whole = type.includes("json") ? JSON.stringify(JSON.parse(text), null, 2) : text;
  return whole.length > most ? `${whole.slice(0, most)}\n…` : whole;
}
