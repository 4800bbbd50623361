import { element, fill, icon } from "../parts/dom.js";

/** Buttons that rate an answer, and the form for a comment that comes with the first rating. */
export function feedback(send) {
  let rating = 0;
  const input = element("textarea", { rows: "2", dir: "auto", maxlength: "4000" });
  const state = element("p", { class: "muted small", role: "status" });
  const form = element("form", { class: "comment", hidden: true },
    element("label", {}, element("span", { class: "small" }, "What was good or wrong? (optional)"), input),
    element("div", {},
      element("button", { class: "small" }, "Send the comment"),
      element("button", { type: "button", class: "quiet small", onclick: () => (form.hidden = true) },
        "No comment")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await tell(input.value.trim())) form.hidden = true;
  });
  const button = (value, name, label) =>
    element("button", { type: "button", class: "quiet small rate", "aria-label": label, title: label,
      "aria-pressed": "false", onclick: () => rate(value) }, icon(name));
  const buttons = [button(1, "up", "A good answer"), button(-1, "down", "A poor answer")];

  async function rate(value) {
    rating = value;
    if (!(await tell())) return;
    buttons.forEach((each, index) => each.setAttribute("aria-pressed", String((index === 0) === (rating > 0))));
    form.hidden = false;
    input.focus();
  }

  async function tell(comment) {
    try {
      await send(rating, comment || undefined);
      fill(state, "Thank you.");
      return true;
    } catch (error) {
      fill(state, `That was not stored. ${error.message}`);
      return false;
    }
  }
  return { buttons, form: [form, state] };
}
