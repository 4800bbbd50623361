const key = "footnote.theme";
const root = document.documentElement;

/** Applies the chosen theme; without a choice the page follows the system. */
export function applyTheme() {
  const chosen = localStorage.getItem(key);
  if (chosen) root.dataset.theme = chosen;
}

/** Changes between light and dark, and remembers the choice. */
export function toggleTheme() {
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem(key, root.dataset.theme);
}
