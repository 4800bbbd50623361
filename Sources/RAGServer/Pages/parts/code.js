import { element, fill, icon } from "./dom.js";

/** A block of code with a button that copies it. */
export function codeBlock(text, language) {
  const label = element("span", {}, "Copy");
  const button = element("button", { type: "button", class: "quiet small", onclick: copy }, icon("copy"), label);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      fill(label, "Copied");
    } catch {
      fill(label, "Not allowed");
    }
    setTimeout(() => fill(label, "Copy"), 2000);
  }
  const name = language || "code";
  return element("figure", { class: "code", dir: "ltr" },
    element("figcaption", {}, element("span", {}, name), button),
    element("pre", { tabindex: "0", role: "group", "aria-label": `Code: ${name}` }, element("code", {}, text)));
}
