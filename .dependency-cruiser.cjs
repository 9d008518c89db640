const except = (...folders) => `^(?!(${folders.join('|')}))(infra|lambdas|shared|cli|test)/`;
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: except(...allowed) },
});

/** Who may import whom: docs/architecture.md says why. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('domain-is-pure', '^shared/domain/', ['shared/domain/']),
    {
      name: 'domain-knows-only-the-stemmer',
      severity: 'error',
      from: { path: '^shared/domain/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional'], pathNot: 'node_modules/porter2/' },
    },
    only('contract-knows-domain', '^shared/contract/', ['shared/contract/', 'shared/domain/']),
    only('runtime-knows-contract', '^shared/runtime/', ['shared/runtime/', 'shared/contract/']),
    only('storage-sources-mail', '^shared/(storage|sources|mail)/', [
      'shared/$1/',
      'shared/domain/',
      'shared/contract/',
      'shared/runtime/',
    ]),
    only('delivery-knows-storage-and-mail', '^shared/delivery/', [
      'shared/delivery/',
      'shared/storage/',
      'shared/mail/',
      'shared/domain/',
      'shared/contract/',
      'shared/runtime/',
    ]),
    only('learning-knows-storage', '^shared/learning/', [
      'shared/learning/',
      'shared/storage/',
      'shared/domain/',
      'shared/contract/',
      'shared/runtime/',
    ]),
    only('lambda-knows-itself-and-shared', '^lambdas/([^/]+)/', ['lambdas/$1/', 'shared/']),
    only('infra-knows-the-seam', '^infra/', ['infra/', 'lambdas/[^/]+/env\\.ts', 'shared/contract/', 'shared/domain/']),
    only('cli-never-imports-test', '^cli/', ['cli/', 'infra/', 'lambdas/', 'shared/']),
    {
      name: 'nothing-imports-cli',
      severity: 'error',
      from: { path: '^(infra|lambdas|shared)/' },
      to: { path: '^cli/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
