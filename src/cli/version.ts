/** The version in package.json; a test holds them together, so that a start reads no file for it. */
export const VERSION = '0.1.0';
