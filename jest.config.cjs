// Node 20 is supported on purpose; the SDK's warning about it would clutter the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // On a busy machine a property test over a whole year takes several times as long.
  testTimeout: 30_000,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  transform: {
    '^.+\\.(t|j)sx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2023',
          transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  // Imports name the compiled file, as ES modules do; Jest reads the source.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // feed, and htmlparser2 with its dependencies, are published as ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(feed|htmlparser2|entities|domhandler|domelementtype|domutils|dom-serializer)/)',
  ],
};
