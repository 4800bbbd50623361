import { element, fill, icon } from "../parts/dom.js";

const list = document.getElementById("conversations");
const none = document.getElementById("no-conversations");

/** The list of conversations; `actions` has `open(id)` and `remove(conversation)`. */
export class Conversations {
  all = [];
  current = null;

  constructor(service, actions) {
    this.service = service;
    this.actions = actions;
  }

  async load() {
    try {
      this.all = await this.service.conversations();
    } catch {
      // The conversation at hand does not depend on the list of others.
      return;
    }
    this.show();
  }

  mark(id) {
    this.current = id;
    this.show();
  }

  show() {
    none.hidden = this.all.length > 0;
    fill(list, this.all.map((conversation) => {
      const title = conversation.title || "Untitled conversation";
      const link = element("a", { href: `#${encodeURIComponent(conversation.id)}`, dir: "auto", title,
        "aria-current": conversation.id === this.current && "page" }, title);
      const remove = element("button", { type: "button", class: "quiet", "aria-label": `Delete “${title}”`,
        onclick: () => this.actions.remove(conversation) }, icon("remove"));
      return element("li", {}, link, remove);
    }));
  }
}
