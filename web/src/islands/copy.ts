// <linli-copy text="LL-2026-…">…</linli-copy> or with for="id of an element": adds a button that copies it.
import { button } from "../dom.js";
import { say } from "../words.js";

export class LinliCopy extends HTMLElement {
  connectedCallback(): void {
    if (this.querySelector("button")) return;
    const press = button("quiet", "copy", say("copy"), () => void this.copy(press));
    press.querySelector("span")!.setAttribute("role", "status");
    this.append(press);
  }

  private async copy(press: HTMLButtonElement): Promise<void> {
    const text = this.getAttribute("text") ?? document.getElementById(this.getAttribute("for") ?? "")?.textContent?.trim() ?? "";
    try { await navigator.clipboard.writeText(text); } catch { if (!copyTheOldWay(text)) return; }
    const word = press.querySelector("span")!;
    word.textContent = say("copied");
    setTimeout(() => { word.textContent = say("copy"); }, 2_500);
  }
}

/** Clipboard access is refused on plain http and in some chat apps' browsers. */
function copyTheOldWay(text: string): boolean {
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "visually-hidden";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}
