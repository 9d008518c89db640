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
  // SQS takes JSON: names for XML only keep the schemas of operations that nobody calls.
  {
    file: /@aws-sdk\/client-sqs\/dist-es\/schemas\/schemas_0\.js$/,
    text: /\{ (?:\[_xF\d*\]: 1, )?\[_xN\d*\]: \w+ \}/g,
    by: '{}',
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
  // Requests alone are signed: no addresses, and no events of a stream with their headers.
  { file: /\/SignatureV4\.js$/, text: /headerFormatter = new HeaderFormatter\d*\(\);/g, by: '' },
  {
    file: /\/SignatureV4\.js$/,
    text: /^ {2}async (?:presign|signEvent|signMessage)\([\s\S]*?^ {2}\}$/gm,
    by: '',
  },
  { file: /\/getEndpointFromInstructions\.js$/, text: /await resolveParamsForS3\d*\([^()]*\)/g, by: 'undefined' },
  // The version of Node is the stack's choice.
  {
    file: /@aws-sdk\/client-[\w-]+\/dist-es\/runtimeConfig\.js$/,
    text: /^ {2}emitWarningIfUnsupportedVersion\d*\(process\.version\);$/gm,
    by: '',
  },
  // Who says which router it wants needs no other.
  { file: /\/hono\/dist\/hono\.js$/, text: / \?\? new SmartRouter\d*\(\{[^{}]*\}\)/g, by: '' },
  { file: /\/hono\/dist\/hono-base\.js$/, text: /^ {2}mount\([\s\S]*?^ {2}\}$/gm, by: '' },
  // An HTTP API sends events of version 2; others come from load balancers, lattices and REST APIs.
  {
    file: /\/hono\/dist\/adapter\/aws-lambda\/handler\.js$/,
    text: /^ +if \(isProxyEventALB\(event\)\)[\s\S]*?return v1Processor;$/gm,
    by: 'return v2Processor;',
  },
  {
    file: /\/hono\/dist\/adapter\/aws-lambda\/handler\.js$/,
    text: /(?=new (?:EventV1|ALB|LatticeV2)Processor\(\))/g,
    by: '/* @__PURE__ */ ',
  },
  // Feeds are Atom, or JSON of our own; their XML is written and never read.
  { file: /\/feed\/lib\/feed\.js$/, text: /return (?:rss2|json)_default\d*\(this\);/g, by: '' },
  { file: /\/xml-js\/lib\/index\.js$/, text: /^ +(?:var )?(?:xml2js|xml2json|json2xml)\b.*$/gm, by: '' },
  { file: /\/(?:xml-js|sax)\/lib\/[\w-]+\.js$/, text: /(?=__commonJS\()/g, by: '/* @__PURE__ */ ' },
];

/** Where esbuild begins the code of a file. */
const beginning = /^(?=\/\/ \S+\.(?:[cm]?[jt]sx?|json)$)/m;

/**
 * Cuts out of a module that esbuild joined what functions never use. Its lines keep their numbers, for the source map.
 * Throws when a file is there but has nothing to cut: an upgrade has changed it.
 */
export function cutUnused(module: string): string {
  return cuts.reduce(made, module.split(beginning)).join('');
}

const nameOf = (part: string) => part.slice(0, part.indexOf('\n'));

/** A file can have two parts: what it imports comes before the code of what it imports. */
function made(parts: readonly string[], { file, text, by }: Cut): readonly string[] {
  const inLines = (found: string, kept: string) => by.replace('$1', kept) + found.replace(/[^\n]+/g, '');
  const left = parts.map((part) => (file.test(nameOf(part)) ? part.replace(text, inLines) : part));
  const found = new Set(left.filter((part, at) => part !== parts[at]).map(nameOf));
  const missed = parts.map(nameOf).find((name) => file.test(name) && !found.has(name));
  if (missed) throw new Error(`${missed} has changed: look at it again in infra/constructs/cut-unused.ts`);
  return left;
}
