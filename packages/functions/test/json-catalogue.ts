/**
 * Bodies by rule, after the families of JSONTestSuite (github.com/nst/JSONTestSuite): what is no JSON, and what is
 * JSON and no request of this API. Generated, so that each family is whole.
 */
const good = '{"email":"test@example.com","password":"correct horse battery"}';

const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code));

/** Texts that are no JSON value. */
const noValues = [
  // numbers
  ...[
    "-",
    "+1",
    "01",
    "-01",
    "1.",
    ".5",
    "-.5",
    "1e",
    "1e+",
    "1E-",
    "1.e1",
    "0e",
    "--1",
    "1+1",
    "0x1F",
    "0b1",
  ],
  ...["1_000", "1 000", "NaN", "-NaN", "Infinity", "-Infinity", "1n", "１", "1.2.3", "1e1.5", "-foo", "2.e3"],
  // literals
  ...["True", "TRUE", "nul", "nulll", "truee", "fals", "undefined", "None", "nan", "null\0", "t", "f", "n"],
  // strings
  ...[
    '"',
    "'a'",
    '"\\"',
    '"\\x41"',
    '"\\a"',
    '"\\u12"',
    '"\\u123g"',
    '"\\U0041"',
    '"\\u{41}"',
    '"\\',
    '"a" "b"',
  ],
  ...['"\\ud83d\\"', "`a`", '"a\\', "a", "é", "😀", '"\\0"', '"\\1"', '"\\\u00e9"', "“a”"],
  ...controls.map((control) => `"a${control}b"`),
  ...controls.map((control) => `"\\${control}"`),
  // arrays
  ...[
    "[",
    "]",
    "[1,]",
    "[,1]",
    "[1,,2]",
    "[,]",
    "[1 2]",
    "[1",
    "[1;2]",
    "[1:2]",
    "[1]]",
    "[[1]",
    "(1)",
    "[...x]",
    "[1}",
  ],
  // objects
  ...[
    "{",
    "}",
    "{a:1}",
    "{'a':1}",
    '{"a"}',
    '{"a":}',
    "{:1}",
    '{"a":1,}',
    '{,"a":1}',
    '{"a":1,,"b":2}',
    '{"a" 1}',
  ],
  ...[
    '{"a"::1}',
    '{"a":1 "b":2}',
    '{"a":1;"b":2}',
    "{1:1}",
    "{null:1}",
    '{"a":1]',
    '{"a":1}}',
    '{"a":"b":"c"}',
    "{*}",
  ],
  ...['{"a"=1}', '{"a":1', '{"a', '{"a":', '{"a":1,', '{"a":1,"', "{{}}", "{[]}", '{["a"]:1}', '{"a",1}'],
];

/** A good document with at least one text in it, spoilt: none of these is JSON. */
export function spoil(good: string): readonly string[] {
  return [
    ...Array.from({ length: good.length - 1 }, (_, index) => good.slice(0, index + 1)),
    ...Array.from({ length: good.length - 1 }, (_, index) => good.slice(index + 1)),
    ...["}", "{}", "]", ",", "x", "\0", "#", "//", "/**/", ";", good, "null"].map((junk) => good + junk),
    ...["\uFEFF", "\u00A0", "\u2028", "\f", "\v", "\0", "x", "/**/", "//\n", ")]}',\n", "<", "while(1);"].map(
      (junk) => junk + good,
    ),
    ...controls
      .filter((control) => !"\t\n\r".includes(control))
      .map((control) => good.replace(":", `:${control}`)),
    ...["NaN", "Infinity", "undefined", "/*", "'x'", "01"].map((value) =>
      good.replace(/:"[^"]*"/, `:${value}`),
    ),
    good.replace(":", ":/* why */"),
    good.replace("}", ",}"),
    Buffer.from(good, "utf16le").toString("latin1"),
    Buffer.from(good).toString("base64"),
    JSON.stringify(good).slice(1, -1),
    good.replaceAll('"', "'"),
    good.replaceAll('"', "”"),
  ];
}

/** Arrays or objects, one inside the other, as deep as fits into a body. */
function nested(open: string, close: string, depth: number): string {
  return open.repeat(depth) + close.repeat(depth);
}

const depths = [1, 2, 100, 1000];

const unclosed = depths.flatMap((depth) => [
  "[".repeat(depth),
  '{"a":'.repeat(depth),
  '[{"a":'.repeat(depth),
]);

/** Values that are JSON and that no field of any request accepts. */
export const oddValues: readonly string[] = [
  ...[
    "0",
    "-0",
    "1",
    "-1",
    "1.5",
    "1e400",
    "-1e400",
    "1e-400",
    "0.1e1",
    "12345678",
    `1${"0".repeat(400)}`,
    "1E+2",
  ],
  ...["9007199254740993", "123123e100000", "-123123123123123123123123123123", `0.${"1".repeat(1000)}`],
  ...[
    "true",
    "false",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    '[""]',
    '["test@example.com"]',
    '{"":""}',
    '{"length":1}',
  ],
  ...[
    '{"toString":1}',
    '{"valueOf":null}',
    '{"toJSON":1}',
    '{"then":1}',
    '{"$ne":null}',
    '{"$gt":""}',
    '{"S":"x"}',
  ],
  ...[
    '{"email":"x"}',
    '[{"email":"a@b.co"}]',
    '{"constructor":1}',
    '{"a":1,"a":2}',
    '{"\\u0000":1}',
    '{"\\ud800":1}',
  ],
  ...depths.flatMap((depth) => [nested("[", "]", depth), `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`]),
];

/** Strings that are JSON and that no field but a password accepts. */
export const oddStrings: readonly string[] = [
  ...[
    '""',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"a\\udfffb"',
    '"\\u0000"',
    '"\\u0000a"',
    '"a\\u0001"',
    '"\\n"',
    '"\\u007f"',
  ],
  ...[
    '"\\r\\nSet-Cookie: a=b"',
    `"${"a".repeat(5000)}"`,
    `"${"é".repeat(2500)}"`,
    `"${"\\u0000".repeat(500)}"`,
  ],
];

/** Every body here is refused with 400 by a route that wants JSON. */
export const malformed: readonly string[] = [
  ...noValues,
  ...noValues.map((value) => `[${value}]`),
  ...noValues.map((value) => `{"email":${value},"password":"x"}`),
  ...spoil(good),
  ...["<user/>", "email=test@example.com&password=x", "---\nemail: x", "%7B%7D", "\u0080abc", "{}{}"],
  ...unclosed,
];

/** Every body here is JSON and is refused with 422 by a route that wants an object with certain fields. */
export const misshapen: readonly string[] = [
  ...["null", ...oddValues, ...oddStrings],
  ...[
    " {} ",
    "\t[\n]\r",
    '{"email":"test@example.com"}',
    '{"password":"x"}',
    '{"Email":"a@b.co","Password":"x"}',
  ],
  ...[...oddValues, ...oddStrings].flatMap((value) => [
    `[${value}]`,
    `{"email":${value},"password":"correct horse battery"}`,
    `{"email":"test@example.com","password":"correct horse battery","extra":${value}}`,
    `{"email":"test@example.com","password":"correct horse battery","":${value}}`,
  ]),
  ...oddValues.map((value) => `{"email":"test@example.com","password":${value}}`),
];
