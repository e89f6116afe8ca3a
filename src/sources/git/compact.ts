/** Numbers in a row, four bytes each, however many there will be. */
export interface Numbers {
  readonly length: () => number;
  readonly at: (index: number) => number;
  readonly push: (value: number) => void;
  readonly set: (index: number, value: number) => void;
}

export function numbers(): Numbers {
  let held = new Int32Array(1024);
  let length = 0;
  return {
    length: () => length,
    at: (index) => held[index] ?? 0,
    push: (value) => {
      if (length === held.length) {
        const larger = new Int32Array(held.length * 2);
        larger.set(held);
        held = larger;
      }
      held[length] = value;
      length += 1;
    },
    set: (index, value) => {
      held[index] = value;
    },
  };
}

/** Gives each text a number, counted from 0. */
export interface Interner<Text extends string> {
  readonly idOf: (text: Text) => number;
  readonly find: (text: Text) => number | undefined;
  readonly valueOf: (id: number) => Text;
  readonly size: () => number;
}

export function interner<Text extends string>(): Interner<Text> {
  const ids = new Map<Text, number>();
  const values: Text[] = [];
  return {
    idOf: (text) => {
      const known = ids.get(text);
      if (known !== undefined) return known;
      ids.set(text, values.length);
      values.push(text);
      return values.length - 1;
    },
    find: (text) => ids.get(text),
    valueOf: (id) => {
      const value = values[id];
      if (value === undefined) throw new RangeError(`no text has the number ${id}`);
      return value;
    },
    size: () => values.length,
  };
}
