import { readFileSync } from 'node:fs';
import MiniSearch from 'minisearch';
import { miniSearchOptions } from './mini-options.js';

/** In a fresh process: loads the index that MiniSearch stored, and searches it once. */
function main([file = '', query = '']: readonly string[]): void {
  const stored = readFileSync(file, 'utf8');
  const wall = performance.now();
  const before = process.cpuUsage();
  const index = MiniSearch.loadJSON(stored, miniSearchOptions);
  const found = index.search(query, { combineWith: 'AND' }).length;
  const { user, system } = process.cpuUsage(before);
  const rssMb = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ cpuMs: (user + system) / 1000, wallMs: performance.now() - wall, found, rssMb }));
}

main(process.argv.slice(2));
