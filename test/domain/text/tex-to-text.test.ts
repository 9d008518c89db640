import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { texToText } from '../../../shared/domain/text/tex-to-text.js';

const tex = String.raw;

describe('TeX to text', () => {
  it.each([
    [tex`Pruning $\scriptsize\mathtt{F}$Laws`, 'Pruning FLaws'],
    [tex`in $\mathcal{O}(n)$ or $\mathcal O(n\log n)$`, 'in O(n) or O(n log n)'],
    [tex`\textbf{bold}, \emph{slanted}, {\it old}, \text{a b}`, 'bold, slanted, old, a b'],
    [tex`\href{https://example.org}{the page}`, 'the page'],
    [tex`see \url{https://example.org/a_b}`, 'see https://example.org/a_b'],
    [tex`$\frac{a+b}{2}$ and $\frac12$ and $O(1/\sqrt{n})$`, '(a+b)/2 and 1/2 and O(1/√n)'],
    [tex`\(W_1\) and $$E=mc^2$$`, 'W₁ and E=mc²'],
    [tex`\textcolor{red}{hot} and \color{blue}cold`, 'hot and cold'],
    [tex`1.5\,TB vs.\ 2\,TB`, '1.5 TB vs. 2 TB'],
    [tex`$\{a,b\}$ and {\bf one \} brace}`, '{a,b} and one } brace'],
    [tex`\eg cats, \etc.`, 'e.g. cats, etc.'],
  ])('keeps the text of %s', (given, wanted) => {
    expect(texToText(given)).toBe(wanted);
  });

  it.each([
    [tex`Poincar\'e, {\"o}, \"{u}, na\"\i ve`, 'Poincaré, ö, ü, naïve'],
    [tex`Erd\H{o}s, \c{c}, \v{s}, \v s, \'{\i}, \~n`, 'Erdős, ç, š, š, í, ñ'],
    [tex`stra\ss{}e, \o re, \AA`, 'straße, ø re, Å'],
    ["vis-\\`a-vis the object\\'s size", "vis-à-vis the object's size"],
  ])('reads the accents of %s', (given, wanted) => {
    expect(texToText(given)).toBe(wanted);
  });

  it.each([
    [tex`$\alpha \times \beta \approx 3 \leq \infty$ \to x`, 'α × β ≈ 3 ≤ ∞ → x'],
    [tex`x$^2$, $x_{i}$, $10^{-3}$, $\ell_2$, $\tau^2$-Bench, 10^6`, 'x², xᵢ, 10⁻³, ℓ₂, τ²-Bench, 10⁶'],
    [
      tex`$e^{-x/2}$, $f_{model}$, $v_{reason}$, $K_{max}$, $x_\theta$, $A^*$, 360^\circ`,
      'e^(-x/2), f_(model), v_(reason), Kₘₐₓ, x_θ, A*, 360°',
    ],
  ])('writes %s in Unicode, as far as that goes', (given, wanted) => {
    expect(texToText(given)).toBe(wanted);
  });

  it.each([
    'How to Earn $1 Million With a Model',
    'between $5 and $10',
    '$5 or 3$ a head (US$5M–$10M) [$1]',
    'about ~8B, 2~3 times -- and --- a snake_case name, {a, b}, {"a": 1}',
    'unclosed $x, `code` and a \\',
    'C:\\Users\\me',
  ])('leaves %s alone', (text) => {
    expect(texToText(text)).toBe(text);
  });

  it.each([
    [tex`$\sim$20x, $\times$3, $\pm$0.3, $\geq$7, 4$\times$4`, '~20x, ×3, ±0.3, ≥7, 4×4'],
    [tex`$>$5, $<$10 ms, $-$2, H$_2$0, $n$2`, '>5, <10 ms, -2, H₂0, n2'],
    [tex`$10\times$5 and \alpha2 and \sim5 and $\times 10$`, '10×5 and α2 and ~5 and × 10'],
    [tex`costs $5 and $\sim$10 more`, 'costs $5 and ~10 more'],
  ])('reads %s before a digit', (given, wanted) => {
    expect(texToText(given)).toBe(wanted);
  });

  it.each([
    [tex`$\sqrt[3]{2}$, $\sqrt[4]{x+1}$, $\sqrt[2]{x}$`, '∛2, ∜(x+1), √x'],
    [tex`$\sqrt[n]{x}$, $5\sqrt[n+1]{x}$, $\sqrt[10] x$`, 'ⁿ√x, 5 ⁿ⁺¹√x, ¹⁰√x'],
    [tex`\sqrt[3]{x}, \sqrt2, \sqrt{x}, $\root 3 \of {x}$`, '∛x, √2, √x, ∛x'],
    [tex`see \cite[p. 3]{key}\footnote[2]{a note}`, 'see  (a note)'],
    [tex`a \sqrt[b, $\sqrt[$`, tex`a sqrt[b, √[`],
  ])('reads the roots and options of %s', (given, wanted) => {
    expect(texToText(given)).toBe(wanted);
  });

  it('turns escaped signs into signs', () => {
    expect(texToText(tex`5\% of A\&B for \$400K, a\_b, \#1, Fig.~3, 12{,}553`)).toBe(
      '5% of A&B for $400K, a_b, #1, Fig. 3, 12,553',
    );
  });

  it('keeps the names of commands that only their authors know', () => {
    expect(texToText(tex`we introduce \omnitool, \deepthing{} and a \One-Bench`)).toBe(
      'we introduce omnitool, deepthing and a One-Bench',
    );
  });

  it('turns quotes in TeX into quotes', () => {
    expect(texToText("``slow'' but ``open")).toBe('“slow” but ``open');
  });

  it('leaves every text without TeX as it is', () => {
    const plain = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\\$^_{}~`]/g, ''));
    fc.assert(fc.property(plain, (text) => expect(texToText(text)).toBe(text)));
  });

  it('takes any text without throwing, and never makes much of little', () => {
    const pieces = fc.constantFrom(
      '\\',
      '$',
      '{',
      '}',
      '^',
      '_',
      '~',
      '`',
      "'",
      ' ',
      'a',
      '1',
      '\\frac',
      "\\'",
      '\\left',
      '$$',
      '\\(',
    );
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 3 }))).map((parts) => parts.join(''));
    fc.assert(fc.property(text, (given) => expect(texToText(given).length).toBeLessThanOrEqual(4 * given.length)));
  });

  it('takes a hundred thousand nested braces', () => {
    expect(() => texToText(`${'{$^'.repeat(100_000)}x${'}'.repeat(100_000)}`)).not.toThrow();
  });
});
