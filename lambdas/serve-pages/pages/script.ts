/** The one script: it chooses the browser's own time zone where none is chosen yet. Every page works without it. */
export const script = {
  path: '/paperboy.js',
  type: 'text/javascript; charset=utf-8',
  text: `(() => {
  const select = document.querySelector('#timezone');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!select || select.value || !zone) return;
  select.value = zone;
  if (select.value !== zone) select.add(new Option(zone, zone, true, true));
})();
`,
} as const;
