import type { Io } from '../../cli/command/command.js';

/** What a command says, to people and to programs, and how it ends. */
export function listening() {
  const heard = { out: '', told: '', json: {} as object, code: 0 };
  const io: Io = {
    out: (text) => {
      heard.out += text;
    },
    json: (value) => {
      heard.json = value;
    },
    tell: (line) => {
      heard.told += `${line}\n`;
    },
    paint: (_style, text) => text,
    progress: () => ({ step: () => {}, end: () => {} }),
    exitWith: (code) => {
      heard.code = code;
    },
  };
  return { heard, io };
}
