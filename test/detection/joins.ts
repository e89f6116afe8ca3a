/** Ways to write a text in pieces: the language and form, and how it writes them behind a name. */
export type Form = readonly [form: string, write: (pieces: readonly string[]) => string];

const quoted = (pieces: readonly string[], quote = '"'): readonly string[] =>
  pieces.map((piece) => `${quote}${piece}${quote}`);
const list = (pieces: readonly string[], quote = '"'): string => quoted(pieces, quote).join(', ');

export const CONCATENATIONS: readonly Form[] = [
  ['JavaScript +', (all) => `const apiKey = ${quoted(all, "'").join(' + ')};\n`],
  ['JavaScript + without blanks', (all) => `var apiKey=${quoted(all).join('+')};\n`],
  ['JavaScript + over lines', (all) => `const apiKey =\n  ${quoted(all, "'").join(' +\n  ')};\n`],
  ['JavaScript + before comments', (all) => `const apiKey = ${quoted(all, "'").join(" + // it's a part\n    ")};\n`],
  ['JavaScript + around comments', (all) => `const apiKey = ${quoted(all, "'").join(' /* a * b */ + /* c */ ')};\n`],
  ['JavaScript + in brackets', (all) => `const apiKey = (${quoted(all, "'").join(') + (')});\n`],
  ['JavaScript + over Windows lines', (all) => `const apiKey =\r\n  ${quoted(all, "'").join(' +\r\n  ')};\r\n`],
  ['JavaScript backticks', (all) => `const apiKey = ${quoted(all, '`').join(' + ')};\n`],
  ['JavaScript concat', (all) => `const apiKey = ${quoted(all).join('.concat(')}${')'.repeat(all.length - 1)};\n`],
  [
    'JavaScript concat chained',
    ([first, ...others]) => `k = "${first}"${others.map((p) => `.concat("${p}")`).join('')};\n`,
  ],
  ['JavaScript +=', ([first, ...others]) => `let key = '${first}';\n${others.map((p) => `key += '${p}';\n`).join('')}`],
  ['TypeScript in an object', (all) => `  apiKey: ${quoted(all, "'").join(' +\n    ')} as string,\n`],
  ['Python adjacent', (all) => `KEY = (\n    ${quoted(all).join('\n    ')}\n)\n`],
  ['Python adjacent on a line', (all) => `KEY = ${quoted(all, "'").join(' ')}\n`],
  ['Python adjacent with comments', (all) => `KEY = (\n    ${quoted(all).join('  # a part\n    ')}\n)\n`],
  ['Python adjacent f-strings', (all) => `KEY = (f${quoted(all).join('\n       f')})\n`],
  ['Python adjacent, continued', (all) => `KEY = ${quoted(all).join(' \\\n      ')}\n`],
  ['Python +', (all) => `KEY = ${quoted(all).join(' + \\\n      ')}\n`],
  ['Python raw and byte strings', (all) => `KEY = rb${quoted(all, "'").join(' + b')}\n`],
  ['Python +=', ([first, ...others]) => `key = "${first}"\n${others.map((p) => `key += "${p}"\n`).join('')}`],
  ['Go +', (all) => `const apiKey = ${quoted(all).join(' +\n\t')}\n`],
  ['Go builder', (all) => all.map((p) => `\tsb.WriteString("${p}")\n`).join('')],
  ['Java +', (all) => `String apiKey = ${quoted(all).join('\n        + ')};\n`],
  ['Java StringBuilder', (all) => `new StringBuilder()${all.map((p) => `\n  .append("${p}")`).join('')}.toString();\n`],
  ['Java append statements', (all) => all.map((p) => `sb.append("${p}");\n`).join('')],
  ['Kotlin plus', ([first, ...others]) => `val key = "${first}"${others.map((p) => `.plus("${p}")`).join('')}\n`],
  ['C# +', (all) => `var apiKey = @${quoted(all).join(' + @')};\n`],
  ['C# Append', (all) => `var s = new StringBuilder()${all.map((p) => `.Append("${p}")`).join('')};\n`],
  ['Ruby adjacent', (all) => `key = ${quoted(all, "'").join(' \\\n  ')}\n`],
  ['Ruby <<', (all) => `key = +${quoted(all).join(' << ')}\n`],
  ['PHP .', (all) => `$apiKey = ${quoted(all, "'").join(' . ')};\n`],
  ['PHP . without blanks', (all) => `$apiKey=${quoted(all).join('.')};\n`],
  ['PHP .=', ([first, ...others]) => `$k = '${first}';\n${others.map((p) => `$k .= '${p}';\n`).join('')}`],
  ['Perl .', (all) => `my $key = ${quoted(all).join('\n  . ')};\n`],
  ['C adjacent', (all) => `#define API_KEY ${quoted(all).join(' \\\n  ')}\n`],
  ['C++ adjacent', (all) => `static const char* kKey = ${quoted(all).join('\n    ')};\n`],
  [
    'Rust +',
    (all) => `let key = String::from("${all[0]}") + ${quoted(all.slice(1)).join(' + &')};\n`.replaceAll('&"', '"'),
  ],
  ['Rust to_string', ([first, ...others]) => `let key = "${first}".to_string() + ${quoted(others).join(' + ')};\n`],
  ['Swift +', (all) => `let apiKey = ${quoted(all).join('\n  + ')}\n`],
  ['Lua ..', (all) => `local key = ${quoted(all).join(' .. ')}\n`],
  ['Elixir <>', (all) => `key = ${quoted(all).join(' <> ')}\n`],
  ['Haskell ++', (all) => `key = ${quoted(all).join(' ++ ')}\n`],
  ['SQL ||', (all) => `SELECT ${quoted(all, "'").join(' || ')} AS key;\n`],
  ['SQL || with comments', (all) => `SELECT ${quoted(all, "'").join(' || -- part\n  ')} AS key;\n`],
  ['Basic &', (all) => `Dim key = ${quoted(all).join(' & ')}\n`],
  ['Basic & over lines', (all) => `Dim key = ${quoted(all).join(' & _\r\n    ')}\r\n`],
  ['shell, side by side', (all) => `export KEY=${quoted(all, "'").join('')}\n`],
  ['shell, quotes of both kinds', (all) => `KEY=${all.map((p, i) => (i % 2 === 0 ? `'${p}'` : `"${p}"`)).join('')}\n`],
  ['shell, ANSI quotes', (all) => `KEY=$${quoted(all, "'").join('$')}\n`],
  ['shell, quotes over lines', (all) => `KEY=${quoted(all).join('\\\n')}\n`],
  ['shell +=', ([first, ...others]) => `KEY="${first}"\n${others.map((p) => `KEY+="${p}"\n`).join('')}`],
  ['PowerShell +', (all) => `$env:KEY = ${quoted(all, "'").join(' + ')}\n`],
];

/** The first piece stands plain, the others as texts inside of it. */
export const INSERTIONS: readonly Form[] = [
  ['JavaScript ${}', ([first, ...others]) => `k = \`${first}${others.map((p) => `\${'${p}'}`).join('')}\`;\n`],
  [
    'JavaScript ${} with blanks',
    ([first, ...others]) => `k = \`${first}${others.map((p) => `\${ "${p}" }`).join('')}\`;\n`,
  ],
  ['Kotlin ${}', ([first, ...others]) => `val k = "${first}${others.map((p) => `\${"${p}"}`).join('')}"\n`],
  ['Ruby #{}', ([first, ...others]) => `k = "${first}${others.map((p) => `#{'${p}'}`).join('')}"\n`],
  ['Python f-string', ([first, ...others]) => `k = f"${first}${others.map((p) => `{'${p}'}`).join('')}"\n`],
  ['PowerShell $()', ([first, ...others]) => `$k = "${first}${others.map((p) => `$('${p}')`).join('')}"\n`],
];

export const JOINED_ARRAYS: readonly Form[] = [
  ['JavaScript join', (all) => `const key = [${list(all, "'")}].join('');\n`],
  ['JavaScript join over lines', (all) => `const key = [\n  ${quoted(all, "'").join(',\n  ')},\n].join("");\n`],
  [
    'JavaScript join with comments',
    (all) => `const key = [\n  ${quoted(all, "'").join(', // one\n  ')},\n].join("");\n`,
  ],
  ['JavaScript concat', (all) => `const key = ''.concat(${list(all)});\n`],
  ['JavaScript concat with more', ([first, ...others]) => `const key = "${first}".concat(${list(others)});\n`],
  ['Python join', (all) => `KEY = "".join([${list(all, "'")}])\n`],
  ['Python join of a tuple', (all) => `KEY = ''.join((\n    ${quoted(all, "'").join(',\n    ')},\n))\n`],
  ['Python format', (all) => `KEY = "${'{}'.repeat(all.length)}".format(${list(all)})\n`],
  ['Python %', (all) => `KEY = "${'%s'.repeat(all.length)}" % (${list(all)})\n`],
  ['Go Join', (all) => `key := strings.Join([]string{${list(all)}}, "")\n`],
  ['Go Join over lines', (all) => `key := strings.Join([]string{\n\t${quoted(all).join(',\n\t')},\n}, "")\n`],
  ['Go Sprintf', (all) => `key := fmt.Sprintf("${'%s'.repeat(all.length)}", ${list(all)})\n`],
  ['Java join', (all) => `String key = String.join("", ${list(all)});\n`],
  ['Java format', (all) => `String key = String.format("${'%s'.repeat(all.length)}", ${list(all)});\n`],
  ['Kotlin joinToString', (all) => `val key = listOf(${list(all)}).joinToString("")\n`],
  ['C# Join', (all) => `var key = string.Join("", ${list(all)});\n`],
  ['C# Join of an array', (all) => `var key = string.Join("", new[] { ${list(all)} });\n`],
  ['C# Concat', (all) => `var key = string.Concat(${list(all)});\n`],
  ['Ruby join', (all) => `key = [${list(all, "'")}].join\n`],
  ['Ruby words', (all) => `key = %w[${all.join(' ')}].join\n`],
  ['PHP implode', (all) => `$key = implode('', [${list(all, "'")}]);\n`],
  ['PHP implode of an array', (all) => `$key = implode("", array(${list(all, "'")}));\n`],
  ['Perl join', (all) => `my $key = join('', ${list(all, "'")});\n`],
  ['Rust concat!', (all) => `const KEY: &str = concat!(${list(all)});\n`],
  ['Rust concat', (all) => `let key = [${list(all)}].concat();\n`],
  ['Rust format!', (all) => `let key = format!("${'{}'.repeat(all.length)}", ${list(all)});\n`],
  ['Swift joined', (all) => `let key = [${list(all)}].joined()\n`],
  ['SQL CONCAT', (all) => `SELECT CONCAT(${list(all, "'")}) AS key;\n`],
  ['R paste0', (all) => `key <- paste0(${list(all)})\n`],
  ['Terraform join', (all) => `  api_key = join("", [${list(all)}])\n`],
  ['CloudFormation !Join', (all) => `  ApiKey: !Join ['', [${list(all, "'")}]]\n`],
  ['CloudFormation Fn::Join', (all) => `{ "ApiKey": { "Fn::Join": ["", [${list(all)}]] } }\n`],
  ['ARM concat', (all) => `"apiKey": "[concat(${list(all, "'")})]"\n`],
];

export const CONTINUATIONS: readonly Form[] = [
  ['shell', (all) => `export KEY=${all.join('\\\n')}\n`],
  ['shell in quotes', (all) => `export KEY="${all.join('\\\n')}"\n`],
  ['Dockerfile', (all) => `ENV A=1 \\\n    KEY=${all.join('\\\n    ')}\n`],
  ['Makefile', (all) => `KEY := ${all.join('\\\n\t')}\n`],
  ['Makefile, from the next line', (all) => `KEY = \\\n  ${all.join('\\\n  ')}\n`],
  ['TOML', (all) => `key = """\\\n  ${all.join('\\\n  ')}\\\n  """\n`],
  ['YAML in quotes', (all) => `env:\n  KEY: "${all.join('\\\n    ')}"\n`],
  ['properties', (all) => `api.key=${all.join('\\\r\n    ')}\r\n`],
  ['Java text block', (all) => `String key = """\n    ${all.join('\\\n    ')}\\\n    """;\n`],
  ['JavaScript', (all) => `const key = '${all.join('\\\n')}';\n`],
  ['cmd', (all) => `set KEY=${all.join('^\r\n')}\r\n`],
  ['PowerShell', (all) => `$env:KEY = "${all.join('`\n')}"\n`],
];

/** Cut where lines end; the pieces are long, as those of lines are. */
export const LINES: readonly Form[] = [
  ['YAML folded', (all) => `env:\n  KEY: >-\n    ${all.join('\n    ')}\n  DEBUG: 1\n`],
  ['YAML literal', (all) => `env:\n  KEY: |\n    ${all.join('\n    ')}\n`],
  ['YAML plain', (all) => `env:\n  KEY:\n    ${all.join('\n    ')}\n  DEBUG: 1\n`],
  ['YAML in quotes', (all) => `env:\n  KEY: "${all.join('\n    ')}"\n`],
  ['mail', (all) => `Hello,\n\nplease use KEY=${all.join('\n')} from now on.\n`],
  ['mail, the key by itself', (all) => `Hello,\n\nthe key is\n${all.join('\n')}\nand it is mine\n`],
  ['mail, quoted', (all) => `> the key:\n> ${all.join('\n> ')}\n> Best\n`],
  ['mail, quoted twice', (all) => `> > the key:\n> > ${all.join('\r\n> > ')}\n`],
  ['comment', (all) => `# the key is ${all.join('\n# ')}\n`],
  ['comment of C', (all) => `/*\n * ${all.join('\n * ')}\n */\n`],
  ['XML', (all) => `<key>\n    ${all.join('\n    ')}\n</key>\n`],
  ['JSON lines', (all) => `{ "key": [${list(all)}] }\n`],
  ['JSON lines with their ends', (all) => `{ "key": [\n${quoted(all.map((p) => `${p}\\n`)).join(',\n')}\n] }\n`],
];

/** Cuts a key into pieces at the given places; each piece has a character at least. */
export function cutAt(key: string, places: readonly number[]): readonly string[] {
  const cuts = [...new Set([0, ...places, key.length])].toSorted((a, b) => a - b);
  return cuts.slice(1).map((end, i) => key.slice(cuts[i], end));
}
