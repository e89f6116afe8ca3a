#!/usr/bin/env node
process.exitCode = 2;
var argv = process.argv.slice(2);
if (argv[0] === 'hook') {
  require('../dist/hook/hook.cjs')
    .runHook(argv.slice(1))
    .then(function (code) {
      process.exitCode = code;
    });
}
