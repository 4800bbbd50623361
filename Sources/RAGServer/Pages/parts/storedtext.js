import { element } from "./dom.js";

/** Lines behind a tab and blank ones between them: what stored texts mark as code. */
const code = /(?<=^|\n)\t[^\n]*(?:\n+\t[^\n]*)*/g;

/** A stored text in three parts, before `from`, up to `to` and the rest, each as texts and elements for its code. */
export function storedText(text, from = 0, to = text.length) {
  const blocks = [...text.matchAll(code)].map(({ index, 0: { length } }) => [index, index + length]);
  return [[0, from], [from, to], [to, text.length]].map(([start, end]) => part(text, blocks, start, end));
}

function part(text, blocks, start, end) {
  const nodes = [];
  let place = start;
  for (const [first, last] of blocks) {
    const [opens, closes] = [Math.max(first, place), Math.min(last, end)];
    if (opens >= closes) continue;
    nodes.push(text.slice(place, opens),
      element("code", { dir: "ltr" }, text.slice(opens, closes).replace(/^\t/gm, "")));
    place = closes;
  }
  return [...nodes, text.slice(place, end)].filter((node) => node !== "");
}
