import { element, fill } from "../parts/dom.js";
import { count, dollars, duration, figures, nothing, problem, table } from "./parts.js";
import { plot } from "./plot.js";

/** Questions, latency, tokens and cost over time. */
export async function showUsage(root, service, { signal }) {
  const days = element("select", {}, [[1, "Last day"], [7, "Last week"], [30, "Last month"],
    [90, "Last three months"]].map(([value, name]) =>
    element("option", { value, selected: value === 7 }, name)));
  const content = element("div");
  root.append(element("h1", {}, "Usage"),
    element("p", { class: "lead" }, "What was asked, how long answers took, and what models cost."),
    element("div", { class: "tools" }, element("label", { class: "field" }, "Time", days)), content);
  const load = async () => {
    try {
      const usage = await service.call("GET", `/api/usage?days=${days.value}`, undefined, { signal });
      fill(content, report(usage));
    } catch (error) {
      if (!signal.aborted) fill(content, problem(error));
    }
  };
  days.addEventListener("change", load);
  await load();
}

function report({ totals, buckets, models }) {
  const over = (names, values, rest) => plot({ names,
    points: buckets.map((bucket) => ({ at: bucket.at, values: values(bucket) })), ...rest });
  return [
    figures([
      ["Questions", count(totals.questions)],
      ["Answered", totals.questions ? `${Math.round((100 * totals.answered) / totals.questions)} %` : "–"],
      ["Median latency", duration(totals.p50_ms)],
      ["95th percentile", duration(totals.p95_ms)],
      ["Tokens", count(totals.prompt_tokens + totals.completion_tokens)],
      ["Cost", dollars(totals.cost)],
    ]),
    over(["Answered", "Degraded", "Refused"],
      (each) => [each.answered - each.degraded, each.degraded, each.questions - each.answered],
      { title: "Questions", kind: "bars", format: count, isWhole: true }),
    over(["Median", "95th percentile"], (each) => [each.p50_ms ?? null, each.p95_ms ?? null],
      { title: "Latency of answers", kind: "lines", format: duration }),
    // Without a language model these would be empty.
    models.length > 0 && [
      over(["Prompt", "Completion"], (each) => [each.prompt_tokens, each.completion_tokens],
        { title: "Tokens", kind: "bars", format: count, isWhole: true }),
      over(["Cost"], (each) => [each.cost], { title: "Cost in US dollars", kind: "bars", format: dollars }),
    ],
    element("h2", {}, "Models"),
    models.length ? table("Models", [
      { name: "Model", value: (row) => row.model },
      { name: "Requests", number: true, value: (row) => count(row.requests) },
      { name: "Prompt tokens", number: true, value: (row) => count(row.prompt_tokens) },
      { name: "Completion tokens", number: true, value: (row) => count(row.completion_tokens) },
      { name: "Cost", number: true, value: (row) => dollars(row.cost) },
    ], models) : nothing("No language model was asked in this time."),
  ];
}
