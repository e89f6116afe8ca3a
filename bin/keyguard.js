#!/usr/bin/env node
// Written so that any Node can read it: one that is too old is told so. The exit code is lowered only at the end.
process.exitCode = 2;
var argv = process.argv.slice(2);
// The debug package inside of simple-git would print git's environment, with every key that stands there.
delete process.env.DEBUG;
var isHelp = argv[1] === '--help' || argv[1] === '-h';

if (isTooOld(process.versions.node)) {
  say('keyguard needs Node 20.19, 22.12 or 24 and newer; this is ' + process.versions.node + '.');
} else if (nodeTellsTooMuch(process.env.NODE_DEBUG || '')) {
  say('keyguard: with this NODE_DEBUG Node prints what is read and the environment, keys and all; unset it.');
} else if (argv[0] === 'hook' && !isHelp) {
  load(function () {
    return Promise.resolve(require('../dist/hook/hook.cjs'));
  })
    .then(function (hook) {
      return hook && hook.runHook(argv.slice(1));
    })
    .catch(fail);
} else {
  load(function () {
    return import('../dist/cli/start.js');
  })
    .then(function (program) {
      return program && program.start(argv, __filename);
    })
    .catch(fail);
}

function isTooOld(version) {
  var parts = version.split('.').map(Number);
  return parts[0] < 20 || (parts[0] === 20 && parts[1] < 19) || parts[0] === 21 || (parts[0] === 22 && parts[1] < 12);
}

// Node prints the environment of children and the first bytes of all that streams carry. The variable is a list of names
// with * for anything, in any case: https://nodejs.org/api/cli.html#node_debugmodule
function nodeTellsTooMuch(names) {
  return names.split(',').some(function (name) {
    var pattern = name.replace(/[^*\w]/gu, '.').replace(/\*/gu, '.*');
    var matches = new RegExp('^' + pattern + '$', 'iu');
    return matches.test('child_process') || matches.test('stream');
  });
}

function load(importer) {
  return Promise.resolve()
    .then(importer)
    .catch(function (error) {
      var isMissing = error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND';
      say('keyguard ' + (isMissing ? 'is not built or not installed whole: ' : 'could not be loaded: ') + remedy());
    });
}

// npm builds what comes from git by a script of the package, when that may run.
function remedy() {
  var isInstalled = /[\\/]node_modules[\\/]/u.test(__dirname);
  if (isInstalled && !require('node:fs').existsSync(__dirname + '/../dist')) {
    return 'it has no dist, likely because of --ignore-scripts; install it without that, or from a tarball of "npm pack".';
  }
  return 'run "npm ci" and "npm run build" where keyguard lies.';
}

function fail() {
  say('keyguard: internal error; the scan is NOT complete');
}

function say(line) {
  process.stderr.write(line + '\n');
}
