import { element, fill } from "../parts/dom.js";
import { badge, bytes, count, field, figures, moment, nothing, problem, table } from "./parts.js";
import { uploadArea } from "./upload.js";

/** What the corpus holds: search, upload, re-ingest, remove, and why a document could not be read. */
export async function showDocuments(root, service, { signal, say }) {
  const filter = element("input", { type: "search", placeholder: "Name, title or source" });
  const collection = element("select");
  const status = element("select", {}, ["any", "ready", "outdated",
    "failed"].map((each) => element("option", { value: each }, each)));
  const content = element("div");
  let documents = [];

  async function load() {
    documents = [];
    for (let offset = 0; offset !== null && offset < 10_000; ) {
      const page = await service.call("GET", `/api/documents?limit=1000&offset=${offset}`, undefined, { signal });
      documents.push(...page.documents);
      offset = page.next_offset ?? null;
    }
    const collections = [...new Set(documents.map((each) => each.collection))].sort();
    const chosen = collection.value;
    fill(collection, element("option", { value: "" }, "all"),
      collections.map((each) => element("option", { value: each, selected: each === chosen }, each)));
    draw(collections);
  }

  function draw() {
    const words = filter.value.toLowerCase();
    const shown = documents.filter((each) => (!collection.value || each.collection === collection.value) &&
      (status.value === "any" || each.status === status.value)
      && [each.name, each.title, each.source].some((text) => text?.toLowerCase().includes(words)));
    fill(content,
      figures([["Documents", count(documents.length)],
        ["Passages", count(documents.reduce((sum, each) => sum + each.chunks, 0))],
        ["Failed", count(documents.filter((each) => each.status !== "ready").length)]]),
      shown.length ? table("Documents", columns,
        shown.slice(0, 200)) : nothing(documents.length ? "No document fits." : "The corpus is empty."),
      shown.length > 200 && element("p", { class: "muted small" }, `200 of ${count(shown.length)} are shown.`));
  }

  async function act(row, done, work) {
    try {
      const reply = await work();
      say(`${row.name}: ${reply?.uploads ? "waits until its passages are described" : done}.`);
      await load();
    } catch (error) {
      if (!signal.aborted) content.prepend(problem(error));
    }
  }

  const path = (row) => `/api/documents/${encodeURIComponent(row.id)}`;
  const columns = [
    { name: "Document", value: (row) => [element("b", {}, row.title || row.name), row.title &&
      element("div", { class: "muted small" }, row.name),
      row.url && element("div", { class: "small" },
        element("a", { href: row.url, target: "_blank", rel: "noopener noreferrer" }, "Open the page")),
      row.error && element("div", { class: "notice bad" }, row.error),
      row.missing?.length > 0 && element("div", { class: "notice" }, `Read in part: ${row.missing.join(", ")}`)] },
    { name: "Collection", value: (row) => row.collection },
    { name: "Status", value: (row) => badge(row.status) },
    { name: "Passages", number: true, value: (row) => count(row.chunks) },
    { name: "Size", number: true, value: (row) => bytes(row.size) },
    { name: "Changed", value: (row) => moment(row.updated_at) },
    { name: "Actions", does: true, value: (row) => [
      element("button", { type: "button", class: "quiet small", "aria-label": `Read ${row.name} again`,
        onclick: () => act(row, "is read again", () => service.call("POST", `${path(row)}/reingest`)) },
          "Read again"),
      element("button", { type: "button", class: "quiet small", "aria-label": `Remove ${row.name}`,
        onclick: () => confirm(`Remove “${row.name}” from the corpus?`) &&
          act(row, "removed", () => service.call("DELETE", path(row))) }, "Remove"),
    ] },
  ];

  for (const input of [filter, collection, status]) input.addEventListener("input", draw);
  root.append(element("h1", {}, "Documents"),
    element("p", { class: "lead" }, "Everything that answers are made from."),
    uploadArea(service, { signal, say, done: load }),
    element("div", { class: "tools" }, field("Find", filter, "wide"), field("Collection", collection),
      field("Status", status)), content);
  await load();
}
