import { formStyles } from './form-styles.js';

/**
 * On paper: nothing to fill in or press, and the addresses that lead elsewhere, of which a paper's own names its id and
 * is enough.
 */
const onPaper = `@media print {
  :root { --paper: #fff; --sheet: #fff; color-scheme: light; }
  body { font-size: 11pt; max-width: none; padding: 0; }
  form, nav, .skip, footer, button, iframe, .now, .links [href^='/'], .papers .links [href^='/'], .papers .links [href*='/pdf/'] { display: none; }
  h1, h2, h3 { break-after: avoid; }
  ol.papers li { break-inside: avoid; }
  .papers .links { display: block; }
  .papers .links a { display: block; min-height: 0; }
  a[href^='http'] { color: var(--ink); }
  a[href^='http']::after { content: ' <' attr(href) '>'; font-size: .9em; overflow-wrap: anywhere; }
}
`;

/** The text below as the bundles hold it; where the sources run, in tests and under tsx, there is none. */
declare const MINIFIED_STYLESHEET: string;

/**
 * The one style sheet of all pages, served under a path of its own so that the content security policy allows no inline
 * style. Text has a contrast of at least 4.5 against its background, and borders of fields 3 (WCAG 2, 1.4.3 and
 * 1.4.11), in both schemes.
 */
export const stylesheet = {
  path: '/paperboy.css',
  type: 'text/css; charset=utf-8',
  text:
    typeof MINIFIED_STYLESHEET === 'string'
      ? MINIFIED_STYLESHEET
      : `
:root { color-scheme: light dark; --ink: light-dark(#1d1b16, #ece7dc); --paper: light-dark(#fbf8f1, #191814); --sheet: light-dark(#fffdf8, #211f1a); --soft: light-dark(#635c4e, #b0a897); --line: light-dark(#dcd3bf, #3b372e); --edge: light-dark(#857c68, #8d8470); --accent: light-dark(#9c2f1f, #f0937f); --mark: light-dark(#f7dcd6, #4a241c); --good: light-dark(#2c5e3a, #9fd0a9); }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0 auto; max-width: 46rem; padding: 0 1rem 2rem; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 'Iowan Old Style', 'Palatino Linotype', Palatino, Georgia, serif; overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus, .problems:focus, section:focus { outline: none; }
.skip { position: absolute; left: -99rem; }
.skip:focus { background: var(--paper); left: 1rem; padding: .75rem; top: .5rem; z-index: 1; }

body > header { border-bottom: 4px double var(--ink); margin: 0 0 1rem; padding: .5rem 0 0; text-align: center; }
.masthead { border-bottom: 1px solid var(--ink); color: var(--ink); display: block; font-size: clamp(2rem, 10vw, 3.5rem); font-weight: 700; letter-spacing: -.035em; line-height: 1; padding-bottom: .4rem; text-decoration: none; }
nav { display: flex; flex-wrap: wrap; font-size: clamp(.8rem, 4vw, .9375rem); justify-content: space-around; }
nav a { align-items: center; color: var(--ink); display: inline-flex; min-height: 2.75rem; padding: 0 .2rem; white-space: nowrap; }
.strap { font-size: .95rem; font-style: italic; margin: .65rem 0 0; }
.soft { color: var(--soft); }
.small { font-size: .9375rem; }
h1 { font-size: 1.75rem; letter-spacing: -.015em; line-height: 1.15; margin: 0 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.25; margin: 2rem 0 .5rem; }
.lead { font-size: 1.0625rem; line-height: 1.45; margin: 0 0 1rem; }
p { margin: 0 0 .75rem; }

${formStyles}
.error { color: var(--accent); display: block; font-weight: 700; margin: .1rem 0 .4rem; }
.where { background: var(--mark); border-radius: .2rem; display: block; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9375rem; margin: 0 0 .5rem; padding: .4rem .6rem; white-space: pre-wrap; }
.where mark { background: var(--accent); border-radius: .15rem; color: var(--paper); padding: 0 .15em; }
.problems { background: var(--mark); border-left: .35rem solid var(--accent); margin: 0 0 1.5rem; padding: .85rem 1rem; }
.problems h2 { font-size: 1.1rem; margin: 0 0 .25rem; }
.problems ul { list-style: none; margin: 0; padding: 0; }
.problems a { color: var(--ink); display: inline-block; min-height: 2.75rem; padding: .55rem 0; }
.done { border-left: .35rem solid var(--good); background: var(--sheet); margin: 0 0 1.5rem; padding: .85rem 1rem; }
.done strong { color: var(--good); }
.done h2 { margin-top: 0; }
.done .left-out { margin: 0; }

button, .button { background: var(--accent); border: 2px solid var(--accent); border-radius: .2rem; color: var(--paper); cursor: pointer; display: inline-block; font: inherit; font-weight: 700; line-height: 1.4; min-height: 2.75rem; padding: .5rem 1.25rem; text-decoration: none; }
button:hover, .button:hover { background: var(--ink); border-color: var(--ink); color: var(--paper); }
.quiet { background: transparent; color: var(--accent); }
.ask + .coupon, form + .coupon, section + .coupon { margin-top: 1.5rem; }
.coupon > .quiet { margin-top: .75rem; width: 100%; }
.coupon > .small { margin: .75rem 0 0; }
.wide { font-size: 1.1rem; min-height: 3.25rem; width: 100%; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: .75rem 0 1rem; }
.actions form { display: contents; }
.left-out { list-style: none; margin: 0 0 1rem; padding: 0; }
.left-out li { align-items: center; border-top: 1px solid var(--line); display: flex; gap: 1rem; justify-content: space-between; padding: .4rem 0; }
.left-out button { flex: none; }
.less { border-top: 1px solid var(--line); margin: 0; padding: .25rem 0; }
.less fieldset { margin: 0 0 .5rem; }

.edition > h2 { border-top: 4px double var(--ink); font-size: 1.5rem; margin: 0; padding-top: 1rem; }
ol.papers { list-style: none; margin: 1rem 0; padding: 0; }
ol.papers li { border-top: 1px solid var(--line); padding: 1rem 0 .5rem; position: relative; }
ol.papers li:first-child { border-top-color: var(--ink); }
ol.papers h3 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 .25rem; }
ol.papers h3 a { color: inherit; text-decoration-color: var(--edge); text-decoration-thickness: 1px; }
ol.papers h3::before { color: var(--accent); content: counter(list-item) '. '; }
ol.papers p { margin: 0 0 .4rem; }
ol.papers mark, .abstract mark { background: var(--mark); border-radius: .15rem; color: var(--ink); padding: 0 .1em; }
.abstract b { color: var(--accent); font-size: .875rem; }
.authors { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; margin: 0 0 .5rem; padding: 0; }
.authors li { align-items: baseline; display: flex; gap: .6rem; }
.authors a { display: inline-block; padding: .35rem 0; }
.authors a:first-child { color: inherit; }
.facts { font-size: .9375rem; margin: 0 0 .5rem; }
.facts div { display: flex; flex-wrap: wrap; gap: 0 .5rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.facts a { display: inline-block; min-width: 1.5rem; }
.count { color: var(--good); display: block; font-weight: 700; }
.note { border-left: .25rem solid var(--good); display: block; font-size: .9375rem; line-height: 1.4; margin: .5rem 0 .75rem; padding-left: .6rem; }
.note:empty { border: 0; margin: 0; }
.note.wrong { border-left-color: var(--accent); color: var(--accent); font-weight: 700; }
.note .where { color: var(--ink); font-weight: 400; margin: .4rem 0 0; }
.rise { color: var(--accent); font-size: .9375rem; font-weight: 700; }
.curve { display: inline-block; vertical-align: middle; fill: none; stroke: currentColor; stroke-width: 2; }
.links { display: flex; flex-wrap: wrap; gap: 0 1.25rem; justify-content: start; }
.links a, footer a, .standalone { align-items: center; display: inline-flex; min-height: 2.75rem; min-width: 2.75rem; }
.chart { display: block; height: auto; margin: 0 auto 1rem; max-width: 36rem; width: 100%; }
.chart text { fill: var(--soft); font-size: 12px; }
.chart .at-end { text-anchor: end; }
.chart path, .chart polyline { fill: none; stroke-width: 2; }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .ours { stroke: var(--accent); }
.chart .raw { stroke: var(--soft); stroke-dasharray: 5 4; }
.chart rect.ours { fill: var(--accent); }
.chart text.within { fill: var(--paper); font-weight: 700; }
.chart circle.ours { fill: var(--accent); }
.chart circle.raw { fill: var(--paper); stroke-dasharray: none; }
.figures { border-collapse: collapse; font-variant-numeric: lining-nums tabular-nums; margin: 0 0 1rem; width: 100%; }
.figures th, .figures td { padding: .5rem 0 .5rem .35rem; text-align: right; vertical-align: bottom; }
.figures th:first-child { padding-left: 0; text-align: left; white-space: nowrap; }
.figures caption { padding: .25rem 0; text-align: left; }
.figures thead th { font-size: .875rem; line-height: 1.2; }
.figures tbody { border-top: 1px solid var(--line); }
.figures .mean { border-top-color: var(--ink); font-weight: 700; }
.figures .miss td { font-size: .9375rem; line-height: 1.4; padding: 0 0 .6rem; text-align: left; }
.calendar { border-collapse: collapse; font-variant-numeric: lining-nums tabular-nums; margin: 0 0 1rem; table-layout: fixed; width: 100%; }
.calendar caption { font-weight: 700; padding: .25rem 0 .5rem; text-align: left; }
.calendar th { font-size: .875rem; padding: .25rem 0; }
.calendar abbr { text-decoration: none; }
.calendar td { border: 1px solid var(--line); height: 4.25rem; line-height: 1.25; padding: .2rem; text-align: center; vertical-align: top; }
.calendar td:has(a) { background: var(--sheet); padding: 0; }
.calendar a { color: var(--ink); display: block; height: 100%; min-height: 4.25rem; padding: .2rem; text-decoration: none; }
.calendar a:hover { background: var(--mark); }
.calendar span { display: block; font-size: .8125rem; }
.calendar a > span:not(.soft) { color: var(--accent); font-weight: 700; text-decoration: underline; }
.view { align-items: center; display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin: .5rem 0 1rem; }
.view select { flex: 1 1 12rem; min-width: 0; width: 0; }
ol.compact { font-variant-numeric: lining-nums tabular-nums; margin: 0 0 1rem; padding-left: 2.75rem; }
.compact li, .catalogue li { border-top: 1px solid var(--line); padding: .4rem 0; }
.compact .small { display: block; }
.catalogue { list-style: none; margin: 0; padding: 0; }
.catalogue .count { display: inline; margin-left: .5rem; white-space: nowrap; }
.verdict { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .5rem; }
.tenths { white-space: nowrap; }
dl { margin: 0 0 1rem; }
dt { font-weight: 700; }
dd { margin: 0 0 .75rem; }
footer { border-top: 1px solid var(--ink); display: flex; flex-wrap: wrap; gap: 0 1.5rem; justify-content: center; margin-top: 3rem; padding-top: .25rem; }

@media (min-width: 40rem) {
  .lead { font-size: 1.15rem; margin-bottom: 1.25rem; }
  .coupon { padding: 1.75rem 2rem; }
  .row { grid-template-columns: 1fr 2fr 1fr; align-items: end; }
  .even { grid-template-columns: 1fr 1fr 1fr; }
  .even input, .even select { height: 2.9rem; }
  .adjust > .quiet { width: auto; }
  .coupon > .quiet { margin: 0 0 0 .75rem; width: auto; }
  .topics { display: grid; grid-template-columns: 1fr 1fr; column-gap: .75rem; }
  .topics label:nth-last-child(2):nth-child(odd) { border-bottom: 0; }
  ol.papers li { padding-left: 3rem; }
  ol.papers h3::before { content: counter(list-item); font-size: 1.9rem; left: 0; line-height: 1; position: absolute; }
  .wide { width: auto; }
  .catalogue { column-gap: 2rem; columns: 2; }
  .catalogue li { break-inside: avoid; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
${onPaper}`,
} as const;
