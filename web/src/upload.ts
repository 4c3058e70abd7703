// Sends one file in pieces (tus 1.0, /api/evidence/uploads) and goes on where it stopped when the connection was lost, until it has arrived.
import { kept } from "./dom.js";

const Place = "/api/evidence/uploads";
const Piece = 256 * 1024; // what is lost at worst, and how often progress moves
const Longest = 30_000;

/** Why an upload was stopped that may go on another time. */
export const Left = "left";

/** The server will not take it; the message says why, in the reader's language. Without a message the form sends it instead. */
export class Refused extends Error { }

export interface Wish { file: File; as: string | null; signal: AbortSignal; progress(part: number, isWaiting: boolean): void }

/** The id of the file as kept; a report or a step names it within a day. */
export async function upload(wish: Wish): Promise<string> {
  const memory = await memoryOf(wish.file);
  let address = memory && kept.read(memory);
  for (let wait = 500, anew = 0; ; wait = Math.min(wait * 2, Longest)) {
    try {
      if (!address) {
        address = await begin(wish);
        if (memory) kept.write(memory, address);
      }
      for (let at = await offset(address, wish); at < wish.file.size; wait = 500) {
        at = await piece(address, at, wish);
        wish.progress(at / wish.file.size, false);
      }
      const id = ((await (await call("PUT", `${address}/evidence`, wish)).json()) as { id: string }).id;
      if (memory) kept.write(memory, null);
      return id;
    } catch (error) {
      if (wish.signal.aborted || error instanceof Refused) {
        if (wish.signal.reason !== Left) {
          if (memory) kept.write(memory, null);
          if (address && wish.signal.aborted) void fetch(address, { method: "DELETE" }).catch(() => { });
        }
        throw error;
      }
      if (error instanceof Gone) {
        address = null;
        if (++anew > 3) throw new Refused();
      }
      wish.progress(-1, true);
      await pause(wait);
    }
  }
}

class Gone extends Error { }

async function begin(wish: Wish): Promise<string> {
  const told = [["filename", wish.file.name], ...(wish.as ? [["as", wish.as]] : [])].map(([key, value]) => `${key} ${base64(value!)}`).join(",");
  const answer = await call("POST", Place, wish, { "Upload-Length": `${wish.file.size}`, "Upload-Metadata": told });
  return new URL(answer.headers.get("Location")!, location.href).pathname;
}

const offset = async (address: string, wish: Wish): Promise<number> => next(await call("HEAD", address, wish));

const piece = async (address: string, at: number, wish: Wish): Promise<number> =>
  next(await call("PATCH", address, wish, { "Upload-Offset": `${at}`, "Content-Type": "application/offset+octet-stream" }, wish.file.slice(at, at + Piece)));

const next = (answer: Response): number => +answer.headers.get("Upload-Offset")!;

/** Anything but a plain refusal is worth another try: a lost line, a server that restarts, somebody else at the same upload. */
async function call(method: string, address: string, wish: Wish, headers: Record<string, string> = {}, body?: Blob): Promise<Response> {
  const answer = await fetch(address, { method, headers: { "Tus-Resumable": "1.0.0", ...headers }, body: body ?? null, signal: wish.signal });
  if (answer.ok) return answer;
  if (answer.status === 404) throw new Gone();
  const problem = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() as { title?: string; errors?: Record<string, string[]> } : {};
  if (answer.status === 422 || answer.status === 413) throw new Refused(Object.values(problem.errors ?? {})[0]?.[0] ?? "");
  if (answer.status === 401 || answer.status === 403 || answer.status === 412 || problem.title === "too_many_uploads") throw new Refused();
  throw new Error(`${answer.status}`);
}

/** Until it is time, or the connection is back. */
const pause = (time: number): Promise<void> => new Promise((done) => {
  const end = (): void => { clearTimeout(timer); removeEventListener("online", end); done(); };
  const timer = setTimeout(end, time);
  addEventListener("online", end);
});

/** Where the address of an unfinished upload of this very content is kept, for when the page was loaded again and the photo chosen again. */
async function memoryOf(file: File): Promise<string | null> {
  try {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return `linli.draft:upload:${[...hash.slice(0, 12)].map((b) => b.toString(16).padStart(2, "0")).join("")}`;
  } catch { return null; }
}

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text.slice(-120))));
