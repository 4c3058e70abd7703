// <linli-live src="/live" kinds="queue request" counts="/work/counts">: listens for news and shows "3 new, refresh" when some of these kinds come.
// about="ID": the page shows one matter, and only news about that one counts, and only what came after since="TIME".
// Elements with data-live-count="KIND" count up; with counts=… their numbers are fetched anew (JSON, name to number).
import { button, debounce, el } from "../dom.js";
import { say } from "../words.js";

const FirstRetry = 5_000;
const LastRetry = 300_000;

export class LinliLive extends HTMLElement {
  private source: EventSource | null = null;
  private seen = new Set<string>();
  private fresh = 0;
  private retry = FirstRetry;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private place = el("div", { class: "live", role: "status" });
  private readonly look = () => document.hidden ? this.stop() : this.listen();
  private readonly recount = debounce(500, () => void this.fetchCounts());

  connectedCallback(): void {
    this.replaceChildren(this.place);
    document.addEventListener("visibilitychange", this.look);
    this.look();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.look);
    this.stop();
  }

  private get kinds(): string[] { return (this.getAttribute("kinds") ?? "queue").split(/\s+/).filter(Boolean); }

  /** Only while somebody looks: a browser allows six connections to one server, and every tab would hold one. */
  private listen(): void {
    if (this.source) return;
    this.source = new EventSource(this.getAttribute("src") ?? "/live");
    for (const kind of new Set([...this.kinds, "notice", "message"])) {
      this.source.addEventListener(kind, (event) => this.hear(kind, (event as MessageEvent<string>).data));
    }
    this.source.onopen = () => { this.retry = FirstRetry; };
    this.source.onerror = () => {
      // The browser reconnects by itself unless the server has refused; then we ask again, more and more seldom.
      if (this.source?.readyState !== EventSource.CLOSED) return;
      this.stop();
      this.timer = setTimeout(this.look, this.retry);
      this.retry = Math.min(this.retry * 2, LastRetry);
    };
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private hear(kind: string, data: string): void {
    let id = data;
    let at = NaN;
    try {
      const news = JSON.parse(data) as { id?: string; at?: string };
      id = news.id ?? data;
      at = Date.parse(news.at ?? "");
    } catch { /* plain text */ }
    const about = this.getAttribute("about");
    if (about && this.kinds.includes(kind) && id === about) return at <= Date.parse(this.getAttribute("since") ?? "") ? undefined : this.tell(0);
    if (this.seen.has(`${kind} ${id}`)) return;
    this.seen.add(`${kind} ${id}`);
    if (this.hasAttribute("counts")) this.recount();
    else for (const count of document.querySelectorAll(`[data-live-count="${kind}"]`)) set(count, (parseInt(count.textContent ?? "", 10) || 0) + 1);
    if (!about && this.kinds.includes(kind)) this.tell(++this.fresh);
  }

  private tell(count: number): void {
    const pill = button("accent", "refresh", count === 0 ? say("liveAbout") : count === 1 ? say("liveOne") : say("liveMany", count), () => location.reload());
    pill.classList.add("live-pill");
    this.place.replaceChildren(pill);
  }

  private async fetchCounts(): Promise<void> {
    try {
      const answer = await fetch(this.getAttribute("counts")!, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      for (const [name, number] of Object.entries(await answer.json() as Record<string, number>)) {
        for (const count of document.querySelectorAll(`[data-live-count="${CSS.escape(name)}"]`)) set(count, number);
      }
    } catch { /* the next news asks again */ }
  }
}

function set(place: Element, number: number): void {
  place.textContent = String(number);
  if (place.classList.contains("count")) place.toggleAttribute("hidden", number === 0 && place.closest(".tool-bell") !== null);
}
