/**
 * The one script: it chooses the browser's own time zone where none is chosen yet, and says below an own filter, while it is being
 * typed, what it would have brought. Every page works without it.
 */
export const script = {
  path: '/paperboy.js',
  type: 'text/javascript; charset=utf-8',
  text: `(() => {
  const select = document.querySelector('#timezone');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select && !select.value && zone) {
    select.value = zone;
    if (select.value !== zone) select.add(new Option(zone, zone, true, true));
  }
  for (const box of document.querySelectorAll('textarea[name=filter]')) {
    const note = document.getElementById(box.id + '-note');
    let timer;
    let asked = 0;
    box.addEventListener('input', () => {
      clearTimeout(timer);
      const turn = ++asked;
      const say = (text) => { if (turn === asked && note.textContent !== text) note.textContent = text; };
      if (!box.value.trim()) return say('');
      timer = setTimeout(() => {
        fetch('/filters/preview?' + new URLSearchParams({ q: box.value }))
          .then((answer) => answer.json())
          .then(({ text }) => say(text))
          .catch(() => say(''));
      }, 600);
    });
  }
})();
`,
} as const;
