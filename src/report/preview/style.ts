/** How the page of the preview looks: light or dark, readable on a laptop and on a telephone. */
export const STYLE = `
:root { color-scheme: light dark; --back:#f5f6f8; --card:#fff; --text:#1b1e24; --muted:#5b6270; --line:#d9dce2; --grid:#e6e8ec;
  --link:#0a58b5; --green:#1a7f37; --yellow:#a26900; --orange:#bc4c00; --red:#c4232b; --blue:#0072b2; --heat:#bc4c00; }
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; --back:#111318; --card:#1a1d24; --text:#e6e8ec; --muted:#a0a7b4; --line:#333843; --grid:#2a2e37;
  --link:#7ab8ff; --green:#4ac26b; --yellow:#e3b341; --orange:#f0883e; --red:#ff6b6b; --blue:#56b4e9; --heat:#f0883e; }
@media (prefers-color-scheme: dark) { :root:not([data-theme]) { --back:#111318; --card:#1a1d24; --text:#e6e8ec; --muted:#a0a7b4; --line:#333843;
  --grid:#2a2e37; --link:#7ab8ff; --green:#4ac26b; --yellow:#e3b341; --orange:#f0883e; --red:#ff6b6b; --blue:#56b4e9; --heat:#f0883e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 14px/1.45 system-ui, sans-serif; display: grid;
  grid-template: auto 1fr / 230px minmax(0, 1fr); min-height: 100vh; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 8px; top: 8px; background: var(--card); padding: 8px; z-index: 2; }
header { grid-column: 1 / 3; display: flex; gap: 16px; align-items: baseline; padding: 10px 18px; border-bottom: 1px solid var(--line); background: var(--card); }
header h1 { font-size: 16px; margin: 0; } header p { margin: 0; color: var(--muted); flex: 1; }
button { font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px; cursor: pointer; }
nav { padding: 12px 18px; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; }
nav h2 { font-size: 12px; text-transform: uppercase; letter-spacing: .05em; color: var(--muted); margin: 16px 0 4px; }
nav ul { list-style: none; margin: 0; padding: 0; } nav a { display: block; padding: 3px 6px; border-radius: 5px; text-decoration: none; overflow-wrap: anywhere; }
nav a[aria-current] { background: var(--grid); color: var(--text); font-weight: 600; }
main { padding: 14px 18px 60px; outline: none; border-left: 1px solid var(--line); } main h2 { margin: 0 0 2px; font-size: 20px; } .lead { color: var(--muted); margin: 0 0 12px; }
.row > summary { cursor: pointer; padding: 6px 0; } .row h3 { display: inline; font-size: 15px; margin: 0; }
.grid { display: grid; grid-template-columns: repeat(24, minmax(0, 1fr)); gap: 10px; margin-bottom: 10px; }
.panel { grid-column: span var(--w, 24); background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 8px 10px;
  min-width: 0; content-visibility: auto; contain-intrinsic-size: auto var(--h, 200px); }
.key::before { content: ""; display: inline-block; width: 10px; height: 10px; margin-right: 5px; border-radius: 2px; background: var(--tone); }
.panel.wide p { margin: 2px 0; } .panel.wide { margin-bottom: 10px; } .panel h3, .panel h4 { margin: 0 0 4px; font-size: 13px; } .panel h3 small { color: var(--muted); font-weight: 400; }
.panel .plot { height: calc(var(--h, 200px) - 60px); overflow: hidden; }
.panel.timeseries .plot { height: auto; min-height: calc(var(--h) - 60px); }
.panel.timeseries .uplot { height: auto; }
.stats { display: flex; flex-wrap: wrap; gap: 4px 22px; min-height: 46px; } .stat { margin: 0; } .stat strong { display: block; font-size: 26px; line-height: 1.2; font-weight: 600; }
.stat span { color: var(--muted); font-size: 12px; overflow-wrap: anywhere; } .stat strong { color: var(--tone, inherit); }
.filled { background: color-mix(in srgb, var(--tone, transparent) 22%, transparent); border-radius: 5px; } .stat.filled { padding: 2px 10px; } .stat.filled strong { color: inherit; }
.meters { max-height: 320px; overflow: auto; } .meter { display: grid; grid-template-columns: minmax(60px, 1fr) 2fr auto; gap: 8px; align-items: center; padding: 1px 0; }
.meter span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .meter b { font-variant-numeric: tabular-nums; font-weight: 600; }
.meter i { height: 12px; border-radius: 3px; background: linear-gradient(var(--tone), var(--tone)) 0 0 / var(--share) 100% no-repeat var(--grid); }
td.number { color: var(--tone, inherit); } td.filled { color: inherit; }
.empty { color: var(--muted); } .calm { color: var(--green); } .trouble { color: var(--red); white-space: pre-wrap; margin: 0 0 4px; }
.panel > details { font-size: 12px; color: var(--muted); } .panel > details p { margin: 4px 0; } .panel details pre { margin: 4px 0; }
pre { background: var(--back); border-radius: 6px; padding: 6px 8px; overflow: auto; font-size: 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; font-size: 12.5px; } th, td { text-align: left; padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; } .scroll { overflow: auto; max-height: 300px; }
.tree, .tree ul { list-style: none; padding-left: 20px; border-left: 1px solid var(--line); } .tree li { padding: 3px 0; } .tree small { color: var(--muted); }
.quiet { columns: 260px; padding-left: 18px; } .runbook { max-width: 860px; }
.u-legend th, .u-legend td { border: 0; padding: 1px 6px 1px 0; } .u-legend { text-align: left; font-size: 11.5px; color: var(--text); } .u-legend .u-value { color: var(--muted); } .u-title, .u-legend tr:first-child { display: none; } main:focus-visible { outline: none; }
@media (max-width: 820px) { body { grid-template-columns: minmax(0, 1fr); } header, nav { grid-column: 1; } nav { position: static; max-height: none; border-bottom: 1px solid var(--line); } main { border-left: 0; }
  .panel { grid-column: span 24; } }
@media print { nav, button { display: none; } body { display: block; } }
`;
