import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readJsonInput } from '../../support/read-input.js';
import { type Ask, CaseError, type ProbeKind } from './probe-kind.js';

/** A probe with what its answer must contain. */
export interface Probe {
  readonly ask: Ask;
  readonly expected: unknown;
}

/** One case, read and ready to be tried. */
export interface Case {
  /** `NN-name`, the folder's own. */
  readonly name: string;
  readonly dir: string;
  /** Whether the case is no demand. */
  readonly isUnclear: boolean;
  readonly probes: readonly Probe[];
}

const inputFile = z.object({ probes: z.array(z.looseObject({ kind: z.string() })) });
const expectFile = z.object({ verdict: z.string(), probes: z.array(z.unknown()) });

/** Reads the cases in `root` with these numbers, or all; throws one line that says what cannot be read. */
export function readCases(
  root: string,
  numbers: readonly string[],
  kinds: Readonly<Record<string, ProbeKind>>,
): readonly Case[] {
  return chosenNames(root, numbers).map((name) => {
    const dir = join(root, name);
    const input = readJsonInput(join(dir, 'input.json'), inputFile);
    const expect = readJsonInput(join(dir, 'expect.json'), expectFile);
    if (input.probes.length !== expect.probes.length) {
      const counts = `${input.probes.length} probes and ${expect.probes.length} expectations`;
      throw new CaseError(`${dir} has ${counts}: one of each is wanted`);
    }
    const probes = input.probes.map((probe, index) => {
      const where = `${join(dir, 'input.json')}: probe ${index + 1}`;
      const kind = Object.hasOwn(kinds, probe.kind) ? kinds[probe.kind] : undefined;
      if (!kind) {
        const known = Object.keys(kinds).sort().join(', ');
        throw new CaseError(`${where} is of the unknown kind "${probe.kind}" (known: ${known})`);
      }
      return { ask: kind(probe, where), expected: expect.probes[index] };
    });
    return { name, dir, isUnclear: expect.verdict === 'unclear', probes };
  });
}

function chosenNames(root: string, numbers: readonly string[]): string[] {
  const names = caseNames(root);
  const numberOf = (text: string) => Number(/^\d+/.exec(text)?.[0] ?? Number.NaN);
  for (const wanted of numbers) {
    if (!/^\d+$/.test(wanted)) throw new CaseError(`"${wanted}" is no number of a case: write one such as 07`);
    if (!names.some((name) => numberOf(name) === Number(wanted))) throw new CaseError(`${root} has no case ${wanted}`);
  }
  return numbers.length === 0 ? names : names.filter((name) => numbers.map(Number).includes(numberOf(name)));
}

function caseNames(root: string): string[] {
  let names: string[];
  try {
    const entries = readdirSync(root, { withFileTypes: true });
    names = entries.filter((entry) => entry.isDirectory() && /^\d+-/.test(entry.name)).map(({ name }) => name);
  } catch (error) {
    throw new CaseError(`${root} cannot be read as a folder (${(error as NodeJS.ErrnoException).code})`);
  }
  if (names.length === 0) throw new CaseError(`${root} has no case, a folder such as 07-name`);
  return names.sort();
}
