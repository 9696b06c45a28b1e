/** The report page's style sheet, light and dark. */
export const REPORT_STYLE = `
:root {
  color-scheme: light;
  --page: rgb(247 245 240); --surface: rgb(255 254 251); --line: rgb(226 222 214);
  --ink: rgb(28 31 38); --ink-soft: rgb(95 98 107); --accent: rgb(31 92 153); --quiet: rgb(176 171 161);
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: rgb(14 17 23); --surface: rgb(19 23 31); --line: rgb(46 52 64);
    --ink: rgb(233 235 239); --ink-soft: rgb(161 167 179); --accent: rgb(112 174 235); --quiet: rgb(84 91 106);
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/22px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-inline-size: 960px; margin: 0 auto; padding: 40px 24px 64px; display: grid; gap: 24px; }
main > * { min-inline-size: 0; }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 32px; font-weight: 600; max-inline-size: 34em; text-wrap: balance; }
h2 { margin: 0; font-size: 16px; line-height: 24px; font-weight: 600; }
p { margin: 0; max-inline-size: 68ch; color: var(--ink-soft); text-wrap: pretty; }
section .meta { margin-block-start: 8px; }
.meta { font-size: 12px; line-height: 16px; max-inline-size: 90ch; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: 24px; }
svg { display: block; inline-size: 100%; min-inline-size: 600px; block-size: auto; }
svg text { font-size: 12px; fill: var(--ink); dominant-baseline: central; font-variant-numeric: tabular-nums; }
.label { text-anchor: end; }
svg .note { fill: var(--ink-soft); }
.threshold { stroke: var(--line); stroke-width: 1; }
svg .threshold-label { fill: var(--ink-soft); font-size: 11px; text-anchor: middle; }
.bar.interactive { fill: var(--accent); }
.bar.background { fill: var(--quiet); }
.mark { stroke: var(--ink); stroke-width: 1.5; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 12px 0 0; padding: 0; font-size: 12px; line-height: 16px; color: var(--ink-soft); }
.key { display: inline-block; inline-size: 10px; block-size: 10px; border-radius: 2px; margin-inline-end: 8px; }
.key.interactive { background: var(--accent); }
.key.background { background: var(--quiet); }
.scroll { overflow-x: auto; margin-block-start: 12px; border-radius: 4px; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 4px; }
table { border-collapse: collapse; inline-size: 100%; font-size: 14px; line-height: 20px; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 16px 8px 0; text-align: start; border-block-end: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 400; }
thead th { font-size: 12px; line-height: 16px; color: var(--ink-soft); }
tr > :last-child { padding-inline-end: 0; }
tbody tr:last-child > * { border-block-end: 0; }
.number { text-align: end; }
@media print { body { background: none; } section { break-inside: avoid; } }
`;
