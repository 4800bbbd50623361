import { element } from "./dom.js";
import { isWebLink } from "./inline.js";

/** What a source is called: its title, else its document's name. */
export const titleOf = (citation) => citation.title || citation.document;

/** Where in a document a citation points: headings and page, without the title said twice. */
export function placeOf(citation) {
  const path = (citation.heading_path ?? []).filter((part, index) => index > 0 || part !== titleOf(citation));
  if (citation.page) path.push(`page ${citation.page}`);
  return path.join(" › ");
}

/** The address of the cited place in the original, where that is on the web; null otherwise. */
export function addressOf(citation) {
  if (citation.url) return isWebLink(citation.url) ? citation.url : null;
  // Answers that were stored before citations had an address.
  if (!isWebLink(citation.source ?? "")) return null;
  return citation.anchor ? `${citation.source.split("#")[0]}#${citation.anchor}` : citation.source;
}

/** A list of footnotes; `open` is given the one that is asked for and its button. */
export function notes(citations, open, label = "Footnotes") {
  return element("ol", { class: "notes", "aria-label": label }, citations.map((citation) => {
    const place = placeOf(citation);
    const button = element("button", { type: "button", onclick: () => open(citation, button) },
      citation.number && element("span", { class: "number" }, String(citation.number)),
      element("span", { class: "where", dir: "auto" },
        element("b", {}, titleOf(citation)), place && ` › ${place}`,
        element("span", { class: "quoted" }, citation.quote)));
    return element("li", {}, button);
  }));
}
