import { Service } from "../parts/api.js";
import { element, fill, icon } from "../parts/dom.js";
import { markdown } from "../parts/markdown.js";
import { applyTheme, toggleTheme } from "../parts/theme.js";
import { Description } from "./description.js";
import { operationCard } from "./operation.js";

const [title, about, contents, operations, filter, key, theme] =
  ["title", "about", "contents", "operations", "filter", "key", "theme"].map((id) => document.getElementById(id));

async function show() {
  let description;
  try {
    description = new Description(await new Service().call("GET", "/openapi.json"));
  } catch (error) {
    fill(operations, element("div", { class: "notice bad" },
      element("p", {}, `The description cannot be read. ${error.message}`)));
    return;
  }
  const { info } = description.document;
  fill(title, info?.title ?? "API");
  fill(about, element("p", { class: "muted" }, `Version ${info?.version ?? "unknown"} · `,
    element("a", { href: "/openapi.json" }, "openapi.json")),
    markdown(info?.description ?? "", { top: 2 }));
  const credential = () => key.value.trim();
  fill(operations, description.groups.map((group) => [
    element("h2", { class: "group" }, group.name),
    group.description && element("p", {}, group.description),
    group.operations.map((operation) => operationCard(description, operation, credential)),
  ]));
  fill(contents, description.groups.map((group) => element("section", {},
    element("h2", {}, group.name),
    element("ul", {}, group.operations.map((operation) => element("li", {},
      element("a", { href: `#${operation.id}` },
        element("span", { class: `method ${operation.method}` }, operation.method.toUpperCase()),
          breakable(operation.path))))))));
  follow();
}

/** A path that breaks before its slashes and not within a name. */
const breakable = (path) => element("span", {}, path.split(/(?<=.)(?=\/)/).flatMap((part, index) =>
  index ? [element("wbr"), part] : [part]));

/** Opens the operation that the address names. */
function follow() {
  const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!card?.matches("details")) return;
  card.open = true;
  card.scrollIntoView();
  card.querySelector("summary").focus();
}

function narrow() {
  const words = filter.value.toLowerCase();
  for (const entry of contents.querySelectorAll("li")) entry.hidden = !entry.textContent.toLowerCase().includes(words);
  for (const group of contents.querySelectorAll("section")) group.hidden = !group.querySelector("li:not([hidden])");
  for (const card of operations.querySelectorAll(".operation")) {
    card.hidden = !card.querySelector("summary").textContent.toLowerCase().includes(words);
  }
}

applyTheme();
theme.prepend(icon("theme"));
theme.addEventListener("click", toggleTheme);
key.value = sessionStorage.getItem("footnote.admin") ?? "";
document.getElementById("credential").addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", narrow);
addEventListener("hashchange", follow);
show();
