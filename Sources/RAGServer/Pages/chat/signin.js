import { element, fill } from "../parts/dom.js";

/** Asks for an account until one is accepted or the dialog is closed; true if somebody has signed in. */
export function signIn(service, reason) {
  return new Promise((resolve) => {
    const problem = element("div", { class: "notice bad", role: "alert", hidden: true });
    const email = element("input", { type: "email", name: "email", autocomplete: "username", required: true });
    const password = element("input", { type: "password", name: "password", autocomplete: "current-password",
      required: true });
    const dialog = element("dialog", { class: "sign-in", "aria-labelledby": "sign-in-title" });
    const form = element("form", {},
      element("h2", { id: "sign-in-title" }, "Sign in"),
      reason && element("p", { class: "muted" }, reason), problem,
      element("label", { class: "field" }, "Email", email),
      element("label", { class: "field" }, "Password", password),
      element("div", { class: "bar" },
        element("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Cancel"),
        element("button", { class: "main" }, "Sign in")));
    let done = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        await service.signIn(email.value, password.value);
        done = true;
        dialog.close();
      } catch (error) {
        problem.hidden = false;
        fill(problem, element("div", {}, element("p", {}, error.message), error.hint &&
          element("p", {}, error.hint)));
        password.select();
      }
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(done);
    });
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
  });
}
