export function escapeForDisplay(text: string): string {
  return text;
}
export function displayPath(path: string): string {
  return Buffer.from(path, 'latin1').toString('utf8');
}
