import { z } from 'zod'
import { FORMAT, Index, type Kfunc, KfuncHistory, Release } from '#lib/model/published.ts'
import type { Catalog } from './catalog.ts'

/** `/data/index.json`. */
export function indexFile(catalog: Catalog): string {
  return write('data/index.json', Index, {
    format: FORMAT,
    releases: catalog.releases.map((release) => release.release),
  })
}

/** `/data/<id>.json`. */
export function releaseFile(release: Release): string {
  return write(`data/${release.release.id}.json`, Release, release)
}

/** `/data/kfuncs/<name>.json`: releases oldest first. */
export function kfuncFile(catalog: Catalog, name: string): string {
  const releases: Record<string, Kfunc> = {}
  for (const { head, kfunc } of catalog.sightings(name).toReversed()) releases[head.id] = kfunc
  return write(`data/kfuncs/${name}.json`, KfuncHistory, { format: FORMAT, name, releases, history: [] })
}

/** `/data/schema.json`: the JSON Schema of the files above; a file holds any of its shapes. */
export function schemaFile(): string {
  const { $schema, $defs, ...root } = z.toJSONSchema(z.union([Index, Release, KfuncHistory]))
  return `${JSON.stringify({ $schema, title: 'Kfunc Atlas, published data', ...root, $defs }, null, 1)}\n`
}

/** Writes what fits its schema, keys in the schema's order; for what does not, throws one sentence that says where. */
function write<Shape extends z.ZodType>(file: string, schema: Shape, value: z.input<Shape>): string {
  const result = schema.safeParse(value)
  if (result.success) return `${JSON.stringify(result.data)}\n`
  const [issue] = result.error.issues
  const path = issue?.path.map(String).join('.') || 'the whole file'
  throw new Error(
    `${file}: ${path}: ${issue?.message ?? 'does not fit the schema'}; correct what made it, or the schema in src/lib/model/published.ts`,
  )
}
