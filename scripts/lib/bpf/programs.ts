/** Finds the programs that compiling BPF takes, and runs them. */
import { spawn, spawnSync } from 'node:child_process'
import { Failure } from '../cli/failure.ts'

/** What a run said and how it ended. */
interface Ran {
  readonly code: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

/** The first of several names under which a program runs, and what it says of its version. Throws a Failure with `hint`. */
export function findProgram(
  names: readonly string[],
  hint: string,
): { readonly name: string; readonly version: string } {
  for (const name of names) {
    const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' })
    if (status === 0) return { name, version: /\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0] ?? '' }
  }
  throw new Failure(`none of ${names.join(', ')} could be run`, { hint })
}

/** Runs a program to its end. */
export function runProgram(name: string, args: readonly string[], cwd?: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const out: Buffer[] = []
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(out), stderr }))
  })
}

/** Runs a program that has to succeed, and gives what it printed. Throws a Failure with its first complaint. */
export async function runOrFail(name: string, args: readonly string[], cwd?: string): Promise<Buffer> {
  const { code, stdout, stderr } = await runProgram(name, args, cwd)
  if (code === 0) return stdout
  throw new Failure(`${name} ${args.slice(0, 4).join(' ')} … ended with ${code}: ${stderr.split('\n')[0]}`)
}
