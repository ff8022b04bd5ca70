import type { Plugin } from "./plugin.ts";

/** A part of a package that is bundled and never needed. */
export interface Replacement {
  /** Of which files it takes the place, by the ends of their paths; or of what is imported, and by whom. */
  readonly of: { readonly file: RegExp } | { readonly imported: RegExp; readonly by: RegExp };
  /** What stands in for it: a CommonJS module. */
  readonly contents: string;
  readonly why: string;
}

/** `replacements.test.ts` fails where a new version of a package uses what is replaced in another way. */
export const replacements = {
  "jsonwebtoken's questions to semver": {
    of: { file: /\/jsonwebtoken\/lib\/(?:asymmetricKeyDetails|rsaPssKeyDetails|ps)Supported\.js$/ },
    contents: "module.exports = true;",
    why: "Three times it asks whether Node is at least a version between 6 and 17, of a parser of 31 kB that takes 6 ms to load.",
  },
  "ElectroDB's check of its models": {
    of: { file: /\/jsonschema\/lib\/index\.js$/ },
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
  "ElectroDB's commands of the SDK": {
    of: { imported: /^@aws-sdk\/lib-dynamodb$/, by: /\/electrodb\/src\/client\.js$/ },
    contents: "module.exports = {};",
    why: "It makes them for a client in the form of the SDK's version 3. Ours has that of version 2, whatever is behind it.",
  },
} as const satisfies Readonly<Record<string, Replacement>>;

/** Left out as well where the slim client asks AWS: the other is only loaded when a setting says so. */
export const sdkClient: Replacement = {
  of: { file: /\/packages\/core\/src\/(?:store\/sdk-client|aws\/sdk-requests)\.ts$/ },
  contents: `
    export const sdkClient = () => {
      throw new Error("DYNAMODB_CLIENT=sdk has to stand in functionSettings of stacks/stage.ts when a stage is deployed");
    };
    export const sdkRequests = sdkClient;`,
  why: "The SDK's clients take most of the time that a function needs to start.",
};

/** Puts each in its place. */
export function replacing(all: readonly Replacement[]): Plugin {
  return {
    name: "replacements",
    setup({ onResolve, onLoad }) {
      for (const [number, { of, contents }] of all.entries()) {
        const load = () => ({ contents, loader: "js" as const });
        if ("file" in of) {
          onLoad({ filter: of.file }, load);
          continue;
        }
        const namespace = `replaced-${number}`;
        onResolve({ filter: of.imported }, ({ path, importer }) =>
          of.by.test(importer) ? { path, namespace } : undefined,
        );
        onLoad({ filter: of.imported, namespace }, load);
      }
    },
  };
}
