/**
 * Puts values into a sentence of the guidance: `{name}` becomes `values.name`. What is put in is not read again, so a
 * path with braces stays as it is. Throws RangeError for a name that has no value: a sentence with a hole helps nobody.
 */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence
    .replaceAll(/\{(?<name>[a-zA-Z]+)\}/gu, (_whole, name: string) => {
      const value = values[name];
      if (value === undefined) throw new RangeError(`nothing to put into {${name}} of "${sentence}"`);
      return value;
    })
    .trim();
}
