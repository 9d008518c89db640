import type { StatusLine, StatusView } from '../../house/status/describe-status.js';
import { Page, timeOf } from './inbox-frame.js';

const marks: Readonly<Record<StatusLine['state'], string>> = {
  ok: '',
  wrong: 'Look at this: ',
  unknown: 'Not known: ',
};

/** How everything is going: the facts of the command `status`, what needs attention first. */
export function AdminPage({ now, lines }: StatusView) {
  const wanted = lines.filter(({ state }) => state !== 'ok');
  return (
    <Page title="How everything is going">
      <h1>How everything is going</h1>
      <p class="links">
        <a href="/">All mails</a>
      </p>
      {wanted.length === 0 ? <p class="lead">Nothing needs your attention.</p> : <Wanted lines={wanted} />}
      <dl class="facts">
        {byAbout(lines).map(([about, those]) => (
          <>
            <dt>{about}</dt>
            {those.map(({ text, state }) => (
              <dd>
                {marks[state] && <strong>{marks[state]}</strong>}
                {text}
              </dd>
            ))}
          </>
        ))}
      </dl>
      <p class="soft small">As of {timeOf(now)}. Load this page again to look again.</p>
    </Page>
  );
}

function Wanted({ lines }: Pick<StatusView, 'lines'>) {
  return (
    <section class="problems" aria-labelledby="wanted">
      <h2 id="wanted">
        {lines.length === 1 ? '1 thing needs your attention' : `${lines.length} things need your attention`}
      </h2>
      <ul>
        {lines.map(({ about, text }) => (
          <li>
            <strong>{about}</strong> {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

function byAbout(lines: readonly StatusLine[]): readonly (readonly [about: string, lines: readonly StatusLine[]])[] {
  const groups = new Map<string, StatusLine[]>();
  for (const line of lines) groups.set(line.about, [...(groups.get(line.about) ?? []), line]);
  return [...groups];
}
