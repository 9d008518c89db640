/** The part of the style sheet that is about forms: fields, choices and what is folded away. */
export const formStyles = `.coupon { background: var(--sheet); border: 2px dashed var(--edge); border-radius: .25rem; margin: 0 0 2.5rem; padding: .75rem .9rem; }
.field, fieldset { border: 0; margin: 0 0 1.5rem; min-width: 0; padding: 0; }
label, legend, .label { display: block; font-weight: 700; padding: 0; }
.hint { color: var(--soft); display: block; font-size: .9375rem; font-weight: 400; line-height: 1.4; margin: .1rem 0 .4rem; }
input, select, textarea { background: var(--paper); border: 1px solid var(--edge); border-radius: .2rem; color: inherit; font: inherit; min-height: 2.75rem; padding: .5rem .6rem; width: 100%; }
textarea { font-family: ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace; font-size: 1rem; line-height: 1.45; min-height: 5.5rem; resize: vertical; }
input[type='number'] { max-width: 7rem; }
[aria-invalid='true'] { border: 2px solid var(--accent); }
.field > label ~ label { margin-top: .75rem; }
summary { align-items: center; color: var(--accent); cursor: pointer; display: inline-flex; font-weight: 700; min-height: 2.75rem; text-decoration: underline; text-underline-offset: .15em; }
summary::before { content: '+'; padding-right: .4em; }
details[open] > summary::before { content: '−'; }
details { margin: -.75rem 0 1rem; }
details.help { font-size: .9375rem; margin: 0; }
.help dl { margin: 0 0 .5rem; }
.help dl > div { border-top: 1px solid var(--line); padding: .25rem 0; }
.help dd { color: var(--soft); margin: 0; }
.row { display: grid; gap: 0 1rem; }
.ask { display: grid; gap: .5rem; grid-template-columns: 1fr auto; }
.asked { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.asked details[open] { flex-basis: 100%; }
.chips { display: grid; gap: .25rem .5rem; grid-template-columns: 1fr 1fr; }
.chips label { align-items: center; font-size: .9375rem; border: 1px solid var(--line); border-radius: .2rem; display: grid; font-weight: 400; gap: .45rem; grid-template-columns: 1.35rem 1fr; line-height: 1.2; min-height: 2.75rem; padding: .2rem .4rem; }
.chips input { margin: 0; }
.chips label:hover { background: var(--paper); }
.chips label:has(:checked) { background: var(--mark); border-color: var(--accent); }
legend .hint { display: inline; }
.adjust { margin: 0 0 .25rem; }
.name-papers { margin: -.75rem 0 0; }
.adjust > .quiet { margin: 0 0 1.5rem; }
.now { margin: .75rem 0 .5rem; }
.coupon > .field, .coupon > fieldset { margin-bottom: .9rem; }
.coupon > .wide + .small { margin-top: .5rem; }
.now p { margin: .5rem 0; }
.now p:empty { display: none; }
.now iframe { background: var(--paper); border: 1px solid var(--edge); display: block; height: 32rem; margin: .5rem -.75rem 1rem; width: calc(100% + 1.5rem); }
.now .coming { height: 0; border: 0; margin: 0; visibility: hidden; }
.plain { background: none; border: 0; color: var(--accent); font: inherit; padding: 0; text-decoration: underline; text-underline-offset: .15em; }
.plain:hover { background: none; color: var(--ink); }
.trap { height: 1px; left: -99rem; overflow: hidden; position: absolute; width: 1px; }

.topics { background: var(--paper); border: 1px solid var(--edge); border-radius: .2rem; max-height: 23rem; overflow-y: auto; overscroll-behavior: contain; padding: 0 .25rem; }
.topics label { align-items: start; border-bottom: 1px solid var(--line); display: grid; gap: .6rem; grid-template-columns: 1.35rem 1fr; min-height: 2.75rem; padding: .6rem .4rem; }
.topics label:last-child { border-bottom: 0; }
.topics label:hover { background: var(--sheet); }
.topics .hint { margin: 0; }
.ticks label { align-items: start; display: grid; gap: .6rem; grid-template-columns: 1.35rem 1fr; min-height: 2.75rem; padding: .6rem 0 0; }
.ticks .hint { margin: 0 0 .4rem 1.95rem; }
.ticks label .hint { margin: .1rem 0 0; }
input[type='checkbox'], input[type='radio'] { accent-color: var(--accent); height: 1.35rem; margin: .1rem 0 0; min-height: 0; padding: 0; width: 1.35rem; }

.days label { align-items: start; display: grid; font-weight: 400; gap: .6rem; grid-template-columns: 1.35rem 1fr; min-height: 2.75rem; padding: .6rem .4rem; }
.weekdays { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); margin: 0; padding-left: 1.95rem; }
.days select { margin-left: 2.35rem; max-width: 14rem; }
.days:has([value='chosen']:not(:checked)) .weekdays, .days:has([value='weekly']:not(:checked)) select { display: none; }
.into { border-style: dashed; margin-top: .4rem; }
.press { border-top: 1px solid var(--line); margin: 0 0 1rem; padding: .25rem 0; }
.press .done { align-items: center; display: flex; flex-wrap: wrap; gap: .5rem 1rem; }
.press .done p { margin: 0; }
.latest .actions { gap: 0 1rem; margin: 0 0 .25rem; }
.latest button { background: none; border: 0; font-size: .9375rem; font-weight: 400; padding: 0; text-decoration: underline; text-underline-offset: .15em; }
.latest button:hover { background: none; color: var(--ink); }
.words { list-style: none; margin: 0 0 1rem; padding: 0; }
.words li { align-items: center; border-top: 1px solid var(--line); display: grid; gap: 0 .75rem; grid-template-columns: 1fr auto; padding: .25rem 0; }
.words .actions { flex-wrap: nowrap; gap: .4rem; margin: 0; }
.words button { font-size: .9375rem; padding: .3rem .6rem; }
.bar { fill: var(--accent); }
.bar.less { fill: var(--soft); }
`;
