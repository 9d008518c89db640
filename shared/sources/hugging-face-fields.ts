const thousands = { '': 1, k: 1e3, m: 1e6 } as const;

/**
 * A count, whole and not negative, as a number or as people and pages write it: `"1200"`, `"3,400"`, `"1.2k"`, `"12K"`,
 * `"1.5M"`. Anything else is `undefined`.
 */
export function countOf(value: unknown): number | undefined {
  const count = typeof value === 'string' ? written(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function written(text: string): number | undefined {
  const found = /^(\d{1,3}(?:[,_ \u00a0\u202f]\d{3})+|\d{1,16})(\.\d{1,6})?\s?([km]?)\+?$/i.exec(text.trim());
  if (!found) return undefined;
  const [, whole = '', part = '', unit = ''] = found;
  const times = thousands[unit.toLowerCase() as keyof typeof thousands];
  // Rounded, because 1.2 * 1000 need not be whole.
  return unit === '' && part !== ''
    ? Number(whole + part)
    : Math.round(Number(whole.replace(/\D/g, '') + part) * times);
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameFields = ['name', 'fullname', 'fullName', 'full_name', 'user', 'username'];
const givenFields = ['given', 'first', 'firstName', 'first_name', 'forenames'];
const familyFields = ['family', 'last', 'lastName', 'last_name', 'keyname'];

/** The names in a list of authors, whether names, objects or one object in place of a list; hidden ones are left out. */
export function namesOf(authors: unknown): string[] {
  if (typeof authors === 'string') return [authors];
  if (Array.isArray(authors)) return authors.flatMap((author) => nameOf(author) ?? []);
  if (!isObject(authors)) return [];
  const name = nameOf(authors);
  return name === undefined
    ? Object.values(authors).flatMap((author) => nameOf(author) ?? namesOfList(author))
    : [name];
}

function namesOfList(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((author) => nameOf(author) ?? []) : [];
}

function nameOf(author: unknown, depth = 0): string | undefined {
  if (typeof author === 'string') return author;
  if (!isObject(author) || author.hidden === true || depth > 2) return undefined;
  const named = nameFields
    .flatMap((field) => nameOf(author[field], depth + 1) ?? [])
    .find((name) => name.trim() !== '');
  if (named !== undefined) return named;
  const parts = [givenFields, familyFields].flatMap(
    (fields) => fields.map((field) => author[field]).find((part) => typeof part === 'string') ?? [],
  );
  return parts.length > 0 ? parts.join(' ') : undefined;
}
