// What the kernel has where in its memory: first what is a profile's, then the edition's tables.

/** How many words a profile has at most, and how many kinds of lists of papers word-table.ts makes. */
export const mostWords: usize = 600;
export const listKinds: usize = 8;

/** A packed profile is written here; what is in it where is said in packed-profile.ts. */
export const profileAt: usize = 1024;
export const countsAt: usize = profileAt + 13;
export const hashesAt: usize = profileAt + 13 + 128;
/** By the code of a weight, the share of the largest: floats, written once. */
export const sharesAt: usize = profileAt + 3072 + 64;
/** The first byte of each word's hash. */
export const topsAt: usize = sharesAt + 256 * 4;
/** Of the words that were found: their numbers in the edition, and in the profile. */
export const foundAt: usize = topsAt + mostWords + 40;
export const placedAt: usize = foundAt + mostWords * 4;
/** How many lists of each kind there are; for each list its address and the word's weight. */
export const listCountsAt: usize = placedAt + mostWords * 2;
export const listsAt: usize = listCountsAt + listKinds * 4;
/** Of one paper, what a profile of so many words at most can have in it, and one more. */
export const hitsAt: usize = listsAt + listKinds * mostWords * 8;
/** What `tell` says: six numbers of words, what they add, and by example what it gives. */
export const toldAt: usize = hitsAt + (mostWords + 1) * 8;
export const worthsAt: usize = toldAt + 16;
export const examplesAt: usize = worthsAt + 8 * 8;
/** Of this profile how many words were found. */
export let found: usize = 0;

export function keepFound(count: usize): void {
  found = count;
}

/** From here on memory is the edition's. */
export const editionAt: usize = examplesAt + 8 * 8;

/** Addresses of the edition's tables, and how far a hash is shifted to its place in the directory. */
export let shift: u32 = 0;
export let directory: usize = 0;
export let keys: usize = 0;
export let lists: usize = 0;
export let papersOf: usize = 0;
export let sums: usize = 0;
export let places: usize = 0;
export let size: usize = 0;
export let first: usize = 0;
export let wordOf: usize = 0;
export let worthOf: usize = 0;
export let onePart: usize = 0;
export let otherPart: usize = 0;
export let placeOf: usize = 0;
export let partSums: usize = 0;
export let added: usize = 0;
