import { element } from "../parts/dom.js";
import { table } from "./parts.js";

const [height, left, bottom, top] = [200, 58, 24, 10];

/** An element of SVG. */
export function shape(name, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/**
 * A plot over time with the same numbers as a table below it.
 *
 * `points` is `[{at, values}]`, a value for each of `names` or null; `kind` is "bars" (stacked) or "lines"; `format`
 * writes a value, and `isWhole` says that there are no halves of it.
 */
export function plot({ title, names, points, kind, format, isWhole = false }) {
  // As wide as it is shown, so that its letters are as large as others.
  const width = Math.min(760, Math.max(300, document.documentElement.clientWidth - 72));
  const sums = points.map(({ values }) =>
    kind === "bars" ? values.reduce((sum, value) => sum + (value ?? 0), 0) : Math.max(0,
    ...values.map((value) => value ?? 0)));
  const ticks = scale(Math.max(0, ...sums), isWhole);
  const highest = ticks.at(-1);
  const step = (width - left - 8) / Math.max(1, points.length);
  const x = (index) => left + step * (index + 0.5);
  const y = (value) => top + (height - top - bottom) * (1 - value / highest);
  const drawing = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `${title}; the numbers are in the table below.` });
  for (const tick of ticks) {
    drawing.append(
      shape("line", { x1: left, x2: width, y1: y(tick), y2: y(tick) }),
      shape("text", { x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, format(tick)));
  }
  const every = Math.max(1, Math.ceil(points.length / Math.max(3, Math.floor(width / 95))));
  points.forEach(({ at }, index) => {
    if (index % every === 0) drawing.append(shape("text", { x: x(index), y: height - 6, "text-anchor": "middle" },
      short(at, points)));
  });
  if (kind === "bars") bars(drawing, points, names, { x, y, step, format });
  else lines(drawing, points, names, { x, y });
  return element("figure", { class: "plot" },
    element("figcaption", {}, title, names.length > 1 &&
      element("span", { class: "key" }, names.map((name, index) =>
      element("span", { class: `series-${index + 1}` }, name)))),
    drawing,
    element("details", {}, element("summary", {}, "The numbers"),
      table(title, [{ name: "Time", value: ({ at }) => new Date(at).toLocaleString() },
        ...names.map((name, index) => ({ name, number: true,
          value: ({ values }) => (values[index] === null ? "–" : format(values[index])) }))], points)));
}

function bars(drawing, points, names, { x, y, step, format }) {
  points.forEach(({ at, values }, index) => {
    let sum = 0;
    values.forEach((value, series) => {
      if (!value) return;
      const from = y(sum);
      sum += value;
      drawing.append(shape("rect", { class: `series-${series + 1}`, x: x(index) - step * 0.36, width: step * 0.72,
        y: y(sum), height: Math.max(1, from - y(sum)), rx: 1.5 },
        shape("title", {}, `${new Date(at).toLocaleString()} – ${names[series]}: ${format(value)}`)));
    });
  });
}

/** A line is broken where there is no value, and a value without neighbours is a dot. */
function lines(drawing, points, names, { x, y }) {
  names.forEach((_, series) => {
    let path = "";
    points.forEach(({ values }, index) => {
      const value = values[series];
      if (value === null || value === undefined) return;
      const goesOn = index > 0 && (points[index - 1].values[series] ?? null) !== null;
      path += `${goesOn ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
      if (!goesOn && (points[index + 1]?.values[series] ?? null) === null) {
        drawing.append(shape("circle", { class: `series-${series + 1}`, cx: x(index), cy: y(value), r: 3 }));
      }
    });
    drawing.append(shape("path", { class: `series-${series + 1}`, d: path || "M0 0" }));
  });
}

/** Round numbers from 0 to one that is not below `highest`. */
function scale(highest, isWhole) {
  if (!(highest > 0)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(highest));
  const step = [0.25, 0.5, 1, 2.5].map((factor) => factor * power).find((each) =>
    each * 4 >= highest && (!isWhole || Number.isInteger(each))) ?? 5 * power;
  return [0, 1, 2, 3, 4].map((index) => index * step).filter((value, index, all) => index === 0 ||
    all[index - 1] < highest);
}

function short(at, points) {
  const span = new Date(points.at(-1).at) - new Date(points[0].at);
  const date = new Date(at);
  return span > 2 * 86_400_000
    ? date.toLocaleDateString(undefined, { month: "short", day: "numeric" })
    : date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
}
