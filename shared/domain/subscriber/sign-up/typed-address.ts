import { type ParsedAddress, parseAddress } from '../mail-address.js';

const fullWidth = /[\u3000\uff01-\uffef\ufe50-\ufe6f]/g;
/**
 * Zero width, bidi marks, soft hyphens, fillers, variation selectors; joiners only where no other script needs them.
 */
const unseen =
  /(?![\u200c\u200d])[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?<![^\u0000-\u007f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\u0000-\u007f])/gu;

/** The plain signs that other programs put in place of those that were meant. */
const lookalikes: readonly (readonly [RegExp, string])[] = [
  [/\u3002/g, '.'],
  [/[\u2010\u2011]/g, '-'],
  [/[\u2018\u2019\u02bc]/g, "'"],
  [/\s+/g, ' '],
];

const mailtoOf = (to: string): string => {
  const [address = ''] = to.replace(/^\/\//, '').split('?');
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

/** Whether the text before the angle brackets names no other address than they do. */
const isName = (name: string, inner: string) => {
  const bare = (text: string) => text.toLowerCase().replace(/["'\s]|mailto:/g, '');
  return !name.includes('@') || bare(name) === bare(inner);
};

/** What programs put around an address, each taken off as long as something is found. */
const wrappings: readonly ((text: string) => string)[] = [
  // A link as chats and editors write it.
  (text) => text.replace(/^\[[^\]]*\]\(([^()]*)\)$/, '$1'),
  // A comment in front or behind, as mail programs once wrote names.
  (text) => text.replace(/^\([^()@]*\) ?(?=[^ ])|(?<=[^ ]) ?\([^()@]*\)$/g, ''),
  (text) => text.replace(/^([^<>]*)<([^<>]*)>?$/, (whole, name, inner) => (isName(name, inner) ? inner : whole)),
  (text) => text.replace(/^(?:mailto|smtp|e-?mail) ?: ?(.*)$/i, (_, to) => mailtoOf(to)),
  (text) => text.replace(/^(?:"([^"]*)"|'([^']*)'|`([^`]*)`|\{([^{}]*)\})$/, '$1$2$3$4'),
  (text) => text.replace(/^"([^"\\ @]+)"(?=@)/, '$1'),
  (text) => text.replace(/^[ ,;:<([\u201c\u201e\u00ab\u2039]+|[ .,;:!?>)\]}"'`\u2026\u201c\u201d\u00bb\u203a]+$/g, ''),
];

/**
 * The address in a text that somebody typed or pasted, without what nobody sees and what other programs put around it;
 * a text that holds none, or more than one, stays so, for `parseAddress` to refuse.
 */
function bareText(text: string): string {
  const plain = text.replace(fullWidth, (sign) => sign.normalize('NFKC')).replace(unseen, '');
  let bare = lookalikes.reduce((rest, [sign, meant]) => rest.replace(sign, meant), plain).trim();
  for (let before = ''; before !== bare; ) {
    before = bare;
    bare = wrappings.reduce((rest, unwrap) => unwrap(rest), bare).trim();
  }
  return bare;
}

/** No name and address together are longer; what is taken off is looked for again and again. */
const longestTyped = 1000;

/** Reads an address as people type and paste it: cleaned first, then judged as `parseAddress` does. */
export function parseTypedAddress(text: string): ParsedAddress {
  if (text.length > longestTyped) return { ok: false, message: 'Enter one address: this is too long to be one.' };
  const bare = bareText(text);
  const isSeveral = bare.indexOf('@') !== bare.lastIndexOf('@');
  return isSeveral ? { ok: false, message: 'Enter one address, with one @.' } : parseAddress(bare);
}
