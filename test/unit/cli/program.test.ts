import { describe, expect, test } from 'vitest';
import { programOf } from '../../../src/cli/program.ts';

describe('keyguard is called', () => {
  test.each([
    ['/home/ada/app/node_modules/.bin/keyguard'],
    ['/home/ada/app/node_modules/keyguard/bin/keyguard.js'],
    ['/home/ada/.npm/_npx/1f/node_modules/.bin/keyguard'],
    [String.raw`C:\work\app\node_modules\keyguard\bin\keyguard.js`],
  ])('by npx where it lies in a project: %s', (bin) => {
    expect(programOf(bin)).toBe('npx keyguard');
  });

  test.each([['/usr/local/bin/keyguard'], ['/home/ada/keyguard/bin/keyguard.js'], [undefined]])(
    'by its name elsewhere: %s',
    (bin) => {
      expect(programOf(bin)).toBe('keyguard');
    },
  );
});
