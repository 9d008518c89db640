import type { Command } from './command.js';

type Load = () => Promise<Command>;
type Room = Readonly<Record<string, Load>>;

const day: Room = {
  start: async () => (await import('../commands/day/start.js')).start,
  daily: async () => (await import('../commands/day/daily.js')).daily,
};

const watch: Room = {
  cost: async () => (await import('../commands/watch/cost.js')).cost,
  doctor: async () => (await import('../commands/watch/doctor.js')).doctor,
  status: async () => (await import('../commands/watch/status.js')).status,
  run: async () => (await import('../commands/watch/show-run.js')).run,
  fate: async () => (await import('../commands/watch/tell-fate.js')).fate,
};

const people: Room = {
  'subscribers list': async () => (await import('../commands/people/list.js')).list,
  'subscribers count': async () => (await import('../commands/people/count.js')).count,
  'subscribers import': async () => (await import('../commands/people/import.js')).importCommand,
  'subscribers export': async () => (await import('../commands/people/export.js')).exportCommand,
  'subscribers suppress': async () => (await import('../commands/people/suppress.js')).suppress,
  'subscribers release': async () => (await import('../commands/people/release.js')).release,
  'subscribers erase': async () => (await import('../commands/people/erase.js')).erase,
};

const sending: Room = {
  'pause sending': async () => (await import('../commands/sending/pause-and-resume.js')).pause,
  'resume sending': async () => (await import('../commands/sending/pause-and-resume.js')).resume,
  preview: async () => (await import('../commands/sending/preview.js')).preview,
  'send-test': async () => (await import('../commands/sending/send-test.js')).sendTest,
  republish: async () => (await import('../commands/sending/republish.js')).republish,
  backfill: async () => (await import('../commands/sending/backfill.js')).backfill,
  trigger: async () => (await import('../commands/sending/trigger.js')).trigger,
  redrive: async () => (await import('../commands/sending/redrive.js')).redrive,
};

const recovery: Room = {
  'restore copy': async () => (await import('../commands/recovery/restore-copy.js')).restoreCopy,
  'restore replay': async () => (await import('../commands/recovery/restore-replay.js')).restoreReplay,
  'rotate-keys': async () => (await import('../commands/recovery/rotate-keys.js')).rotate,
};

/** Every command by its name. Each is loaded when it is needed: nobody waits for what the others import. */
export const registry: ReadonlyMap<string, Load> = new Map(
  [day, watch, people, sending, recovery].flatMap((room) => Object.entries(room)),
);
