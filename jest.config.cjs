// The SDK's advice about Node 20, which is supported on purpose, would stand between the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // A busy machine takes several times as long for a property over a whole year as a quiet one.
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
  // Imports name the compiled file, as ES modules do; here it is the source.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // htmlparser2 and what it brings are published as ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(htmlparser2|entities|domhandler|domelementtype|domutils|dom-serializer)/)',
  ],
};
