import { error, nearestOr, warning } from './entry.js'

const language = `Predicates are written in one small language with SQL's meaning:

  =  <>  <  <=  >  >=          comparison
  and  or  not                 in this order of strength: not, and, or
  is null  is not null         the only questions that null answers
  in (a, b)  between a and b   both also with not before them
  +  -  *                      numbers
  length lower upper coalesce  functions; lower and upper change ASCII letters only
  'text'  12  true  now()      values; a quote within text is doubled: 'it''s'
  name  config.enabled  "odd"  fields, in double quotes or backticks when their name is odd`

const powers: Readonly<Record<number, string>> = { 2: 'square', 3: 'cube' }

export const predicatesCatalogue = {
  'predicate-syntax': error<{ found: string; expected: string }>({
    message: ({ found, expected }) => `${found} does not fit here: ${expected} was expected`,
    help: () => 'comparisons do not chain, and a word of the language that names a field stands in double quotes',
    explanation: `The predicate cannot be read at this place.\n\n${language}`,
  }),
  'predicate-unclosed': error<{ what: 'text' | 'name' | 'bracket'; closing: string }>({
    message: ({ what, closing }) => `this ${what} is not closed: \`${closing}\` is missing`,
    help: ({ what, closing }) =>
      what === 'bracket' ? null : `a \`${closing}\` that belongs to the ${what} is written twice`,
    explanation: `Text, quoted names and brackets must end where they began.\n\n${language}`,
  }),
  'predicate-operator': error<{ found: string; instead: string | null }>({
    message: ({ found }) => `the predicate language has no \`${found}\``,
    help: ({ instead }) =>
      instead === null
        ? 'raw SQL can be given under `postgres:`, and counts as a loss elsewhere; patterns belong to the field'
        : `write ${instead}`,
    explanation: `Operators of other languages are not read, so that every predicate has one spelling.\n\n${language}`,
  }),
  'predicate-size': error<{ what: 'words' | 'levels'; limit: number }>({
    message: ({ what, limit }) =>
      what === 'words' ? `a predicate has at most ${limit} words` : `a predicate nests at most ${limit} levels deep`,
    help: () => 'split it into several checks',
    explanation:
      'A predicate is printed in several languages, and each has its limits. One of this size is no longer read by people either: split it into several checks.',
  }),
  'unknown-function': error<{ name: string; nearest: string | null }>({
    message: ({ name }) => `there is no function \`${name}\``,
    help: ({ nearest }) => nearestOr(nearest, 'the functions are length, lower, upper, coalesce and now'),
    explanation: `Only functions that mean the same in every store are part of the language.\n\n${language}`,
  }),
  'function-arguments': error<{ name: string; least: number; most: number; given: number }>({
    message: ({ name, least, most, given }) =>
      `\`${name}\` takes ${least === most ? least : `at least ${least}`} argument${most === 1 ? '' : 's'}, not ${given}`,
    help: ({ name }) => (name === 'coalesce' ? 'write `coalesce(a, b)`' : `write \`${name}(field)\``),
    explanation:
      'length, lower and upper take one argument; coalesce takes two or more, and is the first that is not null.',
  }),
  'predicate-types': error<{ left: string; right: string }>({
    message: ({ left, right }) => `${left} cannot be compared with ${right}`,
    help: () => 'compare values of one type: nothing is converted',
    explanation:
      "Postgres refuses to compare unlike types, and JavaScript converts them by rules that surprise people; so botschema refuses it first. Numbers compare with numbers, timestamps with timestamps, text with text, and an enum's field with its own values.",
  }),
  'predicate-operand': error<{ operation: string; wanted: string; found: string }>({
    message: ({ operation, wanted, found }) => `${operation} takes ${wanted}, not ${found}`,
    help: ({ wanted }) => `give it ${wanted}`,
    explanation: `The value is of a type that this operation has no meaning for.\n\n${language}`,
  }),
  'predicate-order': error<{ found: string }>({
    message: ({ found }) => `${found} can be compared for equality only`,
    help: () => 'use `=`, `<>` or `in`',
    explanation:
      'The order of text depends on the collation of a database, the order of an enum on how it was declared, and ids are numbers in one store and text in another: stores would disagree about `<`. Equality means the same everywhere.',
  }),
  'predicate-literal': error<{ literal: string; type: string; wanted: string }>({
    message: ({ literal, type }) => `${literal} is not a value of ${type}`,
    help: ({ wanted }) => wanted,
    explanation:
      "A literal must be a value that the other side can have; otherwise the comparison is always false, or an error when the database reads it. Ids stand in quotes ('123456789012345678'), timestamps are ISO 8601 with a zone ('2024-05-01T00:00:00Z'), dates are '2024-05-01'.",
  }),
  'predicate-null': error<{ operator: string }>({
    message: ({ operator }) => `\`${operator}\` with null is never true`,
    help: ({ operator }) => (operator === '<>' ? 'write `is not null`' : 'write `is null`'),
    explanation:
      'In SQL a comparison with null is unknown, neither true nor false. Ask `is null` or `is not null` instead.',
  }),
  'predicate-not-boolean': error<{ found: string }>({
    message: ({ found }) => `a condition is true or false; this is ${found}`,
    help: () => 'compare it with something',
    explanation:
      'Checks, `where` and the operands of `and`, `or` and `not` are conditions: a comparison or a boolean field.',
  }),
  'predicate-result': error<{ found: string; wanted: string }>({
    message: ({ found, wanted }) => `this computes ${found}, but the field is ${wanted}`,
    help: ({ found }) => `make the field ${found}, or change the expression`,
    explanation:
      'The expression of a `generated` field must give a value of the type of the field, which holds every digit of it: a decimal as many after the point as are computed, and `real` nothing that is computed from others, since that has double precision.',
  }),
  'predicate-now': error<{ place: string }>({
    message: ({ place }) => `\`now()\` cannot stand in ${place}`,
    help: () => 'compare two fields, or move the condition to a query or to retention, which run at a moment',
    explanation:
      'A check, an index and a computed field are decided once, when the row is written. With `now()` their truth would change with time and nobody would decide it again, so Postgres refuses it, and so does botschema.',
  }),
  'predicate-quotes': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` stands in double quotes, which name a field, and there is no such field`,
    help: ({ name }) => `text stands in single quotes: '${name}'`,
    explanation: `As in SQL, double quotes are for names and single quotes for text.\n\n${language}`,
  }),
  'pattern-syntax': error<{ problem: string }>({
    message: ({ problem }) => `this is not a regular expression: ${problem}`,
    help: () => 'put a backslash before a character that stands for itself: `\\.`, `\\(`, `\\[`',
    explanation: 'Patterns are regular expressions as JavaScript reads them with the `u` flag.',
  }),
  'pattern-slow': error<{ loop: string }>({
    message: ({ loop }) =>
      `\`${loop}\` matches one text in many ways, and a text that fails behind it is tried in all of them: time doubles with each character`,
    help: () =>
      'let each character belong to one part of what repeats: `(a+)+` is `a+`, and `([a-z]+-?)+` is `[a-z]+(-[a-z]+)*-?`',
    explanation: `JavaScript looks for a match by trying. Where a part that repeats can match one text in two ways, a text of it thirty times over can be matched in a thousand million, and one that fails at its end ("aaaa…a!" with ^(a+)+$) is tried in all of them. Whoever sends such a text stops the bot, so the pattern is refused.

  (a+)+          a+                   a repetition of a repetition
  (a|ab?)+       (ab?)+               alternatives that match the same
  ([a-z]+-?)+    [a-z]+(-[a-z]+)*-?   what may stand between, but need not
  (\\w+\\s?)*      (\\w+\\s)*\\w*           the same: now something stands between

A count counts as a repetition without end when its choices come to more than 20, or when it is more than 3 around a part that repeats without end. A largest length does not help: thirty characters are enough.`,
  }),
  'pattern-slow-when-long': warning<{ loop: string; power: number; example: string; longest: number | null }>({
    message: ({ loop, power, longest }) =>
      `a text that does not match is tried in so many ways at \`${loop}\` that time grows with the ${powers[power] ?? `${power}th power`} of its length, ${longest === null ? 'which nothing limits' : `and it may have ${longest} characters`}`,
    help: ({ example }) =>
      `limit the text (\`string(500)\`, \`max_length\`), begin the pattern with \`^\`, or let its parts match different characters; ${example} shows it`,
    explanation: `JavaScript looks for a match by trying. Where two parts behind each other match the same characters, a run of them can be divided between the two at every place, and a text that fails behind the run is tried with each. A pattern that does not begin with ^ is looked for from every character on, which is the same. On short texts nobody notices; whoever may send a long one stops the bot for seconds or hours.

  ^(a*)(a*)b               ^a*b                         two parts that match the same
  ^-?\\d*\\.?\\d+$           ^-?(\\d+|\\d*\\.\\d+)$          what stands between them need not
  ^[^@]+@[^@]+\\.[^@]+$    ^[^@]+@[^@][^@.]*\\.[^@]+$   any dot could be the dot; now the first has to be
  \\s+$                    \\s$                          looked for from every blank on, where one is enough

A limit is the easiest: texts beyond it are refused before the pattern is asked. A text without one is judged as one of 100,000 characters; a warning is given where more than a hundred million characters would be looked at, some tenths of a second. So squares are nothing to worry about up to some thousand characters.`,
  }),
  'pattern-construct': error<{ construct: string }>({
    message: ({ construct }) =>
      `${construct} cannot stand in a pattern: JavaScript and Postgres do not both have it with one meaning`,
    help: () => 'use characters, classes, groups, alternatives, greedy quantifiers and anchors',
    explanation: `A pattern is enforced by JavaScript (Zod, Mongoose) and by Postgres, so it keeps to what both read the same way:

  characters, escapes (\\. \\n \\x41 \\u0041 \\u{1F600}), . and classes ([a-z], [^a-z], \\d \\w \\s \\D \\W \\S)
  groups ((...), (?:...)) and alternatives (a|b)
  greedy quantifiers (* + ? {n} {n,} {n,m}, counts up to 255)
  ^ and $ for the start and the end of the whole text, lookahead ((?=...), (?!...))

Lookbehind, backreferences, named groups, word boundaries, properties (\\p{L}), modifiers and lazy quantifiers are refused.`,
  }),
} as const
