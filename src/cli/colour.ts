import type { Host } from '../host.ts';

/**
 * Colour where somebody looks: on a terminal, or where FORCE_COLOR asks for it; NO_COLOR beats the terminal.
 * https://no-color.org, https://force-color.org
 */
export function wantsColour(stream: { readonly isTTY?: boolean }, env: Host['env']): boolean {
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  return stream.isTTY === true;
}
