declare const brand: unique symbol;

/** A primitive that only its own constructor can make, so that ids of different things cannot be confused. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
