// Everything a page needs from the start; what few pages use (the map) comes when it is met.
import { foldFilters, guardForms } from "./forms.js";
import { LinliAreaPicker } from "./islands/area-picker.js";
import { LinliBuilder } from "./islands/builder.js";
import { LinliCopy } from "./islands/copy.js";
import { forgetDrafts, LinliDraft } from "./islands/draft.js";
import { LinliFind } from "./islands/find.js";
import { LinliKeys } from "./islands/keys.js";
import { LinliLive } from "./islands/live.js";
import { LinliNear } from "./islands/near.js";
import { LinliPasskey } from "./islands/passkey.js";
import { LinliPassword } from "./islands/password.js";
import { LinliPhotos } from "./islands/photos.js";
import { LinliPick } from "./islands/pick.js";
import { LinliPreview } from "./islands/preview.js";
import { LinliProof } from "./islands/proof.js";
import { LinliSuggest } from "./islands/suggest.js";
import { LinliTry } from "./islands/try-api.js";
import { LinliType } from "./islands/type.js";
import "./trusted.js";
import { say } from "./words.js";

document.documentElement.classList.add("js");
guardForms();
foldFilters();

// The picker first: a draft that is restored must find the list whole and tell the picker.
customElements.define("linli-area-picker", LinliAreaPicker);
customElements.define("linli-find", LinliFind);
customElements.define("linli-passkey", LinliPasskey);
customElements.define("linli-password", LinliPassword);
customElements.define("linli-photos", LinliPhotos);
customElements.define("linli-suggest", LinliSuggest);
customElements.define("linli-type", LinliType);
customElements.define("linli-draft", LinliDraft);
customElements.define("linli-copy", LinliCopy);
customElements.define("linli-live", LinliLive);
customElements.define("linli-keys", LinliKeys);
customElements.define("linli-near", LinliNear);
customElements.define("linli-proof", LinliProof);
customElements.define("linli-preview", LinliPreview);
customElements.define("linli-builder", LinliBuilder);
customElements.define("linli-pick", LinliPick);
customElements.define("linli-try", LinliTry);
customElements.define("linli-map", class extends HTMLElement {
  connectedCallback(): void {
    // Also on slow lines the page is usable at once: the map is fetched only when it comes near the screen.
    const load = () => import("./islands/map.js").then((map) => map.draw(this)).catch(() => this.append(say("mapFailed")));
    if (this.hasAttribute("locate")) return void load();
    const near = new IntersectionObserver((entries) => {
      if (!entries.some((e) => e.isIntersecting)) return;
      near.disconnect();
      void load();
    }, { rootMargin: "300px" });
    near.observe(this);
  }
});

// Menus that are <details> close with Escape and when somebody presses elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (location.hash === "#menu") location.hash = "#main";
  const open = document.querySelector<HTMLDetailsElement>("details.account[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
});
document.addEventListener("click", (event) => {
  const open = document.querySelector<HTMLDetailsElement>("details.account[open]");
  if (open && !open.contains(event.target as Node)) open.open = false;
});
// A device may have several users: what one of them has not sent yet is not for the next.
document.addEventListener("submit", (event) => {
  if ((event.target as HTMLFormElement).hasAttribute("data-forget")) forgetDrafts();
});
// A form with problems: start there (browsers without autofocus for everything).
document.querySelector<HTMLElement>("[data-focus]")?.focus();
// An action opened by its address (…#return) shows itself.
const named = location.hash && document.getElementById(location.hash.slice(1));
if (named instanceof HTMLDetailsElement) named.open = true;
