// <linli-passkey mode="sign-in|confirm|add" return="/work">: a button that asks the browser for a passkey (WebAuthn). Where the browser has none, what
// stands inside stays: signing in with a password works everywhere.
import { button, el } from "../dom.js";
import { say } from "../words.js";

type Bytes = { id: string; type?: string };
type Options = Record<string, unknown> & { challenge: string; user?: Bytes; excludeCredentials?: Bytes[]; allowCredentials?: Bytes[] };

export class LinliPasskey extends HTMLElement {
  connectedCallback(): void {
    if (this.querySelector("button") || !window.PublicKeyCredential || !window.isSecureContext) return;
    const mode = this.getAttribute("mode") ?? "sign-in";
    this.replaceChildren();
    const status = el("p", { role: "status", class: "passkey-status" });
    if (mode === "add") {
      const name = el("input", { class: "form-control", id: "passkey-name", maxlength: "40", value: say("passkeyUsual") });
      this.append(el("div", { class: "field" }, el("label", { class: "field-label", for: "passkey-name" }, say("passkeyName")), name));
      this.append(button("primary", "plus", say("passkeyAdd"), () => void this.run(status, () => this.add(name.value))), status);
    } else {
      const word = mode === "confirm" ? "passkeyConfirm" : "passkeySignIn";
      this.append(button("secondary", "key", say(word), () => void this.run(status, () => (mode === "confirm" ? this.confirm() : this.signIn()))), status);
    }
  }

  private async run(status: HTMLElement, what: () => Promise<void>): Promise<void> {
    status.textContent = "";
    try {
      await what();
    } catch (error) {
      // The browser's own refusals (nobody touched the key, wrong site) have names that say nothing to people.
      status.textContent = error instanceof Refused ? error.message : say("passkeyFailed");
    }
  }

  private async signIn(): Promise<void> {
    const options = await send<Options>("POST", "/api/session/passkey/options");
    await send("POST", "/api/session/passkey", { credential: await asked(options) });
    location.assign(local(this.getAttribute("return")) ?? "/work");
  }

  private async confirm(): Promise<void> {
    const options = await send<Options>("POST", "/api/me/confirmation/passkey/options");
    await send("PUT", "/api/me/confirmation/passkey", { credential: await asked(options) });
    document.querySelector<HTMLFormElement>("main form")?.submit();
  }

  private async add(name: string): Promise<void> {
    const options = await send<Options>("POST", "/api/me/passkeys/options");
    const made = await navigator.credentials.create({ publicKey: readable(options) as unknown as PublicKeyCredentialCreationOptions });
    const added = await send<{ recoveryCodes: string[] }>("POST", "/api/me/passkeys", { name, credential: written(made as PublicKeyCredential) });
    if (added.recoveryCodes.length === 0) return location.assign("/me/second-factor?done=passkey");
    const list = el("ul", { class: "codes" }, ...added.recoveryCodes.map((code) => el("li", {}, el("code", {}, code))));
    this.replaceChildren(
      el("div", { class: "callout tone-good", role: "status" }, el("div", {}, el("p", { class: "callout-title" }, say("passkeyCodes")), el("p", {}, say("passkeyCodesOnce")), list)),
      el("a", { class: "btn btn-primary", href: "/me/second-factor?done=passkey" }, say("passkeyCodesKept")),
    );
  }
}

class Refused extends Error {}

async function send<T = unknown>(method: string, address: string, body?: unknown): Promise<T> {
  const answer = await fetch(address, {
    method,
    headers: { "X-Linli": "1", Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const json: unknown = answer.status === 204 ? undefined : await answer.json();
  const problem = json as { title?: string; detail?: string } | undefined;
  if (answer.ok) return json as T;
  // Too long since the last time: the page asks for the password, and the key is added after that.
  if (problem?.title === "confirmation_needed") throw new Refused(say("passkeyConfirmFirst"));
  throw new Refused(problem?.detail ?? say("passkeyFailed"));
}

async function asked(options: Options): Promise<unknown> {
  return written((await navigator.credentials.get({ publicKey: readable(options) as unknown as PublicKeyCredentialRequestOptions })) as PublicKeyCredential);
}

/** What travels as text has to be bytes for the browser. */
function readable(options: Options): Record<string, unknown> {
  const each = (list?: Bytes[]) => list?.map((c) => ({ ...c, id: bytes(c.id) }));
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user ? { user: { ...options.user, id: bytes(options.user.id) } } : {}),
    ...(options.excludeCredentials ? { excludeCredentials: each(options.excludeCredentials) } : {}),
    ...(options.allowCredentials ? { allowCredentials: each(options.allowCredentials) } : {}),
  };
}

function written(key: PublicKeyCredential): unknown {
  const response = key.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const one = (buffer?: ArrayBuffer | null) => (buffer ? text(buffer) : undefined);
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    clientExtensionResults: {},
    authenticatorAttachment: key.authenticatorAttachment,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: one(response.attestationObject),
      transports: response.getTransports?.(),
      authenticatorData: one(response.authenticatorData),
      signature: one(response.signature),
      userHandle: one(response.userHandle),
    },
  };
}

const bytes = (base64url: string): Uint8Array => Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const text = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** Only addresses of this site are followed. */
const local = (address: string | null): string | undefined => (address && /^\/(?![/\\])/.test(address) ? address : undefined);
