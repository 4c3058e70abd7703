// <linli-photos max="6"><input type="file" accept="image/*,application/pdf" multiple …></linli-photos>
// Shrinks photos to 1600 px JPEG (which leaves position and camera data behind), shows what is chosen, lets it be removed. Documents that "accept" names go
// as they are. Without script the file input stays.
import { button, el, icon } from "../dom.js";
import { say } from "../words.js";

const Longest = 1600;
const Quality = 0.82;
const Untouched = 300_000; // bytes; only for PNG, which carry no position

export class LinliPhotos extends HTMLElement {
  private input!: HTMLInputElement;
  private photos: { file: File; url: string }[] = [];
  private list = el("ul", { class: "photos" });
  private note = el("p", { class: "photos-note", role: "status" });
  private add!: HTMLButtonElement;

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
    this.closest("form")?.addEventListener("reset", () => { this.photos = []; this.show(); });
  }

  private get max(): number { return +(this.getAttribute("max") ?? 6); }

  private async take(chosen: File[]): Promise<void> {
    const already = new Set(this.photos.map((p) => p.file));
    const fresh = chosen.filter((f) => !already.has(f));
    const said: string[] = [];
    this.note.textContent = say("photosWorking");
    this.add.setAttribute("aria-disabled", "true");
    for (const file of fresh) {
      if (!isPhoto(file) && !this.isWanted(file)) {
        said.push(say("photosNotImage", file.name));
      } else if (this.photos.length >= this.max) {
        said.push(say("photosTooMany", this.max));
        break;
      } else {
        const small = isPhoto(file) ? await shrink(file) : file;
        this.photos.push({ file: small, url: URL.createObjectURL(small) });
      }
    }
    this.add.removeAttribute("aria-disabled");
    this.show(said.join(" "));
  }

  private isWanted(file: File): boolean {
    return this.input.accept.split(",").some((kind) => kind.startsWith(".") ? file.name.toLowerCase().endsWith(kind) : file.type === kind);
  }

  private drop(index: number): void {
    URL.revokeObjectURL(this.photos[index]!.url);
    this.photos.splice(index, 1);
    this.show();
    (this.list.querySelectorAll("button")[Math.min(index, this.photos.length - 1)] ?? this.add).focus();
  }

  private show(said = ""): void {
    const files = new DataTransfer();
    for (const photo of this.photos) files.items.add(photo.file);
    this.input.files = files.files;
    this.list.replaceChildren(...this.photos.map((photo, i) => el("li", {},
      isPhoto(photo.file) ? el("img", { src: photo.url, alt: say("photo", i + 1) }) : el("span", { class: "photos-file" }, icon("paperclip"), photo.file.name),
      el("button", { type: "button", "aria-label": say("photoRemove", i + 1), onclick: () => this.drop(i) }, icon("x")))));
    this.add.hidden = this.photos.length >= this.max;
    this.add.querySelector("span")!.textContent = say(this.photos.length ? "photosMore" : "photosChoose");
    this.note.textContent = [this.photos.length ? say("photosCount", this.photos.length, this.max) : "", said].filter(Boolean).join(" · ");
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
