import { element, fill } from "../parts/dom.js";
import { badge, field, moment, nothing, problem, table } from "./parts.js";

/** Keys of programs and pages, and how often they may ask. */
export async function showKeys(root, service, { signal, say }) {
  const content = element("div");
  const made = element("div", { "aria-live": "polite" });
  const name = element("input", { required: true, placeholder: "Website" });
  const origins = element("input", { placeholder: "https://example.org, https://docs.example.org" });
  const scopes = ["chat", "search", "ingest",
    "admin"].map((scope) => [scope, element("input",
    { type: "checkbox", value: scope, checked: scope === "chat" || scope === "search" })]);
  const form = element("form", { class: "tools" }, field("Name", name),
    field("Sites that may use it", origins, "wide"),
    element("fieldset", { class: "scopes" }, element("legend", {}, "May"),
      scopes.map(([scope, box]) => element("label", {}, box, scope))),
    element("button", { class: "main" }, "Make a key"));

  async function load() {
    const { keys } = await service.call("GET", "/api/keys", undefined, { signal });
    fill(content, keys.length ? table("Keys", [
      { name: "Name", value: (row) => row.name },
      { name: "Key", value: (row) => element("code", {}, `${row.prefix}…`) },
      { name: "May", value: (row) => element("span", { class: "words" }, row.scopes.join(", ")) },
      { name: "Sites", value: (row) => (row.origins.length
        ? element("div", {}, row.origins.map((origin) => element("span", { class: "address" }, origin)))
        : "any sender") },
      { name: "Made", value: (row) => moment(row.created_at) },
      { name: "State", value: (row) => (row.revoked ? badge("revoked") : badge("ready", "valid")) },
      { name: "Actions", does: true, value: (row) => !row.revoked &&
        element("button", { type: "button", class: "quiet small", "aria-label": `Revoke ${row.name}`,
        onclick: () => revoke(row) }, "Revoke") },
    ], keys, "even") : nothing("There are no keys yet."));
  }

  async function revoke(row) {
    if (!confirm(`Revoke “${row.name}”? Whoever uses it is refused from now on.`)) return;
    try {
      await service.call("DELETE", `/api/keys/${encodeURIComponent(row.id)}`);
      say(`${row.name} is revoked.`);
      await load();
    } catch (error) {
      fill(made, problem(error));
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const reply = await service.call("POST", "/api/keys", {
        name: name.value, scopes: scopes.filter(([, box]) => box.checked).map(([scope]) => scope),
        origins: origins.value.split(/[\s,]+/).filter(Boolean),
      });
      const key = reply.key;
      fill(made, element("div", { class: "secret" }, element("code", {}, key),
        element("button", { type: "button", class: "small", onclick: () => navigator.clipboard.writeText(key) },
          "Copy"),
        element("p", { class: "small" }, "It is shown this once; keep it now.")),
      origins.value && element("pre", { class: "card", tabindex: "0" },
        element("code", {}, `<script src="${location.origin}/widget.js" data-key="${key}"></script>`)));
      form.reset();
      await load();
    } catch (error) {
      fill(made, problem(error));
    }
  });
  root.append(element("h1", {}, "Keys and limits"),
    element("p", { class: "lead" },
    "A key for a website is bound to its addresses, and may then stand in its pages. RATE_LIMIT in the server's environment says how often each sender may ask."),
    form, made, element("h2", {}, "Keys"), content);
  await load();
}
