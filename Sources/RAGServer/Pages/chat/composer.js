import { fill, icon } from "../parts/dom.js";

const form = document.getElementById("composer");
const input = document.getElementById("question");
const button = document.getElementById("send");

/** Where questions are written; `ask` is given each, `stop` is called to end the answer under way. */
export class Composer {
  constructor({ ask, stop }) {
    this.stop = stop;
    this.busy = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.busy) return stop();
      const question = input.value.trim();
      if (!question) return input.focus();
      input.value = "";
      ask(question);
    });
    input.addEventListener("keydown", (event) => {
      // Enter that ends the composition of a character does not ask.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      if (!this.busy) form.requestSubmit();
    });
  }

  set busy(value) {
    this.isBusy = value;
    button.setAttribute("aria-label", value ? "Stop the answer" : "Ask");
    fill(button, icon(value ? "stop" : "send"));
  }

  get busy() {
    return this.isBusy;
  }

  focus() {
    input.focus();
  }
}
