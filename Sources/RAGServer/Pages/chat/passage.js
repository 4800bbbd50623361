import { element, fill, icon } from "../parts/dom.js";
import { addressOf, placeOf, titleOf } from "../parts/places.js";
import { storedText } from "../parts/storedtext.js";

const around = 1200;
const panel = document.getElementById("passage");
const title = document.getElementById("passage-title");
const place = document.getElementById("passage-place");
const body = document.getElementById("passage-body");
const others = ["sidebar", "main"].map((id) => document.getElementById(id));
let opener = null;

/** The panel that shows a citation in its document, with the cited words marked. */
export function preparePassage() {
  const close = document.getElementById("close-passage");
  close.append(icon("close"));
  close.addEventListener("click", closePassage);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    closePassage();
  });
}

export function closePassage() {
  if (panel.hidden) return;
  panel.hidden = true;
  for (const other of others) other.inert = false;
  opener?.setAttribute("aria-expanded", "false");
  opener?.focus();
  opener = null;
}

/** Opens the passage; focus comes back to `from` when it is closed. */
export async function openPassage(service, citation, from) {
  opener?.setAttribute("aria-expanded", "false");
  opener = from;
  opener.setAttribute("aria-expanded", "true");
  panel.hidden = false;
  // On a phone the panel covers the page, so that nothing below it may take the focus.
  const covers = matchMedia("(max-width: 46rem)").matches;
  for (const other of others) other.inert = covers;
  fill(title, titleOf(citation));
  const address = addressOf(citation);
  const quote = element("div", { class: "text", dir: "auto" }, element("mark", {}, storedText(citation.quote)));
  fill(place,
    placeOf(citation) && element("p", { dir: "auto" }, placeOf(citation)),
    address && element("a", { class: "button", href: address, target: "_blank", rel: "noopener noreferrer" },
      icon("open"), "Open the page"));
  fill(body, quote);
  title.focus();
  const context = await surroundings(service, citation);
  // Another footnote may have been opened while the text was on its way.
  if (opener !== from) return;
  fill(body, context ?? [element("p", { class: "muted small" },
    "The document is no longer as it was when it was cited; these are the cited words."), quote]);
  const mark = body.querySelector("mark");
  if (mark) body.scrollTop = Math.max(0, mark.offsetTop - body.offsetTop - body.clientHeight / 4);
}

/** The text around the citation with its words marked; null where the document does not hold them any more. */
async function surroundings(service, citation) {
  let found;
  try {
    found = await service.text(citation, Math.max(0, citation.start - around), citation.end + around);
  } catch {
    return null;
  }
  // Positions count code points, which JavaScript's own indices do not.
  const text = [...found.text];
  const [start, end] = [citation.start - found.start, citation.end - found.start];
  if (start < 0 || text.slice(start, end).join("") !== citation.quote) return null;
  const from = text.slice(0, start).join("").length;
  const [before, cited, after] = storedText(found.text, from, from + citation.quote.length);
  return element("div", { class: "text", dir: "auto" },
    found.start > 0 && "… ", before, element("mark", {}, cited), after, found.end < found.length && " …");
}
