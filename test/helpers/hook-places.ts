/** A hook as on a machine that has no node in the places that every machine shares; the other places follow `HOME`. */
export function withoutSharedPlaces(hook: string): string {
  const moved = hook.replaceAll(/ \/(?=(?:usr|opt|snap|home\/linuxbrew)\/\S*node)/gu, ' /nowhere/');
  if (moved === hook) throw new Error('The hook names no shared place any more: mend this helper.');
  return moved;
}
