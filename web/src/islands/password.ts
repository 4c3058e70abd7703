// <linli-password min="12"><input type="password"></linli-password>: adds a button that shows what was typed and, with min, says how strong it is.
// The strength counts what makes guessing long: length and different characters. Common passwords are refused by the server.
import { button } from "../dom.js";
import { say } from "../words.js";

export class LinliPassword extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector("input");
    if (!input || this.querySelector("button")) return;
    const show = button("quiet", "eye", say("passwordShow"), () => {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      show.setAttribute("aria-pressed", String(!shown));
      show.querySelector("span")!.textContent = say(shown ? "passwordShow" : "passwordHide");
    });
    show.setAttribute("aria-pressed", "false");
    this.append(show);
    // What is shown is not kept by the browser as ordinary text.
    input.form?.addEventListener("submit", () => { input.type = "password"; });
    const min = Number(this.getAttribute("min") ?? 0);
    if (min > 0) this.judge(input, min);
  }

  private judge(input: HTMLInputElement, min: number): void {
    const meter = document.createElement("meter");
    meter.max = 4;
    meter.low = 2;
    meter.high = 3;
    meter.optimum = 4;
    meter.setAttribute("aria-hidden", "true");
    const word = document.createElement("span");
    word.setAttribute("role", "status");
    const line = document.createElement("p");
    line.className = "password-strength";
    line.hidden = true;
    line.append(meter, word);
    this.append(line);
    input.addEventListener("input", () => {
      const length = [...input.value].length;
      const different = new Set(input.value).size;
      const strength = length < min ? 1 : different < 6 ? 2 : length < min + 4 || different < 9 ? 3 : 4;
      line.hidden = length === 0;
      meter.value = strength;
      const text = strength === 1 ? say("passwordMore", min - length) : say(strength === 2 ? "passwordPlain" : strength === 3 ? "passwordGood" : "passwordStrong");
      if (word.textContent !== text) word.textContent = text;
    });
  }
}
