/**
 * The one script: it chooses the browser's own time zone where none is chosen yet, and says below an own filter, while
 * it is being typed, what it would have brought, or marks where it goes wrong as `MarkedFilter` does. Every page works
 * without it.
 */
export const script = {
  path: '/paperboy.js',
  type: 'text/javascript; charset=utf-8',
  text: `(() => {
  const select = document.querySelector('#timezone');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select && !select.value && zone) {
    const renamed = select.querySelector('[data-former="' + CSS.escape(zone) + '"]');
    select.value = renamed ? renamed.value : zone;
    if (!renamed && select.value !== zone) select.add(new Option(zone, zone, true, true));
  }
  const element = (tag, className, ...children) => {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...children);
    return made;
  };
  const marked = (filter, position) => {
    const at = position - 1;
    const wrong = String.fromCodePoint(filter.codePointAt(at) ?? 0x2423);
    const before = [...filter.slice(0, at)];
    const after = [...filter.slice(at + wrong.length)];
    const where = element('span', 'where',
      (before.length > 40 ? '…' : '') + before.slice(-40).join(''),
      element('mark', '', wrong),
      after.slice(0, 40).join('') + (after.length > 40 ? '…' : ''));
    where.setAttribute('aria-hidden', 'true');
    return where;
  };
  for (const box of document.querySelectorAll('textarea[name=filter]')) {
    const note = document.getElementById(box.id + '-note');
    let timer;
    let asked = 0;
    box.addEventListener('input', () => {
      clearTimeout(timer);
      const turn = ++asked;
      const filter = box.value.replace(/\\s/g, ' ');
      const say = (text, isWrong, ...more) => {
        if (turn !== asked || note.textContent === text) return;
        note.classList.toggle('wrong', isWrong);
        note.replaceChildren(text, ...more);
      };
      if (!filter.trim()) {
        say('', false);
        return forget(box, false);
      }
      timer = setTimeout(() => {
        fetch('/filters/preview?' + new URLSearchParams({ q: filter }))
          .then((answer) => answer.json())
          .then(({ text, position, total }) => {
            const isWrong = text !== '' && total === undefined;
            say(text, isWrong, ...(position === undefined ? [] : [marked(filter, position)]));
            if (turn === asked) forget(box, isWrong);
          })
          .catch(() => say('', false));
      }, 600);
    });
  }
  // What the server said about an earlier text no longer applies.
  function forget(box, isWrong) {
    document.getElementById(box.id + '-error')?.remove();
    box.parentElement.querySelector(':scope > .where')?.remove();
    if (isWrong) box.setAttribute('aria-invalid', 'true');
    else box.removeAttribute('aria-invalid');
  }
})();
`,
} as const;
