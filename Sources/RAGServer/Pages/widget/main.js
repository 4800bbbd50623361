import { Service } from "../parts/api.js";
import { element, fill, icon } from "../parts/dom.js";
import { newConversationID, randomName } from "../parts/identifiers.js";
import { style } from "./style.js";
import { caution, WidgetTurn } from "./turn.js";

/**
 * A button on any page that opens a conversation with the documents. Attributes of its script: `data-key` (a public
 * key bound to the page's origin), `data-title`, `data-label`, `data-greeting`, `data-theme` (light or dark),
 * `data-accent` (a colour), `data-position` (left), `data-open` (begin open).
 */
const settings = document.currentScript.dataset;
const service = new Service(() => settings.key, new URL(document.currentScript.src).origin);
const names = { user: "footnote.user", conversation: "footnote.conversation" };
const host = element("footnote-widget", { "data-theme": settings.theme });
const title = settings.title || "Ask the documentation";
let running = null;
let suggested = null;

/** A name that nobody can guess, kept where the site keeps its own things. */
function user() {
  try {
    if (!localStorage[names.user]) localStorage[names.user] = randomName();
    return localStorage[names.user];
  } catch {
    // A page may be forbidden to keep anything: then each answer stands alone.
    return undefined;
  }
}

function conversation(id) {
  try {
    if (id !== undefined) sessionStorage[names.conversation] = id;
    return sessionStorage[names.conversation] || undefined;
  } catch {
    return undefined;
  }
}

/** What an empty conversation shows, with questions that can be answered once they are known. */
function greeting() {
  const list = element("ul", { class: "suggestions", "aria-label": "Suggested questions", hidden: true });
  suggested ??= service.call("GET", "/api/suggestions").then((reply) => reply.suggestions.slice(0, 3), () => []);
  suggested.then((all) => {
    list.hidden = all.length === 0;
    fill(list, all.map(({ question }) => element("li", {},
      element("button", { type: "button", dir: "auto", onclick: () => ask(question) }, question))));
  });
  return element("div", { class: "greeting" }, element("p", {}, settings.greeting ||
    "Ask a question: every sentence of the answer says where it comes from."), list);
}

const log = element("div", { class: "log", part: "log", tabindex: "0", role: "region",
  "aria-label": "Conversation" });
const status = element("p", { class: "unseen", role: "status" });
const input = element("textarea", { rows: "1", dir: "auto", maxlength: "16000", placeholder: "Your question",
  "aria-label": "Your question" });
const send = element("button", { class: "send", part: "send", "aria-label": "Ask" }, icon("send"));
const form = element("form", {}, input, send);
const panel = element("section", { class: "panel", part: "panel", role: "dialog", "aria-label": title,
  hidden: true },
  element("header", { part: "header" }, element("h2", {}, title),
    element("button", { type: "button", class: "plain", "aria-label": "New conversation",
      title: "New conversation", onclick: begin }, icon("add")),
    element("button", { type: "button", class: "plain", "aria-label": "Close", onclick: close }, icon("close"))),
  log, form, status);
const launcher = element("button", { type: "button", class: "launcher", part: "launcher", "aria-expanded": "false",
  "aria-haspopup": "dialog", onclick: toggle },
  icon("chat"), settings.label || "Ask");

function toggle() {
  if (panel.hidden) open();
  else close();
}

function open() {
  // Nothing is asked of the server before somebody opens the panel.
  if (!log.firstChild) log.append(greeting());
  panel.hidden = false;
  launcher.setAttribute("aria-expanded", "true");
  input.focus();
}

function close() {
  panel.hidden = true;
  launcher.setAttribute("aria-expanded", "false");
  launcher.focus();
}

function begin() {
  running?.abort();
  conversation("");
  fill(log, greeting());
  input.focus();
}

function ask(question) {
  if (running) return;
  const turn = new WidgetTurn(question);
  log.querySelector(".greeting")?.remove();
  log.append(turn.element);
  answer(turn);
}

async function answer(turn) {
  running = new AbortController();
  busy(true);
  turn.wait();
  log.scrollTop = log.scrollHeight;
  fill(status, "Searching.");
  const retry = () => running || answer(turn);
  try {
    const body = { message: turn.question, stream: true, user_id: user(),
      conversation_id: conversation() ?? newConversationID() };
    for await (const { event, data } of service.stream("/api/chat", body, { signal: running.signal })) {
      const follows = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
      if (event === "delta") turn.add(data.text);
      else if (event === "replace") turn.text = data.text;
      else if (event === "error") turn.end((data.error ?? data).message, retry);
      else if (event === "done") {
        conversation(data.conversation_id);
        turn.finish(data, ask);
        fill(status, [`Answer: ${turn.answer.textContent}`, data.low_confidence && caution, data.hint].filter(Boolean)
          .join(" "));
      }
      if (follows) requestAnimationFrame(() => (log.scrollTop = log.scrollHeight));
    }
    if (!turn.isWhole) turn.end("The answer ended before it was whole.", retry);
  } catch (error) {
    turn.end(error.name === "AbortError" ? "Stopped." : error.message, retry);
  }
  running = null;
  busy(false);
}

function busy(isBusy) {
  send.setAttribute("aria-label", isBusy ? "Stop" : "Ask");
  fill(send, icon(isBusy ? "stop" : "send"));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (running) return running.abort();
  const question = input.value.trim();
  if (!question) return;
  input.value = "";
  ask(question);
});
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || running) return;
  event.preventDefault();
  form.requestSubmit();
});
panel.addEventListener("keydown", (event) => event.key === "Escape" && (running ? running.abort() : close()));

// A sheet made by a script is no inline style: pages with a strict Content-Security-Policy need not allow any.
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
const shadow = host.attachShadow({ mode: "open" });
shadow.adoptedStyleSheets = [sheet];
if (settings.accent) host.style.setProperty("--footnote-accent", settings.accent);
shadow.append(element("div", { class: settings.position === "left" ? "left" : "" }, launcher, panel));
if (document.body) document.body.append(host);
else addEventListener("DOMContentLoaded", () => document.body.append(host));
if ("open" in settings) open();
