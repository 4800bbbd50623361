import { element, fill } from "../shared/dom.js";
import { count, moment, nothing, problem, table } from "./parts.js";

/** What people asked that the corpus could not answer. */
export async function showGaps(root, service, { signal }) {
  const content = element("div");
  root.append(element("h1", {}, "Gaps"), element("p", { class: "lead" },
    "Questions that the documents did not answer, the most asked first: what to write next."), content);
  let report;
  try {
    report = await service.call("GET", "/api/gaps", undefined, { signal });
  } catch (error) {
    if (!signal.aborted) fill(content,
      error.status === 404 ? nothing("This server does not report gaps.") : problem(error));
    return;
  }
  const gaps = report.gaps ?? report.groups ?? [];
  fill(content, gaps.length ? table("Gaps", [
    { name: "Question", value: (gap) => element("a", { href: `#search/${encodeURIComponent(gap.question)}` },
      gap.question) },
    { name: "Asked", number: true, value: (gap) => count(gap.count ?? gap.asked ?? 1) },
    { name: "Said in other words", value: (gap) =>
      (gap.questions ?? gap.examples ?? []).filter((each) => each !== gap.question).slice(0, 3).join(" · ") },
    { name: "Last", value: (gap) => moment(gap.last_asked ?? gap.last ?? gap.at) },
  ], gaps) : nothing("Nothing was asked that the documents did not answer."));
}
