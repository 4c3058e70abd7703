// <linli-near>lists of [data-lon][data-lat] with a [data-distance] inside each</linli-near>: one button sorts each list by the distance from here.
// Remembered while the tab is open, so that coming back from a matter finds the same order.
import { button, el } from "../dom.js";
import { say } from "../words.js";

const Kept = "linli.near";
const EarthMetres = 6_371_000;

export class LinliNear extends HTMLElement {
  private note = el("p", { class: "faint", role: "status" });

  connectedCallback(): void {
    if (!navigator.geolocation || this.note.isConnected || !this.querySelector("[data-lon]")) return;
    this.prepend(button("secondary", "current-location", say("near"), () => this.sort()), this.note);
    if (sessionStorage.getItem(Kept)) this.sort();
  }

  private sort(): void {
    this.note.textContent = say("mapLocating");
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      sessionStorage.setItem(Kept, "on");
      for (const list of this.querySelectorAll("ul")) {
        const rows = [...list.children] as HTMLElement[];
        const far = new Map(rows.map((r) => [r, metres(r, coords)]));
        for (const row of rows.sort((a, b) => far.get(a)! - far.get(b)!)) {
          const place = row.querySelector("[data-distance]");
          const distance = far.get(row)!;
          if (place) place.textContent = Number.isFinite(distance) ? words(distance) : "";
          list.append(row);
        }
      }
      this.note.textContent = say("nearDone");
    }, () => { this.note.textContent = say("nearFailed"); }, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 });
  }
}

/** Infinity where nobody has said where it is: such matters go last. */
function metres(row: HTMLElement, here: GeolocationCoordinates): number {
  const [lon, lat] = [parseFloat(row.dataset["lon"] ?? ""), parseFloat(row.dataset["lat"] ?? "")];
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return Infinity;
  const rad = Math.PI / 180;
  const x = (lon - here.longitude) * rad * Math.cos((lat + here.latitude) / 2 * rad);
  return Math.hypot(x, (lat - here.latitude) * rad) * EarthMetres;
}

const words = (distance: number): string =>
  distance < 1000 ? say("nearMetres", Math.max(10, Math.round(distance / 10) * 10)) : say("nearKilometres", (distance / 1000).toFixed(1));
