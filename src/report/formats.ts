/** How a report can be written, in the order of the help. */
export const FORMATS = [
  'pretty',
  'json',
  'jsonl',
  'sarif',
  'github',
  'gitlab',
  'codequality',
  'junit',
  'markdown',
] as const;

export type Format = (typeof FORMATS)[number];
