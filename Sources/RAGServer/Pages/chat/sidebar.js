import { icon } from "../parts/dom.js";

/** The column of conversations, which phones show over the page. */
export function prepareSidebar({ startNew, toggleTheme }) {
  const at = (id) => document.getElementById(id);
  const [sidebar, main, open] = [at("sidebar"), at("main"), at("open-sidebar")];
  const set = (isOpen) => {
    sidebar.classList.toggle("open", isOpen);
    main.inert = isOpen;
    open.setAttribute("aria-expanded", String(isOpen));
  };
  const close = () => {
    if (!sidebar.classList.contains("open")) return;
    set(false);
    open.focus();
  };
  open.append(icon("menu"));
  open.addEventListener("click", () => {
    set(true);
    at("close-sidebar").focus();
  });
  at("close-sidebar").append(icon("close"));
  at("close-sidebar").addEventListener("click", close);
  sidebar.addEventListener("keydown", (event) => event.key === "Escape" && close());
  at("new").prepend(icon("add"));
  at("new").addEventListener("click", startNew);
  at("new-narrow").append(icon("add"));
  at("new-narrow").addEventListener("click", startNew);
  at("theme").prepend(icon("theme"));
  at("theme").addEventListener("click", toggleTheme);
  return { close };
}
