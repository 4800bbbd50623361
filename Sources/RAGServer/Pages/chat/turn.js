import { codeBlock } from "../parts/code.js";
import { element, fill, icon } from "../parts/dom.js";
import { markdown } from "../parts/markdown.js";
import { feedback } from "./feedback.js";
import { notes, placeOf, titleOf } from "../parts/places.js";

/** Number of the mark after a sentence that no source supports; footnotes begin with 1. */
const doubt = 0;

/** What is said below an answer of low confidence. */
export const caution = "The documents may not answer this.";

/**
 * One question and its answer, growing while it streams.
 *
 * `actions` has `open(citation, button)`, `ask(question)`, `retry(turn)`, `rate(message, rating, comment)` and
 * `nearest(question)`, `next(question)`.
 */
export class Turn {
  text = "";
  reply = null;

  constructor(question, actions) {
    this.question = question;
    this.actions = actions;
    this.answer = element("div", { class: "answer" });
    this.after = element("div");
    this.element = element("article", { class: "turn" },
      element("h2", { class: "question", dir: "auto" }, question), this.answer, this.after);
  }

  wait() {
    this.text = "";
    fill(this.after);
    fill(this.answer, element("span", { class: "waiting", role: "img", "aria-label": "Searching" }, element("i"),
      element("i"), element("i")));
  }

  /** Adds a piece of text. It is drawn once a frame, however many pieces come. */
  add(piece) {
    this.text += piece;
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      if (!this.reply) this.draw([]);
    });
  }

  /** Shows the whole reply in the place of what has streamed. */
  finish(reply) {
    this.reply = reply;
    this.text = reply.answer;
    if (reply.answered === false) return this.refuse();
    const citations = reply.citations ?? [];
    this.draw(citations);
    fill(this.after, reply.low_confidence && element("p", { class: "caution" }, icon("doubt"), caution), this.hint(),
      this.searched(), this.notices(), citations.length > 0 && notes(citations, this.actions.open), this.buttons(),
      this.followUps());
  }

  /** Ends an answer that did not become whole: `message` says why, and it can be tried again. */
  end(message, hint, kind = "") {
    this.reply = { answer: this.text, message_id: null };
    if (this.text) this.draw([]);
    else fill(this.answer);
    fill(this.after,
      element("div", { class: `notice ${kind}` },
        element("div", {}, element("p", {}, message), hint && element("p", {}, hint))),
      element("div", { class: "actions" }, this.retryButton()));
  }

  draw(citations) {
    const known = new Map(citations.map((citation) => [citation.number, citation]));
    const cite = (number) => {
      if (number === doubt) return element("span", { class: "doubt", title: "No source supports this sentence" }, "unsupported");
      const citation = known.get(number);
      // While the answer streams, its citations are not known yet, and a mark is only a mark.
      if (!citation) return citations.length ? null : element("sup", { class: "cite" }, String(number));
      const place = [titleOf(citation), placeOf(citation)].filter(Boolean).join(", ");
      const button = element("button", {
        type: "button", class: "cite", title: place, "aria-label": `Footnote ${number}: ${place}`,
          "aria-controls": "passage",
        "aria-expanded": "false", onclick: () => this.actions.open(citation, button),
      }, String(number));
      return button;
    };
    fill(this.answer, markdown(this.doubted(), { cite, code: codeBlock }));
  }

  /** The text with a mark of its own after each sentence that no source supports. */
  doubted() {
    const sentences = this.reply?.sentences?.filter((sentence) => !sentence.supported) ?? [];
    // Ranges count code points, strings of JavaScript do not.
    const text = Array.from(this.text);
    for (const { end } of sentences.toReversed()) text.splice(end, 0, ` [${doubt}]`);
    return text.join("");
  }

  /** Why the documents may say more, or why the answer was not checked in full. */
  hint() {
    return this.reply.hint ? element("p", { class: "hint" }, this.reply.hint) : null;
  }

  /** What was searched for, where the conversation made another question of it. */
  searched() {
    const question = this.reply.rewritten_question;
    return question ? element("p", { class: "muted small searched", dir: "auto" }, `Searched for: ${question}`) : null;
  }

  notices() {
    const { degraded, degraded_reason: reason, model } = this.reply;
    if (degraded) {
      return element("div", { class: "notice" }, element("div", {},
        element("p", {}, model || reason?.part === "search" ? "The search could not look for meaning, so words alone found the sources."
          : "The language model could not answer, so these are the documents' own sentences."),
        reason?.message && element("p", {}, reason.message)));
    }
    const dropped = this.reply.dropped_sentences ?? 0;
    if (dropped > 0) {
      return element("p", { class: "muted small dropped" }, dropped === 1
        ? "One sentence was left out, because no source supports it."
        : `${dropped} sentences were left out, because no source supports them.`);
    }
    return !model && this.reply.citations?.length
      ? element("p", { class: "muted small extractive" },
        "In the documents' own words: no language model wrote this.") : null;
  }

  /** A question that the corpus does not answer gets no answer, but what comes nearest to one. */
  refuse() {
    fill(this.answer);
    const card = element("section", { class: "refusal" },
      element("h3", {}, "The documents do not answer this"),
      // The usual statement says nothing that the heading does not.
      !/^The documents do not answer this question\.?$/.test(this.text) &&
        element("p", { class: "muted", dir: "auto" }, this.text), this.hint());
    fill(this.after, this.reply.degraded && this.notices(), card, this.buttons(), this.followUps());
    const show = (passages) => {
      if (passages.length) card.append(element("p", { class: "small nearest" }, "What comes nearest:"),
        notes(passages, this.actions.open, "Nearest passages"));
    };
    const known = this.reply.citations?.length ? this.reply.citations : this.reply.nearest;
    if (known?.length) show(known);
    else this.actions.nearest(this.question).then(show, () => {});
  }

  buttons() {
    const copied = element("span", {}, "Copy");
    const copy = element("button", {
      type: "button", class: "quiet small",
      onclick: async () => {
        await navigator.clipboard.writeText(this.text).then(() => fill(copied, "Copied"),
          () => fill(copied, "Not allowed"));
        setTimeout(() => fill(copied, "Copy"), 2000);
      },
    }, icon("copy"), copied);
    const rating = this.reply.message_id ? feedback((value, comment) =>
      this.actions.rate(this.reply.message_id, value, comment)) : null;
    const seconds = this.reply.milliseconds / 1000;
    const about = [this.reply.model, seconds > 0 &&
      (seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`)].filter(Boolean);
    const row = element("div", { class: "actions" }, copy, rating?.buttons, this.retryButton(),
      about.length > 0 && element("span", { class: "about" }, about.join(" · ")));
    return [row, rating?.form];
  }

  retryButton() {
    return element("button", { type: "button", class: "quiet small retry",
      onclick: () => this.actions.retry(this) }, icon("retry"), "Try again");
  }

  /** Questions to ask next, once they are known; those of the reply if it has any. */
  followUps() {
    const list = element("ul", { class: "follow-ups", "aria-label": "Questions to ask next", hidden: true });
    const show = (questions) => {
      list.hidden = questions.length === 0;
      fill(list, questions.map((question) => element("li", {},
        element("button", { type: "button", dir: "auto", onclick: () => this.actions.ask(question) }, question))));
    };
    if (this.reply.follow_ups) show(this.reply.follow_ups);
    else if (this.isLast) this.actions.next(this.question).then(show, () => {});
    return list;
  }

  /** Whether nothing has been asked since. */
  get isLast() {
    return !this.element.nextElementSibling;
  }
}
