/** Parameters of RFC 3492, section 5. */
const base = 36;
const [tMin, tMax, skew, damp, initialBias, initialCode] = [1, 26, 38, 700, 72, 128];
const lastCode = 0x10ffff;

function adapted(delta: number, points: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? damp : 2));
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > Math.floor(((base - tMin) * tMax) / 2); k += base) rest = Math.floor(rest / (base - tMin));
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew));
}

/**
 * Decodes the part of a lower-case domain label after `xn--`; `undefined` where it ends too early or names no
 * character.
 * Algorithm: https://www.rfc-editor.org/rfc/rfc3492#section-6.2
 */
export function decodePunycode(text: string): string | undefined {
  const end = text.lastIndexOf('-');
  const codes = end > 0 ? [...text.slice(0, end)].map((sign) => sign.charCodeAt(0)) : [];
  const digits = [...text.slice(end > 0 ? end + 1 : 0)]
    .map((sign) => Number.parseInt(sign, base))
    .map((n) => (n + 26) % base);
  let [code, bias, at] = [initialCode, initialBias, 0];
  for (let next = 0; next < digits.length; ) {
    const before = at;
    for (let weight = 1, k = base; ; k += base) {
      const digit = digits[next];
      next += 1;
      if (digit === undefined || Number.isNaN(digit)) return undefined;
      at += digit * weight;
      const least = Math.min(Math.max(k - bias, tMin), tMax);
      if (digit < least) break;
      weight *= base - least;
      if (weight > lastCode * text.length) return undefined;
    }
    const points = codes.length + 1;
    bias = adapted(at - before, points, before === 0);
    code += Math.floor(at / points);
    at %= points;
    if (code > lastCode || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    codes.splice(at, 0, code);
    at += 1;
  }
  return String.fromCodePoint(...codes);
}
