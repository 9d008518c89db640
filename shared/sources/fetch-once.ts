/** Bounds of one request. Times in milliseconds. */
export interface RequestLimits {
  /** Until the headers arrive. */
  readonly startMs: number;
  /** Between two chunks of the body. */
  readonly idleMs: number;
  /** From the first byte sent to the last one read. */
  readonly wholeMs: number;
  /** Size of the body after decompression. */
  readonly maxBytes: number;
}

/** The reply; `text` is empty when the body was not wanted. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** No answer, and asking again would not help; the message says why and contains no address. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  constructor(
    message: string,
    /** Status of the reply that was not an answer; absent when there was no reply. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** What is sent: a GET, or a POST where there is a body. */
export interface Outgoing {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request without redirects. Throws `Unanswered` for too big a body, any other error for a failed connection. */
export async function fetchOnce(
  url: string,
  fetch: typeof globalThis.fetch,
  outgoing: Outgoing,
  limits: RequestLimits,
  isWanted: (status: number) => boolean,
): Promise<Reply> {
  const abort = new AbortController();
  const stopAfter = (ms: number, why: string) => setTimeout(() => abort.abort(new Error(why)), ms);
  const whole = stopAfter(limits.wholeMs, `the answer took longer than ${seconds(limits.wholeMs)}`);
  let silence = stopAfter(limits.startMs, `no answer began within ${seconds(limits.startMs)}`);
  const heard = () => {
    clearTimeout(silence);
    silence = stopAfter(limits.idleMs, `the answer stood still for ${seconds(limits.idleMs)}`);
  };
  try {
    const method = outgoing.body === undefined ? 'GET' : 'POST';
    const response = await fetch(url, { method, ...outgoing, redirect: 'manual', signal: abort.signal });
    heard();
    const text = isWanted(response.status) ? await readBody(response, limits.maxBytes, heard) : '';
    return { status: response.status, headers: response.headers, text };
  } finally {
    clearTimeout(whole);
    clearTimeout(silence);
    // Closes the connection of a body that was not read to its end.
    abort.abort();
  }
}

async function readBody(response: Response, maxBytes: number, heard: () => void): Promise<string> {
  const tooBig = () => new Unanswered(`the answer is bigger than ${maxBytes.toLocaleString('en')} bytes`);
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw tooBig();
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    heard();
    bytes += piece.value.byteLength;
    if (bytes > maxBytes) throw tooBig();
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}

/** A length of time in words: `1.5 s`. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

interface Failure {
  readonly message?: string;
  readonly code?: string;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** What went wrong, in words: `fetch` hides it as the cause of "fetch failed", and some causes have only a code. */
export function whatWentWrong(error: unknown): string {
  // By shape: where the code runs in a realm of its own, platform errors are not instances of this realm's Error.
  if (typeof error !== 'object' || error === null) return String(error);
  const { cause, errors, message, code } = error as Failure;
  const deeper = errors?.[0] ?? cause;
  return typeof deeper === 'object' && deeper !== null ? whatWentWrong(deeper) : message || code || String(error);
}
