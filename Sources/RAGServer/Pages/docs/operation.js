import { element } from "../parts/dom.js";
import { markdown } from "../parts/markdown.js";
import { schemaTree, typeName } from "./schema.js";
import { tryIt } from "./tryit.js";

/** One operation as a card that opens; its content is made when it is opened first. */
export function operationCard(description, operation, credential) {
  const card = element("details", { class: "operation", id: operation.id },
    element("summary", {},
      element("span", { class: `method ${operation.method}` }, operation.method.toUpperCase()),
      element("h3", {}, operation.path),
      element("span", { class: "summary" }, operation.summary ?? "")));
  card.addEventListener("toggle", () => {
    if (card.open && card.children.length === 1) card.append(content(description, operation, credential));
  });
  return card;
}

function content(description, operation, credential) {
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  return element("div", { class: "content" },
    operation.description && element("div", {}, markdown(operation.description, { top: 4 })),
    operation.parameters.length > 0 && [element("h4", {}, "Parameters"),
      parameters(description, operation.parameters)],
    bodies.map(([type, media]) => [
      element("h4", {}, "Body ", element("span", { class: "type" }, type)),
      schemaTree(description, media.schema ?? {}) ?? element("p", { class: "type" },
        typeName(description, media.schema ?? {})),
    ]),
    element("h4", {}, "Responses"), responses(description, operation.responses ?? {}),
    element("h4", {}, "Try it"), tryIt(description, operation, credential));
}

function parameters(description, all) {
  return element("table", {},
    element("thead", {}, element("tr", {}, ["Name", "Where", "Type",
      "What it is"].map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, all.map((parameter) => element("tr", {},
      element("td", {}, element("code", {}, parameter.name), parameter.required &&
        element("span", { class: "needed" }, " required")),
      element("td", {}, parameter.in),
      element("td", {}, typeName(description, parameter.schema ?? {})),
      element("td", {}, markdown(parameter.description ?? ""))))));
}

function responses(description, all) {
  return element("div", {}, Object.entries(all).map(([status, given]) => {
    const response = description.resolve(given);
    const media = Object.entries(response.content ?? {});
    return element("section", {},
      element("p", {}, element("code", {}, status), " ", response.description ?? "", " ",
        element("span", { class: "type" }, media.map(([type]) => type).join(", "))),
      media.map(([, { schema }]) => schema && schemaTree(description, schema)));
  }));
}
