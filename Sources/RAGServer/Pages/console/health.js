import { element, fill } from "../parts/dom.js";
import { badge, duration, moment, problem } from "./parts.js";
import { shape } from "./plot.js";

const names = { corpus: "Corpus", embedding_model: "Embedding model", chat_provider: "Chat provider",
  reranker: "Reranker", qdrant: "Qdrant", state_database: "State database" };
const words = { healthy: "Healthy", degraded: "Degraded", unhealthy: "Unhealthy" };

/** The state of every part, renewed while it is looked at, and how it was before. */
export async function showHealth(root, service, { signal, say }) {
  const state = element("p", { class: "lead" });
  const cards = element("div", { class: "cards" });
  root.append(element("h1", {}, "Health"), state, element("h2", { class: "unseen" }, "Parts"), cards);
  let last = null;
  while (!signal.aborted) {
    try {
      const [report, { samples }] = await Promise.all([health(service, signal),
        service.call("GET", "/api/health/history", undefined, { signal })]);
      fill(state, badge(report.status, words[report.status]), " as of ", new Date().toLocaleTimeString(),
        ", renewed every ten seconds.");
      fill(cards, Object.entries(report.parts).map(([name, part]) => card(name, part, samples)));
      if (last !== report.status) say(`The service is ${report.status}.`);
      last = report.status;
    } catch (error) {
      if (error.name === "AbortError" || error.status === 401) throw error;
      fill(state, problem(error));
    }
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, 10_000);
      signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}

/** An unhealthy service answers 503, with the report all the same. */
async function health(service, signal) {
  const response = await fetch("/api/health", { signal });
  if (!response.headers.get("Content-Type")?.includes("json")) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}

function card(name, part, samples) {
  const error = part.last_error;
  return element("article", { class: "card" },
    element("h3", {}, names[name] ?? name, badge(part.status, words[part.status])),
    element("p", {}, part.detail),
    part.hint && element("p", { class: "hint" }, part.hint),
    history(names[name] ?? name, samples.map(({ at, parts }) => ({ at, ...parts[name] })).filter(({ status }) =>
      status)),
    element("p", { class: "muted small" }, duration(part.latency_ms), error &&
      [" · last trouble ", moment(error.at), `: ${error.message}`]));
}

/** Samples that fit beside each other; a young history leaves the left empty. */
const slots = 60;

/** One bar a sample: its colour is the status, its height the time that the check took. */
function history(name, samples) {
  const shown = samples.slice(-slots);
  if (shown.length < 2) return null;
  const slowest = Math.max(1, ...shown.map(({ latency_ms: time }) => time));
  const bad = shown.filter(({ status }) => status !== "healthy").length;
  return shape("svg", { class: "history", viewBox: `0 0 ${slots * 4} 28`, preserveAspectRatio: "none",
    role: "img",
    "aria-label": `${name}: ${shown.length} checks since ${new Date(shown[0].at).toLocaleString()}, ${bad || "none"} of them not healthy` },
  ...shown.map(({ at, status, latency_ms: time }, index) => {
    const height = 6 + 22 * (time / slowest);
    return shape("rect", { class: status, x: (slots - shown.length + index) * 4, width: 3, y: 28 - height, height },
      shape("title", {}, `${new Date(at).toLocaleString()}: ${words[status]}, ${duration(time)}`));
  }));
}
