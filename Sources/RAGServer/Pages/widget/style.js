/** The widget's looks. Sites change them by custom properties (`--footnote-accent`) and by parts. */
export const style = `
:host { --accent: var(--footnote-accent, light-dark(#0b5c56, #7fcfc2)); --on-accent: var(--footnote-on-accent, light-dark(#fff, #0d2421));
  --surface: var(--footnote-surface, light-dark(#fff, #1e2024)); --ink: var(--footnote-ink, light-dark(#1e1c18, #ecebe6));
  --muted: light-dark(#5f5a51, #a9a69e); --line: light-dark(#e3dfd5, #3a3d43); --sunken: light-dark(#f5f3ee, #15161a);
  --bad: light-dark(#a3261d, #f2a097); --warning: light-dark(#7c4400, #f0c078);
  all: initial; color-scheme: light dark; font: 16px/1.5 var(--footnote-font, system-ui, sans-serif); color: var(--ink); }
:host([data-theme="light"]) { color-scheme: light; }
:host([data-theme="dark"]) { color-scheme: dark; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
p, ul, ol, pre, figure, blockquote, h3, h4, h5, h6 { margin: 0; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.icon { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.launcher { position: fixed; bottom: 20px; inset-inline-end: 20px; z-index: 2147483000; display: flex; align-items: center; gap: 8px; min-height: 52px;
  padding: 0 20px; border: 0; border-radius: 26px; background: var(--accent); color: var(--on-accent); font-weight: 600;
  box-shadow: 0 4px 16px rgb(0 0 0 / 22%); }
.panel { position: fixed; bottom: 84px; inset-inline-end: 20px; z-index: 2147483000; display: flex; flex-direction: column;
  width: min(400px, calc(100vw - 40px)); height: min(600px, calc(100dvh - 104px)); overflow: hidden; border: 1px solid var(--line);
  border-radius: var(--footnote-radius, 16px); background: var(--surface); box-shadow: 0 12px 40px rgb(0 0 0 / 22%); }
.left .launcher, .left .panel { inset-inline-start: 20px; inset-inline-end: auto; }
header { display: flex; align-items: center; gap: 4px; padding: 10px 10px 10px 18px; border-bottom: 1px solid var(--line); }
header h2 { flex: 1; min-width: 0; margin: 0; font-size: 16px; font-weight: 600; }
.plain { display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-width: 36px; min-height: 36px; padding: 0 6px; border: 0; border-radius: 8px;
  background: none; color: var(--muted); }
.plain:hover { background: var(--sunken); color: var(--ink); }
.log { flex: 1; overflow-y: auto; padding: 18px; overflow-wrap: anywhere; }
.log:focus-visible { outline-offset: -3px; }
.greeting { color: var(--muted); }
.suggestions { display: grid; gap: 8px; margin-top: 16px; padding: 0; list-style: none; }
.suggestions button { width: 100%; padding: 9px 14px; border: 1px solid var(--line); border-radius: 12px; background: none; color: var(--ink); text-align: start; }
.suggestions button:hover { border-color: var(--accent); }
.question { width: fit-content; max-width: 85%; margin: 0 0 12px auto; padding: 8px 14px; border-radius: 14px 14px 4px 14px; background: var(--sunken); white-space: pre-wrap; }
.turn + .turn { margin-top: 24px; }
.answer > * + * { margin-top: 10px; }
.answer ul, .answer ol { padding-inline-start: 22px; }
.answer h3, .answer h4, .answer h5 { font-size: 16px; }
.answer code { font: 13.5px/1.5 ui-monospace, Menlo, Consolas, monospace; }
.answer pre { padding: 10px 12px; overflow-x: auto; border-radius: 8px; background: var(--sunken); }
.answer .table { overflow-x: auto; }
.answer table { border-collapse: collapse; font-size: 14px; }
.answer th, .answer td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); text-align: start; }
.answer .end { text-align: end; }
.answer blockquote { padding-inline-start: 12px; border-inline-start: 3px solid var(--line); }
.cite { margin-inline-start: 2px; padding: 1px 5px; border: 0; border-radius: 5px; background: color-mix(in oklab, var(--accent), transparent 88%);
  color: var(--accent); font-size: 11px; font-weight: 600; line-height: 1; text-decoration: none; vertical-align: 5px; }
.sources { margin-top: 12px; padding: 10px 0 0; border-top: 1px solid var(--line); list-style: none; font-size: 13.5px; }
.sources li { padding: 3px 0; }
.sources summary { cursor: pointer; }
.sources blockquote { margin: 4px 0 6px; padding-inline-start: 10px; border-inline-start: 2px solid var(--accent); color: var(--muted); }
.note { margin-top: 10px; font-size: 13.5px; color: var(--muted); }
.note.caution { display: flex; align-items: center; gap: 6px; color: var(--ink); }
.note.bad { color: var(--bad); }
.note.warning { color: var(--warning); }
.ask { padding: 4px 0; border: 0; background: none; color: var(--accent); text-align: start; text-decoration: underline; text-underline-offset: 2px; }
form { display: flex; align-items: flex-end; gap: 6px; padding: 10px; border-top: 1px solid var(--line); }
textarea { flex: 1; min-height: 40px; max-height: 140px; padding: 8px 12px; border: 1px solid light-dark(#8b867b, #747982); border-radius: 12px; background: none; resize: none;
  field-sizing: content; }
textarea::placeholder { color: var(--muted); opacity: 1; }
.send { flex: none; display: grid; place-items: center; width: 40px; height: 40px; border: 0; border-radius: 50%; background: var(--accent); color: var(--on-accent); }
@media (max-width: 480px) { .panel { inset: 0 !important; width: auto; height: auto; border: 0; border-radius: 0; } }
`;
