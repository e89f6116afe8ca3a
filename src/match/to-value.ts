/** A quotation mark, also as JSON in a string writes it: `\"`. */
const QUOTE = String.raw`\\{0,3}["'\x60]`;
/** `NAME: str = "value"`, `const NAME: &'static str = "value"`, `Const NAME As String = "value"`. */
const TYPE = String.raw`(?:Final\[|[Aa]s )?(?:&(?:'static )?)?(?:str|string|String|SecretStr)\]?\s{0,4}=\s{0,4}`;
/** `{ "name": "NAME", "value": "…" }`, as Kubernetes, cloud templates and XML settings have it; `set NAME --body "…"`. */
const PAIR = String.raw`(?:${QUOTE}type${QUOTE}\s{0,4}:\s{0,4}${QUOTE}\w{1,20}${QUOTE}\s{0,4},\s{0,16})?(?:(?:${QUOTE})?value(?:${QUOTE})?\s{0,4}[:=]|--(?:body|value)\b=?)\s{0,4}`;
/** What turns the colour of a terminal, also as a notebook has it. */
const COLOUR = String.raw`(?:(?:\x1b|\\{1,4}(?:u001[bB]|x1[bB]|033|e))\[[0-9;]{0,10}m)?`;
/** `<key>NAME</key>`, `<string>value`: https://developer.apple.com/library/archive/documentation/General/Reference/InfoPlistKeyReference */
const PLIST = String.raw`<\/key>\s{0,40}<string>`;

/** A call that makes the value from what stands in it, and not one that asks for something by its name. */
const CALL = String.raw`(?![\w.$]{0,40}(?:[gG]et|[eE]nv|[lL]oad|[rR]ead|[rR]equire|[iI]mport|[fF]etch|[fF]ind|[lL]ookup|[rR]esolve|[pP]aram))[A-Za-z_$][\w.$]{0,40}`;
/** `("value"`, `["value"].join('')`, `SecretStr("value"`, `z.string().default("value"`, `$(echo value |`: in front of quotes. */
const OPENING = [
  String.raw`(?:${CALL})?[([]{1,2}(?:\)\.[a-z]{1,20}\()?\s{0,40}(?:default\s?=\s?)?(?=[a-z$@]{0,2}["'\x60])`,
  String.raw`default\s?=\s?(?=["'])`,
  String.raw`\$\((?:echo|printf)\s(?:-n\s)?`,
  String.raw`!!str\s|&\w{1,20}\s`,
  String.raw`\\\r?\n\s{0,40}`,
].join('|');

/** Between a name and its value: the rest of the name, closing quotes and brackets, one operator. Bounded on purpose. */
export const TO_VALUE = new RegExp(
  [
    String.raw`[A-Za-z0-9_]{0,40}(?:[.-][A-Za-z0-9_]{1,40}){0,2}`,
    String.raw`(?:${QUOTE}|[\])]|\*\*){0,3}(?:\}(?=\s{0,4}(?:\|\||\/\/)?=))?${COLOUR}`,
    String.raw`(?:${PLIST}|\s{0,16}(?:=>|:=|\?=|:-|<-|\|\|=?|\/\/=|\||\?\?=?|(?:or|is)\b|={1,3}|:|,|>|\s)\s{0,16})${COLOUR}`,
    `(?:${TYPE})?(?:${PAIR})?(?:${OPENING})?(?:[a-z]{1,2}(?=["']))?@?(?:${QUOTE}){0,3}`,
  ].join(''),
  'uy',
);

/** From a name to the argument of a call that it names: `Auth.api_key("value")`. */
export const TO_ARGUMENT = new RegExp(String.raw`[A-Za-z0-9_.]{0,40}\(\s{0,40}(?:${QUOTE})`, 'uy');
