import { element, fill, icon } from "../parts/dom.js";
import { newConversationID } from "../parts/identifiers.js";
import { applyTheme, toggleTheme } from "../parts/theme.js";
import { Composer } from "./composer.js";
import { Conversations } from "./conversations.js";
import { identity } from "./identity.js";
import { closePassage, openPassage, preparePassage } from "./passage.js";
import { ChatService } from "./service.js";
import { prepareSidebar } from "./sidebar.js";
import { signIn } from "./signin.js";
import { caution, Turn } from "./turn.js";

const [outline, welcome, transcript, suggestions, status, account] =
  ["outline", "welcome", "transcript", "suggestions", "status", "account"].map((id) => document.getElementById(id));
const service = new ChatService();
const composer = new Composer({ ask, stop });
const conversations = new Conversations(service, { remove });
const actions = {
  ask,
  retry,
  open: (citation, button) => openPassage(service, citation, button),
  rate: (...values) => service.rate(...values),
  nearest: (question) => service.nearest(question),
  next: async (question) => {
    const asked = [...transcript.querySelectorAll(".question")].map((each) => each.textContent.toLowerCase());
    return (await service.next(question)).filter((each) => !asked.includes(each.toLowerCase()));
  },
};
/** The conversation that is open, or null for one that has not begun. */
let current = null;
/** The id under which the next conversation begins. */
let fresh = newConversationID();
let running = null;

const say = (text) => fill(status, text);

/** Shows the beginning of a conversation, or what was said. */
function greet(isNew) {
  welcome.hidden = !isNew;
  outline.hidden = isNew;
}

async function ask(question) {
  if (running) return;
  const turn = new Turn(question, actions);
  greet(false);
  transcript.append(turn.element);
  await answer(turn);
}

async function retry(turn) {
  if (!running) await answer(turn);
}

/** Streams the answer of a turn into it. */
async function answer(turn) {
  const abort = new AbortController();
  running = abort;
  composer.busy = true;
  turn.reply = null;
  turn.wait();
  turn.element.scrollIntoView({ block: "start", behavior: "smooth" });
  say("Searching the documents.");
  try {
    for await (const { event, data } of service.ask(turn.question, current ?? fresh, abort.signal)) {
      if (event === "delta") {
        turn.add(data.text);
      } else if (event === "replace") {
        turn.text = "";
        turn.add(data.text);
      } else if (event === "error") {
        const error = data.error ?? data;
        turn.end(error.message, error.hint, "bad");
        say(error.message);
      } else if (event === "done") {
        begin(data.conversation_id, turn.question);
        turn.finish(data);
        say([data.answered === false ? "The documents do not answer this." : `Answer: ${turn.answer.textContent}`,
          data.low_confidence && caution, data.hint].filter(Boolean).join(" "));
      }
    }
    if (!turn.reply) turn.end("The answer ended before it was whole.", "Try again.", "bad");
  } catch (error) {
    if (error.name === "AbortError") {
      turn.end("You stopped this answer.");
      say("Stopped.");
    } else {
      turn.end(error.message, error.hint, "bad");
      say(error.message);
      if (error.status === 401) askForAccount(turn);
    }
  } finally {
    running = null;
    composer.busy = false;
  }
  conversations.load();
}

function stop() {
  running?.abort();
}

async function askForAccount(turn) {
  identity.token = null;
  if (!(await signIn(service, "This service answers only people whom it knows."))) return;
  showAccount();
  retry(turn);
}

function begin(id, question) {
  if (!id) return;
  service.remember({ id, title: question });
  if (id === current) return;
  current = id;
  history.pushState(null, "", `#${encodeURIComponent(id)}`);
  conversations.mark(id);
}

function startNew() {
  stop();
  closePassage();
  current = null;
  fresh = newConversationID();
  if (location.hash) history.pushState(null, "", location.pathname);
  fill(transcript);
  greet(true);
  conversations.mark(null);
  sidebar.close();
  document.title = "Footnote";
  composer.focus();
}

/** Shows a stored conversation. */
async function open(id) {
  stop();
  closePassage();
  sidebar.close();
  current = id;
  conversations.mark(id);
  try {
    const stored = await service.conversation(id);
    if (current !== id) return;
    greet(false);
    fill(transcript);
    let turn = null;
    for (const message of stored.messages) {
      if (message.role === "user") {
        turn = new Turn(message.content, actions);
        transcript.append(turn.element);
        turn.end("This question was not answered.");
      } else if (turn) {
        turn.finish({ ...message, answer: message.content, message_id: message.id });
      }
    }
    if (stored.title) document.title = `${stored.title} – Footnote`;
    say(`Conversation opened: ${stored.title || "untitled"}.`);
    turn?.element.scrollIntoView({ block: "start" });
    composer.focus();
  } catch (error) {
    if (error.status === 404) service.forget(id);
    fill(transcript, element("div", { class: "notice bad" },
      element("div", {}, element("p", {}, error.message), error.hint && element("p", {}, error.hint))));
    greet(false);
  }
}

async function remove(conversation) {
  if (!confirm(`Delete “${conversation.title || "Untitled conversation"}”? This cannot be undone.`)) return;
  try {
    await service.remove(conversation.id);
    say("Deleted.");
  } catch (error) {
    say(`That was not deleted. ${error.message}`);
  }
  if (conversation.id === current) startNew();
  await conversations.load();
}

async function showSuggestions() {
  const all = await service.suggestions().catch(() => []);
  fill(suggestions, all.slice(0, 4).map(({ question, document }) =>
    element("li", {}, element("button", { type: "button", dir: "auto", onclick: () => ask(question) },
      element("span", {}, question), document && element("small", {}, document)))));
}

function showAccount() {
  account.hidden = !identity.token;
  fill(account, icon("person"), "Sign out");
}

function furnish() {
  conversations.load();
  showSuggestions();
  // A phone's keyboard would hide the suggestions.
  if (!current && !matchMedia("(pointer: coarse)").matches) composer.focus();
}

const fromAddress = () => decodeURIComponent(location.hash.slice(1));

function follow() {
  const id = fromAddress();
  if (id && id !== current) open(id);
  else if (!id && current) startNew();
}

applyTheme();
preparePassage();
const sidebar = prepareSidebar({ startNew, toggleTheme });
account.addEventListener("click", async () => {
  await service.signOut();
  showAccount();
  startNew();
  conversations.load();
});
addEventListener("hashchange", follow);
addEventListener("popstate", follow);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && running) stop();
  else if (event.altKey && event.code === "KeyN") {
    event.preventDefault();
    startNew();
  }
});
showAccount();
if (fromAddress()) open(fromAddress());
// What takes longer waits until the page is seen, unless it is loaded behind another.
if (document.hidden) furnish();
else requestAnimationFrame(() => setTimeout(furnish));
