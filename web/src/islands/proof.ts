// <linli-proof salt="…" bits="16">the question that is asked without script</linli-proof> in a form that was held back during a flood of reports.
// Finds a number such that SHA-256 of "salt:number" begins with so many zero bits, puts it into the form and sends the form. Own SHA-256:
// the browser's is there only over HTTPS, and a promise per try takes longer than the try.
import { el } from "../dom.js";
import { say } from "../words.js";

const Slice = 12; // milliseconds of work at a time, so that the page stays alive

export class LinliProof extends HTMLElement {
  private note = el("p", { role: "status", class: "faint" });

  connectedCallback(): void {
    const form = this.closest("form");
    const salt = this.getAttribute("salt");
    const bits = +(this.getAttribute("bits") ?? 0);
    if (!form || !salt || !bits) return;
    this.replaceChildren(this.note);
    this.note.textContent = say("proofWorking");
    let next = 0;
    const work = () => {
      if (!this.isConnected) return;
      for (const end = performance.now() + Slice; performance.now() < end;) {
        for (let i = 0; i < 200; i++, next++) {
          if (leading(`${salt}:${next}`) >= bits) return this.done(form, next);
        }
      }
      setTimeout(work);
    };
    setTimeout(work, 300);
  }

  private done(form: HTMLFormElement, nonce: number): void {
    this.append(el("input", { type: "hidden", name: "proof.nonce", value: String(nonce), "data-draft": "no" }));
    this.note.textContent = say("proofDone");
    form.querySelector<HTMLElement>("button[type=submit]")?.click(); // requestSubmit is too new for old phones
  }
}

const K = new Uint32Array(64);
const H = new Uint32Array(8);
for (let n = 2, i = 0; i < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
  if (!prime) continue;
  const root = Math.cbrt(n);
  K[i] = (root - Math.floor(root)) * 4294967296;
  if (i < 8) { const square = Math.sqrt(n); H[i] = (square - Math.floor(square)) * 4294967296; }
  i++;
}

const w = new Uint32Array(64);

/** Zero bits at the start of the hash of a short ASCII text (below 56 characters: one block). */
export function leading(text: string): number {
  w.fill(0);
  for (let i = 0; i < text.length; i++) w[i >> 2]! |= text.charCodeAt(i) << (24 - (i & 3) * 8);
  w[text.length >> 2]! |= 0x80 << (24 - (text.length & 3) * 8);
  w[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15]!, b = w[i - 2]!;
    w[i] = w[i - 16]! + w[i - 7]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = H as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return Math.clz32(H[0]! + a);
}

function turn(x: number, by: number): number { return (x >>> by) | (x << (32 - by)); }
