import { element, fill } from "../shared/dom.js";
import { count, field, figures, nothing, problem, table } from "./parts.js";

const reasons = { refused: "not answered", low_confidence: "hardly answered", disliked: "rated poor" };

/** What people asked that the corpus could not answer. */
export async function showGaps(root, service, { signal }) {
  const days = element("select", {}, [[7, "Last week"], [30, "Last month"], [90, "Last three months"]].map(
    ([value, name]) => element("option", { value, selected: value === 30 }, name)));
  const content = element("div");
  root.append(element("h1", {}, "Gaps"),
    element("p", { class: "lead" },
      "Questions that the documents did not answer, or not well, the most asked first: what to write next."),
    element("div", { class: "tools" }, field("Time", days)), content);
  const load = async () => {
    try {
      const since = Math.floor(Date.now() / 1000) - days.value * 86_400;
      fill(content, report(await service.call("GET", `/api/analytics/gaps?since=${since}`, undefined, { signal })));
    } catch (error) {
      if (!signal.aborted) fill(content, problem(error));
    }
  };
  days.addEventListener("change", load);
  await load();
}

function report({ questions, groups }) {
  if (!groups.length) return nothing("Nothing was asked that the documents did not answer.");
  return [
    figures([["Questions", count(questions)], ["Subjects", count(groups.length)]]),
    table("Gaps", [
      { name: "Question", value: ({ question }) =>
        element("a", { href: `#search/${encodeURIComponent(question)}` }, question) },
      { name: "Asked", number: true, value: (group) => count(group.count) },
      { name: "Why", value: (group) => Object.entries(group.reasons).map(([reason, times]) =>
        `${reasons[reason] ?? reason} ${times > 1 ? `${times} times` : "once"}`).join(", ") },
      { name: "In other words", value: ({ examples }) => examples.slice(0, 3).join(" · ") },
    ], groups),
  ];
}
