/**
 * A word in 32 bits, never 0: a word of a profile is taken for another one of an edition's 50,000 words and pairs in one of
 * 150 profiles. FNV-1a over UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/), mixed at the end as in MurmurHash3.
 */
export function wordHash(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0 || 1;
}
