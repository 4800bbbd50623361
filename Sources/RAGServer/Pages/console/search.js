import { element, fill } from "../parts/dom.js";
import { addressOf, placeOf, titleOf } from "../parts/places.js";
import { storedText } from "../parts/storedtext.js";
import { badge, count, duration, field, nothing, problem } from "./parts.js";
import { shape } from "./plot.js";

/** A playground: what each leg of the search finds for a question, and why the first passage is the first. */
export async function showSearch(root, service, { signal, detail }) {
  const query = element("input", { required: true, dir: "auto", value: detail ?? "", placeholder: "A question" });
  const collection = element("input", { placeholder: "any" });
  const limit = element("input", { type: "number", min: 1, max: 50, value: 10 });
  const results = element("div", { "aria-live": "polite" });
  const form = element("form", { class: "tools" }, field("Question", query, "wide"),
    field("Collection", collection), field("Passages", limit), element("button", { class: "main" }, "Search"));
  const search = async () => {
    const body = (mode) => ({ query: query.value, mode, k: mode === "hybrid" ? Number(limit.value) : 50,
      filter: collection.value ? { collections: [collection.value] } : undefined });
    try {
      const all = ["hybrid", "dense", "lexical"].map((mode) =>
        service.call("POST", "/api/search", body(mode), { signal }));
      const [hybrid, dense, lexical] = await Promise.all(all);
      fill(results, show(hybrid, dense, lexical));
    } catch (error) {
      if (!signal.aborted) fill(results, problem(error));
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  root.append(element("h1", {}, "Search playground"),
    element("p", { class: "lead" },
    "Every passage with its rank by meaning (dense) and by words (lexical), and how both make its score."), form,
    results);
  if (detail) await search();
}

function show(hybrid, dense, lexical) {
  if (!hybrid.passages.length) return nothing("Nothing was found.");
  const ranks = (result) => new Map(result.passages.map((passage, index) => [passage.chunk_id, index + 1]));
  const [byMeaning, byWords] = [ranks(dense), ranks(lexical)];
  return [
    element("p", { class: "muted small" },
      `${count(hybrid.passages.length)} passages in ${duration(hybrid.milliseconds)}; `,
      `by meaning alone ${duration(dense.milliseconds)}, by words alone ${duration(lexical.milliseconds)}.`),
    why(hybrid.passages),
    element("h2", {}, "Passages"),
    hybrid.passages.map((passage, index) => card(passage, index + 1, byMeaning, byWords)),
  ];
}

/** In words, what put the first passage before the second. */
function why([first, second]) {
  if (!second) return null;
  const ahead = [];
  for (const [name, reason] of [
    ["dense_score", "its meaning is nearer to the question"],
    ["lexical_score", "it holds more of the question's words"],
    ["rerank_score", "the reranker puts it first"],
  ]) {
    const [ours, theirs] = [first[name] ?? null, second[name] ?? null];
    if (ours !== null && ours > (theirs ?? -Infinity)) ahead.push(`${reason} (${number(ours)} against ${number(theirs)})`);
  }
  return element("p", { class: "why" }, ahead.length
    ? `The first passage won because ${ahead.join(", and ")}.`
    : "The first passage won by how both legs' scores add up, not by either of them alone.");
}

const number = (value) => (value === null || value === undefined ? "none" : value.toFixed(3));

function card(passage, rank, byMeaning, byWords) {
  const leg = (name, ranks, score, unit) =>
    element("span", {}, `${name}: `, element("b", {},
    ranks.has(passage.chunk_id) ? `rank ${ranks.get(passage.chunk_id)}` : "not among 50"),
    score != null && `, ${unit} ${number(score)}`);
  const [place, address] = [placeOf(passage), addressOf(passage)];
  return element("article", { class: "card passage" },
    element("header", {}, element("h3", { dir: "auto" }, `${rank}. ${titleOf(passage)}`),
      badge("", `score ${number(passage.score)}`)),
    element("p", { class: "muted small", dir: "auto" },
      [passage.document, place, passage.collection].filter(Boolean).join(" · "),
      address && [" · ", element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, "open the page")]),
    element("div", { class: "bar" }, shape("svg",
      { viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
      shape("rect", { class: "series-1", width: Math.max(0, Math.min(1, passage.score)) * 100, height: 4 }))),
    element("div", { class: "legs" },
      leg("By meaning", byMeaning, passage.dense_score, "cosine"),
        leg("By words", byWords, passage.lexical_score, "BM25"),
      passage.rerank_score != null && element("span", {}, "Reranker: ",
        element("b", {}, number(passage.rerank_score)))),
    element("div", { class: "text", dir: "auto", tabindex: "0", role: "region",
      "aria-label": `Text of passage ${rank}` }, storedText(passage.text)));
}
