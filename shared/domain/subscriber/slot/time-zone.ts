/**
 * Names that every runtime up to Node 24 still gives for zones that the tz database has renamed, and today's names.
 * Source: `backward` and `zone.tab` of tzdata 2025b, as far as ICU, by CLDR's rule that a name never changes, differs
 * from them. Mere links (`US/Pacific`) are missing here, for the runtime resolves those itself.
 */
const renamed: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
]);

/** Today's name of a time zone that is written as an older browser or row has it; any other text as it is. */
export function todaysZone(zone: string): string {
  return renamed.get(zone) ?? zone;
}

/** The name that runtimes and browsers may still give for a zone of today's name, where it was renamed. */
export const formerZones: ReadonlyMap<string, string> = new Map([...renamed].map(([former, today]) => [today, former]));

/** Every time zone of the runtime by today's name, `UTC` first. */
export function timeZones(): readonly string[] {
  const zones = Intl.supportedValuesOf('timeZone').map(todaysZone).sort();
  return [...new Set(['UTC', ...zones])];
}
