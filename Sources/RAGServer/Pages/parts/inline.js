import { element } from "./dom.js";

/** Only these are ever links: everything else could run code or leave the web. */
export const isWebLink = (address) => /^https?:\/\/[^\s]+$/i.test(address);

const footnotes = Symbol("footnotes");

const patterns = [
  [/^\\([!-/:-@[-`{-~])/, (match, out) => out.append(match[1])],
  [/^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/, (match, out) => out.append(element("code", {}, match[2].replace(/^ (.*) $/, "$1")))],
  [/^!?\[((?:[^[\]\\]|\\.)*)\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+["'(][^\n]*?["')])?\s*\)/, link],
  [/^\[\^?(\d{1,3}(?:\s*,\s*\d{1,3})*)\](?!\()/, footnotes],
  [/^<(https?:\/\/[^\s<>]+)>/i, (match, out) => out.append(anchor(match[1], match[1]))],
  [/^https?:\/\/[^\s<>]*[^\s<>.,:;!?'")\]*_]/i, (match, out) => out.append(anchor(match[0], match[0]))],
  [/^(\*\*|__)(?=\S)([\s\S]*?\S)\1/, span("strong", 2)],
  [/^~~(?=\S)([\s\S]*?\S)~~/, span("del", 1)],
  [/^\*(?=[^\s*])((?:\*\*[\s\S]*?\*\*|[^*])*?[^\s*])\*(?!\*)/, span("em", 1)],
  [/^_(?=[^\s_])([^_]*?[^\s_])_(?![\p{L}\p{N}_])/u, span("em", 1)],
  [/^(?: {2,}|\\)\n/, (match, out) => out.append(element("br"))],
];

/**
 * Appends the inline Markdown of `text` to `out` as nodes. Text of a model never becomes markup: what is not known
 * here stays text.
 *
 * `cite` is given a footnote's number and returns its node, or null where there is no such footnote.
 */
export function inline(text, out, cite = () => null) {
  let plain = "";
  let rest = text;
  const flush = () => {
    if (plain) out.append(plain);
    plain = "";
  };
  scanning: while (rest) {
    const jump = rest.search(/[\\`![<*_~]|https?:\/\/| {2,}\n/i);
    if (jump !== 0) {
      plain += jump < 0 ? rest : rest.slice(0, jump);
      rest = jump < 0 ? "" : rest.slice(jump);
      continue;
    }
    for (const [pattern, render] of patterns) {
      // An underscore inside of a word is part of it: snake_case.
      if (rest[0] === "_" && /[\p{L}\p{N}]$/u.test(plain)) break;
      const match = pattern.exec(rest);
      if (!match) continue;
      const nodes = render === footnotes ? marks(match, cite) : null;
      // A mark never stands alone at the beginning of a line.
      if (nodes) plain = plain.replace(/[ \n]+$/, "");
      flush();
      // Word joiners keep it at its word, and the full stop from a line of its own.
      if (nodes) out.append("\u2060", ...nodes, "\u2060");
      else if (render === footnotes) plain = match[0];
      else render(match, out, cite);
      rest = rest.slice(match[0].length);
      continue scanning;
    }
    plain += rest[0];
    rest = rest.slice(1);
  }
  flush();
  return out;
}

function span(name, group) {
  return (match, out, cite) => out.append(inline(match[group], element(name), cite));
}

function anchor(address, text) {
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}

/** A picture becomes a link to it: nothing is loaded that nobody asked for. */
function link(match, out, cite) {
  if (isWebLink(match[2])) out.append(inline(match[1] || match[2], anchor(match[2], "")));
  else inline(match[1], out, cite);
}

/** Nodes of the footnotes that `[1]` or `[1, 2]` names; null where one of them does not exist. */
function marks(match, cite) {
  const nodes = match[1].split(",").map((number) => cite(Number(number)));
  return nodes.every(Boolean) ? nodes : null;
}
