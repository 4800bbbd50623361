import { element, fill, icon } from "../parts/dom.js";
import { badge, bytes, field } from "./parts.js";

/** A place to drop files on, with the progress of each until it can be searched. */
export function uploadArea(service, { signal, say, done }) {
  const list = element("ul", { class: "uploads", "aria-label": "Uploads" });
  const input = element("input", { type: "file", multiple: true, class: "unseen", id: "files",
    onchange: () => take(input.files) });
  const collection = element("input", { placeholder: "default" });
  const area = element("div", { class: "drop" }, icon("upload"),
    element("p", {}, "Drop files here, or ",
      element("button", { type: "button", class: "small", onclick: () => input.click() }, "choose them"), "."),
    element("p", { class: "muted small" },
      "Markdown, HTML, PDF, EPUB, office documents, mail, notebooks, plain text, or an archive of them."),
    field("Into collection", collection), element("label", { class: "unseen", for: "files" }, "Files to upload"),
      input);
  const over = (isOver) => area.classList.toggle("over", isOver);
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  area.addEventListener("dragleave", () => over(false));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    take(event.dataTransfer.files);
  });

  async function take(files) {
    for (const file of [...files]) await send(file);
    input.value = "";
  }

  async function send(file) {
    const state = element("span", {}, badge("running", "sending"));
    const progress = element("progress", { max: "1", value: "0", "aria-label": `Progress of ${file.name}` });
    const reason = element("p", { class: "muted small" });
    list.prepend(element("li", {}, element("span", {}, file.name, " ",
      element("span", { class: "muted small" }, bytes(file.size))), state, progress, reason));
    try {
      const form = new FormData();
      if (collection.value) form.append("collection", collection.value);
      form.append("file", file);
      const { uploads: [upload] } = await transfer(service, form, (part) => (progress.value = part));
      progress.removeAttribute("value");
      fill(state, badge("running", "reading"));
      const end = await finished(service, upload, signal, (current) => fill(reason, current.error ?? ""));
      progress.remove();
      const failed = end.status === "failed";
      fill(state, badge(failed ? "failed" : "done", failed ? "failed" : "ready"));
      fill(reason, failed ? end.error : "");
      say(`${file.name} ${failed ? "could not be read" : "can be searched"}.`);
      await done();
    } catch (error) {
      if (signal.aborted) return;
      progress.remove();
      fill(state, badge("failed"));
      fill(reason, [error.message, error.hint].filter(Boolean).join(" "));
      say(`${file.name} was not taken. ${error.message}`);
    }
  }
  return element("div", {}, area, list);
}

/** Sends a form and reports which part of it has gone: only XMLHttpRequest tells. */
function transfer(service, form, report) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/documents");
    request.setRequestHeader("Authorization", `Bearer ${service.credential()}`);
    request.upload.addEventListener("progress", ({ loaded, total }) => total && report(loaded / total));
    request.addEventListener("load", () => {
      let reply = null;
      try {
        reply = JSON.parse(request.responseText);
      } catch {
        return reject(new Error(`The server answered ${request.status}.`));
      }
      if (request.status < 300) resolve(reply);
      else reject(reply.error ?? new Error(`The server answered ${request.status}.`));
    });
    request.addEventListener("error", () => reject(new Error("The server cannot be reached.")));
    request.send(form);
  });
}

/** The upload when it has been read, or could not be; `look` sees it each time before. */
async function finished(service, upload, signal, look) {
  let current = upload;
  while (!["ready", "failed"].includes(current.status)) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    current = await service.call("GET", `/api/documents/uploads/${encodeURIComponent(current.id)}`, undefined,
      { signal });
    look(current);
  }
  return current;
}
