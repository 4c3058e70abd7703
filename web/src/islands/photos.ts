// <linli-photos max="6" as="resident"><input type="file" accept="image/*,application/pdf" multiple …></linli-photos>
// Shrinks photos to 1600 px JPEG (which leaves position and camera data behind), shows what is chosen, lets it be removed. Documents that "accept" names go
// as they are. Each file is sent in pieces at once, while the rest of the form is filled in, and goes with the form by its id; what cannot be sent so
// goes with the form itself. Without script the file input stays. Hidden inputs inside are files that were kept before.
import { button, el, icon, kept } from "../dom.js";
import { setBusy, setIdle } from "../forms.js";
import { Left, Refused, upload } from "../upload.js";
import { say } from "../words.js";

const Longest = 1600;
const Quality = 0.82;
const Untouched = 300_000; // bytes; only for PNG, which carry no position
const KeptHours = 20; // the server keeps what nothing uses for a day

/** id: as the server keeps it; file: as it goes with the form; both at once never. */
type Item = { name: string; id?: string; file?: File; url?: string; stop?: AbortController; bar?: HTMLProgressElement };
type Remembered = { at: number; items: { id: string; name: string }[] };

export class LinliPhotos extends HTMLElement {
  private input!: HTMLInputElement;
  private items: Item[] = [];
  /** What was left out and why, until files are chosen again. */
  private said: string[] = [];
  private list = el("ul", { class: "photos" });
  private note = el("p", { class: "photos-note", role: "status" });
  private add!: HTMLButtonElement;
  private held: { form: HTMLFormElement; by: HTMLElement | null } | undefined;

  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    if (!input || this.add || !canSetFiles()) return;
    this.input = input;
    this.add = button("secondary", "camera", say("photosChoose"), () => this.input.click());
    this.add.classList.add("photos-add");
    input.classList.add("visually-hidden");
    input.tabIndex = -1;
    input.setAttribute("aria-hidden", "true");
    input.addEventListener("change", () => void this.take([...(input.files ?? [])]));
    this.append(this.list, this.add, this.note);
    const form = this.closest("form");
    form?.addEventListener("reset", () => { this.items.forEach((i) => i.stop?.abort()); this.items = []; this.show(); });
    form?.addEventListener("submit", (event) => this.holdBack(event, form), true);
    form?.addEventListener("linli-sent", () => kept.write(this.memory, null));
    this.comeBack();
  }

  disconnectedCallback(): void { this.items.forEach((i) => i.stop?.abort(Left)); }

  private get max(): number { return +(this.getAttribute("max") ?? 6); }
  private get memory(): string { return `linli.draft:photos:${location.pathname}:${this.input.name}`; }
  private get isSending(): boolean { return this.items.some((i) => i.stop); }

  /** What the server kept from a form that it refused, and what had arrived before the page was loaded again. */
  private comeBack(): void {
    const before = [...this.querySelectorAll<HTMLInputElement>("input[type=hidden]")].map((i) => i.value);
    this.querySelectorAll(".photos-kept, input[type=hidden]").forEach((n) => n.remove());
    let stored: Remembered | null = null;
    try { stored = JSON.parse(kept.read(this.memory) ?? "null"); } catch { /* none */ }
    const known = stored && this.closest("linli-draft") && Date.now() - stored.at < KeptHours * 3_600_000 ? stored.items : [];
    const all = [...known, ...before.filter((id) => !known.some((k) => k.id === id)).map((id, i) => ({ id, name: say("photo", i + 1) }))];
    if (!all.length) return;
    this.items = all.slice(0, this.max);
    this.show();
  }

  private async take(chosen: File[]): Promise<void> {
    const already = new Set(this.items.map((i) => i.file));
    const fresh = chosen.filter((f) => !already.has(f));
    this.said = [];
    this.note.textContent = say("photosWorking");
    this.add.setAttribute("aria-disabled", "true");
    for (const file of fresh) {
      if (!isPhoto(file) && !this.isWanted(file)) {
        this.said.push(say("photosNotImage", file.name));
      } else if (this.items.length >= this.max) {
        this.said.push(say("photosTooMany", this.max));
        break;
      } else {
        const small = isPhoto(file) ? await shrink(file) : file;
        const item: Item = { name: file.name, file: small };
        if (isPhoto(file)) item.url = URL.createObjectURL(small);
        this.items.push(item);
        void this.send(item, small);
      }
    }
    this.add.removeAttribute("aria-disabled");
    this.show();
  }

  private isWanted(file: File): boolean {
    return this.input.accept.split(",").some((kind) => kind.startsWith(".") ? file.name.toLowerCase().endsWith(kind) : file.type === kind);
  }

  private async send(item: Item, file: File): Promise<void> {
    const stop = item.stop = new AbortController();
    const bar = item.bar = el("progress", { max: "1", value: "0", "aria-label": say("photoSending", item.name) });
    let isGood = true;
    try {
      item.id = await upload({
        file, as: this.getAttribute("as"), signal: stop.signal,
        progress: (part, isWaiting) => {
          if (part >= 0) bar.value = part;
          this.note.textContent = [isWaiting ? say("photosLineLost") : this.count(), ...this.said].filter(Boolean).join(" · ");
        },
      });
      delete item.file;
    } catch (error) {
      if (stop.signal.aborted) return;
      // What the server says about the file is told now; what went wrong on the way is not the file's fault, and the form sends it.
      if (error instanceof Refused && error.message) {
        isGood = false;
        this.said.push(`${item.name}: ${error.message}`);
        this.items = this.items.filter((i) => i !== item);
      }
    }
    delete item.stop;
    delete item.bar;
    this.show();
    this.goOn(isGood);
  }

  /** The form waits for its files, and then goes by itself. */
  private holdBack(event: SubmitEvent, form: HTMLFormElement): void {
    if (!this.isSending) {
      if (!this.closest("linli-draft")) kept.write(this.memory, null);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    setBusy(form, event.submitter);
    this.note.textContent = say("photosFirst");
    this.held = { form, by: event.submitter };
  }

  /** When the last file has arrived the form goes; a file that was refused must be seen first. */
  private goOn(isGood: boolean): void {
    const held = this.held;
    if (!held || (this.isSending && isGood)) return;
    this.held = undefined;
    setTimeout(() => {
      setIdle(held.form);
      if (isGood) held.form.requestSubmit(held.by);
    });
  }

  private drop(index: number): void {
    const item = this.items[index]!;
    item.stop?.abort();
    if (item.url) URL.revokeObjectURL(item.url);
    this.items.splice(index, 1);
    this.show();
    this.goOn(true);
    (this.list.querySelectorAll("button")[Math.min(index, this.items.length - 1)] ?? this.add).focus();
  }

  private count(): string { return this.items.length ? say("photosCount", this.items.length, this.max) : ""; }

  private show(): void {
    const files = new DataTransfer();
    for (const item of this.items) if (item.file) files.items.add(item.file);
    this.input.files = files.files;
    this.list.replaceChildren(...this.items.map((item, i) => el("li", {},
      item.url ? el("img", { src: item.url, alt: say("photo", i + 1) }) : el("span", { class: "photos-file" }, icon(item.id ? "check" : "paperclip"), item.name),
      item.bar, item.id ? el("input", { type: "hidden", name: `${this.input.name}.id`, value: item.id, "data-draft": "no" }) : null,
      el("button", { type: "button", "aria-label": say("photoRemove", i + 1), onclick: () => this.drop(i) }, icon("x")))));
    this.add.hidden = this.items.length >= this.max;
    this.add.querySelector("span")!.textContent = say(this.items.length ? "photosMore" : "photosChoose");
    this.note.textContent = [this.count(), ...this.said].filter(Boolean).join(" · ");
    const arrived = this.items.filter((i) => i.id).map(({ id, name }) => ({ id: id!, name }));
    kept.write(this.memory, arrived.length && this.closest("linli-draft") ? JSON.stringify({ at: Date.now(), items: arrived } satisfies Remembered) : null);
  }
}

const isPhoto = (file: File): boolean => file.type.startsWith("image/") || /\.(jpe?g|png|webp|heic|heif|gif)$/i.test(file.name);

function canSetFiles(): boolean {
  try { return !!new DataTransfer(); } catch { return false; }
}
/** The photo as JPEG, at most 1600 px; the file itself where the browser cannot read it (the server has the last word). */
async function shrink(file: File): Promise<File> {
  if (file.type === "image/png" && file.size < Untouched) return file;
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(1, Longest / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = el("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    const paper = canvas.getContext("2d")!;
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", Quality));
    return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified }) : file;
  } catch {
    return file;
  } finally {
    URL.revokeObjectURL(url);
  }
}
