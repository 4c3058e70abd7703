// <linli-draft key="report"> around a form: keeps what is typed on the device until it is sent, brings it back after a reload,
// and sends without leaving the page, so that a lost connection loses nothing. data-draft="no" on a field keeps it out. Files are not kept.
// known="/report/known": says whether what was sent under the form's key has arrived, when the answer to it was lost.
import { button, debounce, el, icon, kept } from "../dom.js";
import { setBusy, setIdle } from "../forms.js";
import { parse } from "../trusted.js";
import { say } from "../words.js";

const KeptDays = 7;
const Prefix = "linli.draft:";
const KeyName = "idempotencyKey";
/** sent: the key under which it was sent, from when it may have arrived. */
type Draft = { at: number; fields: [string, string][]; sent?: string };

export class LinliDraft extends HTMLElement {
  private form!: HTMLFormElement;
  private bar = el("div", { class: "draft-bar", role: "status" });
  /** From then on a keeping that was still due must not bring it back. */
  private arrived = false;
  private sent: string | undefined;
  private waiting: HTMLElement | null | undefined;
  /** What is written next is another matter. */
  private renew = () => { };
  private readonly leave = () => this.keep();
  private readonly online = () => { if (this.waiting !== undefined) void this.send(this.waiting); };

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.form = form;
    form.before(this.bar);
    // A form that comes back with problems carries newer text than the device does.
    if (!form.querySelector(".problems")) this.restore();
    const keep = debounce(400, () => this.keep());
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      void this.send(event.submitter);
    });
    addEventListener("online", this.online);
    addEventListener("pagehide", this.leave);
  }

  disconnectedCallback(): void {
    removeEventListener("online", this.online);
    removeEventListener("pagehide", this.leave);
  }

  private get store(): string { return `${Prefix}${this.getAttribute("key") ?? location.pathname}`; }

  private fields(): HTMLInputElement[] {
    return ([...this.form.elements] as HTMLInputElement[]).filter((f) =>
      f.name && !f.closest("[data-draft=no]") && !["file", "password", "submit", "button", "reset"].includes(f.type) && (f.type !== "hidden" || f.dataset["draft"] === "yes"));
  }

  private keep(): void {
    if (forgotten || this.arrived) return;
    const fields = this.fields()
      .filter((f) => (f.type === "checkbox" || f.type === "radio") ? f.checked : f.value.trim() !== "")
      .map((f): [string, string] => [f.name, f.value]);
    const started = fields.some(([name, value]) => value !== this.form.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)?.defaultValue);
    kept.write(this.store, started ? JSON.stringify({ at: Date.now(), fields, ...(this.sent && { sent: this.sent }) } satisfies Draft) : null);
  }

  private restore(): void {
    let draft: Draft;
    try { draft = JSON.parse(kept.read(this.store) ?? "null"); } catch { return; }
    if (!draft) return;
    if (Date.now() - draft.at > KeptDays * 86_400_000) return kept.write(this.store, null);
    // Fields that come later, with the type that was chosen, find their value then; once, for afterwards it is as typed.
    const there = new Set(this.fields().map((f) => f.name));
    this.addEventListener("linli-suggested", (event) => {
      const brought = this.fields().filter((f) => (event.target as HTMLElement).contains(f) && !there.has(f.name));
      for (const field of brought) there.add(field.name);
      this.fill(brought, draft);
    });
    if (draft.sent) void this.settle(draft.sent);
    if (this.fill(this.fields(), draft)) {
      this.show("restore", say("draftRestored"), button("quiet", "trash", say("draftClear"), () => this.discard()));
    }
  }

  /** Sent before, and the answer was lost: under the same key it counts once; what has arrived is a draft no longer. */
  private async settle(sent: string): Promise<void> {
    const key = this.form.querySelector<HTMLInputElement>(`[name=${KeyName}]`);
    const known = this.getAttribute("known");
    if (!key || !known) return;
    const fresh = key.value;
    this.renew = () => { this.sent = undefined; key.value = fresh; };
    this.sent = key.value = sent;
    try {
      const answer = await fetch(known, { method: "POST", body: new URLSearchParams({ [KeyName]: sent }) });
      if (!answer.ok || await answer.text() !== "yes") return;
    } catch { return; }
    this.discard();
    this.show("check", say("draftArrived"), button("primary", "id", say("draftReceipt"), () => {
      key.value = sent;
      this.form.append(el("input", { type: "hidden", name: "receipt", value: "yes", "data-draft": "no" }));
      void this.send(null);
    }));
  }

  /** Returns whether anything differs from what the page came with. */
  private fill(fields: HTMLInputElement[], draft: Draft): boolean {
    const left = new Map<string, string[]>();
    for (const [name, value] of draft.fields) left.set(name, [...(left.get(name) ?? []), value]);
    let changed = false;
    for (const field of fields) {
      const values = left.get(field.name);
      if (field.type === "checkbox" || field.type === "radio") {
        const on = values?.includes(field.value) ?? field.checked;
        changed ||= on !== field.checked;
        field.checked = on;
      } else if (values?.length) {
        const value = values.shift()!;
        changed ||= value !== field.value;
        field.dispatchEvent(new CustomEvent("linli-restore", { detail: value }));
        field.value = value;
      }
      field.dispatchEvent(new Event("linli-restored", { bubbles: true }));
    }
    return changed;
  }

  private discard(): void {
    kept.write(this.store, null);
    this.renew();
    this.form.reset();
    for (const field of this.fields()) field.dispatchEvent(new Event("linli-restored", { bubbles: true }));
    this.show("check", say("draftCleared"));
  }

  private show(_kind: string, text: string, ...more: Node[]): void {
    this.bar.className = "draft-bar draft-on";
    this.bar.replaceChildren(icon(_kind === "bad" ? "wifi-off" : "history"), el("span", {}, text), ...more);
  }

  private async send(submitter: HTMLElement | null): Promise<void> {
    this.waiting = undefined;
    setBusy(this.form, submitter);
    const body = new FormData(this.form);
    this.sent = body.get(KeyName)?.toString();
    this.keep();
    if (submitter instanceof HTMLButtonElement && submitter.name) body.append(submitter.name, submitter.value);
    const target = (submitter instanceof HTMLButtonElement && submitter.getAttribute("formaction")) || this.form.getAttribute("action") || location.href;
    try {
      const plain = this.form.enctype !== "multipart/form-data";
      const response = await fetch(target, {
        method: "POST", body: plain ? new URLSearchParams(body as unknown as Record<string, string>) : body, headers: { Accept: "text/html" },
      });
      const html = await response.text();
      if (response.ok) {
        this.arrived = true;
        this.form.dispatchEvent(new Event("linli-sent"));
        kept.write(this.store, null);
      }
      if (response.ok || response.status < 500 && response.status !== 413) return show(html, response.url, response.redirected);
      this.failed(response.status === 413 ? say("tooLarge") : say("sendFailed"), submitter);
    } catch {
      // Sent again by itself when the connection is back; the key in the form makes sure that it counts once.
      this.waiting = submitter;
      this.failed(navigator.onLine ? say("sendFailed") : say("offline"), submitter);
    }
  }

  private failed(text: string, submitter: HTMLElement | null): void {
    setIdle(this.form);
    this.show("bad", text, button("primary", "refresh", say("retry"), () => void this.send(submitter)));
    this.bar.classList.add("draft-bad");
    this.bar.scrollIntoView({ block: "nearest" });
  }
}

let forgotten = false;

/** Of everybody who used this device; what stands in this page is not kept any more either. */
export function forgetDrafts(): void {
  forgotten = true;
  try {
    for (const key of Object.keys(localStorage).filter((k) => k.startsWith(Prefix))) localStorage.removeItem(key);
  } catch { /* nothing is kept */ }
}

/** The address whose page is on the screen. Going back to another one that was shown in place must fetch it. */
let shown = location.pathname + location.search;
addEventListener("popstate", () => { if (location.pathname + location.search !== shown) location.reload(); });

/** Shows the answer of the server in place; fetching it again could lose what is shown only once, such as a secret code. */
function show(html: string, url: string, moved: boolean): void {
  const page = parse(html);
  if (moved) {
    history.pushState(null, "", url);
    shown = location.pathname + location.search;
  }
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  scrollTo(0, 0);
  (document.querySelector<HTMLElement>("[data-focus]") ?? document.querySelector("main"))?.focus();
}
