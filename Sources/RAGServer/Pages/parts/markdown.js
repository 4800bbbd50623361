import { element } from "./dom.js";
import { inline } from "./inline.js";

const fence = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)/;
const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const rule = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const item = /^( *)([-*+]|\d{1,9}[.)])(?:\s+(.*)|)$/;
const quote = /^ {0,3}> ?(.*)$/;
const delimiter = /^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * Renders Markdown as nodes: headings, paragraphs, lists, tables, code, quotations and rules. Its highest
 * heading gets level `top`, so that an answer fits into its page's outline.
 */
export function markdown(text, { cite, top = 3, code = plainCode } = {}) {
  const out = document.createDocumentFragment();
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const highest = Math.min(6, ...lines.map((line) => heading.exec(line)?.[1].length ?? 6));
  blocks(lines, out, { cite, shift: top - highest, code }, 0);
  return out;
}

function blocks(lines, out, options, depth) {
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    let match;
    if (!line.trim()) {
      index += 1;
    } else if ((match = fence.exec(line))) {
      index = fenced(lines, index, match, out, options);
    } else if ((match = heading.exec(line))) {
      const level = Math.min(6, match[1].length + options.shift);
      out.append(inline(match[2], element(`h${level}`, { dir: "auto" }), options.cite));
      index += 1;
    } else if (rule.test(line)) {
      out.append(element("hr"));
      index += 1;
    } else if (quote.test(line) && depth < 8) {
      const inner = [];
      while (index < lines.length && quote.test(lines[index])) inner.push(quote.exec(lines[index++])[1]);
      const node = element("blockquote", { dir: "auto" });
      blocks(inner, node, options, depth + 1);
      out.append(node);
    } else if (item.test(line) && depth < 8) {
      index = list(lines, index, out, options, depth);
    } else if (line.includes("|") && index + 1 < lines.length && delimiter.test(lines[index + 1])) {
      index = table(lines, index, out, options);
    } else {
      const from = index;
      index += 1;
      while (index < lines.length && lines[index].trim() && !startsBlock(lines, index)) index += 1;
      const text = lines.slice(from, index).map((each) => each.trimStart()).join("\n").trimEnd();
      out.append(inline(text, element("p", { dir: "auto" }), options.cite));
    }
  }
}

const startsBlock = (lines, index) =>
  [fence, heading, rule, quote].some((pattern) => pattern.test(lines[index])) ||
  (item.test(lines[index]) && /\S/.test(item.exec(lines[index])[3] ?? ""));

/** Code that is still being written has no closing fence yet: it goes on to the end. */
function fenced(lines, index, match, out, options) {
  const closing = new RegExp(`^ {0,3}${match[1][0]}{${match[1].length},}\\s*$`);
  const inner = [];
  index += 1;
  while (index < lines.length && !closing.test(lines[index])) inner.push(lines[index++]);
  out.append(options.code(inner.join("\n"), match[2]));
  return index + 1;
}

function plainCode(text) {
  return element("pre", { tabindex: "0" }, element("code", {}, text));
}

function list(lines, index, out, options, depth) {
  const first = item.exec(lines[index]);
  const ordered = /\d/.test(first[2]);
  const node = element(ordered ? "ol" : "ul",
    { start: ordered && parseInt(first[2], 10) !== 1 && parseInt(first[2], 10) });
  const indent = first[1].length;
  let loose = false;
  while (index < lines.length) {
    const match = item.exec(lines[index]);
    if (!match || match[1].length < indent || /\d/.test(match[2]) !== ordered || rule.test(lines[index])) break;
    const content = match[1].length + match[2].length + 1;
    const inner = [match[3] ?? ""];
    index += 1;
    while (index < lines.length) {
      const line = lines[index];
      const deep = line.length - line.trimStart().length;
      if (!line.trim()) {
        const next = lines[index + 1];
        const goesOn = next !== undefined && next.trim() &&
          next.length - next.trimStart().length >= Math.min(content, indent + 2);
        if (!goesOn) break;
        loose = true;
        inner.push("");
      } else if (deep > indent && deep >= Math.min(content, indent + 2)) {
        inner.push(line.slice(Math.min(deep, content)));
      } else if (item.test(line) || startsBlock(lines, index)) {
        break;
      } else {
        inner.push(line.trimStart());
      }
      index += 1;
    }
    const entry = element("li", { dir: "auto" });
    blocks(inner, entry, options, depth + 1);
    if (!loose && entry.firstElementChild?.tagName === "P") entry.firstElementChild.replaceWith(...entry.firstElementChild.childNodes);
    node.append(entry);
    // A blank line between two items belongs to neither.
    if (index + 1 < lines.length && !lines[index].trim() && item.test(lines[index + 1])) index += 1;
  }
  out.append(node);
  return index;
}

function table(lines, index, out, options) {
  const sides = cells(lines[index + 1]).map((cell) =>
    (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "end") : "start"));
  const row = (line, name) =>
    element("tr", {}, sides.map((side, column) =>
      inline(cells(line)[column] ?? "", element(name, { dir: "auto", class: side, scope: name === "th" && "col" }),
        options.cite)));
  const body = element("tbody");
  const head = element("thead", {}, row(lines[index], "th"));
  index += 2;
  while (index < lines.length && lines[index].includes("|")) body.append(row(lines[index++], "td"));
  out.append(element("div", { class: "table", tabindex: "0", role: "group", "aria-label": "Table" },
    element("table", {}, head, body)));
  return index;
}

function cells(line) {
  const text = line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return text.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}
