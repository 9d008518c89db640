/** The one style sheet of all pages, served under a path of its own so that the content security policy allows no inline style. */
export const stylesheet = {
  path: '/paperboy.css',
  text: `
:root { color-scheme: light dark; --ink: light-dark(#1d1b16, #ece7dc); --paper: light-dark(#fbf8f1, #191814); --soft: light-dark(#6b6455, #a8a08f); --line: light-dark(#e2dac8, #37342c); --accent: light-dark(#9c2f1f, #f0937f); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 44rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.55 Georgia, 'Times New Roman', serif; }
header { border-bottom: 3px double var(--line); margin-bottom: 1.5rem; padding-bottom: .5rem; }
header p, .soft { color: var(--soft); margin: .2rem 0; }
.masthead { color: var(--ink); font-size: 1.9rem; font-weight: 700; letter-spacing: -.02em; text-decoration: none; }
a { color: var(--accent); overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; line-height: 1.25; }
ol.papers { list-style: none; margin: 0; padding: 0; }
ol.papers li { border-top: 1px solid var(--line); padding: 1rem 0; }
ol.papers h2 { font-size: 1.08rem; line-height: 1.3; margin: 0 0 .25rem; }
ol.papers p { margin: .25rem 0; }
.rise { font-weight: 700; }
.links a { display: inline-block; margin-right: 1rem; min-height: 1.75rem; }
button { background: var(--accent); border: 0; border-radius: .3rem; color: var(--paper); font: inherit; font-weight: 700; min-height: 2.75rem; padding: .5rem 1.25rem; }
dt { color: var(--soft); }
dd { margin: 0 0 .75rem; }
footer { border-top: 1px solid var(--line); color: var(--soft); margin-top: 2rem; padding-top: .75rem; }
`,
} as const;
