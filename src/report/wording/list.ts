/** "A", "A or B", "A, B or C". */
export function listWith(conjunction: 'and' | 'or', items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** "1 finding", "2 findings". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
