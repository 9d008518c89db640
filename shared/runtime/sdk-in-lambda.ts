// What takes the place of parts of the AWS SDK in a function's bundle, under the names that the SDK imports.

/** Lambda gives a role's credentials in the environment, for as long as the process lives. */
export function defaultProvider() {
  return async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw new Error('the environment has no credentials');
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    };
  };
}

/** No operation of ours streams events. */
export function eventStreamSerdeProvider(): never {
  throw new Error('the bundles leave out streams of events: see infra/constructs/bundle.ts');
}

/** DynamoDB has one address in a region: nobody asks it for more. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => false,
  configFileSelector: () => false,
  default: false,
};

/** Leaves a client as it is. */
export function resolveEndpointDiscoveryConfig<Config>(config: Config): Config {
  return config;
}

/** Each process has one invocation at a time, whose trace is in the environment. */
export const InvokeStore = { getInstanceAsync: async () => undefined };
