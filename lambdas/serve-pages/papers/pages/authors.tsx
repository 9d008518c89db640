import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';
import { shownText } from '../../../../shared/domain/text/shown-text.js';

/** A collaboration has thousands; nobody reads on for so long. */
const mostAuthors = 60;
/** So many are named at once. */
const namedAuthors = 8;

/** Who wrote a paper: each a search for what else they wrote, and a way to follow them. */
export function Authors({ authors }: { authors: readonly string[] }) {
  const names = authors.map(shownText).filter((name) => name !== '');
  if (names.length === 0) return null;
  const shown = names.slice(0, mostAuthors);
  const rest = names.length - shown.length;
  return (
    <>
      <AuthorList names={shown.slice(0, namedAuthors)} />
      {shown.length > namedAuthors ? (
        <details>
          <summary>{`${names.length - namedAuthors} more authors`}</summary>
          <AuthorList names={shown.slice(namedAuthors)} />
          {rest > 0 ? <p class="soft small">{`And ${rest.toLocaleString('en-US')} more, whom arXiv names.`}</p> : null}
        </details>
      ) : null}
    </>
  );
}

function AuthorList({ names }: { names: readonly string[] }) {
  return (
    <ul class="authors">
      {names.map((name) => (
        <li>
          <Author name={name} />
        </li>
      ))}
    </ul>
  );
}

function Author({ name }: { name: string }) {
  const query = `author:"${name.replaceAll('"', ' ')}"`;
  // Some names are none to a filter: a word without letters, or more of them than it takes.
  if (!parseFilter(query).ok) return <>{name}</>;
  // The form takes several names with commas between them.
  const isOneName = !/[,;\n]/.test(name);
  return (
    <>
      <a href={`/search?${new URLSearchParams({ q: query })}`}>{name}</a>
      {isOneName ? (
        <a class="small" href={`/?${new URLSearchParams({ author: name })}#authors`} aria-label={`Follow ${name}`}>
          Follow
        </a>
      ) : null}
    </>
  );
}
