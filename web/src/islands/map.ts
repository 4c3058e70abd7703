// <linli-map areas="/api/areas/boundaries?level=town" outline="/api/areas/boundaries?level=county" points="/…geojson" lon="113.2" lat="36.1" zoom="14" tiles="https://…/{z}/{x}/{y}.png">
// Draws boundaries and points (detail: finer boundaries, fetched when one zooms in); needs no tile server. Points are GeoJSON with properties title, href, text, tone, icon; near ones are gathered.
// locate: asks for the position at once, because the reader came by "from here".
// pick: a tap, or the reader's position, fills the inputs data-lon and data-lat inside; the event linli-place tells the form which areas contain it.
import L from "leaflet";
import type { Feature, FeatureCollection, Point } from "geojson";
import { button, el, icon } from "../dom.js";
import { isEnglish, say } from "../words.js";

declare const MAP_CSS: string;
type Area = { code: string; name: string; nameEn?: string; level?: string; demo?: boolean };
type Name = { bounds: L.LatLngBounds; tip: L.Tooltip };
type Spot = { title?: string; href?: string; text?: string; tone?: string; icon?: string };

const Paper = { county: { color: "#0f5c58", weight: 3, fillColor: "#fbfaf6", fillOpacity: 1 }, area: { color: "#8a938f", weight: 1, fill: false } };
const GatherPixels = 46;
const DetailZoom = 12.5;

export async function draw(host: HTMLElement): Promise<void> {
  await loadStyle();
  const place = el("div", { class: "map", role: "region", "aria-label": host.getAttribute("label") ?? "" });
  const map = L.map(place, { zoomControl: false, attributionControl: false, zoomSnap: 0.5, maxZoom: 19, minZoom: 7 });
  map.attributionControl = L.control.attribution({ prefix: false }).addTo(map);
  L.control.zoom({ position: "bottomleft", zoomInTitle: say("mapIn"), zoomOutTitle: say("mapOut") }).addTo(map);
  host.append(place);

  const at = position(host);
  if (at) map.setView(at, +(host.getAttribute("zoom") ?? 15));
  const tiles = host.getAttribute("tiles");
  if (tiles) L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  const [outline, areas] = await Promise.all([layer(host.getAttribute("outline")), layer(host.getAttribute("areas"))]);
  const county = outline && L.geoJSON(outline, { style: { ...Paper.county, fillOpacity: tiles ? 0 : 1 }, interactive: false }).addTo(map);
  if (areas) addAreas(map, areas);
  near(map, host.getAttribute("detail"));
  const all = county ?? (areas && L.geoJSON(areas));
  if (!at && all) map.fitBounds(all.getBounds(), { padding: [8, 8] });
  else if (!at) map.setView([36.1, 113.2], 10);
  if (all) map.setMaxBounds(all.getBounds().pad(0.6));

  const spots = await layer(host.getAttribute("points"));
  if (spots) gather(map, spots as FeatureCollection<Point, Spot>, !at && host.hasAttribute("fit"));
  if (host.hasAttribute("pick")) pick(host, map, place);
  else if (at) pin(at, false).addTo(map);
  new ResizeObserver(() => map.invalidateSize()).observe(place);
}

function loadStyle(): Promise<unknown> {
  if (document.querySelector("link[data-map]")) return Promise.resolve();
  const link = el("link", { rel: "stylesheet", href: new URL(`/dist/${MAP_CSS}`, location.href).href, "data-map": true });
  document.head.append(link);
  return new Promise((done, fail) => { link.onload = done; link.onerror = fail; });
}

async function layer(url: string | null): Promise<FeatureCollection | null> {
  if (!url) return null;
  try {
    const answer = await fetch(url, { headers: { Accept: "application/geo+json, application/json" } });
    return answer.ok ? await answer.json() as FeatureCollection : null;
  } catch {
    return null;
  }
}

function position(host: HTMLElement): L.LatLngTuple | null {
  const lon = parseFloat(host.querySelector<HTMLInputElement>("[data-lon]")?.value || host.getAttribute("lon") || "");
  const lat = parseFloat(host.querySelector<HTMLInputElement>("[data-lat]")?.value || host.getAttribute("lat") || "");
  return Number.isFinite(lon) && Number.isFinite(lat) ? [lat, lon] : null;
}

function addAreas(map: L.Map, areas: FeatureCollection, from = 0): void {
  // Below the points, which matter more.
  (map.getPane("names") ?? map.createPane("names")).style.zIndex = "450";
  const names: Name[] = [];
  const drawn = L.geoJSON(areas, {
    interactive: false,
    style: (f) => ({ ...Paper.area, dashArray: (f?.properties as Area)?.demo ? "4 4" : undefined }),
    onEachFeature: (f, shape) => {
      const area = f.properties as Area;
      const name = isEnglish() && area.nameEn ? area.nameEn.replace(/ (Town|Township|Community|Village)$/, "") : area.name;
      const bounds = (shape as L.Polygon).getBounds();
      const tip = L.tooltip({ permanent: true, direction: "center", className: "map-name", pane: "names" }).setLatLng(bounds.getCenter()).setContent(el("span", {}, name));
      // Printed on the map like a name on paper, not the tip of anything. A map without a view yet makes the element later.
      tip.on("add", () => {
        tip.getElement()?.removeAttribute("role");
        tip.getElement()?.setAttribute("aria-hidden", "true");
      }).addTo(map);
      names.push({ bounds, tip });
    },
  }).addTo(map);
  if (areas.features.some((f) => (f.properties as Area).demo)) map.attributionControl.addAttribution(say("demoShape"));
  const look = () => {
    if (map.getZoom() < from) drawn.remove();
    else drawn.addTo(map);
    show(map, names, map.getZoom() >= from);
  };
  map.on("zoomend", look);
  requestAnimationFrame(look);
}

/** Villages are many and matter only when one has come near; they are fetched then. */
function near(map: L.Map, url: string | null): void {
  if (!url) return;
  const look = () => {
    if (map.getZoom() < DetailZoom) return;
    map.off("zoomend", look);
    void layer(url).then((areas) => areas && addAreas(map, areas, DetailZoom));
  };
  map.on("zoomend", look);
  look();
}

/** Names in a heap help nobody: one that overlaps another, or is much wider than its area, is hidden until somebody zooms in. */
function show(map: L.Map, names: Name[], wanted: boolean): void {
  const taken: DOMRect[] = [];
  for (const name of names) {
    const element = name.tip.getElement();
    if (!element) continue;
    const box = element.getBoundingClientRect();
    const wide = map.latLngToLayerPoint(name.bounds.getNorthEast()).x - map.latLngToLayerPoint(name.bounds.getSouthWest()).x;
    const free = wanted && box.width < wide * 1.2 && !taken.some((t) => box.left < t.right && box.right > t.left && box.top < t.bottom && box.bottom > t.top);
    element.style.visibility = free ? "" : "hidden";
    if (free) taken.push(box);
  }
}

/** Points nearer than a finger's width become one, with their number; pressing it goes nearer. */
function gather(map: L.Map, spots: FeatureCollection<Point, Spot>, fit: boolean): void {
  const shown = L.layerGroup().addTo(map);
  const look = () => {
    shown.clearLayers();
    const heaps: { at: L.Point; spots: Feature<Point, Spot>[] }[] = [];
    const reach = map.getZoom() >= 17 ? 4 : GatherPixels;
    const view = map.getBounds().pad(0.3);
    for (const spot of spots.features) {
      if (!view.contains(latLng(spot))) continue;
      const at = map.project(latLng(spot));
      const heap = heaps.find((h) => h.at.distanceTo(at) < reach);
      if (heap) heap.spots.push(spot);
      else heaps.push({ at, spots: [spot] });
    }
    for (const heap of heaps) (heap.spots.length === 1 ? one(heap.spots[0]!) : many(map, heap.at, heap.spots)).addTo(shown);
  };
  if (fit && spots.features.length) {
    map.fitBounds(L.latLngBounds(spots.features.map((s) => latLng(s))), { padding: [40, 40], maxZoom: 15 });
  }
  map.on("moveend", look);
  look();
}

const latLng = (spot: Feature<Point>): L.LatLngTuple => [spot.geometry.coordinates[1]!, spot.geometry.coordinates[0]!];

function one(spot: Feature<Point, Spot>): L.Marker {
  const { title = "", href, text, tone = "brand", icon: name = "point" } = spot.properties;
  const mark = el("span");
  mark.append(icon(name));
  const marker = L.marker(latLng(spot), { alt: title, title, icon: L.divIcon({ className: `map-point tone-${tone}`, iconSize: [28, 28], html: mark.firstElementChild as unknown as HTMLElement }) });
  return marker.bindPopup(el("div", {}, href ? el("a", { href }, title) : el("p", { class: "fw-bold" }, title), text ? el("p", {}, text) : null));
}

function many(map: L.Map, at: L.Point, cell: Feature<Point, Spot>[]): L.Marker {
  const bounds = L.latLngBounds(cell.map(latLng));
  const size = Math.min(48, 32 + 3 * Math.log2(cell.length));
  const word = say("mapCluster", cell.length);
  return L.marker(map.unproject(at), { alt: word, title: word, icon: L.divIcon({ className: "map-point map-cluster", iconSize: [size, size], html: el("span", {}, String(cell.length)) }) })
    .on("click", () => map.fitBounds(bounds, { padding: [50, 50], maxZoom: 17.5 }));
}

function pin(at: L.LatLngExpression, draggable: boolean): L.Marker {
  const mark = icon("map-pin");
  return L.marker(at, { draggable, autoPan: true, keyboard: draggable, alt: say(draggable ? "mapPin" : "mapPicked", ""), icon: L.divIcon({ className: "map-pin", iconSize: [48, 48], iconAnchor: [24, 45], html: mark as unknown as HTMLElement }) });
}

function pick(host: HTMLElement, map: L.Map, place: HTMLElement): void {
  const lon = host.querySelector<HTMLInputElement>("[data-lon]")!;
  const lat = host.querySelector<HTMLInputElement>("[data-lat]")!;
  const note = el("p", { class: "map-note", role: "status" }, say("mapHint"));
  const clear = button("quiet", "x", say("mapClear"), () => set(null));
  const locate = button("secondary", "current-location", say("mapLocate"), () => find());
  let marker: L.Marker | null = null;
  place.before(el("div", { class: "map-bar" }, locate, note, clear));

  const tell = (text: string, kind = "") => { note.textContent = text; note.className = `map-note ${kind}`; };
  const set = (at: L.LatLng | null) => {
    lon.value = at ? at.lng.toFixed(6) : "";
    lat.value = at ? at.lat.toFixed(6) : "";
    clear.hidden = !at;
    marker?.remove();
    marker = at && pin(at, true).addTo(map).on("dragend", (e) => { set((e.target as L.Marker).getLatLng()); void name(); });
    if (!at) tell(say("mapHint"));
    lon.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const name = async (more = "") => {
    tell(`${say("mapPickedPlain")} ${more}`, "map-note-good");
    const [x, y] = [lon.value, lat.value];
    try {
      const answer = await fetch(`/api/areas/locate?lon=${x}&lat=${y}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || x !== lon.value) return;
      const found = await answer.json() as { isInside: boolean; area?: { fullName: string; name: string; nameEn?: string }; path: { code: string }[] };
      if (!found.isInside) return tell(say("mapOutside"), "map-note-bad");
      tell(`${say("mapPicked", (isEnglish() && found.area?.nameEn) || found.area?.fullName || "")} ${more}`, "map-note-good");
      host.dispatchEvent(new CustomEvent("linli-place", { bubbles: true, detail: { codes: found.path.map((p) => p.code).reverse(), lon: +x, lat: +y } }));
    } catch { /* the place is chosen all the same */ }
  };
  const find = () => {
    if (!navigator.geolocation) return tell(say("mapNoPosition"), "map-note-bad");
    tell(say("mapLocating"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const here = L.latLng(coords.latitude, coords.longitude);
        set(here);
        map.setView(here, 16);
        void name(coords.accuracy > 60 ? say("mapAccuracy", Math.round(coords.accuracy)) : "");
      },
      (error) => tell(say(error.code === error.PERMISSION_DENIED ? "mapRefused" : "mapNoPosition"), "map-note-bad"),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 });
  };
  map.on("click", (event) => {
    set(event.latlng);
    void name();
  });
  const start = position(host);
  set(start ? L.latLng(start) : null);
  if (start) tell(say("mapPickedPlain"), "map-note-good");
  else if (host.hasAttribute("locate")) find();
  lon.addEventListener("linli-restored", () => { const at = position(host); if (at) { set(L.latLng(at)); map.setView(at, 15); } });
}
