import { element } from "../parts/dom.js";
import { markdown } from "../parts/markdown.js";
import { badge, count, moment, nothing, person, table } from "./parts.js";

/** Conversations of everybody, and what people said of the answers. */
export async function showConversations(root, service, { detail, signal }) {
  if (detail) return showOne(root, service, detail, signal);
  const [{ conversations }, { feedback }] = await Promise.all(["conversations", "feedback"].map((name) =>
    service.call("GET", `/api/admin/${name}`, undefined, { signal })));
  root.append(element("h1", {}, "Conversations"),
    element("p", { class: "lead" }, "The latest of everybody, and how answers were rated."),
    conversations.length ? table("Conversations", [
      { name: "Conversation", value: (row) =>
        element("a", { href: `#conversations/${encodeURIComponent(row.id)}` }, row.title || "Untitled") },
      { name: "Who", value: (row) => person(row.owner) },
      { name: "Messages", number: true, value: (row) => count(row.message_count) },
      { name: "Last message", value: (row) => moment(row.updated_at) },
    ], conversations) : nothing("Nobody has asked anything yet."),
    element("h2", {}, "Feedback"),
    feedback.length ? table("Feedback", [
      { name: "Answer", value: (row) => row.conversation_id
        ? element("a", { href: `#conversations/${encodeURIComponent(row.conversation_id)}` }, row.answer ||
          "the answer") : row.answer ?? "removed" },
      { name: "Rating", value: (row) => badge(row.rating > 0 ? "healthy" : "failed",
        row.rating > 0 ? "Good" : "Poor") },
      { name: "Comment", value: (row) => row.comment },
      { name: "When", value: (row) => moment(row.created_at) },
    ], feedback) : nothing("No answer has been rated yet."));
}

async function showOne(root, service, id, signal) {
  const stored = await service.call("GET", `/api/admin/conversations/${encodeURIComponent(id)}`, undefined,
    { signal });
  root.append(element("p", {}, element("a", { href: "#conversations" }, "All conversations")),
    element("h1", { dir: "auto" }, stored.title || "Untitled conversation"),
    element("p", { class: "lead" }, person(stored.owner), " · ", moment(stored.created_at)),
    element("div", { class: "thread" }, stored.messages.map((message) => element("article", { class: message.role },
      element("p", { class: "muted small" }, message.role === "user" ? "Question" : "Answer", " · ",
        moment(message.created_at),
        message.rating && [" ", badge(message.rating > 0 ? "healthy" : "failed",
          message.rating > 0 ? "Rated good" : "Rated poor")]),
      element("div", { dir: "auto" }, markdown(message.text)),
      message.comment && element("p", { class: "notice" }, message.comment),
      message.citations?.length > 0 && element("details", {},
        element("summary", {}, message.citations.length === 1 ? "1 footnote" : `${message.citations.length} footnotes`), cited(message.citations))))));
}

const cited = (citations) => element("ol", {}, citations.map((citation) =>
  element("li", { dir: "auto", value: citation.number },
    `${citation.title || citation.document}: “${citation.quote}”`)));
