import process from 'node:process';
import type { Host } from '../host.ts';
export function createHost(): Host {
  const epoch = Number(process.env['SOURCE_DATE_EPOCH'] ?? Number.NaN);
  const now = Number.isFinite(epoch) ? new Date(epoch * 1000) : new Date();
  return {
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    execPath: process.execPath,
    today: now.toISOString().slice(0, 10),
    stdin: process.stdin,
    killGroup: (pid, signal) => {
      process.kill(-pid, signal);
    },
  };
}
