import { timeZoneOf } from '../../../../shared/domain/subscriber/subscription-form.js';

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

const continentOf = (zone: string) => (zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'World');
const placeOf = (zone: string) =>
  zone
    .slice(zone.indexOf('/') + 1)
    .replaceAll('_', ' ')
    .replaceAll('/', ', ');

const byContinent: ReadonlyMap<string, readonly string[]> = zones.reduce(
  (groups, zone) => groups.set(continentOf(zone), [...(groups.get(continentOf(zone)) ?? []), zone]),
  new Map<string, readonly string[]>(),
);

/** Every time zone of the runtime by continent; one that the list has not, such as an old alias, is shown when it is chosen. */
export function TimeZoneOptions({ chosen }: { chosen: string }) {
  const zone = timeZoneOf(chosen);
  return (
    <>
      <option value="" selected={zone === undefined}>
        Choose your time zone
      </option>
      {zone !== undefined && !zones.includes(zone) ? (
        <option value={zone} selected>
          {zone}
        </option>
      ) : null}
      {[...byContinent].map(([continent, members]) => (
        <optgroup label={continent}>
          {members.map((member) => (
            <option value={member} selected={member === zone}>
              {placeOf(member)}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}
