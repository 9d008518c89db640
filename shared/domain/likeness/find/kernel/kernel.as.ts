// Compiled by AssemblyScript, not by tsc: after a change here or in its parts, `npm run kernel` writes kernel-bytes.ts anew.
export { match } from './match.as';
export {
  added,
  directory,
  editionAt,
  examplesAt,
  first,
  keys,
  lists,
  onePart,
  otherPart,
  papersOf,
  partSums,
  placeOf,
  places,
  profileAt,
  sharesAt,
  shift,
  size,
  sums,
  toldAt,
  wordOf,
  worthOf,
  worthsAt,
} from './memory.as';
export { forget, spread, tell } from './tell.as';
