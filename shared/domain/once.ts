/** Makes what is asked for when it is first asked for, and keeps it. */
// Bundles leave out what nobody asks for.
/* @__NO_SIDE_EFFECTS__ */
export function once<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
