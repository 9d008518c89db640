/** What no function uses of a file under node_modules, and what is put in its place, so that all it needs can go too. */
interface Cut {
  readonly file: RegExp;
  readonly text: RegExp;
  readonly by: string;
}

const cuts: readonly Cut[] = [
  // An error that is not registered comes as its service's base class, with the same name; mail's are told by those of SES.
  {
    file: /@aws-sdk\/client-(?!ses\/)[\w-]+\/dist-es\/schemas\/schemas_0\.js$/,
    text: /^var \w+\$\d* = \[\n(?: .*\n)*\];\nn0_registry\d*\.registerError\((?!ConditionalCheckFailedException)[^()]*\);$/gm,
    by: '',
  },
  // A client says its version, and brings all that its package says of itself.
  { file: /@aws-sdk\/client-[\w-]+\/package\.json$/, text: /^ {2}(?!version:).*$/gm, by: '' },
  // Hashes in JavaScript, for a Node without its own.
  { file: /\/(?:Sha256|Md5)Node\.js$/, text: /^var hasNativeCrypto\d* = [\s\S]*?^\}\)\(\);$/gm, by: '' },
  { file: /\/(?:Sha256|Md5)Node\.js$/, text: /hasNativeCrypto\d* \? (buildNativeClass\d*\(\)) : \w+/g, by: '$1' },
  // Lambda has the SDK's settings in its environment: neither in files in a home nor at the address of a virtual machine.
  { file: /\/configLoader\.js$/, text: /fromSharedConfigFiles\d*\(configFileSelector, \w+\), /g, by: '' },
  { file: /\/regionConfig\/config\.js$/, text: /await getInstanceMetadataRegion\d*\(\)/g, by: 'undefined' },
  {
    file: /\/resolveDefaultsModeConfig\.js$/,
    text: /return getInstanceMetadataRegion\d*\(\)/g,
    by: 'return undefined',
  },
  {
    file: /\/middleware-retry\/configurations\.js$/,
    text: /return new AdaptiveRetryStrategy\d*\([^()]*\)/g,
    by: 'throw new Error("the bundles leave out adaptive retries: see infra/constructs/cut-unused.ts")',
  },
  // Only events of a stream are signed with their headers.
  { file: /\/SignatureV4\.js$/, text: /headerFormatter = new HeaderFormatter\d*\(\);/g, by: '' },
  // Who says which router it wants needs no other.
  { file: /\/hono\/dist\/hono\.js$/, text: / \?\? new SmartRouter\d*\(\{[^{}]*\}\)/g, by: '' },
];

/** Where esbuild begins the code of a file. */
const beginning = /^(?=\/\/ \S+\.(?:[cm]?[jt]sx?|json)$)/m;

/**
 * Cuts out of a module that esbuild joined what functions never use. Its lines keep their numbers, for the source map.
 * Throws when a file is there but has nothing to cut: an upgrade has changed it.
 */
export function cutUnused(module: string): string {
  return module.split(beginning).map(cutFile).join('');
}

function cutFile(code: string): string {
  const name = code.slice(0, code.indexOf('\n'));
  return cuts
    .filter(({ file }) => file.test(name))
    .reduce((left, { text, by }) => {
      const cut = left.replace(text, (found, kept) => by.replace('$1', kept) + found.replace(/[^\n]+/g, ''));
      if (cut === left) throw new Error(`${name} has changed: look at it again in infra/constructs/cut-unused.ts`);
      return cut;
    }, code);
}
