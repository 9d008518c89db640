import type { Fields } from './file-fields.js';

/** What is wrong with a field, in words that hold nothing of the line but topics. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** Reads fields one after the other, and keeps what is wrong with each. */
export class FieldReader {
  readonly problems: Problem[] = [];
  constructor(private readonly fields: Fields) {}

  /** The text of a field, empty where there is none; numbers and yes or no of JSON are texts too. */
  text(field: string): string {
    const value = this.fields[field];
    if (typeof value === 'string') return value.trim();
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (value !== undefined && value !== null) this.refuse(field, 'must be a text or a number');
    return '';
  }

  list<Item>(field: string, read: (text: string) => readonly Item[]): readonly (Item | unknown)[] {
    const value = this.fields[field];
    return Array.isArray(value) ? value : read(this.text(field));
  }

  /** Notes what is wrong with a field, once for each. */
  refuse(field: string, message: string): void {
    if (!this.problems.some((problem) => problem.field === field)) this.problems.push({ field, message });
  }

  /** The value that `read` finds in the text, which is refused where it finds none. */
  value<Value>(field: string, read: (text: string) => Value | undefined, message: string): Value | undefined {
    const value = read(this.text(field));
    if (value === undefined) this.refuse(field, message);
    return value;
  }
}
