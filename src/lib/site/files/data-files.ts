import { z } from 'zod'
import { Matrix } from '#lib/model/matrix.ts'
import { Event, FORMAT, Index, Kfunc, KfuncHistory, Release } from '#lib/model/published.ts'
import { printEvent } from '#lib/publish/history/words.ts'
import { matrixOf } from '#lib/publish/matrix.ts'
import { SUFFIX_WORDS } from '#lib/site/render/suffix-words.ts'
import type { Site } from '#lib/site/site.ts'

/** The published files as text. What does not fit its schema ends the build with one sentence that says where. */
export interface DataFiles {
  /** `/data/index.json`. */
  index(): string
  /** `/data/matrix.json`. */
  matrix(): string
  /** `/data/<id>.json`. */
  release(id: string): string
  /** `/data/kfuncs/<name>.json`: releases oldest first. */
  kfunc(name: string): string
}

/**
 * Makes the files of a site. A kfunc stands in two of them: it is held against its schema once, and printed for each,
 * since to keep what was printed takes more memory than it saves time.
 */
export function dataFiles({ catalog, history }: Pick<Site, 'catalog' | 'history'>): DataFiles {
  const fitting = new WeakSet<Kfunc>()
  const writeKfunc = (file: string, kfunc: Kfunc, place: string): string => {
    if (!fitting.has(kfunc)) fitted(file, Kfunc, kfunc, place)
    fitting.add(kfunc)
    return JSON.stringify(kfunc)
  }
  return {
    index: () =>
      `${write('data/index.json', Index, {
        format: FORMAT,
        releases: catalog.releases.map(({ release }) => release),
      })}\n`,
    matrix: () => `${write('data/matrix.json', Matrix, matrixOf(catalog.releases))}\n`,
    release: (id) => {
      const release = catalog.release(id)
      const file = `data/${id}.json`
      const kfuncs = release.kfuncs.map((kfunc, i) => writeKfunc(file, kfunc, `kfuncs.${i}`))
      const { kfuncs: _, ...rest } = Release.shape
      const around = write(file, z.strictObject({ ...rest, kfuncs: z.tuple([]) }), { ...release, kfuncs: [] })
      return `${around.replace('"kfuncs":[]', () => `"kfuncs":[${kfuncs.join()}]`)}\n`
    },
    kfunc: (name) => {
      const file = `data/kfuncs/${name}.json`
      const releases = catalog
        .sightings(name)
        .toReversed()
        .map(({ head, kfunc }) => `"${head.id}":${writeKfunc(file, kfunc, `releases.${head.id}`)}`)
      const events = (history.get(name) ?? []).map((event) => printEvent(event, SUFFIX_WORDS))
      const around = write(file, z.array(Event), events, 'history')
      return `{"format":${FORMAT},"name":${JSON.stringify(name)},"releases":{${releases.join()}},"history":${around}}\n`
    },
  }
}

/** `/data/schema.json`: the JSON Schema of the files above; a file holds any of its shapes. */
export function schemaFile(): string {
  const { $schema, $defs, ...root } = z.toJSONSchema(z.union([Index, Release, KfuncHistory, Matrix]))
  return `${JSON.stringify({ $schema, title: 'Kfunc Atlas, published data', ...root, $defs }, null, 1)}\n`
}

/** Prints what fits its schema, keys in the schema's order; `place` is where in the file it stands. */
function write<Shape extends z.ZodType>(
  file: string,
  schema: Shape,
  value: z.input<Shape>,
  place = '',
): string {
  return JSON.stringify(fitted(file, schema, value, place))
}

/** A value that fits its schema, with its keys in the schema's order. */
function fitted<Shape extends z.ZodType>(
  file: string,
  schema: Shape,
  value: z.input<Shape>,
  place: string,
): z.output<Shape> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = [place, ...(issue?.path ?? []).map(String)].filter(Boolean).join('.') || 'the whole file'
  throw new Error(
    `${file}: ${path}: ${issue?.message ?? 'does not fit the schema'}; correct what made it, or the schema in src/lib/model/published.ts`,
  )
}
