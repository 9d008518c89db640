import { simulate } from '/tmp/wt/simulate/test/simulation/run.js';
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
async function main() {
const [from, count, trace] = process.argv.slice(2).map(Number);
const t0 = process.cpuUsage();
const totals: Record<string, number> = {};
for (let seed = from; seed < from + count; seed++) {
  const r = await simulate(seed, { lostEvents: 0, outageHours: undefined }, { isTraced: trace === 1 });
  for (const k of ['crashes','mails','lost','repeated','afterLeaving','unbalanced','open','uncertain','extraCopies'] as const) totals[k] = (totals[k] ?? 0) + r[k];
  if (trace === 1) console.log(r.lines.join('\n'));
  if (trace !== 2) for (const f of r.findings) console.log(seed, f.counts, f.what);
}
const cpu = process.cpuUsage(t0);
console.log(JSON.stringify(totals), 'cpu ms a run', (cpu.user + cpu.system) / 1000 / count);
}
main();
