import { element } from "../parts/dom.js";

const kinds = { healthy: "good", ready: "good", done: "good", degraded: "warning", outdated: "warning",
  pending: "", running: "warning",
  unhealthy: "bad", failed: "bad", revoked: "bad" };

/** A status in words, with a colour that says the same. */
export const badge = (status, text = status) => element("span", { class: `badge ${kinds[status] ?? ""}` }, text);

/** A failure in the server's words. */
export const problem = (error) =>
  element("div", { class: "notice bad", role: "alert" },
    element("div", {}, element("p", {}, error.message), error.hint && element("p", {}, error.hint)));

/** What stands where there is nothing yet. */
export const nothing = (text) => element("p", { class: "nothing" }, text);

/**
 * A table. A column is `{name, value(row), number, does}`: `number` sets figures flush, `does` marks a column of
 * buttons. `kind` is "even" where the first column needs no more room than others. On a phone each row is a card, whose
 * values bear their columns' names.
 */
export function table(label, columns, rows, kind = "") {
  const side = ({ number, does }) => (number ? "number" : does ? "does" : null);
  return element("div", { class: `scroller ${kind}`.trim(), tabindex: "0", role: "region", "aria-label": label },
    element("table", {},
      element("thead", {}, element("tr", {}, columns.map((column) =>
        element("th", { scope: "col", class: side(column) },
          column.does ? element("span", { class: "unseen" }, column.name) : column.name)))),
      element("tbody", {}, rows.map((row) => element("tr", {}, columns.map((column) =>
        element("td", { class: side(column), dir: column.number || column.does ? null : "auto",
          "data-label": column.does ? null : column.name }, column.value(row) ?? "")))))));
}

/** Named numbers, large. */
export const figures = (all) => element("dl", { class: "figures" }, all.map(([name, value]) =>
  element("div", {}, element("dt", {}, name), element("dd", {}, value))));

/** A label with its input. */
export const field = (label, input, kind = "") => element("label", { class: `field ${kind}` }, label, input);

/** A moment as people here write it; takes ISO 8601 or seconds since 1970. */
export function moment(value) {
  if (value === null || value === undefined) return "";
  const date = new Date(typeof value === "number" ? value * 1000 : value);
  return element("time", { datetime: date.toISOString(), title: date.toISOString() },
    date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }));
}

/** Whose something is, in few characters: names that pages make up are long. */
export function person(owner) {
  const name = owner?.replace(/^[a-z]+:/, "") ?? "";
  const isMadeUp = /^[0-9a-f]{24,}$/.test(name.replaceAll("-", "").replace(/^user_/, ""));
  return element("span", { title: owner }, isMadeUp ? `visitor ${name.replace(/^user_/, "").slice(0, 6)}` : name);
}

export const count = (value) => (value ?? 0).toLocaleString();

export function bytes(value) {
  const units = ["B", "kB", "MB", "GB"];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function duration(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) return "–";
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

export const dollars = (value) => `$${(value ?? 0).toFixed(value > 0 && value < 1 ? 4 : 2)}`;
