/** Does the work for every input, at most `width` at a time; the results are in the order of the inputs. */
export async function inParallel<Input, Result>(
  inputs: readonly Input[],
  width: number,
  work: (input: Input) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = inputs.entries();
  const worker = async () => {
    for (const [place, input] of queue) results[place] = await work(input);
  };
  await Promise.all(Array.from({ length: Math.min(width, inputs.length) }, worker));
  return results;
}
