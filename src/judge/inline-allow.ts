import type { InlineAllow } from '../model/verdict.ts';
export function inlineAllowNear(_text: string, _at: { start: number; end: number }): InlineAllow | null {
  return null;
}
