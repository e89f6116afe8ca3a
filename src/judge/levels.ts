/**
 * The text that belongs to the value, then to each bracket that is open around it. What a comma or semicolon divides
 * from it is left out, but for `f("NAME", "value")` and `NAME,value`, where nothing else stands in between.
 */
export function levelsOf(line: string): readonly string[] {
  const levels: string[] = [];
  let level = '';
  let end = line.length;
  let depth = 0;
  let isOther = false;
  for (let i = line.length - 1; i >= 0; i -= 1) {
    const character = line.charAt(i);
    const isOpener = '([{'.includes(character);
    const isCloser = ')]}'.includes(character);
    const divides = depth === 0 && !isOpener && !isCloser && ',;'.includes(character);
    if (!isOpener && !isCloser && !divides) continue;
    if (depth === 0 && !isOther) level = line.slice(i + 1, end) + level;
    end = i;
    if (isCloser) depth += 1;
    else if (divides) isOther ||= /\w/u.test(level);
    else if (depth > 0) depth -= 1;
    else {
      levels.push(level);
      [level, isOther] = ['', false];
    }
  }
  if (depth === 0 && !isOther) level = line.slice(0, end) + level;
  return [...levels, level];
}
