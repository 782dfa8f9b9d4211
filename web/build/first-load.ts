/** What the first page needs becomes one file, so that it comes with one request and not with seventy. */
import { build, type Rolldown, type UserConfig } from "vite";

/** The modules that the entry needs once what nobody uses is shaken off: only a build can tell. */
async function firstModules(config: UserConfig): Promise<Set<string>> {
  const quiet = { ...config, configFile: false, logLevel: "error" } as const;
  const { output } = (await build({
    ...quiet,
    build: { ...config.build, write: false },
  })) as Rolldown.RolldownOutput;
  const chunks = new Map(
    output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file] as const] : [])),
  );
  const seen = new Set<string>();
  const add = (name: string): void => {
    const chunk = chunks.get(name);
    if (!chunk || seen.has(name)) return;
    seen.add(name);
    chunk.imports.forEach(add);
  };
  for (const { fileName, isEntry } of chunks.values()) if (isEntry) add(fileName);
  return new Set([...seen].flatMap((name) => chunks.get(name)?.moduleIds ?? []));
}

/** The configuration with those modules in one chunk. */
export async function withFirstLoad(config: UserConfig): Promise<UserConfig> {
  const first = await firstModules(config);
  const groups = [
    { name: "shell", test: (id: string) => first.has(id), includeDependenciesRecursively: false },
  ];
  const rolldownOptions = { output: { codeSplitting: { groups } } };
  return { ...config, build: { ...config.build, rolldownOptions } };
}
