import { CliError } from '../../../command/cli-error.js';

/** An object as it is written, and the line on which it begins. */
interface WrittenObject {
  readonly line: number;
  readonly text: string;
}

const longestObject = 1024 * 1024;

/** Signs that may stand between the objects: of an array, or one object after the other. */
const between = /[\s,[\]]/;

/**
 * Cuts a JSON text into its outermost objects as it comes in, without parsing them: those of an array, or one a line. A
 * text that ends in the middle of something is a `CliError`.
 */
export async function* objectsIn(chunks: AsyncIterable<string>, file: string): AsyncGenerator<WrittenObject> {
  const cutter = new Cutter(file);
  for await (const chunk of chunks) yield* cutter.cut(chunk);
  cutter.end();
}

class Cutter {
  private line = 1;
  private begun = 1;
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  private isInArray = false;
  private text = '';

  constructor(private readonly file: string) {}

  *cut(chunk: string): Generator<WrittenObject> {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const sign = chunk[at] ?? '';
      if (sign === '\n') this.line += 1;
      if (this.depth === 0) {
        this.stepBetween(sign);
        from = at;
      } else if (this.isEnd(sign)) {
        yield { line: this.begun, text: this.text + chunk.slice(from, at + 1) };
        this.text = '';
      }
    }
    if (this.depth > 0) this.text += chunk.slice(from);
    if (this.text.length > longestObject) throw this.refusal(`an object of more than ${longestObject} characters`);
  }

  end(): void {
    if (this.depth > 0 || this.isInArray) {
      throw new CliError(`${this.file}: ends in the middle, at line ${this.line}: it was cut off; get the whole file`);
    }
  }

  private stepBetween(sign: string): void {
    if (sign === '{') {
      this.depth = 1;
      this.begun = this.line;
    } else if (sign === '[') this.isInArray = true;
    else if (sign === ']') this.isInArray = false;
    else if (!between.test(sign)) throw this.refusal('no JSON object');
  }

  /** Takes a sign within an object; whether it ends the outermost one. */
  private isEnd(sign: string): boolean {
    if (this.isInString) {
      if (this.isEscaped) this.isEscaped = false;
      else if (sign === '\\') this.isEscaped = true;
      else if (sign === '"') this.isInString = false;
      return false;
    }
    if (sign === '"') this.isInString = true;
    else if (sign === '{') this.depth += 1;
    else if (sign === '}') this.depth -= 1;
    return this.depth === 0;
  }

  private refusal(what: string): CliError {
    return new CliError(`${this.file}: line ${this.line} has ${what}; write an array of objects, or one a line`);
  }
}
