/**
 * Makes an element. Properties that begin with `on` become listeners, the others attributes; true sets an
 * attribute without a value, and false, null and undefined leave it out. Children are nodes, texts or lists of them.
 */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...present(children));
  return node;
}

/** Puts `children` in the place of what `node` holds. */
export function fill(node, ...children) {
  node.replaceChildren(...present(children));
}

/** Lists within lists become one; null, undefined and false are nothing. */
function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

const shapes = {
  add: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M7 7h10v10H7z",
  retry: "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  done: "M5 13l4 4L19 7",
  up: "M7 11v9H4v-9zM7 11l4-7c1.5 0 2.3 1.2 2 2.6L12.4 10H18a2 2 0 0 1 2 2.3l-1 6A2 2 0 0 1 17 20H7",
  down: "M7 13V4H4v9zM7 13l4 7c1.5 0 2.3-1.2 2-2.6L12.4 14H18a2 2 0 0 0 2-2.3l-1-6A2 2 0 0 0 17 4H7",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  open: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-5.5 8-5.5s7 1.5 8 5.5",
  chat: "M4 5h16v11H9l-5 4z",
  book: "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11",
  doubt: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.7-.9 1.4v.6M12 16.9v.2",
  upload: "M12 16V5M7 9l5-5 5 5M5 15v5h14v-5",
};

/** A line drawing that says nothing to a screen reader: its button needs a label. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", shapes[name]);
  drawing.append(path);
  return drawing;
}
