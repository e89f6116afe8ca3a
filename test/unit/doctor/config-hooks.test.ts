import { describe, expect, it } from 'vitest';
import { configHooksIn, runsConfigHooks } from '../../../src/doctor/config-hooks.ts';
import { type HookState, withConfigHooks } from '../../../src/doctor/hook-state.ts';

function listing(...settings: readonly string[]): string {
  return settings.map((setting) => `${setting.replace('=', '\n')}\0`).join('');
}

const RUNS = [
  'hook.a.b.command=sh .git/keyguard/run pre-commit',
  'hook.a.b.event=pre-commit',
  'hook.a.b.event=pre-push',
];

const ABSENT: HookState = { name: 'pre-commit', path: 'p', at: 'p', runs: 'none', keyguard: null, isRecorded: false };

describe('hooks in the configuration of git', () => {
  it('are named with their event and whether they run keyguard', () => {
    expect(configHooksIn(listing(...RUNS, 'hook.other.command=lint', 'hook.other.event=commit-msg'))).toEqual([
      { event: 'pre-commit', setting: 'hook.a.b.command', runsKeyguard: true },
      { event: 'pre-push', setting: 'hook.a.b.command', runsKeyguard: true },
      { event: 'commit-msg', setting: 'hook.other.command', runsKeyguard: false },
    ]);
  });

  it.each([['hook.a.b.enabled=false'], ['hook.a.b.command=']])('do not run with %s', (setting) => {
    expect(configHooksIn(listing(...RUNS, setting))).toEqual([]);
    expect(configHooksIn(listing(...RUNS, setting, ...RUNS, 'hook.a.b.enabled=true')).length).toBeGreaterThan(0);
  });

  it('count from git 2.54 on', () => {
    const hooks = configHooksIn(listing(...RUNS));
    expect(
      [
        [2, 53, 9],
        [2, 54, 0],
        [3, 0],
      ].map(runsConfigHooks),
    ).toEqual([false, true, true]);
    expect(withConfigHooks(ABSENT, hooks, [2, 39, 5])).toBe(ABSENT);
    expect(withConfigHooks(ABSENT, hooks, [2, 54, 0])).toMatchObject({ runs: 'fine', keyguard: { how: 'setting' } });
  });
});
