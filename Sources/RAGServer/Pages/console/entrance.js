import { element, fill } from "../parts/dom.js";
import { field, problem } from "./parts.js";

/** Asks for the admin key or an administrator's account, and calls `entered` when one is accepted. */
export function showEntrance(root, service, entered, reason = null) {
  const said = element("div");
  if (reason) fill(said, problem(reason));
  const key = element("input", { type: "password", autocomplete: "off", spellcheck: "false", required: true });
  const email = element("input", { type: "email", autocomplete: "username", required: true });
  const password = element("input", { type: "password", autocomplete: "current-password", required: true });
  const inputs = element("div", { class: "field" });
  const choice = (value, label) => element("label", {},
    element("input", { type: "radio", name: "way", value, checked: value === "key",
      onchange: () => choose(value) }), label);
  let way = "key";
  const choose = (value) => {
    way = value;
    fill(inputs, value === "key" ? field("Admin key", key) : [field("Email", email), field("Password", password)]);
  };
  choose("key");
  const form = element("form", {}, said,
    element("fieldset", {}, element("legend", { class: "unseen" }, "Way to sign in"), choice("key", "Admin key"),
      choice("account", "Account")),
    inputs, element("button", { class: "main" }, "Sign in"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await (way === "key" ? service.enter(key.value.trim()) : service.signIn(email.value, password.value));
      entered();
    } catch (error) {
      fill(said, problem(refusal(error, way)));
    }
  });
  fill(root, element("div", { class: "entrance" },
    element("span", { class: "brand" }, "Footnote", element("sup", { "aria-hidden": "true" }, "1")),
    element("h1", {}, "Console"), form));
  key.focus();
}

/** What the server says to programs, in words for whoever typed a key here. */
function refusal(error, way) {
  if (error.code === "admin_key_not_set") {
    return { message: error.message,
      hint: "Set ADMIN_API_KEY in the server's environment or .env, and enter it here." };
  }
  if (way !== "key" || error.status !== 401) return error;
  return { message: "The key is wrong.",
    hint: "Enter the value of ADMIN_API_KEY in the server's environment or .env, or a key with the scope admin." };
}
