import { Resolver } from 'node:dns/promises';
import { UsageError } from '../../../command/cli-error.js';

/** What is asked of DNS; a name without such records answers an empty list, and trouble on the way is thrown. */
export interface Dns {
  /** Each text whole. */
  txt(name: string): Promise<readonly string[]>;
  /** In small letters, without the dot at the end. */
  mx(name: string): Promise<readonly string[]>;
  cname(name: string): Promise<readonly string[]>;
}

/** Asks the given server, `ADDRESS` or `ADDRESS:PORT`, else those of this machine. */
export function dnsBy(server: string | undefined): Dns {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (server !== undefined) {
    try {
      resolver.setServers([server]);
    } catch {
      throw new UsageError(`doctor: --dns: write the address of a name server, such as 1.1.1.1, not "${server}"`);
    }
  }
  return {
    txt: async (name) => (await found(resolver.resolveTxt(name))).map((parts) => parts.join('')),
    mx: async (name) => (await found(resolver.resolveMx(name))).map(({ exchange }) => bare(exchange)),
    cname: async (name) => (await found(resolver.resolveCname(name))).map(bare),
  };
}

const bare = (name: string) => name.toLowerCase().replace(/\.$/, '');

const nothing: readonly string[] = ['ENOTFOUND', 'ENODATA'];

async function found<Answer>(asked: Promise<readonly Answer[]>): Promise<readonly Answer[]> {
  try {
    return await asked;
  } catch (error) {
    if (nothing.includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
