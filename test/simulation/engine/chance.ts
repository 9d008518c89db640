/** Hashes a text to 32 bits: FNV-1a, then MurmurHash3's last mixing, so that close texts fall far apart. */
function hashOf(text: string, seed: number): number {
  let hash = Math.imul(seed ^ 0x811c9dc5, 0x9e3779b1);
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Chance by name: what a name draws depends on it and the seed alone, so that leaving one thing out of a run leaves
 * what every other thing draws as it was.
 */
export class Chance {
  constructor(readonly seed: number) {}

  /** From 0 to below 1. */
  of(name: string): number {
    return hashOf(name, this.seed) / 2 ** 32;
  }

  isBelow(probability: number, name: string): boolean {
    return probability > 0 && this.of(name) < probability;
  }

  between(first: number, last: number, name: string): number {
    return first + (last - first) * this.of(name);
  }

  /** A whole number from `first` to `last`, both included. */
  whole(first: number, last: number, name: string): number {
    return first + Math.floor(this.of(name) * (last - first + 1));
  }

  pick<Choice>(choices: readonly Choice[], name: string): Choice {
    return choices[Math.floor(this.of(name) * choices.length)] as Choice;
  }
}
