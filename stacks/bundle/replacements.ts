import type { Plugin } from "./plugin.ts";

/** A part of a package that is bundled and never needed. */
export interface Replacement {
  /** Which files it is the contents of, by the end of their paths. */
  readonly file: RegExp;
  /** What stands in for it: a CommonJS module. */
  readonly contents: string;
  readonly why: string;
}

/** `replacements.test.ts` fails where a new version of a package uses what is replaced in another way. */
export const replacements = {
  "jsonwebtoken's questions to semver": {
    file: /\/jsonwebtoken\/lib\/(?:asymmetricKeyDetails|rsaPssKeyDetails|ps)Supported\.js$/,
    contents: "module.exports = true;",
    why: "Three times it asks whether Node is at least a version between 6 and 17, of a parser of 31 kB that takes 6 ms to load.",
  },
  "ElectroDB's check of its models": {
    file: /\/jsonschema\/lib\/index\.js$/,
    contents: `
      class Validator {
        addSchema() {}
        // It is also asked what is a model and what an entity already.
        validate(model) { return { errors: model?._instance ? [{ property: "instance" }] : [] }; }
      }
      Validator.prototype.customFormats = {};
      module.exports = { Validator };`,
    why: "It holds each entity to a JSON schema when it is made, 9 ms at every start. They are always the same, and the tests make them with the check.",
  },
} as const satisfies Readonly<Record<string, Replacement>>;

export const replacing: Plugin = {
  name: "replacements",
  setup({ onLoad }) {
    for (const { file, contents } of Object.values(replacements))
      onLoad({ filter: file }, () => ({ contents, loader: "js" }));
  },
};
