import * as z from 'zod/mini';

/** Asks send-digest to bring every subscriber of one batch to an outcome; safe to deliver again. */
export const sendDigest = z.object({
  run: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  batch: z.string().check(z.minLength(1)),
});
export type SendDigest = z.infer<typeof sendDigest>;
