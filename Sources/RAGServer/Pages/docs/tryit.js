import { element, fill } from "../parts/dom.js";

/** A form that sends an operation's request and shows what comes back, as it comes. */
export function tryIt(description, operation, credential) {
  const inputs = operation.parameters.filter(({ in: where }) => where === "path" ||
    where === "query").map((parameter) => ({
    parameter,
    input: element("input", { required: parameter.required === true, autocomplete: "off",
      placeholder: parameter.schema?.default ?? parameter.schema?.example ?? parameter.example ?? "" }),
  }));
  const contents = operation.requestBody?.content ?? {};
  const types = Object.keys(contents);
  const choice = types.length > 1 ? element("select", {}, types.map((each) =>
    element("option", { value: each }, each))) : null;
  const place = element("div");
  let type;
  let file;
  let body;
  /** Shows what the chosen type of body is entered in. */
  function choose(chosen) {
    type = chosen;
    file = body = null;
    if (!type) return;
    if (type === "multipart/form-data") {
      file = element("input", { type: "file", multiple: true });
      return fill(place, element("label", { class: "field" }, "Files", file));
    }
    const media = contents[type];
    const example = media.example ?? Object.values(media.examples ?? {})[0]?.value ?? description.example(media.schema ?? {});
    const text = typeof example === "string" ? example : JSON.stringify(example, null, 2);
    body = element("textarea", { rows: Math.min(16, text.split("\n").length + 1), spellcheck: "false" });
    body.value = text;
    fill(place, element("label", { class: "field" }, "Body", body));
  }
  choose(types[0]);
  choice?.addEventListener("change", () => choose(choice.value));
  const result = element("div", { class: "result", "aria-live": "polite" });
  const button = element("button", { class: "main" }, "Send");
  let abort = null;
  const form = element("form", { class: "try",
    "aria-label": `Try ${operation.method.toUpperCase()} ${operation.path}` },
    inputs.length > 0 && element("div", { class: "inputs" }, inputs.map(({ parameter, input }) =>
      element("label", { class: "field" }, element("span", {}, element("code", {}, parameter.name),
        parameter.required && " (required)"), input))),
    choice && element("label", { class: "field" }, "Type of the body", choice), place,
    element("div", { class: "row" }, button), result);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (abort) return abort.abort();
    abort = new AbortController();
    fill(button, "Stop");
    try {
      await send(abort.signal);
    } catch (error) {
      if (error.name !== "AbortError") fill(result,
        element("p", { class: "state bad" }, `Nothing came back: ${error.message}`));
    }
    abort = null;
    fill(button, "Send");
  });

  async function send(signal) {
    let path = operation.path;
    const query = new URLSearchParams();
    for (const { parameter, input } of inputs) {
      if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
      else if (input.value) query.append(parameter.name, input.value);
    }
    const headers = {};
    if (credential()) headers.Authorization = `Bearer ${credential()}`;
    let content;
    if (body) {
      headers["Content-Type"] = type;
      content = body.value;
    } else if (file) {
      content = new FormData();
      for (const each of file.files) content.append("file", each);
    }
    const start = performance.now();
    const response = await fetch(path + (query.size ? `?${query}` : ""),
      { method: operation.method.toUpperCase(), headers, body: content, signal });
    const text = element("code");
    fill(result,
      element("p", { class: `state ${response.ok ? "good" : "bad"}` },
        `${response.status} ${response.statusText} after ${Math.round(performance.now() - start)} ms`),
      element("pre", { tabindex: "0", role: "region", "aria-label": "What came back" }, text));
    const isJSON = response.headers.get("Content-Type")?.includes("json");
    let received = "";
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      received += value;
      if (!isJSON) fill(text, received.slice(-200_000));
    }
    if (isJSON) fill(text, pretty(received));
  }
  return form;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
