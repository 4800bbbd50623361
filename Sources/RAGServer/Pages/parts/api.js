import { events } from "./events.js";

/** What went wrong, in the server's words: `message`, and `hint` on what to do about it. */
export class Failure extends Error {
  constructor({ message, hint = "", code = "", status = 0, retryAfter = null }) {
    super(message);
    Object.assign(this, { hint, code, status, retryAfter });
  }
}

/** The calls that a page makes. `credential` returns what is sent as `Authorization: Bearer`, or null. */
export class Service {
  constructor(credential = () => null, base = "") {
    this.credential = credential;
    this.base = base;
  }

  /** Sends a request and returns its JSON; null where there is none. */
  async call(method, path, body, options = {}) {
    const response = await this.request(method, path, body, options);
    const text = await response.text();
    return text ? JSON.parse(text) : null;
  }

  /** Sends a request and yields its events with their data as JSON; a reply that does not stream is `done` at once. */
  async *stream(path, body, options = {}) {
    const response = await this.request("POST", path, body, { ...options, accept: "text/event-stream" });
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
      yield { event: "done", data: await response.json() };
      return;
    }
    for await (const { event, data } of events(response.body)) yield { event, data: JSON.parse(data) };
  }

  async request(method, path, body, { signal, accept = "application/json", headers = {} } = {}) {
    const sent = { Accept: accept, ...headers };
    const credential = this.credential();
    if (credential) sent.Authorization = `Bearer ${credential}`;
    const isJSON = body !== undefined && !(body instanceof FormData);
    if (isJSON) sent["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(this.base + path,
        { method, headers: sent, body: isJSON ? JSON.stringify(body) : body, signal });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw await this.unanswered();
    }
    if (!response.ok) throw await failure(response);
    return response;
  }

  /** A browser tells a server that is away from one that refuses this page by nothing but whether it is there. */
  async unanswered() {
    const isThere = this.base && await fetch(`${this.base}/health`, { mode: "no-cors" }).then(() => true, () => false);
    return new Failure(isThere
      ? { message: `This page may not ask: its key is missing, wrong, or not for ${location.origin}.` }
      : { message: "The server cannot be reached.", hint: "Check the connection and try again." });
  }
}

async function failure(response) {
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  try {
    const { error } = await response.json();
    return new Failure({ ...error, hint: error.hint ?? "", status: response.status, retryAfter });
  } catch {
    return new Failure({ message: `The server answered ${response.status}.`, status: response.status, retryAfter });
  }
}
