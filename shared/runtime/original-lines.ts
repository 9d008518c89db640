import { readFileSync } from 'node:fs';
import type { SourceMap } from 'node:module';

// Bundled into every function, before all else. Node's own way, `--enable-source-maps`, reads the map at each start.

let map: SourceMap | undefined;

function readMap(): SourceMap {
  const { SourceMap } = process.getBuiltinModule('node:module');
  return new SourceMap(JSON.parse(readFileSync(`${__filename}.map`, 'utf8')));
}

function original(frame: NodeJS.CallSite): string {
  const [line, column] = [frame.getLineNumber() ?? 0, frame.getColumnNumber() ?? 0];
  if (frame.getFileName() !== __filename) return String(frame);
  map ??= readMap();
  const place = map.findEntry(line - 1, column - 1);
  if (!('originalSource' in place)) return String(frame);
  const file = place.originalSource.replace(/^(?:\.\.\/)+/, '');
  const at = `${file}:${place.originalLine + 1}:${place.originalColumn + 1}`;
  return String(frame).replace(`${__filename}:${line}:${column}`, at);
}

Error.prepareStackTrace = (error, frames) => {
  const header = Error.prototype.toString.call(error);
  try {
    return [header, ...frames.map(original)].join('\n    at ');
  } catch {
    return [header, ...frames].join('\n    at ');
  }
};
