function pairs(table: string): ReadonlyMap<string, string> {
  const cells = table.trim().split(/\s+/);
  return new Map(cells.flatMap((name, at) => (at % 2 === 0 ? [[name, cells[at + 1] ?? ''] as const] : [])));
}

/** TeX commands that stand for one character or a short text. */
export const texSymbols = pairs(`
  alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν
  xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
  Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
  times × cdot · div ÷ pm ± mp ∓ ast * star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ dagger † ddagger ‡
  leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ ll ≪ gg ≫ lt < gt > approx ≈ sim ~ simeq ≃ cong ≅ equiv ≡ propto ∝
  lesssim ≲ gtrsim ≳ prec ≺ succ ≻ preceq ⪯ succeq ⪰ perp ⊥ parallel ∥ mid | vdash ⊢ models ⊨
  in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus \\ emptyset ∅ varnothing ∅
  forall ∀ exists ∃ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨ top ⊤ bot ⊥ therefore ∴
  to → rightarrow → Rightarrow ⇒ implies ⇒ longrightarrow ⟶ leftarrow ← Leftarrow ⇐ leftrightarrow ↔ Leftrightarrow ⇔ iff ⇔
  mapsto ↦ uparrow ↑ downarrow ↓ nearrow ↗ searrow ↘ rightleftharpoons ⇌ hookrightarrow ↪
  infty ∞ partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ oint ∮ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ angle ∠ triangle △ square □ Box □
  checkmark ✓ degree ° deg ° prime ′ ldots … dots … cdots … dotsc … dotsb … vdots ⋮ textellipsis …
  langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ lbrace { rbrace }
  ss ß ae æ AE Æ oe œ OE Œ aa å AA Å o ø O Ø l ł L Ł dh ð DH Ð dj đ DJ Đ th þ TH Þ i ı j ȷ S § P ¶ pounds £ euro € copyright ©
  textendash – textemdash — textbackslash \\ textasciitilde ~ textasciicircum ^ textunderscore _ textdollar $ textpercent %
  textregistered ® texttrademark ™ textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” nobreakdash -
  deg ° eg e.g. ie i.e. etc etc.
`);

/** Combining marks of the accents written with a sign (`\'e`, in text) and with letters (`\v{s}`, `\hat{x}`). */
export const texAccents = pairs(`
  ' \u0301 \` \u0300 ^ \u0302 " \u0308 ~ \u0303 = \u0304 . \u0307 u \u0306 v \u030c H \u030b c \u0327 k \u0328 r \u030a
  b \u0331 d \u0323 acute \u0301 grave \u0300 hat \u0302 widehat \u0302 tilde \u0303 widetilde \u0303 bar \u0304
  vec \u20d7 dot \u0307 ddot \u0308 breve \u0306 check \u030c
`);

function words(table: string): ReadonlySet<string> {
  return new Set(table.trim().split(/\s+/));
}

/** Commands that only change how something looks: they and the space after them vanish. */
export const texStyles = words(`
  it em bf rm sf tt sc sl itshape bfseries rmfamily sffamily ttfamily scshape tiny scriptsize footnotesize small normalsize
  large Large LARGE huge Huge displaystyle textstyle scriptstyle limits nolimits left right middle big Big bigg Bigg bigl bigr
  Bigl Bigr mathcal mathbb mathbf mathrm mathit mathsf mathtt mathfrak mathscr boldsymbol bm xspace noindent centering protect
  textnormal
`);

/** Commands whose argument is no text. */
export const texDropped = words('hspace vspace label cite citep citet citealp ref eqref begin end phantom input');

/** Commands that part words. */
export const texSpaces = words('quad qquad enspace newline par hfill item');

/** Commands that are shown as their own name, followed by their argument. */
export const texFunctions = words(`
  log ln lg exp max min arg argmax argmin sin cos tan tanh sinh cosh sup inf lim limsup liminf det dim ker rank tr Pr gcd
  mod bmod softmax sign diag LaTeX TeX
`);

const superscripts = pairs(`
  0 ⁰ 1 ¹ 2 ² 3 ³ 4 ⁴ 5 ⁵ 6 ⁶ 7 ⁷ 8 ⁸ 9 ⁹ + ⁺ - ⁻ − ⁻ = ⁼ ( ⁽ ) ⁾ a ᵃ b ᵇ c ᶜ d ᵈ e ᵉ f ᶠ g ᵍ h ʰ i ⁱ j ʲ k ᵏ l ˡ m ᵐ n ⁿ o ᵒ p ᵖ
  r ʳ s ˢ t ᵗ u ᵘ v ᵛ w ʷ x ˣ y ʸ z ᶻ A ᴬ B ᴮ D ᴰ E ᴱ G ᴳ H ᴴ I ᴵ J ᴶ K ᴷ L ᴸ M ᴹ N ᴺ O ᴼ P ᴾ R ᴿ T ᵀ U ᵁ V ⱽ W ᵂ β ᵝ γ ᵞ δ ᵟ
  φ ᵠ χ ᵡ ∘ ° ° ° ′ ′ * * ⋆ ⋆ † † ⊤ ᵀ ⊥ ⊥
`);

const subscripts = pairs(`
  0 ₀ 1 ₁ 2 ₂ 3 ₃ 4 ₄ 5 ₅ 6 ₆ 7 ₇ 8 ₈ 9 ₉ + ₊ - ₋ − ₋ = ₌ ( ₍ ) ₎ a ₐ e ₑ h ₕ i ᵢ j ⱼ k ₖ l ₗ m ₘ n ₙ o ₒ p ₚ r ᵣ s ₛ t ₜ u ᵤ v ᵥ
  x ₓ β ᵦ γ ᵧ ρ ᵨ φ ᵩ χ ᵪ
`);

/** Raises (`^`) or lowers (`_`) a text: in Unicode's own characters when it has them all, else `^(…)`. */
export function texScript(sign: '^' | '_', text: string): string {
  if (text === '') return '';
  const table = sign === '^' ? superscripts : subscripts;
  const characters = [...text].map((character) => table.get(character));
  // Whole words in small letters are hard to read, and fonts lack some.
  const isWord = characters.length > 4 && /\p{L}{3}/u.test(text);
  if (!isWord && characters.every((character) => character !== undefined)) return characters.join('');
  return characters.length === 1 ? sign + text : `${sign}(${text})`;
}
