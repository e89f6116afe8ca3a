/** The files that a patch of Codex names. https://github.com/openai/codex/blob/main/codex-rs/apply-patch/apply_patch_tool_instructions.md */
export function pathsInPatch(patch: string): readonly string[] {
  return [...patch.matchAll(/^\s*\*\*\* (?:(?:Add|Update|Delete) File|Move to): (?<path>.+?)\s*$/gmu)].map(
    ({ groups }) => groups?.['path'] ?? '',
  );
}

/** What it brings in: names of files, and the lines that begin with `+`. */
export function addedByPatch(patch: string): string {
  return patch
    .split('\n')
    .flatMap((line) => {
      if (/^\s*\*\*\* /u.test(line)) return [line];
      return line.startsWith('+') ? [line.slice(1)] : [];
    })
    .join('\n');
}
