/** Reads one environment variable's text; throws an error that says what is wrong with the value. */
export type EnvReader<Value> = (text: string) => Value;

/** A function's environment: each name with the reader of its value. */
export type EnvSpec = Readonly<Record<string, EnvReader<unknown>>>;

/** What the function reads: every name with its parsed value. */
export type Env<Spec extends EnvSpec> = { readonly [Name in keyof Spec]: ReturnType<Spec[Name]> };

/** What infra must give: exactly these names, as text. */
export type EnvTexts<Spec extends EnvSpec> = { readonly [Name in keyof Spec]: string };

/** Any text that is not empty. */
export const text: EnvReader<string> = (value) => {
  if (value === '') throw new Error('must not be empty');
  return value;
};

/** A text, or `undefined` where it is empty: what is not configured. */
export const optionalText: EnvReader<string | undefined> = (value) => value || undefined;

/** A whole number, zero or more. */
export const wholeNumber: EnvReader<number> = (value) => {
  if (!/^\d+$/.test(value)) throw new Error(`must be a whole number, not ${JSON.stringify(value)}`);
  return Number(value);
};

/** An `https:` address without a slash at its end; `http:` on loopback only, as names under `localhost` are (RFC 6761). */
export const webAddress: EnvReader<string> = (value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isLocal = url?.protocol === 'http:' && /^(127\.0\.0\.1|([^.]+\.)*localhost)$/.test(url.hostname);
  if (!url || (url.protocol !== 'https:' && !isLocal)) throw new Error('must be an https address');
  return value.replace(/\/$/, '');
};

/** One of a few words. */
export const oneOf =
  <Word extends string>(...known: readonly Word[]): EnvReader<Word> =>
  (value) => {
    const word = known.find((each) => each === value);
    if (word === undefined) throw new Error(`must be ${known.join(' or ')}, not ${JSON.stringify(value)}`);
    return word;
  };

/** Words parted by single spaces. */
export const words: EnvReader<readonly string[]> = (value) => value.split(' ').filter((word) => word !== '');
