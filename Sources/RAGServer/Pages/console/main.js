import { element, fill } from "../parts/dom.js";
import { applyTheme, toggleTheme } from "../parts/theme.js";
import { showConversations } from "./conversations.js";
import { showDocuments } from "./documents.js";
import { showEntrance } from "./entrance.js";
import { showGaps } from "./gaps.js";
import { showHealth } from "./health.js";
import { showKeys } from "./keys.js";
import { problem } from "./parts.js";
import { showSearch } from "./search.js";
import { ConsoleService } from "./service.js";
import { showUsage } from "./usage.js";

const [top, list, root, status] = ["top", "sections", "section", "status"].map((id) => document.getElementById(id));
const service = new ConsoleService();
const sections = [
  ["health", "Health", showHealth],
  ["documents", "Documents", showDocuments],
  ["search", "Search", showSearch],
  ["conversations", "Conversations", showConversations],
  ["gaps", "Gaps", showGaps],
  ["usage", "Usage", showUsage],
  ["keys", "Keys and limits", showKeys],
];
let leaveSection = null;

/** Shows the section that the address names; what follows a slash is the section's own. */
async function show() {
  leaveSection?.abort();
  const abort = (leaveSection = new AbortController());
  if (!service.isSignedIn) {
    top.hidden = true;
    return showEntrance(root, service, show);
  }
  top.hidden = false;
  const [name, detail] = location.hash.slice(1).split("/");
  const [id, title, render] = sections.find(([each]) => each === name) ?? sections[0];
  fill(list, sections.map(([each, label]) =>
    element("li", {}, element("a", { href: `#${each}`, "aria-current": each === id && "page" }, label))));
  // On a phone the sections are a row that is wider than the page.
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  document.title = `${title} – Footnote`;
  // A section draws into a node of its own: one that has been left draws into nothing.
  const node = element("div");
  fill(root, node);
  try {
    await render(node, service, { detail: detail && decodeURIComponent(detail), signal: abort.signal,
      say: (text) => fill(status, text) });
  } catch (error) {
    if (abort.signal.aborted) return;
    if (error.status === 401) {
      service.leave();
      top.hidden = true;
      return showEntrance(root, service, show, error);
    }
    node.append(problem(error));
  }
}

applyTheme();
document.getElementById("theme").addEventListener("click", toggleTheme);
document.getElementById("leave").addEventListener("click", () => {
  service.leave();
  show();
});
addEventListener("hashchange", async () => {
  await show();
  // On a phone the sections stand above: they stay in sight.
  root.focus({ preventScroll: true });
  scrollTo(0, 0);
});
show();
