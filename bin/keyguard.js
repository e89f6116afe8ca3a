#!/usr/bin/env node
process.exitCode = 2;
const [command, ...rest] = process.argv.slice(2);
if (command === 'hook') {
  const { runHook } = await import('../dist/hook.js');
  process.exitCode = await runHook(rest);
}
