import { element } from "../parts/dom.js";
import { markdown } from "../parts/markdown.js";

/** What a value may be, in a few words: "string or null", "list of integers". */
export function typeName(description, schema) {
  const known = description.resolve(schema);
  if (known.const !== undefined) return JSON.stringify(known.const);
  if (known.enum) return known.enum.map((value) => JSON.stringify(value)).join(" or ");
  const either = known.oneOf ?? known.anyOf;
  if (either) return [...new Set(either.map((each) => typeName(description, each)))].join(" or ");
  if (known.type === "array") return `list of ${several(typeName(description, known.items ?? {}))}`;
  const types = [known.type ?? (known.properties || known.allOf ? "object" : "anything")].flat();
  return types.join(" or ") + (known.format ? ` (${known.format})` : "");
}

/** The plural of a type's name; a choice of several has none. */
const several = (name) => (/^[a-z]+$/.test(name) && name !== "anything" ? `${name}s` : name);

/** A schema's members as a tree; null for a value without members. */
export function schemaTree(description, schema, depth = 0) {
  const known = description.resolve(schema);
  if (depth > 6) return null;
  if (known.type === "array") return known.items ? schemaTree(description, known.items, depth) : null;
  const parts = [known, ...(known.allOf ?? []).map((each) => description.resolve(each))];
  const members = parts.flatMap((part) => Object.entries(part.properties ?? {}));
  const required = new Set(parts.flatMap((part) => part.required ?? []));
  if (!members.length) {
    const trees = (known.oneOf ?? known.anyOf ?? []).map((each) =>
      schemaTree(description, each, depth + 1)).filter(Boolean);
    return trees.length ? element("div", {}, trees) : null;
  }
  return element("ul", { class: "schema" }, members.map(([name, value]) => {
    const about = description.resolve(value).description ?? value.description;
    return element("li", {},
      element("code", {}, name), " ", element("span", { class: "type" }, typeName(description, value)), " ",
      required.has(name) && element("span", { class: "needed" }, "required"),
      about && element("div", { class: "small" }, markdown(about)),
      schemaTree(description, value, depth + 1));
  }));
}
