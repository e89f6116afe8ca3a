export type ErrorCode =
  | 'usage'
  | 'config'
  | 'policy'
  | 'rules'
  | 'git'
  | 'not-a-repository'
  | 'unread'
  | 'output'
  | 'install'
  | 'interrupted';

/**
 * Expected trouble. The message is one line for a person: what is wrong, where, and what to do. Text from outside may
 * stand in it: it passes the sink before it is printed.
 */
export class KeyguardError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyguardError';
    this.code = code;
  }
}
