import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tempDir } from '../helpers/repo.ts';
import { keyguard } from '../helpers/run.ts';

describe('keyguard guide', () => {
  test('shows one screen of topics, in any folder, and leaves nothing there', () => {
    const dir = tempDir();
    const { code, stdout, stderr } = keyguard(dir, ['guide']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('keyguard guide openai revoke');
    expect(stdout.split('\n').length - 1).toBeLessThanOrEqual(24);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('shows a topic and a scenario', () => {
    expect(keyguard(tempDir(), ['guide', 'openai', 'create']).stdout).toContain(' 1. Go to platform.openai.com');
    const { code, stdout } = keyguard(tempDir(), ['guide', 'openai', 'scenario', 'third-party', 'analytics']);
    expect(code).toBe(0);
    expect(stdout).toContain('third-party analytics tool\n  key type: normal\n  permission: Read only\n');
  });

  test.each([
    [['guide', 'openia'], 'did you mean "keyguard guide openai"?'],
    [['guide', 'openai', 'revok'], 'did you mean "openai revoke"?'],
    [['guide', 'openai', 'scenario', 'chatbit'], 'keyguard guide openai scenario chatbot'],
  ])('%j: one line with the nearest name, exit 2', (args, hint) => {
    const { code, stdout, stderr } = keyguard(tempDir(), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(hint);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
