import { element, fill, icon } from "../parts/dom.js";
import { markdown } from "../parts/markdown.js";
import { addressOf, placeOf, titleOf } from "../parts/places.js";

/** What is said below an answer of low confidence. */
export const caution = "The documents may not answer this.";

/** One question in the widget and its answer, growing while it streams. */
export class WidgetTurn {
  text = "";

  constructor(question) {
    this.question = question;
    this.answer = element("div", { class: "answer", part: "answer" });
    this.after = element("div");
    this.element = element("article", { class: "turn" },
      element("p", { class: "question", part: "question", dir: "auto" }, question), this.answer, this.after);
  }

  wait() {
    this.text = "";
    this.isWhole = false;
    fill(this.after);
    fill(this.answer, element("p", { class: "greeting" }, "Searching…"));
  }

  add(piece) {
    this.text += piece;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (!this.isWhole) this.draw([]);
    });
  }

  finish(reply, ask) {
    this.isWhole = true;
    this.text = reply.answer;
    const citations = reply.citations ?? [];
    this.draw(citations);
    fill(this.after,
      reply.low_confidence && element("p", { class: "note caution", part: "caution" }, icon("doubt"), caution),
      reply.hint && element("p", { class: "note hint", part: "hint" }, reply.hint),
      reply.answered === false && !reply.hint && element("p", { class: "note" },
        "Try to say it in other words, or ask about something that this site describes."),
      reply.degraded && element("p", { class: "note warning" },
        reply.degraded_reason?.part === "search" ? "The search could not look for meaning: words alone found the sources."
          : "The language model could not answer: these are the site's own sentences."),
      reply.sentences?.some((each) => !each.supported) && element("p", { class: "note" },
        "Sentences without a footnote rest on no source."),
      citations.length > 0 && sources(citations),
      reply.follow_ups?.length > 0 && element("ul", { class: "sources", "aria-label": "Questions to ask next" },
        reply.follow_ups.map((question) =>
        element("li", {}, element("button", { type: "button", class: "ask", dir: "auto",
          onclick: () => ask(question) }, question)))));
  }

  end(message, retry) {
    this.isWhole = true;
    if (this.text) this.draw([]);
    else fill(this.answer);
    fill(this.after, element("p", { class: "note bad", role: "alert" }, message, " ",
      element("button", { type: "button", class: "ask", onclick: retry }, "Try again")));
  }

  draw(citations) {
    const known = new Map(citations.map((citation) => [citation.number, citation]));
    fill(this.answer, markdown(this.text, { cite: (number) => mark(number, known.get(number), citations.length) }));
  }
}

function mark(number, citation, count) {
  if (!citation) return count ? null : element("sup", { class: "cite" }, String(number));
  const address = addressOf(citation);
  const properties = { class: "cite", part: "citation", "aria-label": `Footnote ${number}: ${titleOf(citation)}`,
    title: titleOf(citation) };
  return address
    ? element("a", { ...properties, href: address, target: "_blank", rel: "noopener" }, String(number))
    : element("sup", properties, String(number));
}

/** The footnotes: each names its place, and opens to the cited words and a link where it is on the web. */
function sources(citations) {
  return element("ol", { class: "sources", part: "sources", "aria-label": "Footnotes" },
    citations.map((citation) => {
    const address = addressOf(citation);
    const name = [titleOf(citation), placeOf(citation)].filter(Boolean).join(" › ");
    return element("li", {}, element("details", {},
      element("summary", { dir: "auto" }, `${citation.number}. ${name}`),
      element("blockquote", { dir: "auto" }, citation.quote),
      address && element("a", { href: address, target: "_blank", rel: "noopener" }, "Open the page")));
  }));
}
