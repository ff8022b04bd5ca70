/** The package.json that is published, from the one that this repository works with. */

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
  readonly type: "module";
  readonly sideEffects: boolean;
  readonly exports: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly publishConfig: { readonly access: string; readonly provenance: boolean };
}

/** Where the release workflow runs, as GitHub tells it (its variables GITHUB_SERVER_URL and GITHUB_REPOSITORY). */
export interface Repository {
  readonly server: string;
  readonly name: string;
}

/**
 * Says where the compiled files are, and nothing that only this repository needs. Whose repository it is from stands
 * in no file here: npm refuses a provenance whose repository is not that of the workflow, and yours is not ours.
 */
export function publishedManifest(source: Manifest, repository?: Repository): object {
  const { name, version, description, keywords, license, type, sideEffects, engines } = source;
  const { access, provenance } = source.publishConfig;
  const url = repository && `${repository.server}/${repository.name}`;
  return {
    name,
    version,
    description,
    keywords,
    license,
    ...(url && {
      homepage: `${url}/blob/main/docs/client.md`,
      bugs: `${url}/issues`,
      repository: { type: "git", url: `git+${url}.git`, directory: "packages/client" },
    }),
    type,
    sideEffects,
    exports: Object.fromEntries(
      Object.entries(source.exports).map(([entry, file]) => {
        const compiled = file.replace(/^\.\/src\/(.+)\.ts$/, "./$1");
        return [entry, { types: `${compiled}.d.ts`, default: `${compiled}.js` }];
      }),
    ),
    engines,
    publishConfig: { access, provenance },
  };
}
