/** Where the script's worker comes from: altcha's solver for SHA-256, from our own host like everything else. */
export const solverPath = '/solver.js';

/** The text below as the bundles hold it; where the sources run, in tests and under tsx, there is none. */
declare const MINIFIED_SCRIPT: string;

/**
 * The one script, of the pages with a form of choices: it chooses the browser's own time zone where none is chosen yet,
 * shows today's digest for the choices whenever they change, and says below an own filter, while it is being typed, what
 * it would have found, or where it goes wrong as `MarkedFilter` does. On the sign-up form it has a worker do the proof of
 * work from the first touch on. Every page works without it.
 */
export const script = {
  path: '/paperboy.js',
  type: 'text/javascript; charset=utf-8',
  text:
    typeof MINIFIED_SCRIPT === 'string'
      ? MINIFIED_SCRIPT
      : `(() => {
  const select = document.querySelector('#timezone[data-guess]');
  const zone = select && Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) {
    const renamed = select.querySelector('[data-former="' + CSS.escape(zone) + '"]');
    select.value = renamed ? renamed.value : zone;
    if (!renamed && select.value !== zone) select.add(new Option(zone, zone, true, true));
    const place = select.value.split('/').pop().replaceAll('_', ' ');
    const shown = document.querySelector('#zone');
    if (shown) shown.textContent = select.value.includes('/') ? place + ' time' : place;
  }
  function showDigests(button, place, note) {
    const ours = ['topic', 'group', 'category', 'filter', 'filterName', 'authors', 'organisations', 'papers', 'maxPapers'];
    const also = ['days', 'day', 'weekDay', 'aiSummaries', 'quietDays'];
    let timer;
    let turn = 0;
    const show = (tries) => {
      clearTimeout(timer);
      place.querySelectorAll('.coming').forEach((old) => old.remove());
      const frame = element('iframe', 'coming');
      frame.title = 'Today’s digest for these topics';
      frame.sandbox = place.dataset.sandbox;
      // A frame of its own for each: an old one would be found by its name, and add a step to the history.
      frame.name = button.formTarget = 'digest-now-' + ++turn;
      frame.addEventListener('load', () => {
        const made = frame.contentDocument;
        if (!made || made.URL === 'about:blank') return;
        if (!made.querySelector('main, [role=main]')) {
          frame.remove();
          if (tries > 1) timer = setTimeout(show, 1500, tries - 1);
          else note.textContent = 'That did not work. Press the button to try again.';
          return;
        }
        for (const old of place.querySelectorAll('iframe')) if (old !== frame) old.remove();
        frame.className = '';
        frame.style.height = made.body.offsetHeight + 2 + 'px';
        note.textContent = 'Below is the mail that these topics would bring today.';
        place.dispatchEvent(new Event('shown'));
      });
      place.append(frame);
      button.form.requestSubmit(button);
    };
    const soon = ({ target }) => {
      if (!ours.includes(target.name) && !also.includes(target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(show, target.type === 'checkbox' ? 150 : 600, 3);
    };
    button.form.addEventListener('input', soon);
    button.addEventListener('click', (press) => {
      press.preventDefault();
      place.addEventListener('shown', () => place.scrollIntoView({ block: 'start' }), { once: true });
      show(3);
    });
  }
  const element = (tag, className, ...children) => {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...children);
    return made;
  };
  const button = document.querySelector('[formtarget=digest-now]');
  if (button) showDigests(button, document.querySelector('#digest-now'), document.querySelector('#digest-now-note'));
  const placeOf = (filter, position) => {
    const before = [...filter.slice(0, position - 1)];
    const [wrong, ...after] = filter.slice(position - 1);
    const where = element('span', 'where',
      (before.length > 40 ? '…' : '') + before.slice(-40).join(''),
      element('mark', '', wrong ?? '␣'),
      after.slice(0, 40).join('') + (after.length > 40 ? '…' : ''));
    where.setAttribute('aria-hidden', 'true');
    const at = wrong === undefined ? 'the end' : 'character ' + (before.length + 1);
    return { words: ' The mistake is at ' + at + '.', where };
  };
  for (const box of document.querySelectorAll('textarea[name=filter]')) {
    const note = document.getElementById(box.id + '-note');
    let timer;
    let asked = 0;
    let said = note.textContent;
    box.addEventListener('input', () => {
      clearTimeout(timer);
      const turn = ++asked;
      const filter = box.value.replace(/\\s/g, ' ');
      const say = (text, isWrong, place) => {
        if (turn !== asked) return;
        note.classList.toggle('wrong', isWrong);
        // A screen reader reads out what is new in the note: the same words stay, and only the mark changes.
        const words = text + (place?.words ?? '');
        if (words !== said) note.replaceChildren(text, ...(place ? [element('span', 'skip', place.words)] : []));
        said = words;
        note.querySelector('.where')?.remove();
        if (place) note.append(place.where);
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
            say(text, isWrong, position === undefined ? undefined : placeOf(filter, position));
            if (turn === asked) forget(box, isWrong);
          })
          .catch(() => say('', false));
      }, 600);
    });
  }
  for (const file of document.querySelectorAll('input[data-into]')) {
    const box = document.getElementById(file.dataset.into);
    file.hidden = false;
    file.addEventListener('change', async () => {
      const [chosen] = file.files;
      const text = chosen?.size <= 1e6 ? textOf(new Uint8Array(await chosen.arrayBuffer())) : '';
      const wrong = /[\\0-\\x08]/.test(text) ? 'This is not a text file.' : '';
      file.setCustomValidity(chosen?.size > 1e6 ? 'This file is larger than 1 MB. Name at most 200 papers.' : wrong);
      if (file.reportValidity() && chosen) box.value = text;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
  function textOf(bytes) {
    const name = { 65534: 'utf-16le', 65279: 'utf-16be' }[bytes[0] * 256 + bytes[1]] ?? 'utf-8';
    try {
      return new TextDecoder(name, { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder('windows-1252').decode(bytes);
    }
  }
  const proof = document.querySelector('[name=proof][data-nonce]');
  if (proof && proof.value === '' && window.Worker) prove(proof);
  // Whatever goes wrong here, the form is sent: without a proof the mail comes later.
  function prove({ form, dataset: { nonce, salt, prefix: keyPrefix } }) {
    const patienceMs = 20000;
    let worker;
    let isOver = false;
    let send;
    const end = (number) => {
      if (isOver) return;
      isOver = true;
      proof.value = number ?? '';
      worker?.terminate();
      send?.();
    };
    const begin = () => {
      if (worker || isOver) return;
      try {
        worker = new Worker('${solverPath}');
        worker.onmessage = ({ data }) => end(data?.counter);
        worker.onerror = () => end();
        const parameters = { algorithm: 'SHA-256', cost: 1, nonce, salt, keyPrefix };
        worker.postMessage({ type: 'work', timeout: patienceMs, challenge: { parameters } });
        setTimeout(end, patienceMs);
      } catch {
        end();
      }
    };
    for (const touch of ['focusin', 'pointerdown', 'input']) form.addEventListener(touch, begin, { once: true });
    form.addEventListener('submit', (event) => {
      const { submitter } = event;
      if (isOver || submitter?.hasAttribute('formaction')) return;
      begin();
      if (isOver) return;
      event.preventDefault();
      if (send) return;
      const said = submitter?.textContent;
      if (submitter) submitter.textContent = 'One moment…';
      send = () => {
        if (submitter) submitter.textContent = said;
        form.requestSubmit(submitter);
      };
    });
  }
  // What the server said about an earlier text no longer applies.
  function forget(box, isWrong) {
    for (const part of ['-error', '-place']) document.getElementById(box.id + part)?.remove();
    box.parentElement.querySelector(':scope > .where')?.remove();
    if (isWrong) box.setAttribute('aria-invalid', 'true');
    else box.removeAttribute('aria-invalid');
  }
})();
`,
} as const;
