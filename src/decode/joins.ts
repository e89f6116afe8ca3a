/** Whether anything in a text may join a list. */
export function holdsJoin(text: string): boolean {
  return JOINS.test(text);
}

const JOINS =
  /oin\(\s{0,40}(?:""|''|``|\))|implode\(|(?:oncat|CONCAT|paste0|strcat)!?\(\s{0,40}["'`)]|joinToString\(|\.joined\(\)|\]\.join\b(?!\()|Join["']?:?\s{0,40}\[|["'](?:%s|\{\d?\}){2}/u;
