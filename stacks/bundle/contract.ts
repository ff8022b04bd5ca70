import { handlerFile, type Route, routes } from "@gatehouse/contract";
import type { Plugin } from "./plugin.ts";

/**
 * Leaves out what of the contract no function needs while it runs. Of the route table that is all schemas but those of
 * its own route, so that TypeBox, in which they are written, is left out as a whole; of the compiled validators all but
 * its own one. The table's other readers, such as the OpenAPI document, get all of it.
 */
export const contract: Plugin = {
  name: "contract",
  setup({ initialOptions, onResolve, onLoad }) {
    const [entry] = Object.values(initialOptions.entryPoints ?? {});
    const own = Object.keys(routes).find((name) => entry?.endsWith(`/src/${handlerFile(name)}.ts`));

    onResolve({ filter: /^\.\/routes\.ts$/ }, ({ path, importer }) =>
      importer.endsWith("/packages/contract/src/index.ts")
        ? { path, namespace: "route-table", sideEffects: false }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: "route-table" }, () => ({ contents: tableFor(own) }));

    if (own === undefined) return;
    onResolve({ filter: /^\.\.\/validators\.generated\.js$/ }, ({ path, namespace, resolveDir }) =>
      namespace === "own-validator"
        ? undefined
        : { path, namespace: "own-validator", pluginData: resolveDir },
    );
    onLoad({ filter: /.*/, namespace: "own-validator" }, ({ path, pluginData }) => ({
      contents: `export { ${own} } from "${path}";`,
      resolveDir: pluginData,
    }));
  },
};

function tableFor(own: string | undefined): string {
  const table = Object.fromEntries(
    Object.entries<Route>(routes).map(([name, route]) => [
      name,
      name === own ? route : withoutSchemas(route),
    ]),
  );
  return `export const routes = ${JSON.stringify(table)};`;
}

/** Whether there is one can still be asked. */
function withoutSchemas(route: Route) {
  const { body, params, query, answer } = route;
  return {
    ...route,
    ...(body && { body: {} }),
    ...(params && { params: {} }),
    ...(query && { query: {} }),
    answer: { status: answer.status },
  };
}
