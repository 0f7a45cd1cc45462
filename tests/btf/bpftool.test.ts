/**
 * Our reading of real kernels against bpftool's, type by type. Runs where bpftool is, and where
 * KFUNC_ATLAS_KERNELS names a folder of kernels: <release>/vmlinuz, <release>/modules.
 * KFUNC_ATLAS_MODULES says how many modules of each are compared (3 when it is not set).
 */
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseBtf } from '#lib/btf/parse.ts'
import type { Btf, IntType } from '#lib/btf/types.ts'
import { openImage } from '#scripts/lib/image/images.ts'

const { KFUNC_ATLAS_KERNELS: kernels = '', KFUNC_ATLAS_MODULES: modulesEach = '3' } = process.env
const releases =
  kernels === '' ? [] : readdirSync(kernels).filter((name) => existsSync(join(kernels, name, 'vmlinuz')))
const hasBpftool = spawnSync('bpftool', ['version']).status === 0
const MINUTES = 60_000

describe.runIf(hasBpftool && releases.length > 0)('types are read as bpftool reads them', () => {
  let dir = ''
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'bpftool-'))
  })
  afterAll(() => rm(dir, { recursive: true }))

  test.each(releases)('in %s', { timeout: 10 * MINUTES }, async (release) => {
    const vmlinux = await openBtf(join(kernels, release, 'vmlinuz'))
    const baseFile = join(dir, `${release}.btf`)
    await writeFile(baseFile, vmlinux.bytes)
    let types = compare(vmlinux.btf, await dump(baseFile))
    const modules = await someModules(join(kernels, release, 'modules'), Number(modulesEach))
    for (const path of modules) {
      const module = await openBtf(path, vmlinux.btf)
      const file = join(dir, 'module.btf')
      await writeFile(file, module.bytes)
      types += compare(module.btf, await dump(file, baseFile))
    }
    console.info(`${release}: ${types} types of vmlinux and ${modules.length} modules are the same`)
  })
})

async function openBtf(path: string, base?: Btf): Promise<{ bytes: Uint8Array; btf: Btf }> {
  const { name, btf } = await openImage(path)
  if (!btf) throw new Error(`${path} has no BTF`)
  return { bytes: btf, btf: parseBtf(btf, name, base) }
}

/** So many modules, spread evenly over the folder; none where there is no folder. */
async function someModules(dir: string, count: number): Promise<string[]> {
  if (!existsSync(dir)) return []
  const all = (await readdir(dir, { recursive: true })).filter((name) => /\.ko(\.\w+)?$/.test(name)).sort()
  const step = Math.max(1, Math.floor(all.length / count))
  return all
    .filter((_, index) => index % step === 0)
    .slice(0, count)
    .map((name) => join(dir, name))
}

interface DumpedType {
  readonly id: number
}

async function dump(file: string, base?: string): Promise<DumpedType[]> {
  const options = base ? ['-j', '-B', base] : ['-j']
  const { stdout } = await promisify(execFile)(
    'bpftool',
    [...options, 'btf', 'dump', 'file', file, 'format', 'raw'],
    {
      maxBuffer: 2 ** 28,
    },
  )
  return JSON.parse(stdout).types
}

/** Compares all types of a table with the dump, and gives their number. */
function compare(btf: Btf, dumped: readonly DumpedType[]): number {
  expect(dumped.length, btf.what).toBe(btf.endId - btf.firstId)
  for (const theirs of dumped) {
    const ours = inTheirWords(btf, theirs.id)
    if (JSON.stringify(ours) !== JSON.stringify(theirs))
      expect(ours, `${btf.what}: ${theirs.id}`).toEqual(theirs)
  }
  return dumped.length
}

const named = (name: string) => name || '(anon)'

/** A type in the shape of `bpftool -j btf dump`, keys in its order. */
function inTheirWords(btf: Btf, id: number): object {
  const type = btf.type(id)
  const head = { id, kind: type.kind, name: named('name' in type ? type.name : '') }
  switch (type.kind) {
    case 'INT': {
      const { size, bitOffset, bits } = type
      return { ...head, size, bits_offset: bitOffset, nr_bits: bits, encoding: encodingOf(type) }
    }
    case 'FLOAT':
      return { ...head, size: type.size }
    case 'PTR':
    case 'CONST':
    case 'VOLATILE':
    case 'RESTRICT':
    case 'TYPEDEF':
    case 'TYPE_TAG':
      return { ...head, type_id: type.type }
    case 'ARRAY':
      return { ...head, type_id: type.type, index_type_id: type.indexType, nr_elems: type.length }
    case 'STRUCT':
    case 'UNION': {
      const members = type.members.map(({ name, type, bitOffset, bitfieldSize }) => {
        const member = { name: named(name), type_id: type, bits_offset: bitOffset }
        return bitfieldSize === 0 ? member : { ...member, bitfield_size: bitfieldSize }
      })
      return { ...head, size: type.size, vlen: members.length, members }
    }
    case 'ENUM':
    case 'ENUM64': {
      // Its JSON extends an unsigned 32-bit value as if it were signed: 0xffffffff becomes 2^64 - 1.
      const extended = type.kind === 'ENUM' && !type.signed
      const values = type.values.map(({ name, value }) => {
        const val = extended ? BigInt.asUintN(64, BigInt.asIntN(32, BigInt(value))) : value
        return { name: named(name), val: Number(val) }
      })
      const encoding = type.signed ? 'SIGNED' : 'UNSIGNED'
      return { ...head, encoding, size: type.size, vlen: values.length, values }
    }
    case 'FWD':
      return { ...head, fwd_kind: type.of }
    case 'FUNC':
      return { ...head, type_id: type.type, linkage: type.linkage }
    case 'FUNC_PROTO': {
      const params = type.parameters.map(({ name, type }) => ({ name: named(name), type_id: type }))
      if (type.variadic) params.push({ name: '(anon)', type_id: 0 })
      return { ...head, ret_type_id: type.returns, vlen: params.length, params }
    }
    case 'VAR':
      return { ...head, type_id: type.type, linkage: type.linkage }
    case 'DATASEC': {
      const vars = type.variables.map(({ type, offset, size }) => ({ type_id: type, offset, size }))
      return { ...head, size: type.size, vlen: vars.length, vars }
    }
    case 'DECL_TAG':
      return { ...head, type_id: type.type, component_idx: type.component }
    case 'VOID':
    case 'UNKNOWN':
      return head
    default:
      return type satisfies never
  }
}

function encodingOf({ signed, char, bool }: IntType): string {
  return signed ? 'SIGNED' : char ? 'CHAR' : bool ? 'BOOL' : '(none)'
}
